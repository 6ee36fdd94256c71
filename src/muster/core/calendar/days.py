"""Days that come every year: fixed, lunar, by weekday, Qingming, or by a name."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from muster.core.calendar import lunar
from muster.core.calendar.reading import Entry

_MONTH_DAY = re.compile(r"(\d{1,2})-(\d{1,2})")
_HOW = '请写成 "08-01"（加引号）。'
Named = Callable[[str, int], date]


@dataclass(frozen=True, slots=True)
class Fixed:
    """A day of a month; a day that the month does not have is its last one."""

    month: int
    day: int

    def on(self, year: int, named: Named) -> date:
        """Return the day in a year."""
        first_of_next = date(year + self.month // 12, self.month % 12 + 1, 1)
        return min(date(year, self.month, 1) + timedelta(self.day - 1), first_of_next - _ONE)


@dataclass(frozen=True, slots=True)
class Lunar:
    """A day of the lunar year that begins in the solar year asked for."""

    month: int
    day: int

    def on(self, year: int, named: Named) -> date:
        """Return the day in a year; YearNotInTable outside the table."""
        return lunar.solar_of(lunar.LunarDate(year, self.month, self.day))


@dataclass(frozen=True, slots=True)
class NewYearsEve:
    """除夕: the day before Spring Festival, in the solar year asked for."""

    def on(self, year: int, named: Named) -> date:
        """Return the day in a year; YearNotInTable outside the table."""
        return lunar.new_years_eve(year)


@dataclass(frozen=True, slots=True)
class Qingming:
    """清明: the one solar term that is a festival."""

    def on(self, year: int, named: Named) -> date:
        """Return the day in a year; YearNotInTable outside the table."""
        return lunar.qingming(year)


@dataclass(frozen=True, slots=True)
class NthWeekday:
    """The nth weekday of a month (weekday 1 = Monday … 7 = Sunday)."""

    nth: int
    weekday: int
    month: int

    def on(self, year: int, named: Named) -> date:
        """Return the day in a year."""
        first = date(year, self.month, 1)
        return first + timedelta((self.weekday - first.isoweekday()) % 7 + 7 * (self.nth - 1))


@dataclass(frozen=True, slots=True)
class ByName:
    """A day that the work calendar names, so that a county changes it in one place."""

    name: str

    def on(self, year: int, named: Named) -> date:
        """Return the day in a year; NotConfigured where the calendar does not name it."""
        return named(self.name, year)


Day = Fixed | Lunar | NewYearsEve | Qingming | NthWeekday | ByName
_ONE = timedelta(1)


def read_day(raw: Any, *, where: str) -> Day:
    """Return the day that an entry writes: a name, or one of date, lunar, term, nth."""
    if isinstance(raw, str):
        return ByName(raw)
    entry = Entry(raw, where=where)
    day: Day
    if "date" in entry:
        day = Fixed(*_month_day(entry, "date", last=31))
    elif entry.get("lunar") == "eve":
        day = NewYearsEve()
    elif "lunar" in entry:
        day = Lunar(*_month_day(entry, "lunar", last=30))
    elif "nth" in entry:
        day = NthWeekday(entry.whole("nth", low=1, high=4), entry.whole("weekday", low=1, high=7),
                         entry.whole("month", low=1, high=12))  # fmt: skip
    else:
        entry.choice("term", ("qingming",))
        day = Qingming()
    entry.done()
    return day


def _month_day(entry: Entry, key: str, *, last: int) -> tuple[int, int]:
    found = _MONTH_DAY.fullmatch(str(entry.get(key)))
    if not found or not (1 <= int(found[1]) <= 12 and 1 <= int(found[2]) <= last):
        raise entry.bad(key, f"{entry.get(key)} 不是几月几日", _HOW)
    return int(found[1]), int(found[2])
