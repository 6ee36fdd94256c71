"""A view of the text, equal in length, in which full- and half-width forms are the same."""

import unicodedata
from functools import lru_cache

_SPECIAL = {
    "。": "。",
    "．": ".",
    "｡": "。",
    "，": ",",
    "､": "、",
    "：": ":",
    "；": ";",
    "（": "(",
    "）": ")",
    "〔": "[",
    "〕": "]",
    "［": "[",
    "］": "]",
    "【": "[",
    "】": "]",
    "﹝": "[",
    "﹞": "]",
    "！": "!",
    "？": "?",
    "﹪": "%",
    "“": '"',
    "”": '"',
    "„": '"',
    "「": '"',
    "」": '"',
    "＂": '"',
    "～": "~",
    "〜": "~",
    "∼": "~",
    "˜": "~",
    "∽": "~",
    "—": "-",
    "–": "-",
    "―": "-",
    "－": "-",
    "‐": "-",
    "‑": "-",
    "‒": "-",
    "─": "-",
    "━": "-",
    "−": "-",
    "﹣": "-",
    "ー": "-",
    "\u3000": " ",
    "\u00a0": " ",
    "\u2002": " ",
    "\u2003": " ",
    "\u2009": " ",
    "×": "X",
    "✕": "X",
    "╳": "X",
    "＊": "*",
    "※": "*",
    "⼀": "一",
    "曰": "日",
    "囗": "口",
    "％": "%",
    "‰": "‰",
    "·": "·",
    "﹕": ":",
}
_KEEP = frozenset("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")


@lru_cache(maxsize=8192)
def _one(char: str) -> str:
    if char in _SPECIAL:
        return _SPECIAL[char]
    if char.isascii() or char in _KEEP:
        return char
    plain = unicodedata.normalize("NFKC", char)
    return plain if len(plain) == 1 else char


def fold(text: str) -> str:
    """Return ``text`` with every character replaced by its plain form; lengths stay equal."""
    return "".join(map(_one, text))
