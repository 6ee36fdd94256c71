"""Entering many people at once, for imports and opening entries: two bulk inserts, one act."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from muster.domains.militia import policies
from muster.domains.militia.models import Membership, Post, Transfer, Unit
from muster.domains.militia.problems import TransfersCollide
from muster.domains.militia.queries import members
from muster.ground.journal.actions import record
from muster.ground.rows.bulk import insert_many
from muster.ground.rows.ids import uuid7
from muster.ground.rows.scope import current_actor

TRANSFER = ("id", "division", "person_id", "number", "kind", "on", "to_unit_id", "to_post_id",
            "reason", "approver", "note", "source", "source_row", "made_at", "made_by")  # fmt: skip
SPELL = ("id", "division", "person_id", "unit_id", "post_id", "valid_from", "entered_as",
         "opened_by_id")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One person to enter: key, home division, unit, post, day, reason, remark, origin."""

    person: UUID
    division: str
    unit: Unit
    post: Post | None
    on: date
    reason: str = Transfer.Reason.ELIGIBLE
    note: str = ""
    source_row: UUID | None = None


@transaction.atomic
def enter_many(entries: Sequence[Entry], *, at: datetime, source: str, approver: str = "") -> int:
    """Enter people who stand in no unit, all or none; return how many.

    The caller has judged age and conditions. Refuses the whole batch where somebody stands in a
    unit, left after the day of entering, or appears twice; refuses units not open on the day.
    """
    policies.check_act(policies.ORGANISE)
    if not entries:
        return 0
    for unit, on in {(e.unit, e.on) for e in entries}:
        policies.check_unit_open(unit, on)
    for unit, post in {(e.unit, e.post) for e in entries}:
        policies.check_post(unit, post)
    _refuse_collisions(entries)
    numbers = members.last_numbers(e.person for e in entries)
    actor = current_actor()
    keys = [uuid7() for _ in entries]
    insert_many(Transfer, TRANSFER, (
        (key, e.division, e.person, numbers.get(e.person, 0) + 1, Transfer.Kind.IN.value, e.on,
         e.unit.pk, e.post.pk if e.post else None, Transfer.Reason(e.reason).value, approver,
         e.note[:200], source, e.source_row, at, actor.account if actor else None)
        for key, e in zip(keys, entries, strict=True)
    ))  # fmt: skip
    insert_many(Membership, SPELL, _spells(keys, entries))
    per_unit = Counter(str(e.unit.pk) for e in entries)
    record("militia.entered_many", facts={"count": len(entries), "source": source,
                                          "units": dict(per_unit)})  # fmt: skip
    return len(entries)


def _spells(keys: Sequence[UUID], entries: Sequence[Entry]) -> Iterable[tuple[Any, ...]]:
    for key, e in zip(keys, entries, strict=True):
        yield (uuid7(), e.unit.division, e.person, e.unit.pk, e.post.pk if e.post else None, e.on,
               Membership.Way.IN.value, key)  # fmt: skip


def _refuse_collisions(entries: Sequence[Entry]) -> None:
    spells = members.last_spells(e.person for e in entries)
    clash = len(entries) - len({e.person for e in entries})
    for entry in entries:
        last = spells.get(entry.person)
        if last and (last.valid_to is None or entry.on < last.valid_to):
            clash += 1
    clash += len(members.held_elsewhere(e.person for e in entries))
    if clash:
        raise TransfersCollide(count=clash)
