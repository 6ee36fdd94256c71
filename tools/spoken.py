"""Finding the Chinese that the program says outside gettext: it is translated where it is shown.

The core is plain Python, stored reasons and progress are written once for readers of any language;
``muster.web.said`` looks their words up. So every Chinese literal is a source string, save those
that are read and not said: words a parser recognises, help of commands, labels of hidden columns.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

CHINESE = re.compile(r"[\u4e00-\u9fff]")
SHORTEST = 2
#: Cores that no page shows yet; take a folder out of here with its first page.
NOT_SHOWN = ("core/assessment/*",)
#: Files whose Chinese is read or written into office papers, never said to a reader.
SILENT = (
    "core/identity/choices.py", "core/identity/surnames.py", "core/identity/pinyin.py",
    "core/identity/text.py", "core/documents/[!cmpt]*.py", "core/sheets/[!grp]*.py",
    "core/sheets/template.py", "core/plans/[!cfpwr]*.py", "core/plans/folding.py",
    "core/plans/clean.py", "core/plans/phases.py", "core/plans/periods.py",
    "core/documents/content.py", "core/documents/properties.py", "engines/meetings/writing.py",
    "web/formats/*", "web/showroom.py", "web/board.py", "web/templatetags/*", "web/said.py",
    "overview/story/*", "overview/reports/gathering.py", "domains/militia/unitnames.py",
    "config/settings.py", "engines/*/models.py", "ground/[!r]*/models.py",
    "ground/r[!e]*/models.py", "domains/*/models/*", "*/migrations/*",
    "ground/register/past.py", *NOT_SHOWN,
)  # fmt: skip
#: Files with lists of words to recognise: only sentences and words of calls for people are said.
RECOGNISING = (
    "engines/imports/people.py", "engines/imports/organisations.py", "engines/imports/places.py",
    "engines/imports/servicecolumns.py", "engines/imports/kinds.py", "core/identity/names.py",
    "core/identity/dates.py", "core/identity/phones.py", "domains/militia/absencecolumns.py",
    "domains/militia/membershipcolumns.py", "core/plans/p[!r]*",
    "core/plans/checks.py",
)  # fmt: skip
UNSAID_CALLS = frozenset(
    {"compile", "search", "match", "fullmatch", "sub", "findall", "finditer", "split", "replace",
     "removeprefix", "removesuffix", "startswith", "endswith", "find", "strip", "Option", "Argument",
     "Typer", "add_typer", "command", "ForeignKey"}
)  # fmt: skip


@dataclass(frozen=True, order=True)
class Found:
    """One source string and the first place that says it."""

    id: str
    context: str | None
    plural: str | None
    place: str


def of(path: Path, *, root: Path) -> Iterator[Found]:
    """Yield the Chinese literals of a file that may reach a reader; f-strings with named holes."""
    name = path.relative_to(root).as_posix()
    if any(fnmatch(name, pattern) for pattern in SILENT):
        return
    strict = any(fnmatch(name, pattern) for pattern in RECOGNISING)
    tree = ast.parse(path.read_text(encoding="utf-8"))
    unsaid = set(_unsaid(tree))
    for node in ast.walk(tree):
        text = None if id(node) in unsaid else _text(node)
        if text is not None and _is_said(text, strict=strict):
            yield Found(text, None, None, f"{path}:{getattr(node, 'lineno', 0)}")


def _is_said(text: str, *, strict: bool) -> bool:
    if len(CHINESE.findall(text)) < SHORTEST and not ("{" in text and CHINESE.search(text)):
        return False
    if re.search(r"[\\|]|\[[^\]]*[\u4e00-\u9fff]|\.[*?]", text):
        return False  # a regular expression
    return not strict or "{" in text or text.endswith(("。", "？", "」"))


def _unsaid(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield id(node.value)  # a docstring
        elif isinstance(node, ast.JoinedStr):
            yield from (id(part) for part in node.values)
        elif isinstance(node, ast.Call) and _called(node) in UNSAID_CALLS:
            yield from (id(below) for below in ast.walk(node) if below is not node)
        elif isinstance(node, ast.Call) and _called(node).endswith("Field"):
            yield from (id(a) for k in node.keywords if k.arg != "label" for a in ast.walk(k.value))


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _text(node: ast.AST) -> str | None:
    if isinstance(node, ast.JoinedStr):
        return _joined(node)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return None


def _joined(node: ast.JoinedStr) -> str:
    """Return the f-string as a sentence with named holes, one name for each expression."""
    names: dict[str, str] = {}
    text = ""
    for part in node.values:
        if isinstance(part, ast.FormattedValue):
            said = ast.unparse(part.value)
            if said not in names:
                name = _name(part.value)
                taken = sum(1 for known in names.values() if known.rstrip("0123456789") == name)
                names[said] = f"{name}{taken + 1}" if taken else name
            text += f"{{{names[said]}}}"
        elif isinstance(part, ast.Constant):
            text += str(part.value)
    return text


def _name(node: ast.AST) -> str:
    """Return a word for what stands in the hole: the last name of the expression."""
    found = "value"
    if isinstance(node, ast.Attribute):
        found = node.attr
    elif isinstance(node, ast.Name):
        found = node.id.strip("_").lower()
    elif isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        found = str(node.slice.value)
    elif isinstance(node, ast.Subscript | ast.BoolOp):
        found = _name(node.value if isinstance(node, ast.Subscript) else node.values[0])
    elif isinstance(node, ast.Call):
        found = _called(node).strip("_").lower()
        if found in {"len", "str"} and node.args:
            found = "count" if found == "len" else _name(node.args[0])
    return found if found.isidentifier() else "value"
