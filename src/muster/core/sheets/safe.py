"""Text that a spreadsheet program must not take for a formula."""

import re

_UNSEEN = r"\s\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\xad\x00-\x1f"
_LIVE = re.compile(rf"(?:[{_UNSEEN}]*[=+\-@|%＝＋－＠｜％]|[\t\r\n])").match


def safe_text(text: str) -> str:
    """Return ``text`` for a CSV cell: with ``'`` before it where a program would run it.

    Blanks, zero-width and control characters before the sign do not hide it. XLSX needs none of
    this: its cells are typed.
    """
    return f"'{text}" if _LIVE(text.lstrip("'")) else text


def plain_text(text: str) -> str:
    """Return a CSV cell as it was before ``safe_text``."""
    return text[1:] if text[:1] == "'" and _LIVE(text.lstrip("'")) else text
