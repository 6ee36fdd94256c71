"""Small values shared by every floor."""

import re
from dataclasses import dataclass
from datetime import date
from typing import NewType

Fen = NewType("Fen", int)

_CODE = re.compile(r"^\d{12}$")


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a rule or a value comes from: paper, clause, since when."""

    source: str
    clause: str = ""
    in_force: date | None = None

    def __str__(self) -> str:
        return f"{self.source}{self.clause}"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from ``start`` to ``end``, both included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"period ends {self.end} before it starts {self.start}")

    @classmethod
    def year(cls, year: int) -> "Period":
        """Return the calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @property
    def days(self) -> int:
        """Return the number of days, both ends counted."""
        return (self.end - self.start).days + 1

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def __str__(self) -> str:
        return f"{self.start.isoformat()}/{self.end.isoformat()}"


@dataclass(frozen=True, slots=True, order=True)
class DivisionCode:
    """A 12-digit statistical code; trailing zeros say the level; the prefix is the subtree."""

    code: str

    def __post_init__(self) -> None:
        if not _CODE.match(self.code):
            raise ValueError(f"division code must be 12 digits, not {self.code!r}")

    @property
    def level(self) -> str:
        """Return county, township or village."""
        if self.code[6:] == "000000":
            return "county"
        return "township" if self.code[9:] == "000" else "village"

    @property
    def prefix(self) -> str:
        """Return the digits that every code below this one starts with."""
        return {"county": self.code[:6], "township": self.code[:9], "village": self.code}[
            self.level
        ]

    @property
    def county(self) -> str:
        """Return the six digits of the county."""
        return self.code[:6]

    @property
    def low(self) -> str:
        """Return the smallest code of the subtree."""
        return self.prefix.ljust(12, "0")

    @property
    def high(self) -> str:
        """Return the largest possible code of the subtree (inclusive)."""
        return self.prefix.ljust(12, "9")

    @property
    def ancestors(self) -> tuple["DivisionCode", ...]:
        """Return the codes above, nearest first."""
        if self.level == "county":
            return ()
        codes = (self.code[:9] + "000", self.code[:6] + "000000")
        return tuple(DivisionCode(code) for code in codes if code != self.code)

    def holds(self, other: str) -> bool:
        """Return whether ``other`` lies in this subtree."""
        return other.startswith(self.prefix)

    def __str__(self) -> str:
        return self.code
