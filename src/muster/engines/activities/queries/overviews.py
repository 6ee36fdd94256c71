"""What a year adds up to: months without training, publicity by channel, use of the militia, plan and done."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from muster.core.activities import Line, Month, Totals, marks, person_hours, totals
from muster.core.kernel import Period
from muster.engines.activities.kinds import catalogue, choice_name, kind_name, said
from muster.engines.activities.models import Activity, Measure, Participation, YearBase
from muster.engines.activities.queries.activities import (
    DONE,
    came_by_name,
    done_in,
    expected_by_name,
    heads,
    own,
)
from muster.engines.activities.queries.reaching import base_numbers
from muster.engines.activities.rosters import ROSTERS, RosterUnit
from muster.ground.register.models import Person

COLUMNS = ("place", "month", "line")


@dataclass(frozen=True, slots=True)
class UnitYear:
    """One unit: its twelve months, and how many of its present members took part this year."""

    pk: UUID
    name: str
    size: int
    months: tuple[Month, ...]
    trained: int

    @property
    def empty_months(self) -> int:
        """Return how many months that have begun had no activity."""
        return sum(m.empty for m in self.months)

    @property
    def rate(self) -> int | None:
        """Return members who took part ÷ members, in whole per cent."""
        return round(100 * self.trained / self.size) if self.size else None


def unit_years(year: int, *, today: date) -> list[UnitYear]:
    """Return each unit's year of training and study, by the attendance recorded by name."""
    kinds = [k.code for k in catalogue().kinds.values() if k.militia]
    held = {a.pk: a.on for a in done_in(Period.year(year), kinds=kinds)}
    present = Participation.objects.filter(activity__in=list(held), present=True)
    days: dict[UUID, set[tuple[UUID, date]]] = defaultdict(set)
    took_part = set()
    for unit, key, person in present.values_list("unit", "activity", "person"):
        took_part.add(person)
        if unit is not None:
            days[unit].add((key, held[key]))
    until = min(today, date(year, 12, 31))
    found = []
    for source in ROSTERS:
        members: dict[UUID, set[UUID]] = defaultdict(set)
        for member in source.members(until, None):
            members[member.unit].add(member.person)
        for one in source.units(until):
            trained = len(members[one.key] & took_part)
            found.append(_unit_year(one, days[one.key], year, today, trained))
    return found


def _unit_year(one: RosterUnit, days: Iterable[tuple[UUID, date]], year: int, today: date,
               trained: int) -> UnitYear:  # fmt: skip
    months = marks((on for _, on in days), year=year, until=today, since=one.since)
    return UnitYear(one.key, one.name, one.size, months, trained)


@dataclass(frozen=True, slots=True)
class ChannelTable:
    """Channels × columns of a year, with the words of the columns in their order."""

    columns: tuple[tuple[str, str], ...]
    rows: list[Totals]


def channel_table(year: int, *, by: str, line: str = "") -> ChannelTable:
    """Return the publicity of a year by channel, spread over places, months or lines of work."""
    known = own().filter(state=DONE, on__year=year)
    if line:
        known = known.filter(kind=line)
    held = {a.pk: a for a in known}
    measures = Measure.objects.filter(activity__in=list(held)).order_by(
        "channel", "place_kind", "pk"
    )
    lines = [Line(m.channel, _column(m, held[m.activity_id], by), m.quantity) for m in measures]
    found = {t.channel: t for t in totals(lines)}
    order = list(catalogue().channels)
    rows = sorted(
        found.values(), key=lambda t: order.index(t.channel) if t.channel in order else 99
    )
    used = {c for t in rows for c in t.columns}
    return ChannelTable(_columns(by, used), rows)


def _column(measure: Measure, row: Activity, by: str) -> str:
    if by == "month":
        return str(row.on.month)
    return row.kind if by == "line" else measure.place_kind


def _columns(by: str, used: set[str]) -> tuple[tuple[str, str], ...]:
    """Return the columns that hold something: (code, words); months are shown all twelve."""
    if by == "month":
        return tuple((str(n), f"{n}月") for n in range(1, 13))
    if by == "line":
        return tuple((c, kind_name(c)) for c in catalogue().kinds if c in used)
    known = tuple((c, said(p)) for c, p in catalogue().places.items() if c in used)
    return known + ((("", "未注明"),) if "" in used else ())


@dataclass(frozen=True, slots=True)
class Use:
    """Use of the militia for one task in one mode: events, people × times, hours."""

    pk: str
    task: str
    mode: str
    events: int
    people: int
    hours: Decimal
    without_hours: int


def uses(year: int) -> list[Use]:
    """Return the use of the militia in a year by task and mode."""
    kinds = {k.code: k for k in catalogue().kinds.values() if "authority" in k.fields}
    rows = list(own().filter(state=DONE, on__year=year, kind__in=list(kinds)))
    came = heads(rows)
    groups: dict[tuple[str, str, str], list[Activity]] = defaultdict(list)
    for row in rows:
        groups[row.kind, row.subject, row.mode].append(row)
    found = []
    for (kind, subject, mode), part in sorted(groups.items()):
        spent = [person_hours(a.hours, people=came[a.pk]) for a in part]
        task = choice_name(kinds[kind].subjects, subject) or kind_name(kind)
        found.append(Use(
            f"{kind}-{subject}-{mode}", task, str(part[0].get_mode_display()), len(part),
            sum(came[a.pk] for a in part), sum((h for h in spent if h is not None), Decimal(0)),
            sum(h is None for h in spent),
        ))  # fmt: skip
    return found


@dataclass(frozen=True, slots=True)
class Part:
    """One kind, or one subject or form of it: how often each month, and who came."""

    pk: str
    kind: str
    name: str
    months: dict[int, int]
    people: int
    came: int
    to_come: int

    @property
    def done(self) -> int:
        """Return how often it was held in the year."""
        return sum(self.months.values())

    @property
    def rate(self) -> int | None:
        """Return those who came of those expected by name, in whole per cent."""
        return round(100 * self.came / self.to_come) if self.to_come else None


def parts(menu: str, *, year: int) -> list[Part]:
    """Return what was held in a year by kind, and by each subject and form of its lists, also unused."""
    rows = list(own().filter(state=DONE, on__year=year))
    came = heads(rows)
    found = []
    for kind in catalogue().of_menu(menu):
        mine = [a for a in rows if a.kind == kind.code]
        found.append(_part(kind.code, said(kind), "", mine, came))
        for column, choices in (("subject", kind.subjects), ("form", kind.forms)):
            for choice in choices:
                some = [a for a in mine if getattr(a, column) == choice.code]
                key = f"{kind.code}-{column}-{choice.code}"
                found.append(_part(key, said(kind), said(choice), some, came))
    return found


def _part(key: str, kind: str, name: str, rows: list[Activity], came: dict[UUID, int]) -> Part:
    months: dict[int, int] = defaultdict(int)
    for row in rows:
        months[row.on.month] += 1
    named, expected = sum(map(came_by_name, rows)), sum(map(expected_by_name, rows))
    people = sum(came[a.pk] for a in rows)
    return Part(key, kind, name, dict(months), people, named, expected)


@dataclass(frozen=True, slots=True)
class Teaching:
    """One person who instructed at one activity."""

    pk: UUID
    name: str
    unit: str
    activity: Activity


def instructors(year: int) -> list[Teaching]:
    """Return who instructed at what was held in a year, as far as this post sees names."""
    held = {a.pk: a for a in done_in(Period.year(year))}
    rows = list(Participation.objects.filter(
        activity__in=list(held), present=True, role=Participation.Role.INSTRUCTOR
    ))  # fmt: skip
    names = dict(
        Person.objects.filter(pk__in=[r.person_id for r in rows]).values_list("pk", "name")
    )
    found = [
        Teaching(r.person_id, names[r.person_id], r.unit_name, held[r.activity_id])
        for r in rows
        if r.person_id in names
    ]
    return sorted(found, key=lambda t: (t.name, t.activity.on))


@dataclass(frozen=True, slots=True)
class Programme:
    """One kind of a menu: planned, held, still ahead, people who came."""

    pk: str
    name: str
    planned: int | None
    done: int
    ahead: int
    people: int

    @property
    def percent(self) -> int | None:
        """Return held ÷ planned in whole per cent."""
        return round(100 * self.done / self.planned) if self.planned else None


def programme(menu: str, *, year: int, division: str) -> list[Programme]:
    """Return plan and done of a menu's kinds in a year."""
    planned = base_numbers(YearBase.Purpose.PLANNED, year=year, division=division)
    rows = list(own().filter(on__year=year))
    came = heads([a for a in rows if a.state == DONE])
    found = []
    for kind in catalogue().of_menu(menu):
        mine = [a for a in rows if a.kind == kind.code]
        done = [a for a in mine if a.state == DONE]
        ahead = sum(a.state == Activity.State.PLANNED for a in mine)
        base = planned.get(kind.code)
        people = sum(came[a.pk] for a in done)
        found.append(Programme(kind.code, said(kind), base.number if base else None, len(done),
                               ahead, people))  # fmt: skip
    return found
