"""Departure and return of members: self-declared, to the county and no further."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from muster.domains.militia import policies
from muster.domains.militia.models import Absence
from muster.domains.militia.places import to_county, too_exact
from muster.domains.militia.problems import AlreadyAway, NotAway, PlaceTooExact, ReturnTooEarly
from muster.ground.journal.actions import record
from muster.ground.register.actions import change_person
from muster.ground.register.models import Person

ACT = "absence.register"


@transaction.atomic
def go_away(person: Person, *, left_on: date, destination: str, reason: str, at: datetime,
            expected_back: date | None = None, hours_to_return: int | None = None,
            phone: str = "") -> Absence:  # fmt: skip
    """Return the registered absence of a member as told by the member.

    ``phone`` replaces the registered one where it differs. Refuses a second open absence, and a
    destination that says more than the county.
    """
    policies.check_act(ACT)
    held = Person.objects.select_for_update().fetch(person.pk)
    policies.check_day(held, left_on, made_on=timezone.localdate(at))
    open_one = Absence.objects.filter(person=held, back_on=None).first()
    if open_one:
        raise AlreadyAway(person=held.name, since=open_one.left_on)
    _check_place(destination)
    row = Absence.objects.create(
        division=held.division, person=held, left_on=left_on, destination=to_county(destination),
        reason=Absence.Reason(reason).value, expected_back=expected_back,
        hours_to_return=hours_to_return,
    )  # fmt: skip
    if phone:
        change_person(held, revision=held.revision, phone=phone)
    record("absence.registered", row)
    return row  # type: ignore[no-any-return]


def _check_place(destination: str) -> None:
    if too_exact(destination):
        raise PlaceTooExact(place=destination[:20])


@transaction.atomic
def come_back(absence: Absence, *, on: date) -> Absence:
    """Close an absence with the day of return."""
    policies.check_act(ACT)
    row = Absence.objects.select_for_update().fetch(absence.pk)
    if row.back_on:
        raise NotAway(day=row.back_on)
    if on < row.left_on:
        raise ReturnTooEarly(day=on, left=row.left_on)
    row.back_on = on
    row.save()
    record("absence.returned", row)
    return row  # type: ignore[no-any-return]


@transaction.atomic
def correct_absence(absence: Absence, **values: Any) -> Absence:
    """Correct what a member told; the old words stay in the row's history."""
    policies.check_act(ACT)
    if "destination" in values:
        _check_place(values["destination"])
    for key, value in values.items():
        setattr(absence, key, value)
    absence.save()
    record("absence.corrected", absence, facts={"fields": sorted(values)})
    return absence


@transaction.atomic
def reopen_absence(absence: Absence) -> Absence:
    """Take a return back, where it was registered by mistake."""
    policies.check_act(ACT)
    open_one = Absence.objects.filter(person=absence.person_id, back_on=None).first()
    if open_one:
        raise AlreadyAway(person=absence.person.name, since=open_one.left_on)
    absence.back_on = None
    absence.save()
    record("absence.return_taken_back", absence)
    return absence
