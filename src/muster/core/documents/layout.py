"""What the statutory layout decides from the finished text: numbers, lists, widths.

Paragraphs are known by the *name* of their style: office suites rewrite style ids, never names.
"""

import copy
import re
from collections.abc import Iterator
from itertools import takewhile

from muster.core.documents.fitting import (
    CHARACTER_TWIPS,
    break_title,
    close_up,
    fit_mark,
    indent,
    place_signature,
)
from muster.core.documents.markup import (
    Element,
    attribute,
    child,
    is_w,
    make,
    plain,
    set_text,
    texts,
    within,
)
from muster.core.documents.wording import chinese_numeral

HEADINGS = {"heading 1": 1, "heading 2": 2, "heading 3": 3, "heading 4": 4}
ADDRESSEE, SIGNER, DAY = "主送机关", "发文机关署名", "成文日期"
MARK, TITLE, IMPRINT, CLOSING = "发文机关标志", "公文标题", "版记", "结束语"
NOTE, ATTACHMENT, ATTACHMENT_TITLE = "附件说明", "附件标识", "附件标题"
_FOOT = {CLOSING, SIGNER, DAY, NOTE, ATTACHMENT, ATTACHMENT_TITLE, IMPRINT}
_NUMBERED = re.compile(
    r"^\s*(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）]|\d+[.．、]|[（(]\d+[)）])?\s*"
)


def style_names(styles: Element) -> dict[str, str]:
    """Return style id → style name in small letters (some programs write Heading 1).

    A paragraph without a style has the default one.
    """
    names: dict[str, str] = {}
    for style in within(styles, "style"):
        name = (attribute(child(style, "name"), "val") or "").lower()
        names[attribute(style, "styleId") or ""] = name
        if attribute(style, "type") == "paragraph" and attribute(style, "default") in {"1", "true"}:
            names[""] = name
    return names


def settle(root: Element, names: dict[str, str]) -> None:
    """Drop headings that nothing follows, number the rest, list attachments, fit head and foot."""
    body = next(within(root, "body"))
    _drop_orphans(body, names)
    _drop_empty_attachments(body, names)
    _number_headings(body, names)
    _list_attachments(body, names)
    for paragraph in list(_styled(body, names, MARK)):
        fit_mark(paragraph)
    for paragraph in list(_styled(body, names, TITLE)):
        break_title(paragraph)
    for day in list(_styled(body, names, DAY)):
        signers = takewhile(
            lambda block: _name(block, names) == SIGNER, day.itersiblings(preceding=True)
        )
        place_signature(day, list(signers))


def _name(block: Element, names: dict[str, str]) -> str:
    if not is_w(block, "p"):
        return ""
    return names.get(attribute(child(block, "pPr", "pStyle"), "val") or "", "")


def _styled(body: Element, names: dict[str, str], style: str) -> Iterator[Element]:
    for block in body:
        if _name(block, names) == style:
            yield block


def _is_imprint(block: Element, names: dict[str, str]) -> bool:
    """Return whether here begins the foot of the last page."""
    if is_w(block, "sectPr"):
        return True
    return any(_name(paragraph, names) == IMPRINT for paragraph in within(block, "p"))


def _says_something(block: Element) -> bool:
    return not is_w(block, "p") or bool(plain(block).strip())


def _drop_orphans(body: Element, names: dict[str, str]) -> None:
    """Walk upwards, so that a heading whose subheadings all went goes as well."""
    full_at = 0  # 0: nothing below yet; 9: text; 1 to 4: a heading of that level
    for block in reversed(list(body)):
        name = _name(block, names)
        if name in HEADINGS:
            if full_at > HEADINGS[name]:
                full_at = HEADINGS[name]
            else:
                body.remove(block)
        elif name in _FOOT or is_w(block, "sectPr") or _is_imprint(block, names):
            full_at = 0
        elif _says_something(block):
            full_at = 9


def _drop_empty_attachments(body: Element, names: dict[str, str]) -> None:
    """Take away the mark, the title and the page of an attachment without text or rows."""
    for first in list(_styled(body, names, ATTACHMENT)):
        blocks = [first]
        for block in first.itersiblings():
            if _name(block, names) == ATTACHMENT or _is_imprint(block, names):
                break
            blocks.append(block)
        content = [block for block in blocks if _name(block, names) not in _FOOT]
        if not any(_says_something(block) for block in content):
            for block in blocks:
                body.remove(block)


def _number_headings(body: Element, names: dict[str, str]) -> None:
    count = [0, 0, 0, 0, 0]
    for block in body:
        level = HEADINGS.get(_name(block, names), 0)
        if not level:
            continue
        count[level] += 1
        count[level + 1 :] = [0] * (4 - level)
        _write_over(block, heading_number(level, count[level]) + _NUMBERED.sub("", plain(block)))


def heading_number(level: int, number: int) -> str:
    """Return 一、 (一) 1. (1) for the four levels (GB/T 9704-2012, 7.3.3)."""
    if level == 1:
        return f"{chinese_numeral(number)}、"
    if level == 2:
        return f"（{chinese_numeral(number)}）"
    return f"{number}." if level == 3 else f"（{number}）"


def _write_over(paragraph: Element, value: str) -> None:
    """Write the number into the first run, leaving the rest of the heading in its runs."""
    surplus = len(plain(paragraph)) - len(_NUMBERED.sub("", plain(paragraph)))
    head = value[: len(value) - (len(plain(paragraph)) - surplus)]
    for text in texts(paragraph):
        cut = min(surplus, len(text.text or ""))
        surplus -= cut
        set_text(text, head + (text.text or "")[cut:])
        head = ""


def _list_attachments(body: Element, names: dict[str, str]) -> None:
    """Give each attachment its number and write the list under the text (GB/T 9704-2012, 7.3.4)."""
    marks = list(_styled(body, names, ATTACHMENT))
    titles = []
    for number, mark in enumerate(marks, start=1):
        _rewrite(mark, f"附件{number}" if len(marks) > 1 else "附件")
        title = next((b for b in mark.itersiblings() if _name(b, names) == ATTACHMENT_TITLE), None)
        titles.append("" if title is None else plain(title).strip())
    for note in list(_styled(body, names, NOTE)):
        _write_note(note, [title for title in titles if title])


def _write_note(note: Element, titles: list[str]) -> None:
    if not titles:
        note.getparent().remove(note)
        return
    lines = titles if len(titles) == 1 else [f"{n}.{t}" for n, t in enumerate(titles, start=1)]
    last = note
    for index, line in enumerate(lines):
        if index:
            following = copy.deepcopy(note)
            last.addnext(following)
            last = following
            # Under the first title: two characters in, and past the three of 附件：.
            indent(following, left=CHARACTER_TWIPS * 5, hanging=0)
            close_up(following)
        _rewrite(last, line if index else f"附件：{line}")


def _rewrite(paragraph: Element, value: str) -> None:
    """Write the text into the first w:t and empty the others; make one if there is none."""
    found = texts(paragraph)
    if not found:
        run, text = make("r"), make("t")
        run.append(text)
        paragraph.append(run)
        found = [text]
    set_text(found[0], value)
    for text in found[1:]:
        set_text(text, "")
