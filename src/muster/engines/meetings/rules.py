"""What a meeting still lacks, and which windows of the year have had theirs: plain, no database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from muster.core.calendar import Duty, Surroundings
from muster.core.calendar.windows import lay
from muster.core.kernel import Period
from muster.engines.meetings.kinds import MeetingKind


@dataclass(frozen=True, slots=True)
class Facts:
    """What is recorded of a meeting.

    ``chairs`` are the names registered as the prescribed chair on that day (none: nobody is).
    """

    chair: str = ""
    chair_post: str = ""
    chairs: tuple[str, ...] = ()
    present: int = 0
    sides: frozenset[str] = frozenset()
    agenda: tuple[str, ...] = ()
    minutes: bool = False


def chair_fits(kind: MeetingKind, facts: Facts) -> bool:
    """Return whether the prescribed person chaired: by name where the register knows it, else by post."""
    if kind.chair is None or not facts.chair:
        return bool(facts.chair)
    if facts.chairs:
        return facts.chair in facts.chairs
    wanted = (kind.chair.words, *kind.chair.posts, *kind.chair.seats)
    return any(word == facts.chair_post for word in wanted)


def lacks(kind: MeetingKind, facts: Facts) -> tuple[str, ...]:
    """Return what keeps the minutes from being confirmed, in the order a clerk mends it.

    Everybody needs a chair and somebody present; the prescribed chair, both sides, the required
    items and the minutes only where the kind asks for them.
    """
    found = [] if facts.chair else ["chair_named"]
    if facts.chair and "chair" in kind.requires and not chair_fits(kind, facts):
        found.append("chair")
    if not facts.present:
        found.append("attendance")
    if "sides" in kind.requires and not facts.sides.issuperset(kind.sides):
        found.append("sides")
    if missing_items(kind, facts.agenda):
        found.append("agenda")
    if not facts.minutes:
        found.append("minutes")
    return tuple(found)


def missing_items(kind: MeetingKind, titles: Iterable[str]) -> tuple[str, ...]:
    """Return the required agenda items that are not on the agenda."""
    there = set(titles)
    return tuple(item for item in kind.agenda_required if item not in there)


def marks(kind: MeetingKind, facts: Facts, *, confirmed: bool) -> frozenset[str]:
    """Return the marks a meeting bears as evidence: confirmed minutes, prescribed chair, both sides."""
    found = set()
    if confirmed:
        found.add("minutes")
    if kind.chair and chair_fits(kind, facts):
        found.add("chair")
    if kind.sides and facts.sides.issuperset(kind.sides):
        found.add("sides")
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Cell:
    """One window of a year: how many months wide, what it wants, which meetings it had."""

    label: str
    first: int
    months: int
    wanted: int
    days: tuple[date, ...]
    state: str

    @property
    def have(self) -> int:
        """Return how many meetings lie in the window."""
        return len(self.days)


def year_of(duties: Iterable[Duty], code: str, year: int) -> list[tuple[Period, int]]:
    """Return the (window, records wanted) of a kind in a year where its duty names whole months.

    Weeks of a campaign, festivals and events have no place in a grid of months: then it is empty.
    """
    asked = Period.year(year)
    for duty in duties:
        for part in duty.parts:
            if any(f.record == "meeting" and f.of == code for f in part.fulfilled_by):
                laid = lay(part.frequency, asked, around=Surroundings()).windows
                whole = [w for w in laid if w.period.start.day == 1 and w.period.days >= 28]
                return [(w.period, w.needed) for w in whole]
    return []


def cells(
    windows: Sequence[tuple[Period, int]], days: Sequence[date], today: date
) -> tuple[Cell, ...]:
    """Return a year's cells: held, missing, open now, or still to come; twelve bare months without windows."""
    if not windows:
        return tuple(_bare_month(m, days) for m in range(1, 13))
    return tuple(_cell(period, wanted, days, today) for period, wanted in windows)


def _cell(period: Period, wanted: int, days: Sequence[date], today: date) -> Cell:
    inside = tuple(d for d in days if d in period)
    if len(inside) >= wanted:
        state = "held"
    elif period.end < today:
        state = "missing"
    else:
        state = "open" if period.start <= today else "coming"
    months = period.end.month - period.start.month + 1
    return Cell(
        _label(period.start.month, months), period.start.month, months, wanted, inside, state
    )


def _bare_month(month: int, days: Sequence[date]) -> Cell:
    inside = tuple(d for d in days if d.month == month)
    return Cell(_label(month, 1), month, 1, 0, inside, "held" if inside else "free")


def _label(first: int, months: int) -> str:
    if months == 3:
        return f"第{'一二三四'[first // 3]}季度"
    if months == 6:
        return "上半年" if first == 1 else "下半年"
    return "全年" if months == 12 else f"{first}月"
