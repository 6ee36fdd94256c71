"""The work calendar: named days and seasons as data, asked for by year."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from muster.core.calendar.days import Day, read_day
from muster.core.calendar.problems import NotConfigured, YearNotInTable
from muster.core.calendar.reading import BASES, STATUSES, Entry
from muster.core.kernel import Citation, Period

FORMAT = "muster-calendar/1"


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A festival or memorial day under a key that duties refer to."""

    key: str
    name: str
    english: str
    day: Day
    citation: Citation
    status: str


@dataclass(frozen=True, slots=True)
class Season:
    """A window that comes every year, from one day to another; without days it is not set yet."""

    key: str
    name: str
    english: str
    first: Day | None
    last: Day | None
    citation: Citation
    status: str
    basis: str
    last_offset: int = 0


@dataclass(frozen=True, slots=True)
class Almanac:
    """Named days and seasons of one office; the county's own entries come last and win.

    ``occasions`` only names the campaigns and events that duties refer to.
    """

    days: Mapping[str, NamedDay] = field(default_factory=dict)
    seasons: Mapping[str, Season] = field(default_factory=dict)
    occasions: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_entries(cls, files: Iterable[tuple[str, Any]]) -> "Almanac":
        """Return the calendar of (file name, content) pairs; BadEntry names what is wrong."""
        days: dict[str, NamedDay] = {}
        seasons: dict[str, Season] = {}
        occasions: dict[str, str] = {}
        for name, raw in files:
            entry = Entry(raw, where=name)
            entry.choice("format", (FORMAT,))
            for key, one in Entry(entry.get("days", {}), where=f"{name} days").raw.items():
                days[key] = _read_day(key, one, where=f"{name} days.{key}")
            for key, one in Entry(entry.get("seasons", {}), where=f"{name} seasons").raw.items():
                seasons[key] = _read_season(key, one, where=f"{name} seasons.{key}")
            named = Entry(entry.get("occasions", {}), where=f"{name} occasions")
            occasions |= {key: named.labels(key)[0] for key in named.raw}
            entry.done()
        return cls(days, seasons, occasions)

    def day(self, key: str, year: int) -> date:
        """Return a named day in a year; NotConfigured or YearNotInTable where there is none."""
        if key not in self.days:
            raise NotConfigured(name=key)
        return self.days[key].day.on(year, self.day)

    def season(self, key: str, year: int) -> Period:
        """Return the season that begins in a year; it may end in the next one (winter)."""
        season = self.seasons.get(key)
        if season is None or season.first is None or season.last is None:
            raise NotConfigured(name=season.name if season else key)
        first, offset = season.first.on(year, self.day), timedelta(season.last_offset)
        last = season.last.on(year, self.day) + offset
        if last < first:
            last = season.last.on(year + 1, self.day) + offset
        return Period(first, last)

    def name(self, key: str) -> str:
        """Return the Chinese name of a day, season or occasion; the key itself where it has none."""
        found = self.days.get(key) or self.seasons.get(key)
        return found.name if found else self.occasions.get(key, key)

    def knows(self, key: str) -> bool:
        """Return whether a key names a day, a season or an occasion."""
        return key in self.days or key in self.seasons or key in self.occasions

    def on(self, day: date) -> tuple[NamedDay, ...]:
        """Return the named days that fall on a day; years outside the lunar table give none."""
        found = []
        for one in self.days.values():
            try:
                if self.day(one.key, day.year) == day:
                    found.append(one)
            except YearNotInTable:
                continue
        return tuple(found)


def _read_day(key: str, raw: Any, *, where: str) -> NamedDay:
    entry = Entry(raw, where=where)
    name, english = entry.labels("name")
    if isinstance(entry.get("day"), str):
        raise entry.bad("day", "这里要写日期本身，不能引用另一个名称", '例如 {date: "08-01"}。')
    made = NamedDay(key, name, english, read_day(entry.get("day"), where=where), entry.citation(),
                    entry.choice("status", STATUSES))  # fmt: skip
    entry.done()
    return made


def _read_season(key: str, raw: Any, *, where: str) -> Season:
    entry = Entry(raw, where=where)
    name, english = entry.labels("name")
    bounds = [read_day(entry.get(k), where=f"{where} {k}") if k in entry else None
              for k in ("from", "to")]  # fmt: skip
    if (bounds[0] is None) != (bounds[1] is None):
        raise entry.bad("from", "起止日期要么都写，要么都不写", "请补上另一个日期。")
    made = Season(key, name, english, bounds[0], bounds[1], entry.citation(),
                  entry.choice("status", STATUSES), entry.choice("basis", BASES, "stated"),
                  entry.whole("to_offset", 0, low=-366, high=366))  # fmt: skip
    entry.done()
    return made
