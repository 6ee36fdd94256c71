"""Finding the Chinese source strings: Python calls, templates, refusals and choice labels."""

import ast
import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

import spoken
from babel.messages.extract import extract_python
from django.conf import settings
from django.utils.translation.template import templatize
from spoken import Found

CHINESE = re.compile(r"[\u4e00-\u9fff]")
#: function name -> position of context, of the text, of the plural
SHAPES: dict[str, tuple[int | None, int, int | None]] = {
    "gettext": (None, 0, None),
    "_": (None, 0, None),
    "ngettext": (None, 0, 1),
    "pgettext": (0, 1, None),
    "npgettext": (0, 1, 2),
}
SAMPLES = frozenset({"style.html"})  # the style sheet for developers, on invented data
LANGUAGE_NAME = re.compile("简体中文|中文")  # a language is named in itself
TRANSLATED = re.compile(
    r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}"
    r"|{%\s*comment\b.*?{%\s*endcomment\s*%}|{%.*?%}|{{.*?}}|{#.*?#}|<!--.*?-->",
    re.DOTALL,
)


def everywhere(root: Path) -> list[Found]:
    """Return every source string under ``root``, one per context and text, in order of place."""
    if not settings.configured:
        settings.configure(USE_I18N=True)
    seen: dict[tuple[str | None, str], Found] = {}
    for path in sorted(root.rglob("*")):
        if "migrations" in path.parts or "vendor" in path.parts:
            continue
        if path.suffix == ".py":
            found = [*_from_calls(path), *_from_classes(path), *spoken.of(path, root=root)]
        elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
            found = list(_from_template(path))
        else:
            continue
        for one in found:
            seen.setdefault((one.context, one.id), one)
    return list(seen.values())


def _from_calls(path: Path) -> Iterator[Found]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = (
                node.func.attr
                if isinstance(node.func, ast.Attribute)
                else getattr(node.func, "id", "")
            )
            given = [a.value if isinstance(a, ast.Constant) else None for a in node.args]
            yield from _from_call(str(name), given, f"{path}:{node.lineno}")


def _from_template(path: Path) -> Iterator[Found]:
    source = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    # The tokenizer would take the template's indentation for Python's.
    flat = "\n".join(line.strip() for line in source.splitlines())
    keywords = dict.fromkeys(SHAPES)
    calls = extract_python(BytesIO(flat.encode()), keywords, [], {"encoding": "utf-8"})
    for line, name, texts, _comments in calls:
        raw: object = texts  # one text, several, or none: looser than Babel's types say
        given = raw if isinstance(raw, tuple) else (raw,)
        yield from _from_call(str(name), given, f"{path}:{line}")


def _from_call(name: str, given: Sequence[object], place: str) -> Iterator[Found]:
    shape = SHAPES.get(name.removesuffix("_lazy").removesuffix("_noop"))
    if shape is None:
        return
    context, text, plural = (
        given[at] if at is not None and at < len(given) else None for at in shape
    )
    if isinstance(text, str) and text:
        yield Found(text, _text(context), _text(plural), place)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _from_classes(path: Path) -> Iterator[Found]:
    """Yield the sentences of refusals and the labels of choices: they are looked up when shown."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ClassDef):
            bases = {
                base.attr if isinstance(base, ast.Attribute) else getattr(base, "id", "")
                for base in node.bases
            }
            is_choice = bool(bases & {"TextChoices", "IntegerChoices"})
            for item in node.body:
                yield from _from_assignment(item, path, is_choice=is_choice)


def _from_assignment(item: ast.stmt, path: Path, *, is_choice: bool) -> Iterator[Found]:
    if not isinstance(item, ast.Assign) or not isinstance(item.targets[0], ast.Name):
        return
    try:
        value = ast.literal_eval(item.value)
    except ValueError:
        return
    text = None
    if item.targets[0].id == "template":
        text = value
    elif is_choice and isinstance(value, tuple):
        text = value[-1]
    if isinstance(text, str) and CHINESE.search(text):
        yield Found(text, None, None, f"{path}:{item.lineno}")


def bare_chinese(root: Path) -> list[str]:
    """Return the places where a template prints Chinese that no translation can replace."""
    faults = []
    pages = (path for path in root.rglob("templates/**/*.html") if path.name not in SAMPLES)
    for path in sorted(pages):
        text = LANGUAGE_NAME.sub("", path.read_text(encoding="utf-8"))
        rest = TRANSLATED.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
        faults += [
            f"{path}:{number}: {line.strip()[:60]}"
            for number, line in enumerate(rest.splitlines(), start=1)
            if CHINESE.search(line) and 'lang="zh' not in line
        ]
    return faults
