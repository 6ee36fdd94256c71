"""Which column of a sheet is which: by name, never by guess."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.fuzz import ratio

JOIN = " / "
"""Between the levels of a header text: 家庭情况 / 父亲 / 姓名."""
PROBLEM_LABEL, ROW_LABEL = "问题", "原行号"
"""Columns that a repair workbook adds; never taken for the user's."""

_BLANKS = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_ASIDE = re.compile(r"[(\[【〔〈<].*?[)\]】〕〉>]")
_ENDS = "*:：。.,，、;_-·★"
# Under such a heading 姓名 or 电话 is another person's.
_OTHERS = re.compile(
    "父|母|配偶|妻|丈夫|监护|家长|家属|亲属|联系人|紧急|家庭成员|子女|介绍人|推荐|负责人|主管|法人"
    "|法定代表|填表|审核|领导|经办|见证|担保"
)
_CLOSE = 72  # of 100: near enough to be offered, never enough to be taken
_REMEMBERED = 9


@dataclass(frozen=True, slots=True)
class Column:
    """One column that a kind of list may have.

    ``kind`` is text, name, id, phone, date, int, yes_no or choice; ``sensitive`` columns are
    written as text and matched by exact name only; ``allowed`` fills drop-downs.
    """

    key: str
    label: str
    aliases: tuple[str, ...] = ()
    kind: str = "text"
    required: bool = False
    sensitive: bool = False
    help: str = ""
    allowed: tuple[str, ...] = ()
    example: str = ""


@dataclass(frozen=True, slots=True)
class UnknownHeader:
    """A column nobody asked for, or one that could be several; ``candidates`` are keys to offer."""

    index: int
    text: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Matching:
    """Column index (0 is A) to key, and what stayed open."""

    mapping: Mapping[int, str]
    unknown: tuple[UnknownHeader, ...] = ()


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return a header text without blanks, stars, end marks and width differences."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text)).strip(_ENDS).lower()


def bare(text: str) -> str:
    """Return a header text without its bracketed notes and units as well: 身份证号(18位)."""
    return _ASIDE.sub("", plain(text)).strip(_ENDS)


def fingerprint(header_texts: Sequence[str]) -> str:
    """Return 16 hex digits that name this header whatever its spacing and width.

    The two columns that a repair workbook adds are left out: it is the same form.
    """
    own = [text for text in header_texts if not is_added(text)]
    joined = "\n".join(_path(text) for text in own).rstrip("\n")
    return hashlib.sha256(joined.encode()).hexdigest()[:16]


def is_added(text: str) -> bool:
    """Return whether a repair workbook added this column: 问题 and 原行号."""
    return all(plain(part) in (PROBLEM_LABEL, ROW_LABEL) for part in text.split(JOIN))


def match_columns(
    header_texts: Sequence[str],
    columns: Sequence[Column],
    remembered: Mapping[str, str] | None = None,
) -> Matching:
    """Return which header text is which column.

    ``remembered`` maps header texts that a person confirmed to keys, ``""`` meaning leave out.
    Two headers equally good for one key: a plain column takes the first, a required or sensitive
    one takes neither and offers both.
    """
    names = Names(columns, remembered or {})
    claims = names.claims(header_texts)
    return Matching(claims.mapping, names.open_headers(header_texts, claims))


@dataclass(frozen=True, slots=True)
class Claims:
    """Which text is which key, how exact the matches are together, and who quarrels over a key."""

    mapping: Mapping[int, str]
    rank: int
    disputed: Mapping[int, str]


class Names:
    """The names of a column set, looked up by exactness."""

    def __init__(self, columns: Sequence[Column], remembered: Mapping[str, str]) -> None:
        """Prepare the look-up; ``remembered`` as in ``match_columns``."""
        self._columns = columns
        self._remembered = {_path(text): key for text, key in remembered.items()}
        self._exact: dict[str, tuple[str, int]] = {}
        for form, ranks in ((plain, (8, 7)), (bare, (6, 5))):
            for column in columns:
                for name in (column.label, *column.aliases):
                    rank = ranks[0] if name == column.label else ranks[1]
                    self._exact.setdefault(form(name), (column.key, rank))

    def claims(self, header_texts: Sequence[str]) -> Claims:
        """Return the mapping with every quarrel over a required or sensitive key left open."""
        found: dict[str, list[tuple[int, int]]] = {}
        for index, text in enumerate(header_texts):
            key, rank = self.of(text) if text else ("", 0)
            found.setdefault(key, []).append((rank, index))
        mapping: dict[int, str] = {}
        disputed: dict[int, str] = {}
        total = 0
        for column in self._columns:
            ranked = found.get(column.key, [])
            best = max((rank for rank, _ in ranked), default=0)
            first = [index for rank, index in ranked if rank == best]
            if len(first) > 1 and (column.required or column.sensitive):
                disputed.update(dict.fromkeys(first, column.key))
            elif first:
                mapping[first[0]] = column.key
                total += best
        return Claims(dict(sorted(mapping.items())), total, disputed)

    def open_headers(self, texts: Sequence[str], claims: Claims) -> tuple[UnknownHeader, ...]:
        """Return the headers without a key, with the keys that look like them."""
        taken = set(claims.mapping.values())
        return tuple(
            UnknownHeader(index, text, self._offers(index, text, claims, taken))
            for index, text in enumerate(texts)
            if index not in claims.mapping and plain(text) and not self.is_ours(text)
        )

    def _offers(self, index: int, text: str, claims: Claims, taken: set[str]) -> tuple[str, ...]:
        disputed = claims.disputed.get(index)
        return (disputed,) if disputed else self.near(text, taken)

    def of(self, text: str) -> tuple[str, int]:
        """Return the key and how exact the match is; ``("", 0)`` for none."""
        known = self._remembered.get(_path(text))
        if known is not None:
            return known, _REMEMBERED
        levels = text.split(JOIN)
        for depth in range(len(levels)):
            if depth and _OTHERS.search("".join(levels[:depth])):
                break
            joined = "".join(levels[depth:])
            hit = self._exact.get(plain(joined)) or self._stripped(joined)
            if hit:
                return hit[0], hit[1] - 4 * bool(depth)
        return "", 0

    def _stripped(self, text: str) -> tuple[str, int] | None:
        hit = self._exact.get(bare(text))
        return (hit[0], min(hit[1], 5)) if hit else None

    def is_ours(self, text: str) -> bool:
        """Return whether a repair workbook added this column, or a person said to leave it out."""
        return is_added(text) or self._remembered.get(_path(text)) == ""

    def near(self, text: str, taken: set[str]) -> tuple[str, ...]:
        """Return up to three keys whose names look like ``text``, best first."""
        name = bare(text.rsplit(JOIN, maxsplit=1)[-1]) or plain(text)
        scored = []
        for column in self._columns:
            if column.key not in taken:
                names = (bare(other) for other in (column.label, *column.aliases))
                score = max(_closeness(name, other) for other in names)
                if score >= _CLOSE:
                    scored.append((-score, column.key))
        return tuple(key for _, key in sorted(scored)[:3])


def is_other_person(heading: str) -> bool:
    """Return whether a group heading (父亲, 紧急联系人) speaks of somebody else."""
    return len(heading) <= 8 and not {":", "："} & set(heading) and bool(_OTHERS.search(heading))


def _closeness(a: str, b: str) -> float:
    if min(len(a), len(b)) >= 2 and (a in b or b in a):
        return 90.0
    return ratio(a, b)


def _path(text: str) -> str:
    return JOIN.join(plain(part) for part in text.split(JOIN))
