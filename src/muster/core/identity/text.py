"""Folding: one spelling for what people type in many ways."""

import re
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

Raw: TypeAlias = str | int | float | bool | date | datetime | time | timedelta | None

_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0xA0: " "}
_UNSEEN = [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF, 0xAD]
_CONTROL = [code for code in (*range(0x20), *range(0x7F, 0xA0)) if code not in (9, 10, 13, 0x85)]
_FOLD: dict[int, int | str | None] = {**_HALF, **dict.fromkeys([*_UNSEEN, *_CONTROL])}
_HAN = "\u2e80-\u2fdf\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_CLEAN = re.compile(r"[A-Za-z0-9\u4e00-\u9fff\-./:]*").fullmatch
_BLANKS = re.compile(r"\s+")
_INNER = re.compile(rf"(?<=[{_HAN}·]) (?=[{_HAN}·])")
_DOTS = re.compile(rf"(?<=[{_HAN}])\s*[·•・‧∙⋅•･ᐧ]\s*(?=[{_HAN}])")


def fold(text: str) -> str:
    """Return ``text`` half-width, trimmed, without unseen characters or blanks inside Chinese.

    Middle dots between Chinese characters become one ``·``; letters, case and rare characters stay.
    """
    if _CLEAN(text):
        return text
    text = _BLANKS.sub(" ", text.translate(_FOLD)).strip()
    return _INNER.sub("", _DOTS.sub("·", text))


def as_text(raw: Raw) -> str:
    """Return a cell as folded text; a whole number loses its ``.0``, an empty cell is ``""``."""
    if isinstance(raw, str):
        return fold(raw)
    if raw is None:
        return ""
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e15:
        return str(int(raw))
    return str(raw)
