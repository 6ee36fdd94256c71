"""Writing the register: people, divisions, organisations, bodies."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from muster.core.identity import IdentityNumber, ValueFault, parse_phone
from muster.core.kernel import DivisionCode
from muster.ground.journal.actions import look, record
from muster.ground.register import people, queries
from muster.ground.register.models import (
    Appointment,
    Body,
    Division,
    Organisation,
    Person,
    Seat,
    SeatHolding,
    Service,
    Skill,
    Twin,
)
from muster.ground.register.problems import (
    PersonChanged,
    PersonElsewhere,
    PersonExists,
    SeatTaken,
    UnknownDivision,
    ValueRefused,
)
from muster.ground.rows.scope import current_actor


@transaction.atomic
def new_division(code: str, name: str, *, population: int | None = None) -> Division:
    """Return a new node of the tree."""
    level = DivisionCode(code).level
    division = Division.objects.create(division=code, name=name, level=level, population=population)
    record("division.created", division, facts={"name": name})
    return division  # type: ignore[no-any-return]


@transaction.atomic
def new_organisation(division: str, name: str, *, kind: str, parent: Organisation | None = None,
                     valid_from: date | None = None) -> Organisation:  # fmt: skip
    """Return a new organisation at a division."""
    queries.division(division)
    row = Organisation.objects.create(
        division=division, name=name, kind=kind, parent=parent, valid_from=valid_from
    )
    record("organisation.created", row, facts={"name": name, "kind": kind})
    return row  # type: ignore[no-any-return]


@transaction.atomic
def appoint(organisation: Organisation, *, post: str, holder_name: str, since: date,
            person: Person | None = None) -> Appointment:  # fmt: skip
    """Return an appointment from a day on; the previous holder of the post ends the day before."""
    current = Appointment.objects.filter(organisation=organisation, post=post, valid_to=None)
    current.update(valid_to=since)
    row = Appointment.objects.create(
        division=organisation.division, organisation=organisation, post=post, person=person,
        holder_name=holder_name, valid_from=since,
    )  # fmt: skip
    record("appointment.made", row, facts={"post": post})
    return row  # type: ignore[no-any-return]


@transaction.atomic
def form_body(organisation: Organisation, name: str, *, kind: str, formed_on: date,
              seats: list[tuple[str, str]]) -> Body:  # fmt: skip
    """Return a new body with (role, source) seats, all vacant."""
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


@transaction.atomic
def fill_seat(seat: Seat, *, holder_name: str, since: date, holder_post: str = "",
              person: Person | None = None) -> SeatHolding:  # fmt: skip
    """Return the holding of a vacant seat from a day on."""
    held = seat.holdings.filter(valid_to=None).first()
    if held:
        raise SeatTaken(role=seat.role, holder=held.holder_name)
    row = SeatHolding.objects.create(
        division=seat.division, seat=seat, person=person, holder_name=holder_name,
        holder_post=holder_post, valid_from=since,
    )  # fmt: skip
    record("seat.filled", row)
    return row  # type: ignore[no-any-return]


@transaction.atomic
def vacate_seat(holding: SeatHolding, *, on: date) -> None:
    """End a holding; the seat is vacant from the next day."""
    holding.valid_to = on
    holding.save(update_fields=["valid_to"])
    record("seat.vacated", holding)


@transaction.atomic
def new_person(division: str, name: str, *, id_number: str = "", phone: str = "",
               skills: list[str] | None = None, **values: Any) -> Person:  # fmt: skip
    """Return a new person; refuse a number that stands already, here or elsewhere."""
    if not queries.division_exists(division):
        raise UnknownDivision(code=division)
    number, phone = _checked(id_number, phone)
    _refuse_known(number)
    person = Person(division=division)
    people.set_plain(person, {"name": name, **values})
    if number:
        people.put_number(person, number)
    people.put_phone(person, phone)
    person.skills_text = "、".join(skills or [])
    person.save()
    set_skills(person, skills or [])
    record("person.created", person, hashed={"name": name, "id": number})
    return person


def _checked(id_number: str, phone: str) -> tuple[str, str]:
    try:
        number = IdentityNumber.parse(id_number).text if id_number else ""
    except ValueFault as fault:
        raise ValueRefused(label="身份证号", message=fault.message) from fault
    try:
        return number, str(parse_phone(phone)) if phone else ""
    except ValueFault as fault:
        raise ValueRefused(label="联系电话", message=fault.message) from fault


def _refuse_known(number: str, but: Person | None = None) -> None:
    if not number:
        return
    known = queries.person_by_number(number)
    if known and (but is None or known.pk != but.pk):
        place = queries.division_name(known.division)
        raise PersonExists(
            masked=IdentityNumber.parse(number).masked, name=known.name, division=place
        )
    if known is None and queries.number_stands_elsewhere(number):
        raise PersonElsewhere


@transaction.atomic
def change_person(person: Person, *, revision: int, id_number: str | None = None,
                  phone: str | None = None, skills: list[str] | None = None,
                  **values: Any) -> Person:  # fmt: skip
    """Change a person if nobody did since ``revision``; absent values stay as they are."""
    person = Person.objects.select_for_update().fetch(person.pk)
    if person.revision != revision:
        last = person.history.first()
        raise PersonChanged(
            who=queries.who(last.history_user_id) if last else "别人", name=person.name
        )
    number, checked_phone = _checked(id_number or "", phone or "")
    changed = [k for k, v in values.items() if getattr(person, k) != v]
    people.set_plain(person, values)
    if id_number is not None:
        _refuse_known(number, but=person)
        people.put_number(person, number)
        changed.append("id")
    if phone is not None:
        people.put_phone(person, checked_phone)
        changed.append("phone")
    if skills is not None:
        person.skills_text = "、".join(skills)
        set_skills(person, skills)
    person.revision += 1
    person.save()
    record("person.changed", person, facts={"fields": changed})
    return person


def set_skills(person: Person, skills: list[str]) -> None:
    """Make these the person's skills, the first one the main."""
    wanted = list(dict.fromkeys(s.strip() for s in skills if s.strip()))
    Skill.objects.filter(person=person).exclude(skill__in=wanted).delete()
    known = set(Skill.objects.filter(person=person).values_list("skill", flat=True))
    for order, skill in enumerate(wanted):
        if skill not in known:
            Skill.objects.create(
                division=person.division, person=person, skill=skill, main=order == 0
            )


def reveal(person: Person, *, reason: str) -> dict[str, str]:
    """Return identity number and phone in clear, journalled at once with the reason."""
    look("person.revealed", kind="register.person", ids=[person.pk], reason=reason, at_once=True)
    return {"id_number": people.number_of(person), "phone": people.phone_of(person)}


@transaction.atomic
def add_service(person: Person, *, enlisted_on: date | None, discharged_on: date | None) -> Service:
    """Return a spell of service; the person counts as a veteran once discharged."""
    row = Service.objects.create(
        division=person.division,
        person=person,
        enlisted_on=enlisted_on,
        discharged_on=discharged_on,
    )
    record("service.added", row)
    return row  # type: ignore[no-any-return]


def note_twin(first: UUID, second: UUID, *, division: str) -> None:
    """Note that two people share name and birth date under different numbers."""
    low, high = sorted((first, second))
    reasons = ["姓名相同", "出生日期相同", "身份证号不同"]
    Twin.objects.get_or_create(
        first_id=low, second_id=high, defaults={"division": division, "reasons": reasons}
    )


@transaction.atomic
def decide_twin(twin: Twin, *, same: bool, at: datetime) -> Twin:
    """Note that two records are two people or one; they stay apart until merging is decided."""
    actor = current_actor()
    twin.state = Twin.State.SAME if same else Twin.State.APART
    twin.decided_at, twin.decided_by = at, actor.account if actor else None
    twin.save()
    record("twin.decided", twin, facts={"state": twin.state})
    return twin


@transaction.atomic
def move_person(person: Person, *, to: str) -> None:
    """Move a person and what hangs on the person to another division of the county."""
    queries.division(to)
    person.division = to
    person.save()
    for row in [*person.skills.all(), *person.services.all()]:
        row.division = to
        row.save()
    record("person.moved", person, facts={"to": to})
