"""Writing leading groups and task forces: seats, who takes them, who leaves them."""

from datetime import date

from django.db import transaction

from muster.ground.journal.actions import record
from muster.ground.register import places
from muster.ground.register.models import Body, Organisation, Person, Seat, SeatHolding
from muster.ground.register.problems import (
    BodyClosed,
    BodyExists,
    DatesReversed,
    HoldingEnded,
    SeatOverlaps,
    SeatTaken,
    said,
)


@transaction.atomic
def form_body(organisation: Organisation, name: str, *, kind: str, formed_on: date,
              seats: list[tuple[str, str]]) -> Body:  # fmt: skip
    """Return a new body with (role, source) seats, all vacant; refuse a name that stands."""
    if Body.objects.filter(division=organisation.division, name=name).exists():
        raise BodyExists(name=name)
    body = Body.objects.create(
        division=organisation.division, organisation=organisation, name=name, kind=kind,
        formed_on=formed_on,
    )  # fmt: skip
    for order, (role, source) in enumerate(seats):
        Seat.objects.create(
            division=body.division, body=body, role=role, source=source, order=order
        )
    record("body.formed", body, facts={"seats": len(seats)})
    return body  # type: ignore[no-any-return]


def form_from_template(organisation: Organisation, template: str, *, formed_on: date,
                       name: str = "") -> Body:  # fmt: skip
    """Return a new body with the vacant seats of a catalogue template (ORG-04)."""
    entry = places.body_templates()[template]
    seats = [(seat["role"], seat["source"]) for seat in entry["seats"]]
    return form_body(
        organisation, name or entry["body"], kind=entry["kind"], formed_on=formed_on, seats=seats
    )


@transaction.atomic
def add_seat(body: Body, role: str, *, source: str = "") -> Seat:
    """Return one more seat of a body, vacant."""
    _open(body)
    order = body.seats.count()
    seat = Seat.objects.create(
        division=body.division, body=body, role=role, source=source, order=order
    )
    record("seat.added", seat, facts={"role": role})
    return seat  # type: ignore[no-any-return]


@transaction.atomic
def fill_seat(seat: Seat, *, holder_name: str, since: date, holder_post: str = "",
              person: Person | None = None) -> SeatHolding:  # fmt: skip
    """Return the holding of a vacant seat from a day on.

    On the day of a handover the new holder counts.
    """
    _open(seat.body)
    if since < seat.body.formed_on:
        raise DatesReversed(
            what="任职", day=said(since), before="机构成立", since=said(seat.body.formed_on)
        )
    held = seat.holdings.filter(valid_to=None).first()
    if held:
        raise SeatTaken(role=seat.role, holder=held.holder_name)
    last = seat.holdings.order_by("-valid_to").first()
    if last and last.valid_to and since < last.valid_to:
        raise SeatOverlaps(role=seat.role, until=said(last.valid_to), holder=last.holder_name)
    row = SeatHolding.objects.create(
        division=seat.division, seat=seat, person=person, holder_name=holder_name,
        holder_post=holder_post, valid_from=since,
    )  # fmt: skip
    record("seat.filled", row)
    return row  # type: ignore[no-any-return]


@transaction.atomic
def vacate_seat(holding: SeatHolding, *, on: date) -> None:
    """End a holding; the day given is its last, the seat is vacant from the next."""
    if holding.valid_to is not None:
        raise HoldingEnded(holder=holding.holder_name, day=said(holding.valid_to))
    if on < holding.valid_from:
        raise DatesReversed(
            what="离任", day=said(on), before="任职", since=said(holding.valid_from)
        )
    holding.valid_to = on
    holding.save(update_fields=["valid_to"])
    record("seat.vacated", holding)


@transaction.atomic
def close_body(body: Body, *, on: date) -> Body:
    """Dissolve a body after its last day; whoever sits there leaves with it."""
    _open(body)
    if on < body.formed_on:
        raise DatesReversed(what="撤销", day=said(on), before="成立", since=said(body.formed_on))
    for holding in SeatHolding.objects.filter(seat__body=body, valid_to=None):
        vacate_seat(holding, on=max(on, holding.valid_from))
    body.closed_on = on
    body.save(update_fields=["closed_on"])
    record("body.closed", body)
    return body


def _open(body: Body) -> None:
    if body.closed_on is not None:
        raise BodyClosed(name=body.name, day=said(body.closed_on))
