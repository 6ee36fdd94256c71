"""The numberings of Chinese official writing, at the head of a line or inside one."""

import re
from dataclasses import dataclass

CN = r"[一二三四五六七八九十]{1,3}"
_ORDER: tuple[tuple[str, float, str], ...] = (
    ("part", 0, rf"第(?:{CN}|\d{{1,2}})(?:部分|章|编|篇|部)"),
    ("section", 0.5, rf"第(?:{CN}|\d{{1,2}})节"),
    (
        "cn",
        1,
        rf"{CN} ?(?:、|\.(?!\d))|{CN},(?=[^,。;]{{2,20}}(?:\n|$))|{CN}:(?=[^,。;]{{2,20}}(?:\n|$))",
    ),
    ("stage", 1.5, rf"第 ?(?:{CN}|\d{{1,2}}) ?(?:个?阶段|步)(?! ?[性的工后前中])"),
    ("cn_paren", 2, rf"\( ?{CN} ?\)[、.]?|[㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩][、.]?"),
    (
        "decimal",
        3.5,
        r"\d{1,2}(?:\.\d{1,2}){1,3}(?=[ 、\u4e00-\u9fff])(?! ?[日月万元%]|\d| ?(?:-|~|至|到))",
    ),
    ("num", 3, r"\d{1,2} ?(?:、|\.(?!\d(?!\d?月)))|⒈|⒉|⒊|⒋|⒌|⒍|⒎|⒏|⒐"),
    ("num_paren", 4, r"\( ?\d{1,2} ?\)[、.]?|\d{1,2}\)|[⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽]"),
    ("circle", 5, r"[①②③④⑤⑥⑦⑧⑨⑩⑪⑫]"),
)
_RANK = {name: rank for name, rank, _ in _ORDER}
_ANY = re.compile("|".join(f"(?P<{name}>{pattern})" for name, _, pattern in _ORDER))
_DOTTED_DATE = re.compile(r"\d{1,2}\.\d{1,2} *(?:-|~|至|到) *\d")


@dataclass(frozen=True, slots=True)
class Number:
    """A numbering found in folded text."""

    style: str
    rank: float
    start: int
    end: int


def number_at(fold: str, start: int, end: int) -> Number | None:
    """Return the numbering that begins exactly at ``start``."""
    if _DOTTED_DATE.match(fold, start, end):
        return None
    match = _ANY.match(fold, start, end)
    if match is None:
        return None
    style = match.lastgroup or ""
    return Number(style, _RANK[style], match.start(), match.end())
