"""Who is away, who is available all the same, and where members went."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from muster.domains.militia.models import Absence, Membership, RollCallLine, Unit
from muster.domains.militia.queries.members import on_roster
from muster.ground.rulebook.queries import value_of

HOURS_KEY = "militia.absence.return_hours"
BANDS = ((30, "不满1个月"), (90, "1—3个月"), (180, "3—6个月"), (365, "6—12个月"))
LONGER = "1年以上"


def absences() -> QuerySet[Absence]:
    """Return the absences of the scope, newest first."""
    return Absence.objects.select_related("person")  # type: ignore[no-any-return]


def absence(pk: UUID | str) -> Absence:
    """Return one absence of the scope."""
    return Absence.objects.fetch(pk)  # type: ignore[no-any-return]


def absences_of(person: UUID) -> QuerySet[Absence]:
    """Return the absences of a person, newest first."""
    return Absence.objects.filter(person=person)  # type: ignore[no-any-return]


def away_on(day: date) -> QuerySet[Absence]:
    """Return the absences that cover a day: left on or before it, not yet back."""
    rows = Absence.objects.filter(Q(left_on__lte=day) & (Q(back_on=None) | Q(back_on__gt=day)))
    return rows.select_related("person")  # type: ignore[no-any-return]


def register(day: date, *, state: str = "", unit: str = "", words: str = "") -> list[Absence]:
    """Return the ledger of absences with the unit of each member on a day, by state, unit, words."""
    rows = absences()
    if state:
        rows = rows.filter(back_on=None) if state == "away" else rows.exclude(back_on=None)
    if words.strip():
        told = words.strip()
        rows = rows.filter(Q(person__search__contains=told.lower()) | Q(destination__contains=told))
    standing = Membership.objects.filter(on_roster(day)).select_related("unit")
    units = {m.person_id: m.unit for m in standing}
    found = []
    for row in rows:
        home = units.get(row.person_id)
        if not unit or (home and str(home.pk) == unit):
            row.unit_name = home.name if home else ""  # type: ignore[attr-defined]
            found.append(row)
    return found


@dataclass(frozen=True, slots=True)
class Availability:
    """How many of a unit can be counted on: on roster − away − excused, away ones in reach again."""

    roster: int
    away: int
    in_reach: int
    excused: int

    @property
    def present(self) -> int:
        """Return those who are here."""
        return self.roster - self.away

    @property
    def available(self) -> int:
        """Return those who are here and not excused, and those away who can return in time."""
        return self.roster - self.away + self.in_reach - self.excused


def availability(units: Iterable[Unit], day: date) -> dict[UUID, Availability]:
    """Return unit → availability on a day.

    An absent member counts as in reach where the rule 几小时内能返回 is configured and the member
    declared no more hours; excused are those marked 请假 in a roll call of that day.
    """
    away = {a.person_id: a for a in away_on(day)}
    excused = set(
        RollCallLine.objects.filter(call__on=day, presence="leave").values_list("person", flat=True)
    )
    people: dict[UUID, list[UUID]] = {}
    for unit, person in Membership.objects.filter(on_roster(day)).values_list("unit", "person"):
        people.setdefault(unit, []).append(person)
    chosen = list(units)
    hours = {d: _hours(d, day) for d in {u.division for u in chosen}}
    return {u.pk: _count(people.get(u.pk, []), away, excused, hours[u.division]) for u in chosen}


def _hours(division: str, day: date) -> int | None:
    rule = value_of(HOURS_KEY, division=division, on=day)
    return int(rule.value) if rule else None


def _count(
    people: list[UUID], away: dict[UUID, Absence], excused: set[UUID], hours: int | None
) -> Availability:
    gone = [away[p] for p in people if p in away]
    reach = sum(
        1 for a in gone if hours is not None and a.hours_to_return is not None
        and a.hours_to_return <= hours and a.person_id not in excused
    )  # fmt: skip
    here = sum(1 for p in people if p in excused and p not in away)
    return Availability(len(people), len(gone), reach, here)


@dataclass(frozen=True, slots=True)
class Flow:
    """Where members went on a day: counts by destination, reason, trade and length."""

    total: int
    destinations: tuple[tuple[str, int], ...]
    reasons: tuple[tuple[str, int], ...]
    trades: tuple[tuple[str, int], ...]
    lengths: tuple[tuple[str, int], ...]


def flow(day: date) -> Flow:
    """Return where the members on the roster of a day went."""
    members = set(Membership.objects.filter(on_roster(day)).values_list("person", flat=True))
    rows = [a for a in away_on(day) if a.person_id in members]
    order = [name for _, name in BANDS] + [LONGER]
    lengths = Counter(_band((day - a.left_on).days) for a in rows)
    return Flow(
        len(rows),
        _ranked(Counter(a.destination or "未说明" for a in rows)),
        _ranked(Counter(str(a.get_reason_display()) for a in rows)),
        _ranked(Counter(a.person.skills_text.split("、")[0] or "无登记专长" for a in rows)),
        tuple((name, lengths[name]) for name in order if lengths[name]),
    )


def _band(days: int) -> str:
    return next((name for most, name in BANDS if days < most), LONGER)


def _ranked(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
