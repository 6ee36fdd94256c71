"""A month as weeks of days with entries: what a printed calendar shows, as plain data."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from muster.core.calendar import lunar
from muster.core.calendar.almanac import Almanac
from muster.core.calendar.ics import Entry
from muster.core.calendar.problems import YearNotInTable
from muster.core.calendar.windows import months
from muster.core.calendar.workdays import WorkDays

WEEKDAYS = ("一", "二", "三", "四", "五", "六", "日")


@dataclass(frozen=True, slots=True)
class Day:
    """One cell. ``inside`` is false for days of the months beside; ``holiday`` is 班 when worked."""

    day: date
    inside: bool
    working: bool
    holiday: str
    lunar: str
    festivals: tuple[str, ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """A month in whole weeks from Monday; ``note`` says when holidays are not configured."""

    year: int
    month: int
    label: str
    weeks: tuple[tuple[Day, ...], ...]
    note: str = ""


def month_grid(
    year: int, month: int, entries: Iterable[Entry], *, almanac: Almanac, workdays: WorkDays
) -> Month:
    """Return the weeks of a month; an entry of several days stands on each of them."""
    span, listed = months(year, month), tuple(entries)
    first = span.start - timedelta(span.start.isoweekday() - 1)
    weeks = (span.end - first).days // 7 + 1
    cells = [_day(first + timedelta(n), month, listed, almanac, workdays) for n in range(7 * weeks)]
    rows = tuple(tuple(cells[7 * n : 7 * n + 7]) for n in range(weeks))
    note = workdays.between(span).note
    return Month(year, month, f"{year}年{month}月", rows, note)


def _day(
    day: date, month: int, entries: tuple[Entry, ...], almanac: Almanac, workdays: WorkDays
) -> Day:
    mine = tuple(one for one in entries if one.day <= day <= (one.last or one.day))
    return Day(
        day, day.month == month, workdays.is_working(day), workdays.holiday(day), _lunar_word(day),
        tuple(one.name for one in almanac.on(day)), mine,
    )  # fmt: skip


def _lunar_word(day: date) -> str:
    """Return the day's lunar word, the month's on its first day, "" outside the table."""
    try:
        found = lunar.lunar_of(day)
    except YearNotInTable:
        return ""
    words = str(found)
    return words.removesuffix("初一") if found.day == 1 else words[-2:]
