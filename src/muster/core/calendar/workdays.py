"""Working days (工作日): weekends, and the State Council's yearly notice as dated data.

A period begins on the day after what starts it (Civil Code art. 201), and one counted in calendar
days that would end on a day off ends on the next working day (art. 203). A year without its notice
is counted by weekends alone, and every answer says so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from muster.core.calendar.reading import Entry, read_date
from muster.core.kernel import Citation, Period

FORMAT = "muster-holidays/1"
_ONE = timedelta(1)
_LONGEST = 3_660


@dataclass(frozen=True, slots=True)
class Holidays:
    """One year's notice: days off with their holiday, and weekend days that are worked."""

    year: int
    citation: Citation
    published: date
    off: Mapping[date, str]
    worked: Mapping[date, str]

    @classmethod
    def from_entry(cls, raw: Any, *, where: str) -> "Holidays":
        """Return the notice of a catalogue file; BadEntry names what is wrong."""
        entry = Entry(raw, where=where)
        entry.choice("format", (FORMAT,))
        year = entry.whole("year", low=2000, high=2200)
        off: dict[date, str] = {}
        worked: dict[date, str] = {}
        for n, one in enumerate(entry.several("holidays"), 1):
            inner = Entry(one, where=f"{where} holidays[{n}]")
            name = inner.text("name")
            off |= dict.fromkeys(_days(inner, year), name)
            worked |= dict.fromkeys(_worked(inner, year), name)
            inner.done()
        if both := sorted(off.keys() & worked.keys()):
            raise entry.bad("holidays", f"{both[0]} 既放假又上班", "请删去其中一处。")
        made = cls(year, entry.citation(), entry.day("published"), off, worked)
        entry.done()
        return made


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day of a period, and the years whose notice was missing when it was counted."""

    day: date
    unconfigured: tuple[int, ...] = ()

    @property
    def note(self) -> str:
        """Return what a reader must know, or ""."""
        return _note(self.unconfigured)


@dataclass(frozen=True, slots=True)
class Count:
    """How many working days a period has, and the years whose notice was missing."""

    days: int
    unconfigured: tuple[int, ...] = ()

    @property
    def note(self) -> str:
        """Return what a reader must know, or ""."""
        return _note(self.unconfigured)


@dataclass(frozen=True, slots=True)
class WorkDays:
    """The notices an office holds, by year; without any, weekends alone are days off."""

    years: Mapping[int, Holidays] = field(default_factory=dict)

    @classmethod
    def from_entries(cls, files: Iterable[tuple[str, Any]]) -> "WorkDays":
        """Return the calendar of (file name, content) pairs; a later file of a year replaces it."""
        read = (Holidays.from_entry(raw, where=name) for name, raw in files)
        return cls({one.year: one for one in read})

    def configured(self, year: int) -> bool:
        """Return whether the notice of a year is held."""
        return year in self.years

    def is_working(self, day: date) -> bool:
        """Return whether a day is worked; by weekends alone where its year has no notice.

        A notice may reach into the December before it (New Year next to a weekend).
        """
        if any(day in one.worked for one in self._about(day)):
            return True
        return day.isoweekday() < 6 and not any(day in one.off for one in self._about(day))

    def holiday(self, day: date) -> str:
        """Return the holiday a day off belongs to, "班" for a worked weekend day, or ""."""
        for one in self._about(day):
            if day in one.off:
                return one.off[day]
            if day in one.worked:
                return "班"
        return ""

    def after(self, start: date, *, working_days: int) -> Deadline:
        """Return the nth working day after a day, which is not counted itself."""
        if not 0 <= working_days <= _LONGEST:
            raise ValueError(f"{working_days} working days are not a deadline")
        day, left, unknown = start, working_days, set[int]()
        while left:
            day += _ONE
            unknown.add(day.year)
            left -= self.is_working(day)
        return Deadline(day, self._missing(unknown))

    def after_days(self, start: date, *, days: int) -> Deadline:
        """Return the last day of a period of calendar days, moved past days off."""
        day = start + timedelta(days)
        touched = {day.year}
        while not self.is_working(day):
            day += _ONE
            touched.add(day.year)
        return Deadline(day, self._missing(touched))

    def between(self, period: Period) -> Count:
        """Return how many working days lie in a period, both ends counted."""
        days = (period.start + timedelta(n) for n in range(period.days))
        years = set(range(period.start.year, period.end.year + 1))
        return Count(sum(map(self.is_working, days)), self._missing(years))

    def _about(self, day: date) -> tuple[Holidays, ...]:
        return tuple(self.years[y] for y in (day.year, day.year + 1) if y in self.years)

    def _missing(self, years: set[int]) -> tuple[int, ...]:
        return tuple(sorted(year for year in years if year not in self.years))


def _days(entry: Entry, year: int) -> list[date]:
    first, last = entry.day("from"), entry.day("to")
    if not 0 <= (last - first).days <= 30 or last.year != year or first.year < year - 1:
        raise entry.bad("to", f"{first} 至 {last} 不是 {year} 年的一段假期", "请核对起止日期。")
    return [first + timedelta(n) for n in range((last - first).days + 1)]


def _worked(entry: Entry, year: int) -> list[date]:
    days = [read_date(one, where=entry.where, field="worked") for one in entry.get("worked", [])]
    for day in days:
        if day.isoweekday() < 6 or not year - 1 <= day.year <= year:
            raise entry.bad(
                "worked", f"{day} 不是 {year} 年前后的周末", "调休上班只能是周六、周日。"
            )
    return days


def _note(years: tuple[int, ...]) -> str:
    listed = "、".join(f"{year}年" for year in years)
    return f"{listed}的放假安排未配置，只按周末推算。" if years else ""
