"""Chinese words of the program and of the catalogue, turned at the last moment into the reader's.

The core, stored progress and reasons, and the catalogue speak Chinese; nobody above them may know
who will read. So a text is translated where it is shown: by the catalogue's own English, by the
message catalogue, or by the message whose placeholders it fills. What is neither (the names of
people, places and units) stays as it is.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language, gettext, trans_real

CHINESE = re.compile(r"[\u4e00-\u9fff]")
_HOLE = re.compile(r"%\((\w+)\)[sd]|\{([A-Za-z_]\w*)(?:[.:!\[][^}]*)?\}")
_DATE = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(?:(\d{1,2})日)?")
_OF_YEAR = re.compile(r"(\d{4})年(.*)")
_NOTED = re.compile(r"([^（）]+)（([^（）]+)）")
_CLAUSE = re.compile(r"[一二三四五六七八九十\d()（）.、/篇附①-⑨ ]+")
_NUMERALS = {ord(c): str(n) for n, c in enumerate("一二三四五六七八九十", start=1)}
_MARKS = {"、": ", ", "；": "; ", "，": ", ", "：": ": "}
_DEEPEST, _LONGEST, _FIXED = 4, 2_000, 2  # deep, long; Chinese letters that make a sentence known

WORDS: list[Callable[[], Mapping[str, str]]] = []
"""English of catalogue words; the composition root fills this. What stands here goes first."""


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A message with holes: how it is recognised and what it says in English."""

    pattern: re.Pattern[str]
    fixed: tuple[str, ...]
    english: str
    names: tuple[str, ...]


def in_english() -> bool:
    """Return whether the reader reads English."""
    return (get_language() or "").startswith("en")


def said(value: Any) -> Any:
    """Return the words in the reader's language; anything that is not Chinese text comes back as it is."""
    if not in_english() or not isinstance(value, str) or not CHINESE.search(value):
        return value
    return _english(value, 0)


def listed(items: Iterable[object]) -> str:
    """Return the items, each in the reader's language, as a list within a sentence."""
    return gettext("、").join(str(said(str(item))) for item in items)


def beside(text: object, note: object) -> str:
    """Return the text with a note in brackets, as the reader's language writes them."""
    return f"{text}{gettext('（')}{note}{gettext('）')}"


def filled(template: str, facts: Mapping[str, Any]) -> str:
    """Return the translated sentence with its facts, which are translated where they are words."""
    return gettext(template).format(**{name: _fact(value) for name, value in facts.items()})


def _fact(value: Any) -> Any:
    from django.utils.functional import Promise

    if isinstance(value, Promise):
        value = str(value)
    if isinstance(value, list | tuple) and all(isinstance(one, str) for one in value):
        return listed(value)
    return said(value)


def _english(text: str, depth: int) -> str:
    bare = text.strip()
    found = _known(bare)
    if found is None and depth < _DEEPEST and len(bare) <= _LONGEST:
        found = _by_sentence(bare, depth) or _by_shape(bare, depth) or _by_parts(bare, depth)
    return text if found is None else text.replace(bare, found)


def _known(text: str) -> str | None:
    """Return the English of a whole text: from the catalogue, the messages, or as a clause number."""
    for words in WORDS:
        if text in words():
            return words()[text]
    found = gettext(text)
    if found != text:
        return found
    if _CLAUSE.fullmatch(text):
        found = text.translate(_NUMERALS).replace("篇", "part ")
        return found.replace("附", " annex").replace("、", ", ")
    return _date(text)


def _date(text: str) -> str | None:
    """Return a day, a month or a year as English writes them."""
    found = _DATE.fullmatch(text)
    if not found:
        return None
    try:
        on = date(int(found[1] or 2000), int(found[2]), int(found[3] or 1))
    except ValueError:
        return None
    return " ".join([*([str(on.day)] if found[3] else []), f"{on:%b}", *filter(None, [found[1]])])


def _by_sentence(text: str, depth: int) -> str | None:
    """Return the English of the message whose holes the text fills, the longest message first."""
    for one in _sentences():
        match = one.pattern.fullmatch(text) if all(part in text for part in one.fixed) else None
        if match:
            return _filled(one, {name: _inner(match[name], depth) for name in one.names})
    return None


def _filled(one: _Sentence, facts: Mapping[str, str]) -> str:
    return _HOLE.sub(lambda hole: facts.get(hole[1] or hole[2], ""), one.english)


def _by_shape(text: str, depth: int) -> str | None:
    """Return the English of words of a year, or with a note in brackets, where any part has some."""
    noted, yearly = _NOTED.fullmatch(text), _OF_YEAR.fullmatch(text)
    if noted:
        head, note = _inner(noted[1], depth), _inner(noted[2], depth)
        return f"{head} ({note})" if (head, note) != noted.groups() else None
    if yearly:
        rest = _inner(yearly[2], depth)
        return f"{rest} {yearly[1]}".strip() if rest != yearly[2] or not rest else None
    return None


def _by_parts(text: str, depth: int) -> str | None:
    """Return the English of sentences, clauses or listed words that stand one after another."""
    for mark in ("\n", "。", "；", "，", "、", "：", " "):
        parts = text.split(mark)
        if len(parts) > 1 and all(parts[:-1]):
            whole = "。" if mark == "。" else ""
            done = [_inner(part + whole if at < len(parts) - 1 else part, depth)
                    for at, part in enumerate(parts)]  # fmt: skip
            if done != [p + whole if at < len(parts) - 1 else p for at, p in enumerate(parts)]:
                return (" " if whole else _MARKS.get(mark, mark)).join(p for p in done if p)
    return None


def _inner(text: str, depth: int) -> str:
    return _english(text, depth + 1) if CHINESE.search(text) else text


def _sentences() -> tuple[_Sentence, ...]:
    return _read(trans_real.translation("en"))


@lru_cache(maxsize=4)
def _read(catalogue: Any) -> tuple[_Sentence, ...]:
    return tuple(sorted(_with_holes(catalogue), key=lambda s: -sum(map(len, s.fixed))))


def _with_holes(catalogue: Any) -> Iterator[_Sentence]:
    # Django offers no other way to walk over the messages of a language.
    for raw, translated in catalogue._catalog.items():  # noqa: SLF001
        if isinstance(raw, str) and isinstance(translated, str) and "\x04" not in raw:
            found = _sentence(raw.strip(), translated.strip())
            if len(CHINESE.findall("".join(found.fixed))) >= _FIXED and found.names:
                yield found


def _sentence(source: str, english: str) -> _Sentence:
    form, at, names, fixed = "", 0, list[str](), list[str]()
    for hole in _HOLE.finditer(source):
        name = hole[1] or hole[2]
        fixed.append(source[at : hole.start()])
        form += re.escape(fixed[-1])
        form += f"(?P={name})" if name in names else f"(?P<{name}>.+?)"
        names.append(name)
        at = hole.end()
    fixed.append(source[at:])
    pattern = re.compile(form + re.escape(fixed[-1]), re.DOTALL)
    return _Sentence(pattern, tuple(filter(None, fixed)), english, tuple(dict.fromkeys(names)))
