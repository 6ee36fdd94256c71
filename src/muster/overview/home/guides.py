"""The user guide: Markdown pages of docs/guide shown inside the office."""

import re
from dataclasses import dataclass
from pathlib import Path

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from muster.ground.rows.problems import NotInScope

PACKAGE = Path(__file__).resolve().parents[2]
ORDER = ("start", "office", "people", "import", "plan", "militia", "formation", "reports")
PLACES = (PACKAGE / "guide", PACKAGE.parents[1] / "docs" / "guide")


@dataclass(frozen=True, slots=True)
class Guide:
    """One page: its name, title and text as HTML."""

    name: str
    title: str
    html: SafeString


def _folder() -> Path | None:
    return next((p for p in PLACES if p.is_dir()), None)


def pages() -> list[tuple[str, str]]:
    """Return (name, title) of the pages, in the order in which an office needs them."""
    folder = _folder()
    if folder is None:
        return []
    found = {p.stem: p for p in sorted(folder.glob("*.md"))}
    names = [n for n in ORDER if n in found] + [n for n in found if n not in ORDER]
    return [(n, _title(found[n].read_text(encoding="utf-8"), n)) for n in names]


def page(name: str) -> Guide | None:
    """Return a page, the first where no name is given; refuse an unknown name."""
    known = [n for n, _ in pages()]
    if not known:
        return None
    chosen = name or known[0]
    if chosen not in known:
        raise NotInScope
    folder = _folder()
    text = (folder / f"{chosen}.md").read_text(encoding="utf-8") if folder else ""
    return Guide(chosen, _title(text, chosen), as_html(text))


def _title(text: str, fallback: str) -> str:
    found = re.search(r"^#\s+(.+)$", text, re.MULTILINE)
    return found.group(1) if found else fallback


def as_html(text: str) -> SafeString:
    """Return the small Markdown our guides use (headings, lists, code, bold, tables) as HTML."""
    out: list[str] = []
    listing = ""
    for block in re.split(r"\n\s*\n", text.strip()):
        lines = block.splitlines()
        kind = _list_kind(lines[0])
        if listing and kind != listing:
            out.append(f"</{listing}>")
            listing = ""
        if kind:
            if kind != listing:
                out.append(f"<{kind}>")
                listing = kind
            out += [f"<li>{_inline(item)}</li>" for item in _items(lines)]
        else:
            out.append(_block(lines))
    if listing:
        out.append(f"</{listing}>")
    return mark_safe("\n".join(out))  # noqa: S308 - every text passed through escape()


def _list_kind(line: str) -> str:
    return "ul" if re.match(r"[-*] ", line) else "ol" if re.match(r"\d+\. ", line) else ""


def _items(lines: list[str]) -> list[str]:
    items: list[str] = []
    for line in lines:
        if _list_kind(line):
            items.append(re.sub(r"^(?:[-*]|\d+\.) ", "", line))
        elif items:
            items[-1] += " " + line.strip()
    return items


def _block(lines: list[str]) -> str:
    heading = re.match(r"(#{1,4}) (.+)", lines[0])
    if heading:
        level = len(heading.group(1)) + 1
        rest = _block(lines[1:]) if lines[1:] else ""
        return f"<h{level}>{_inline(heading.group(2))}</h{level}>{rest}"
    if lines[0].startswith("```"):
        return (
            "<pre>"
            + escape("\n".join(line for line in lines if not line.startswith("```")))
            + "</pre>"
        )
    if lines[0].startswith("|"):
        return _table(lines)
    if _list_kind(lines[0]):
        kind = _list_kind(lines[0])
        return f"<{kind}>" + "".join(f"<li>{_inline(i)}</li>" for i in _items(lines)) + f"</{kind}>"
    return f"<p>{_inline(' '.join(lines))}</p>"


def _table(lines: list[str]) -> str:
    rows = [
        [c.strip() for c in line.strip("|").split("|")]
        for line in lines
        if not re.match(r"\|[-:| ]+\|$", line)
    ]
    head = "".join(f"<th>{_inline(c)}</th>" for c in rows[0])
    body = "".join(
        "<tr>" + "".join(f"<td>{_inline(c)}</td>" for c in r) + "</tr>" for r in rows[1:]
    )
    return f'<table class="m-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _inline(text: str) -> str:
    safe = str(escape(text))
    safe = re.sub(r"`([^`]+)`", r"<code>\1</code>", safe)
    return re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", safe)
