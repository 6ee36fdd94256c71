"""The windows in which a frequency wants its records, before any office's circumstances."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from datetime import date, timedelta

from muster.core.calendar.almanac import Almanac
from muster.core.calendar.days import ByName, Day
from muster.core.calendar.frequency import (
    Around,
    Every,
    EveryYears,
    Frequency,
    InCampaign,
    InSeasons,
    OnEvent,
    TimesAYear,
)
from muster.core.calendar.problems import NotConfigured, YearNotInTable
from muster.core.calendar.workdays import WorkDays
from muster.core.kernel import Period

_ONE = timedelta(1)
_LONG = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
_DIGITS = "一二三四"


@dataclass(frozen=True, slots=True)
class Spell:
    """A campaign, or one phase of it, as it runs in fact."""

    campaign: str
    key: str
    name: str
    period: Period
    phase: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, or is known to come, on a day and calls for a duty."""

    event: str
    key: str
    name: str
    day: date


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What windows are laid on: the office's calendar, campaigns, events, working days."""

    almanac: Almanac = field(default_factory=Almanac)
    spells: tuple[Spell, ...] = ()
    events: tuple[Event, ...] = ()
    workdays: WorkDays = field(default_factory=WorkDays)


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """One window: when, how it is named, how many records it wants."""

    period: Period
    key: str
    label: str
    needed: int = 1


@dataclass(slots=True)
class Laid:
    """Windows that end inside the period asked for, and in words what could not be laid."""

    windows: list[Window] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def lay(frequency: Frequency, period: Period, *, around: Surroundings) -> Laid:
    """Return the windows whose last day lies in a period, in order of their days.

    A window belongs to exactly one year, the one it ends in. A day that nobody can compute (lunar
    year outside the table, season not set) is named in ``missing`` and leaves no window.
    """
    laid = Laid()
    match frequency:
        case Every("week"):
            found = _weeks(frequency, period)
        case Every():
            found = _spans(frequency, period)
        case EveryYears():
            found = _blocks(frequency, period)
        case TimesAYear():
            found = _times(frequency, period)
        case Around():
            found = _around(frequency, period, around, laid)
        case InSeasons():
            found = _seasons(frequency, period, around, laid)
        case InCampaign():
            found = _campaign(frequency, around)
        case _:
            found = _events(frequency, around, laid)
    laid.windows = sorted(one for one in found if one.period.end in period)
    return laid


def _weeks(every: Every, period: Period) -> Iterator[Window]:
    sunday = period.start + timedelta(7 - period.start.isoweekday())
    while sunday <= period.end:
        week, monday, year = sunday.isocalendar().week, sunday - 6 * _ONE, sunday.isocalendar().year
        if not every.months or (sunday - 3 * _ONE).month in every.months:
            label = f"{year}年第{week}周（{_day(monday)}至{_day(sunday)}）"
            yield Window(Period(monday, sunday), f"{year}W{week:02}", label, every.count)
        sunday += 7 * _ONE


def _spans(every: Every, period: Period) -> Iterator[Window]:
    long = _LONG[every.unit]
    for year in range(period.start.year, period.end.year + 1):
        for first in range(1, 13, long):
            if not every.months or first in every.months:
                key, label = _named_span(year, first, long)
                yield Window(months(year, first, long), key, label, every.count)


def _blocks(every: EveryYears, period: Period) -> Iterator[Window]:
    for year in range(every.since, period.end.year + 1, every.years):
        last = year + every.years - 1
        yield Window(Period(date(year, 1, 1), date(last, 12, 31)), f"{year}-{last}",
                     f"{year}年至{last}年")  # fmt: skip


def _times(times: TimesAYear, period: Period) -> Iterator[Window]:
    parts = times.count if times.spread else 1
    long = 12 // parts
    for year in range(period.start.year, period.end.year + 1):
        for place in range(parts):
            key, label = _named_span(year, 1 + place * long, long)
            yield Window(months(year, 1 + place * long, long), key, label,
                         times.count // parts)  # fmt: skip


def _around(spec: Around, period: Period, around: Surroundings, laid: Laid) -> Iterator[Window]:
    first, last = timedelta(spec.first), timedelta(spec.last)
    asked = range((period.start - last).year, (period.end - last).year + 1)
    for day in spec.days:
        for year in range(asked[0] - 1, asked[-1] + 1):  # a lunar December may end a year later
            on = _known(laid, year in asked, day, year, around.almanac)
            if on:
                name = _name(day, on, around.almanac)
                yield Window(Period(on + first, on + last), f"{year}-{_key(day)}",
                             f"{on.year}年{name}{_when(spec)}")  # fmt: skip


def _known(laid: Laid, told: bool, day: Day, year: int, almanac: Almanac) -> date | None:  # noqa: FBT001
    try:
        return day.on(year, almanac.day)
    except (NotConfigured, YearNotInTable) as problem:
        if told and problem.message not in laid.missing:
            laid.missing.append(problem.message)
        return None


def _seasons(spec: InSeasons, period: Period, around: Surroundings, laid: Laid) -> Iterator[Window]:
    for season in spec.seasons:
        for year in range(period.start.year - 1, period.end.year + 1):
            try:
                span = around.almanac.season(season, year)
            except (NotConfigured, YearNotInTable) as problem:
                if year >= period.start.year and problem.message not in laid.missing:
                    laid.missing.append(problem.message)
                continue
            yield Window(span, f"{year}-{season}", f"{year}年{around.almanac.name(season)}",
                         spec.count)  # fmt: skip


def _campaign(spec: InCampaign, around: Surroundings) -> Iterator[Window]:
    for spell in around.spells:
        if spell.campaign == spec.campaign and spell.phase == spec.phase:
            yield from _paced(spell, spec.pace)


def _paced(spell: Spell, pace: str) -> Iterator[Window]:
    if pace == "once":
        yield Window(spell.period, spell.key, spell.name)
        return
    starts = list(_week_starts(spell.period) if pace == "week" else _month_starts(spell.period))
    ends = [start - _ONE for start in starts[1:]] + [spell.period.end]
    for n, (start, end) in enumerate(zip(starts, ends, strict=True), 1):
        name = f"{spell.name}第{n}周" if pace == "week" else f"{spell.name}{start.month}月"
        yield Window(Period(start, end), f"{spell.key}-{start.isoformat()}", name)


def _week_starts(period: Period) -> Iterator[date]:
    """Weeks run from the campaign's first day; a rest of under four days joins the last week."""
    for n in range(max(1, (period.days + 3) // 7)):
        yield period.start + timedelta(7 * n)


def _month_starts(period: Period) -> Iterator[date]:
    day = period.start
    while day <= period.end:
        yield day
        day = months(day.year, day.month, 1).end + _ONE


def _events(spec: OnEvent, around: Surroundings, laid: Laid) -> Iterator[Window]:
    for event in around.events:
        if event.event != spec.event:
            continue
        due = event.day + timedelta(spec.days)
        if spec.working_days:
            deadline = around.workdays.after(event.day, working_days=spec.working_days)
            due = deadline.day
            laid.missing += (
                [deadline.note] if deadline.note and deadline.note not in laid.missing else []
            )
        elif spec.months:
            due = _months_after(event.day, spec.months)
        opens = event.day - timedelta(spec.opens)
        yield Window(Period(opens, due), event.key, event.name)


def months(year: int, first: int, long: int = 1) -> Period:
    """Return the days of ``long`` months from month ``first`` of a year; within that year."""
    past = first + long
    end = date(year + 1, 1, 1) if past > 12 else date(year, past, 1)
    return Period(date(year, first, 1), end - _ONE)


def _months_after(day: date, many: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + many, 12)
    whole = months(year, month + 1)
    return min(whole.start + timedelta(day.day - 1), whole.end)


def _named_span(year: int, first: int, long: int) -> tuple[str, str]:
    match long:
        case 1:
            return f"{year}M{first:02}", f"{year}年{first}月"
        case 3:
            return f"{year}Q{first // 3 + 1}", f"{year}年第{_DIGITS[first // 3]}季度"
        case 6:
            half = f"{year}年下半年" if first > 6 else f"{year}年上半年"
            return f"{year}H{first // 6 + 1}", half
        case 12:
            return f"{year}", f"{year}年"
    return f"{year}M{first:02}-{first + long - 1:02}", f"{year}年{first}月至{first + long - 1}月"


def _key(day: Day) -> str:
    if isinstance(day, ByName):
        return day.name
    parts = "-".join(str(getattr(day, part.name)) for part in fields(day))
    return parts or type(day).__name__.lower()


def _name(day: Day, on: date, almanac: Almanac) -> str:
    return almanac.name(day.name) if isinstance(day, ByName) else _day(on)


def _when(spec: Around) -> str:
    if spec.first == spec.last == 0:
        return ""
    return "前" if spec.last <= 0 else "后" if spec.first > 0 else "前后"


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def merged(periods: Iterable[Period]) -> list[Period]:
    """Return periods in order, with those that touch or overlap made one."""
    found: list[Period] = []
    for one in sorted(periods):
        if found and one.start <= found[-1].end + _ONE:
            found[-1] = Period(found[-1].start, max(found[-1].end, one.end))
        else:
            found.append(one)
    return found


def shared_days(one: Period, others: Iterable[Period]) -> int:
    """Return how many days of a period lie in merged others."""
    overlaps = ((max(one.start, o.start), min(one.end, o.end)) for o in others)
    return sum((end - start).days + 1 for start, end in overlaps if start <= end)
