"""How often a duty is due: the seven shapes that a rule can have, read from a catalogue."""

from dataclasses import dataclass
from typing import Any

from muster.core.calendar.days import ByName, Day, read_day
from muster.core.calendar.reading import Entry

UNITS = {"week": "周", "month": "月", "quarter": "季度", "half_year": "半年", "year": "年"}
PACES = ("once", "week", "month")
MOST = 366


@dataclass(frozen=True, slots=True)
class Every:
    """``count`` records in each week, month, quarter, half year or year; months may be picked."""

    unit: str
    count: int = 1
    months: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class EveryYears:
    """Once in every ``years`` years, counted from the year ``since``."""

    years: int
    since: int


@dataclass(frozen=True, slots=True)
class TimesAYear:
    """``count`` records in a year: one window for all, or, spread, ``count`` equal windows."""

    count: int
    spread: bool = False


@dataclass(frozen=True, slots=True)
class Around:
    """Once around each of some days of the year, from ``first`` to ``last`` days relative to it."""

    days: tuple[Day, ...]
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class InSeasons:
    """``count`` records in each of some named seasons of the work calendar."""

    seasons: tuple[str, ...]
    count: int = 1


@dataclass(frozen=True, slots=True)
class InCampaign:
    """Once, or each week or month, while a campaign of a kind (or one phase of it) runs."""

    campaign: str
    phase: str = ""
    pace: str = "once"


@dataclass(frozen=True, slots=True)
class OnEvent:
    """Within days, working days or months after an event; nothing is due without an event.

    ``opens`` is how many days before the event the window opens (a payment date known ahead).
    """

    event: str
    days: int = 0
    working_days: int = 0
    months: int = 0
    opens: int = 0


Frequency = Every | EveryYears | TimesAYear | Around | InSeasons | InCampaign | OnEvent


def names_in(frequency: Frequency) -> tuple[str, ...]:
    """Return the keys of days, seasons, campaigns or events that a frequency refers to."""
    match frequency:
        case Around(days):
            return tuple(day.name for day in days if isinstance(day, ByName))
        case InSeasons(seasons):
            return seasons
        case InCampaign(key) | OnEvent(key):
            return (key,)
    return ()


def read_frequency(raw: Any, *, where: str) -> Frequency:
    """Return the frequency of an entry; its first key says the shape. Refuses with BadEntry."""
    entry = Entry(raw, where=where)
    for key, reader in _READERS.items():
        if key in entry:
            made = reader(entry)
            entry.done()
            return made
    raise entry.bad("frequency", "看不出多久一次", f"请写其中一项：{'、'.join(_READERS)}。")


def _every(entry: Entry) -> Frequency:
    unit = entry.choice("every", UNITS)
    months = entry.numbers("months", low=1, high=12)
    if months and unit not in ("week", "month"):
        raise entry.bad("months", f"每{UNITS[unit]}一次不能再挑月份", "请改成 every: month。")
    return Every(unit, entry.whole("count", 1, low=1, high=MOST), months)


def _years(entry: Entry) -> Frequency:
    return EveryYears(entry.whole("every_years", low=2, high=20),
                      entry.whole("since", low=1949, high=2200))  # fmt: skip


def _times(entry: Entry) -> Frequency:
    count, spread = (
        entry.whole("times_a_year", low=1, high=MOST),
        entry.flag("spread", default=False),
    )
    if spread and 12 % count:
        raise entry.bad("spread", f"一年 {count} 次不能按整月平分", "请改成 1、2、3、4、6、12 次。")
    return TimesAYear(count, spread)


def _around(entry: Entry) -> Frequency:
    raw = entry.several("around")
    days = tuple(read_day(one, where=f"{entry.where} around[{n}]") for n, one in enumerate(raw, 1))
    first = entry.whole("from", 0, low=-MOST, high=MOST)
    last = entry.whole("to", 0, low=-MOST, high=MOST)
    if last < first:
        raise entry.bad("to", f"{last} 在 from 的 {first} 之前", "请让 to 不小于 from。")
    return Around(days, first, last)


def _seasons(entry: Entry) -> Frequency:
    entry.several("seasons")
    return InSeasons(entry.words("seasons"), entry.whole("count", 1, low=1, high=MOST))


def _campaign(entry: Entry) -> Frequency:
    return InCampaign(entry.text("campaign"), entry.text("phase", ""),
                      entry.choice("pace", PACES, "once"))  # fmt: skip


def _event(entry: Entry) -> Frequency:
    spans = {key: entry.whole(key, 0, low=0, high=MOST)
             for key in ("days", "working_days", "months", "opens")}  # fmt: skip
    if sum(spans[key] > 0 for key in ("days", "working_days", "months")) > 1:
        raise entry.bad("days", "时限写了两种", "days、working_days、months 只写一种。")
    return OnEvent(entry.text("on_event"), **spans)


_READERS = {
    "every": _every, "every_years": _years, "times_a_year": _times, "around": _around,
    "seasons": _seasons, "campaign": _campaign, "on_event": _event,
}  # fmt: skip
