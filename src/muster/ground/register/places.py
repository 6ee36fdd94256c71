"""Reading divisions, organisations and bodies: names of past days, posts, seats, vacancies."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from muster.core.kernel import DivisionCode
from muster.ground.register import queries
from muster.ground.register.models import (
    Appointment,
    Body,
    Division,
    Organisation,
    Seat,
    SeatHolding,
)
from muster.ground.rows import catalogue


def name_on(place: Division, day: date) -> str:
    """Return the name a division bore on a day."""
    former = place.former_names.filter(valid_to__gte=day).order_by("valid_to").first()
    return former.name if former else place.name


def children_of(place: Division) -> QuerySet[Division]:
    """Return the divisions right below one."""
    below = queries.divisions_below(place.division).exclude(pk=place.pk)
    if DivisionCode(place.division).level == "county":
        return below.filter(level=Division.Level.TOWNSHIP)
    return below


def organisations_at(code: str) -> QuerySet[Organisation]:
    """Return the organisations of one division itself."""
    return queries.organisations().filter(division=code)


def holding_on(day: date) -> Q:
    """Return the condition of a holding or appointment that stands on a day, last day included."""
    return Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gte=day))


def first_responsible(division: str) -> Appointment | None:
    """Return who is the township's first responsible person now (ORG-03), or None."""
    township = division[:9] + "000"
    rows = Appointment.objects.filter(division=township, first_responsible=True, valid_to=None)
    return rows.first()  # type: ignore[no-any-return]


def former_holders(row: Organisation) -> QuerySet[Appointment]:
    """Return the ended appointments of an organisation, the latest first."""
    ended = Appointment.objects.filter(organisation=row).exclude(valid_to=None)
    return ended.order_by("-valid_to")  # type: ignore[no-any-return]


def appointment(pk: UUID | str) -> Appointment:
    """Return one appointment of the scope."""
    return Appointment.objects.fetch(pk)  # type: ignore[no-any-return]


def what_holds(row: Organisation) -> list[str]:
    """Return in words what keeps an organisation from being closed."""
    found = []
    if row.children.filter(valid_to=None).exists():
        found.append("还有下级单位")
    if row.appointments.filter(valid_to=None).exists():
        found.append("还有现任人员没有登记离任")
    if queries.bodies().filter(organisation=row, closed_on=None).exists():
        found.append("还有领导机构设在这里")
    return found


@dataclass(frozen=True, slots=True)
class SeatOn:
    """A seat as it stood on a day: who held it, or since when it has been vacant."""

    seat: Seat
    holding: SeatHolding | None
    vacant_since: date | None
    vacant_days: int


def seats_on(group: Body, day: date) -> list[SeatOn]:
    """Return the seats of a body as they stood on a day (ORG-05)."""
    found = []
    for seat, holding in queries.holders_on(group, day):
        since = None if holding else _vacant_since(group, seat, day)
        found.append(SeatOn(seat, holding, since, (day - since).days + 1 if since else 0))
    return found


def _vacant_since(group: Body, seat: Any, day: date) -> date | None:
    last = seat.holdings.filter(valid_to__lt=day).order_by("-valid_to").first()
    since: date = last.valid_to + timedelta(days=1) if last else group.formed_on
    return since if since <= day else None


def vacancies(day: date) -> list[SeatOn]:
    """Return the vacant seats of all open bodies of the scope, the longest vacant first."""
    found = [
        seat
        for group in queries.bodies().filter(closed_on=None, formed_on__lte=day)
        for seat in seats_on(group, day)
        if seat.holding is None
    ]
    return sorted(found, key=lambda s: -s.vacant_days)


def body_templates() -> dict[str, Any]:
    """Return the seat templates of the catalogue by code."""
    return {
        name.removeprefix("bodies/").removesuffix(".yaml"): catalogue.load(name)
        for name in catalogue.names("bodies")
    }
