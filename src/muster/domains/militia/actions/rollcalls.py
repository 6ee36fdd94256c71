"""Roll calls: who is expected, ticking, archiving."""

import secrets
from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from muster.core.kernel import DivisionCode
from muster.domains.militia import policies
from muster.domains.militia.models import RollCall, RollCallLine, Unit
from muster.domains.militia.problems import (
    AbsentReasonMissing,
    CallClosed,
    CallEmpty,
    CallUnfinished,
    CodeUnknown,
)
from muster.domains.militia.queries import members
from muster.ground.journal.actions import record
from muster.ground.rows.bulk import insert_many
from muster.ground.rows.ids import uuid7
from muster.ground.rows.scope import current_actor

ACT = "rollcall.record"
# No letter or digit that is easily taken for another.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 6
LINE = ("id", "division", "call_id", "person_id", "unit_id", "order", "code")


@transaction.atomic
def call_together(title: str, *, kind: str, on: date, units: Iterable[Unit], place: str = ""
                  ) -> RollCall:  # fmt: skip
    """Return a roll call of units and those below them: everybody on the roster of the day.

    Each line gets a short random code for the printed sheet; it says nothing of the person.
    """
    policies.check_act(ACT)
    chosen = list(units)
    expected = {m.person_id: m for unit in chosen for m in members.roster_on(on, unit)}
    if not expected:
        raise CallEmpty(day=on)
    call = RollCall.objects.create(
        division=_common(u.division for u in chosen), title=title, place=place, on=on,
        kind=RollCall.Kind(kind).value,
    )  # fmt: skip
    codes = _codes(len(expected))
    insert_many(
        RollCallLine, LINE,
        ((uuid7(), m.unit.division, call.pk, m.person_id, m.unit_id, order, code)
         for order, (m, code) in enumerate(zip(expected.values(), codes, strict=True), start=1)),
    )  # fmt: skip
    record("rollcall.called", call, facts={"expected": len(expected), "kind": call.kind})
    return call  # type: ignore[no-any-return]


def _common(divisions: Iterable[str]) -> str:
    """Return the smallest division that holds all of these."""
    found = set(divisions)
    first = next(iter(found))
    places = [first, *(str(a) for a in DivisionCode(first).ancestors)]
    return next(p for p in places if all(DivisionCode(p).holds(d) for d in found))


def _codes(count: int) -> list[str]:
    found: set[str] = set()
    while len(found) < count:
        found.add("".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH)))
    return list(found)


@transaction.atomic
def mark(line: RollCallLine, presence: str, *, at: datetime, means: str = RollCallLine.Means.HAND,
         reason: str = "") -> RollCallLine:  # fmt: skip
    """Mark one expected person; 请假 and 缺席 need a reason; 未点 takes a tick back."""
    policies.check_act(ACT)
    row = RollCallLine.objects.select_for_update().fetch(line.pk)
    _refuse_closed(row.call)
    state = RollCallLine.Presence(presence)
    away = state in (RollCallLine.Presence.LEAVE, RollCallLine.Presence.ABSENT)
    if away and not reason.strip():
        raise AbsentReasonMissing
    unmarked = state == RollCallLine.Presence.UNMARKED
    row.presence = state.value
    row.means = "" if unmarked else RollCallLine.Means(means).value
    row.reason = reason.strip()[:80] if away else ""
    row.marked_at = None if unmarked else at
    row.save()
    record("rollcall.marked", row, facts={"presence": row.presence, "means": row.means})
    return row  # type: ignore[no-any-return]


def unmark(line: RollCallLine, *, at: datetime) -> RollCallLine:
    """Take a tick back."""
    return mark(line, RollCallLine.Presence.UNMARKED, at=at)


def mark_by_code(call: RollCall, code: str, *, at: datetime) -> RollCallLine:
    """Mark whoever holds a typed or scanned code as present; refuse a code of no line."""
    told = code.strip().upper()
    line = RollCallLine.objects.filter(call=call, code=told).first()
    if line is None:
        raise CodeUnknown(code=told[:12])
    return mark(line, RollCallLine.Presence.PRESENT, at=at, means=RollCallLine.Means.CODE)


@transaction.atomic
def close_call(call: RollCall, *, at: datetime) -> RollCall:
    """Archive a roll call; refuse while anybody is unmarked."""
    policies.check_act(ACT)
    row = RollCall.objects.select_for_update().fetch(call.pk)
    _refuse_closed(row)
    waiting = RollCallLine.objects.filter(call=row, presence=RollCallLine.Presence.UNMARKED).count()
    if waiting:
        raise CallUnfinished(count=waiting)
    actor = current_actor()
    row.state, row.closed_at = RollCall.State.CLOSED, at
    row.closed_by = actor.account if actor else None
    row.save()
    record("rollcall.closed", row)
    return row  # type: ignore[no-any-return]


def _refuse_closed(call: RollCall) -> None:
    if call.state == RollCall.State.CLOSED:
        raise CallClosed(title=call.title)
