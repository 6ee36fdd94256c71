"""Joining, leaving, moving, and reversing the latest of them: membership changes nowhere else."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from muster.domains.militia import policies
from muster.domains.militia.models import Membership, Post, Transfer, Unit
from muster.domains.militia.problems import (
    AlreadyInUnit,
    HeldElsewhere,
    NotInUnit,
    NotTheLatest,
    TransferOutOfOrder,
)
from muster.domains.militia.queries import conditions, members
from muster.ground.journal.actions import record
from muster.ground.register.models import Person
from muster.ground.rows.scope import current_actor

INVERSE = {"in": Transfer.Kind.OUT, "out": Transfer.Kind.IN, "move": Transfer.Kind.MOVE}


@dataclass(frozen=True, slots=True)
class Paper:
    """What stands on the paper of a transfer: day, reason, who approved, remark, origin."""

    on: date
    reason: str
    at: datetime
    approver: str = ""
    approved_on: date | None = None
    note: str = ""
    source: str = "hand"
    source_row: UUID | None = None

    def columns(self) -> dict[str, Any]:
        """Return the columns of a transfer that come from the paper."""
        actor = current_actor()
        return {
            "on": self.on, "reason": Transfer.Reason(self.reason).value, "made_at": self.at,
            "approver": self.approver[:60], "approved_on": self.approved_on,
            "note": self.note[:200], "source": self.source, "source_row": self.source_row,
            "made_by": actor.account if actor else None,
        }  # fmt: skip


@transaction.atomic
def enter(person: Person, unit: Unit, post: Post | None, *, on: date, reason: str, at: datetime,
          **paper: Any) -> Transfer:  # fmt: skip
    """Put a person into a unit from ``on`` and return the transfer.

    ``paper``: approver, approved_on, note, source, source_row. Refuses a person who stands in a
    unit, a unit not open that day, an age outside the rule (MIL-08; not for 建册登记), and an
    emergency unit for somebody outside the primary militia without a note (MIL-07).
    """
    policies.check_act(policies.ORGANISE)
    sheet = Paper(on=on, reason=reason, at=at, **paper)
    held = _hold(person)
    _check(held, unit, post, sheet)
    last = members.last_spell(held.pk)
    if last and (last.valid_to is None or on < last.valid_to):
        _refuse_second_place(held, last, on)
    if members.held_elsewhere([held.pk]):
        raise HeldElsewhere
    if reason != Transfer.Reason.OPENING:
        conditions.check_age(held, unit, post, on=on)
        conditions.check_emergency(held, unit, on=on, note=sheet.note)
    return _in(held, unit, post, sheet)


@transaction.atomic
def leave(person: Person, *, on: date, reason: str, at: datetime, **paper: Any) -> Transfer:
    """Take a person off the roster from ``on`` (that day no longer counts); return the transfer."""
    policies.check_act(policies.ORGANISE)
    sheet = Paper(on=on, reason=reason, at=at, **paper)
    held = _hold(person)
    spell = _open_spell(held, on)
    if on <= spell.valid_from:
        raise TransferOutOfOrder(person=held.name, last=spell.valid_from, day=on)
    policies.check_day(held, on, made_on=timezone.localdate(at))
    made = _transfer(held, Transfer.Kind.OUT, sheet, source=spell)
    _close(spell, made, Membership.Way.OUT)
    record("militia.left", made, facts={"unit": str(spell.unit_id), "reason": made.reason},
           reason=sheet.note)  # fmt: skip
    return made


@transaction.atomic
def move(person: Person, unit: Unit, post: Post | None, *, on: date, at: datetime,
         reason: str = Transfer.Reason.REORGANISED, **paper: Any) -> Transfer:  # fmt: skip
    """Move a member to another unit, or another post of the same one, from ``on``."""
    policies.check_act(policies.ORGANISE)
    sheet = Paper(on=on, reason=reason, at=at, **paper)
    held = _hold(person)
    spell = _open_spell(held, on)
    _check(held, unit, post, sheet)
    if unit.pk != spell.unit_id:
        conditions.check_emergency(held, unit, on=on, note=sheet.note)
    way = Membership.Way.POST if unit.pk == spell.unit_id else Membership.Way.MOVE
    made = _transfer(held, Transfer.Kind.MOVE, sheet, source=spell, to=(unit, post))
    # Who moves on the day of entering was in the first unit on no roster: he entered the second.
    entered = spell.entered_as if on == spell.valid_from else way
    _close(spell, made, way)
    _open(held, unit, post, made, entered)
    record("militia.moved", made, reason=sheet.note,
           facts={"from": str(spell.unit_id), "to": str(unit.pk), "reason": made.reason})  # fmt: skip
    return made


@transaction.atomic
def reverse(transfer: Transfer, *, at: datetime, note: str = "") -> Transfer:
    """Reverse the latest transfer of a person and return the reversing one; refuse any earlier.

    The spell it opened then ends the day it began (on no roster); the one it closed is open again.
    """
    policies.check_act(policies.ORGANISE)
    held = _hold(transfer.person)
    latest = members.latest_transfer(held.pk)
    if latest is None or latest.pk != transfer.pk:
        raise NotTheLatest
    sheet = Paper(on=latest.on, reason=Transfer.Reason.REVERSED, at=at, note=note)
    made = Transfer.objects.create(
        division=latest.division, person=held, number=_next_number(held), reverses=latest,
        kind=INVERSE[latest.kind], from_unit_id=latest.to_unit_id, from_post_id=latest.to_post_id,
        to_unit_id=latest.from_unit_id, to_post_id=latest.from_post_id, **sheet.columns(),
    )  # fmt: skip
    for spell in Membership.objects.filter(opened_by=latest):
        spell.valid_to, spell.closed_by, spell.left_as = spell.valid_from, made, ""
        spell.save()
    for spell in Membership.objects.filter(closed_by=latest):
        spell.valid_to, spell.closed_by, spell.left_as = None, None, ""
        spell.save()
    record("militia.transfer_reversed", made, facts={"of": str(latest.pk)}, reason=note)
    return made  # type: ignore[no-any-return]


def _hold(person: Person) -> Person:
    """Lock the person, so that two desks cannot place one person twice."""
    return Person.objects.select_for_update().fetch(person.pk)  # type: ignore[no-any-return]


def _check(person: Person, unit: Unit, post: Post | None, sheet: Paper) -> None:
    policies.check_post(unit, post)
    policies.check_unit_open(unit, sheet.on)
    policies.check_day(person, sheet.on, made_on=timezone.localdate(sheet.at))


def _refuse_second_place(person: Person, last: Membership, on: date) -> None:
    if last.valid_to is None:
        raise AlreadyInUnit(person=person.name, unit=last.unit.name, since=last.valid_from)
    raise TransferOutOfOrder(person=person.name, last=last.valid_to, day=on)


def _open_spell(person: Person, on: date) -> Membership:
    spell = members.last_spell(person.pk)
    if spell is None or spell.valid_to is not None:
        if members.held_elsewhere([person.pk]):
            raise HeldElsewhere
        raise NotInUnit(person=person.name, day=on)
    if on < spell.valid_from:
        raise TransferOutOfOrder(person=person.name, last=spell.valid_from, day=on)
    return spell


def _in(person: Person, unit: Unit, post: Post | None, sheet: Paper) -> Transfer:
    made = _transfer(person, Transfer.Kind.IN, sheet, to=(unit, post))
    _open(person, unit, post, made, Membership.Way.IN)
    record("militia.entered", made, facts={"unit": str(unit.pk), "reason": made.reason},
           reason=sheet.note)  # fmt: skip
    return made


def _transfer(person: Person, kind: str, sheet: Paper, *, source: Membership | None = None,
              to: tuple[Unit, Post | None] | None = None) -> Transfer:  # fmt: skip
    unit, post = to or (None, None)
    return Transfer.objects.create(  # type: ignore[no-any-return]
        division=person.division, person=person, number=_next_number(person), kind=kind,
        from_unit=source.unit if source else None, from_post=source.post if source else None,
        to_unit=unit, to_post=post, **sheet.columns(),
    )  # fmt: skip


def _next_number(person: Person) -> int:
    return members.last_numbers([person.pk]).get(person.pk, 0) + 1


def _open(person: Person, unit: Unit, post: Post | None, made: Transfer, way: str) -> None:
    Membership.objects.create(
        division=unit.division, person=person, unit=unit, post=post, valid_from=made.on,
        entered_as=way, opened_by=made,
    )  # fmt: skip


def _close(spell: Membership, made: Transfer, way: str) -> None:
    spell.valid_to, spell.closed_by, spell.left_as = made.on, made, way
    spell.save()
