"""Writing people: register, change, move, withdraw; look at whole numbers; suspected duplicates."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from muster.core.identity import IdentityNumber, ValueFault, parse_phone
from muster.ground.journal.actions import look, record
from muster.ground.register import people, queries
from muster.ground.register.models import Person, Service, Skill, Twin
from muster.ground.register.panels import HOLDS
from muster.ground.register.past import keep_baseline
from muster.ground.register.problems import (
    PersonChanged,
    PersonElsewhere,
    PersonExists,
    PersonInUse,
    PersonWithdrawn,
    RestoreTooLate,
    UnknownDivision,
    ValueRefused,
)
from muster.ground.rows.scope import current_actor

BIN_DAYS = 30


@transaction.atomic
def new_person(division: str, name: str, *, id_number: str = "", phone: str = "",
               skills: list[str] | None = None, **values: Any) -> Person:  # fmt: skip
    """Return a new person; refuse a number that stands already, here or elsewhere."""
    if not queries.division_exists(division):
        raise UnknownDivision(code=division)
    number, phone = _checked(id_number, phone)
    wanted = _skills(skills or [])
    _refuse_known(number)
    person = Person(division=division)
    people.set_plain(person, {"name": name, **values})
    if number:
        people.put_number(person, number)
    people.put_phone(person, phone)
    person.skills_text = "、".join(wanted)
    person.save()
    set_skills(person, wanted)
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
    if person.state == Person.State.WITHDRAWN:
        raise PersonWithdrawn(name=person.name)
    if person.revision != revision:
        last = person.history.first()
        raise PersonChanged(
            who=queries.who(last.history_user_id) if last else "别人", name=person.name
        )
    number, checked_phone = _checked(id_number or "", phone or "")
    keep_baseline(person)
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
        wanted = _skills(skills)
        if person.skills_text != "、".join(wanted):
            changed.append("skills")
        person.skills_text = "、".join(wanted)
        set_skills(person, wanted)
    person.revision += 1
    person.save()
    record("person.changed", person, facts={"fields": changed})
    return person


def _skills(given: list[str]) -> list[str]:
    """Return the skills without blanks and repeats; refuse what the columns cannot hold."""
    wanted = list(dict.fromkeys(s.strip() for s in given if s.strip()))
    if any(len(s) > 40 for s in wanted) or len("、".join(wanted)) > 120:
        raise ValueRefused(label="专业特长", message="太长。一项不超过 40 字，合计不超过 120 字。")
    return wanted


def set_skills(person: Person, skills: list[str]) -> None:
    """Make these the person's skills, the first one the main."""
    wanted = list(dict.fromkeys(s.strip() for s in skills if s.strip()))
    Skill.objects.filter(person=person).exclude(skill__in=wanted).delete()
    known = {s.skill: s for s in Skill.objects.filter(person=person)}
    for order, skill in enumerate(wanted):
        row = known.get(skill)
        if row is None:
            Skill.objects.create(
                division=person.division, person=person, skill=skill, main=order == 0
            )
        elif row.main != (order == 0):
            row.main = order == 0
            row.save(update_fields=["main"])


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
def withdraw_person(person: Person, *, why: str, on: date) -> Person:
    """Take a person registered by mistake out of the register; thirty days to take it back."""
    person = Person.objects.select_for_update().fetch(person.pk)
    if person.state == Person.State.WITHDRAWN:
        raise PersonWithdrawn(name=person.name)
    if not why.strip():
        raise ValueRefused(label="理由", message="请写明撤销登记的理由，例如“与另一条重复”。")
    held = [text for ask in HOLDS if (text := ask(person.pk))] + _own_holds(person)
    if held:
        raise PersonInUse(name=person.name, why="；".join(held))
    keep_baseline(person)
    person.state, person.withdrawn_on = Person.State.WITHDRAWN, on
    person.withdrawn_why = why.strip()[:120]
    person.revision += 1
    person.save()
    record("person.withdrawn", person, reason=person.withdrawn_why)
    return person


def _own_holds(person: Person) -> list[str]:
    if person.appointments.filter(valid_to=None).exists():
        return ["现有任职"]
    return ["现任领导机构成员"] if queries.sits(person) else []


@transaction.atomic
def restore_person(person: Person, *, on: date) -> Person:
    """Take back a withdrawal within thirty days; refused where the number stands again."""
    person = Person.objects.select_for_update().fetch(person.pk)
    since = person.withdrawn_on
    if person.state != Person.State.WITHDRAWN or since is None:
        return person
    if on > since + timedelta(days=BIN_DAYS):
        raise RestoreTooLate(name=person.name, days=BIN_DAYS)
    _refuse_known(people.number_of(person), but=person)
    before = person.history.exclude(state=Person.State.WITHDRAWN).first()
    person.state = before.state if before else Person.State.ACTIVE
    person.withdrawn_on, person.withdrawn_why = None, ""
    person.revision += 1
    person.save()
    record("person.restored", person)
    return person


@transaction.atomic
def move_person(person: Person, *, to: str) -> None:
    """Move a person and what hangs on the person to another division of the county."""
    if not queries.division_exists(to):
        raise UnknownDivision(code=to)
    keep_baseline(person)
    person.division = to
    person.save()
    for row in [*person.skills.all(), *person.services.all()]:
        row.division = to
        row.save()
    record("person.moved", person, facts={"to": to})
