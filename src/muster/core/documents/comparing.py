"""A document in hand against the figures of its issue and the register of today."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from muster.core.documents.reading import DocumentReading, ReadFigure


@dataclass(frozen=True, slots=True)
class StoredFigure:
    """A figure as it was stored at issue."""

    printed: str
    value: int | float | str
    code: str


@dataclass(frozen=True, slots=True)
class ChangedFigure:
    """A figure that the records of today give otherwise; ``now`` is None without a source."""

    key: str
    code: str
    printed: str | None
    stored: str
    now: str | None

    def as_json(self) -> dict[str, Any]:
        """Return the entry as the command line prints it."""
        return {"code": self.code, "printed": self.printed, "stored": self.stored, "now": self.now}


@dataclass(frozen=True, slots=True)
class TamperedFigure:
    """A figure whose print in the file is not what was issued, and how it differs."""

    key: str
    code: str | None
    printed: str | None
    stored: str | None
    why: str

    WORDS: ClassVar[Mapping[str, str]] = {
        "edited": "数字被改动",
        "removed": "数字的绑定被删除",
        "copied": "数字被复制到别处并改动",
        "moved": "数字被换了位置",
        "beside": "数字旁边被加了数字",
        "foreign": "不是本文件签发的数字",
    }

    @property
    def message(self) -> str:
        """Return what happened, in Chinese."""
        return self.WORDS[self.why]

    def as_json(self) -> dict[str, Any]:
        """Return the entry as the command line prints it."""
        return {
            "code": self.code,
            "printed": self.printed,
            "stored": self.stored,
            "why": self.why,
            "message": self.message,
        }


@dataclass(frozen=True, slots=True)
class Verification:
    """The answer: how many figures were issued, how many are as they were, and the others.

    A figure can be both tampered with and changed; it is unchanged only if it is neither.
    """

    figures: int
    unchanged: int
    changed: tuple[ChangedFigure, ...]
    tampered: tuple[TamperedFigure, ...]

    @property
    def clean(self) -> bool:
        """Return whether the paper says what was issued and what is still true."""
        return not self.changed and not self.tampered

    def as_json(self) -> dict[str, Any]:
        """Return the answer as ``muster document verify --json`` prints it."""
        return {
            "figures": self.figures,
            "unchanged": self.unchanged,
            "changed": [entry.as_json() for entry in self.changed],
            "tampered": [entry.as_json() for entry in self.tampered],
        }


def compare(
    reading: DocumentReading, stored: Mapping[str, StoredFigure], now: Mapping[str, str]
) -> Verification:
    """Return which printed figures are as issued, changed in the records, or tampered with.

    ``stored`` and ``now`` are keyed by figure key; a key absent from ``now`` has no source today.
    """
    read: dict[str, list[ReadFigure]] = {}
    for figure in reading.figures:
        read.setdefault(figure.key, []).append(figure)
    issued = Counter(reading.order)
    moved = _moved(reading)
    changed, tampered, unchanged = [], [], 0
    for key, kept in stored.items():
        copies = read.get(key, [])
        why, printed = _fault(kept.printed, copies, max(issued[key], 1))
        if not why and key in moved:
            why = "moved"
        if why:
            tampered.append(TamperedFigure(key, kept.code, printed, kept.printed, why))
        if now.get(key) != kept.printed:
            changed.append(ChangedFigure(key, kept.code, printed, kept.printed, now.get(key)))
        elif not why:
            unchanged += 1
    tampered += [
        TamperedFigure(key, None, copies[0].printed, None, "foreign")
        for key, copies in read.items()
        if key not in stored
    ]
    return Verification(len(stored), unchanged, tuple(changed), tuple(tampered))


def _fault(stored: str, copies: Sequence[ReadFigure], issued: int) -> tuple[str, str | None]:
    """Return what is wrong with the controls of one figure, and the print that shows it."""
    if not copies:
        return "removed", None
    wrong = next((copy for copy in copies if copy.printed != stored), None)
    if wrong is not None:
        more = len(copies) > issued and any(copy.printed == stored for copy in copies)
        return ("copied" if more else "edited"), wrong.printed
    if any(copy.touches_digit for copy in copies):
        return "beside", copies[0].printed
    return ("removed" if len(copies) < issued else ""), copies[0].printed


def _moved(reading: DocumentReading) -> set[str]:
    """Return the keys that no longer stand in the order of issue.

    Two controls swapped whole still print what was stored, yet each now answers for the other's
    words. A key has stayed if every longest run of keys in the old order needs it.
    """
    place = {key: index for index, key in enumerate(dict.fromkeys(reading.order))}
    ranks = [place[f.key] for f in reading.figures if f.key in place]
    ranks = list(dict.fromkeys(ranks))
    longest = _longest_rising(ranks)
    if longest == len(ranks):
        return set()
    names = list(place)
    return {
        names[rank]
        for rank in ranks
        if _longest_rising([other for other in ranks if other != rank]) == longest
    }


def _longest_rising(ranks: Sequence[int]) -> int:
    tails: list[int] = []
    for rank in ranks:
        at = bisect_left(tails, rank)
        tails[at : at + 1] = [rank]
    return len(tails)
