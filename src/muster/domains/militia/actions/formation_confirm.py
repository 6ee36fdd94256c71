"""Confirming a formation: the plan becomes transfers, all or none; undoing it as a whole."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from muster.domains.militia import policies
from muster.domains.militia.actions.formation import ACT, State, check_state
from muster.domains.militia.actions.many import Entry, enter_many
from muster.domains.militia.actions.transfers import leave, move, reverse
from muster.domains.militia.models import (
    FormationRun,
    FrozenMember,
    Post,
    RollCallLine,
    Transfer,
    Unit,
)
from muster.domains.militia.problems_formation import (
    FormationOutdated,
    FormationReasonNeeded,
    FormationStale,
    FormationUnfit,
    FormationUsed,
)
from muster.domains.militia.queries import formation as queries
from muster.domains.militia.queries.formation import SOURCE, Change
from muster.domains.militia.queries.formation_stale import Staleness, staleness
from muster.domains.militia.queries.members import last_numbers
from muster.ground.journal.actions import record
from muster.ground.register.models import Person
from muster.ground.rows.scope import current_actor

CHUNK = 500
HAND = "编组方案调整"


@transaction.atomic
def confirm(
    run: FormationRun, *, at: datetime, approver: str = "", note: str = ""
) -> dict[str, int]:
    """Write the transfers of a plan and return how many: in, out, move, post, strength.

    Every planned person is judged again by today's facts. Refuses changed facts nobody took note
    of, people who may no longer enter, changed units or rules, and a missing reason where people
    from outside the primary militia enter an emergency unit (MIL-07).
    """
    policies.check_act(ACT)
    held = FormationRun.objects.select_for_update().select_related("root").fetch(run.pk)
    check_state(held, State.PROPOSED)
    snapshot, plan = queries.snapshot_of(held), queries.plan_of(held)
    changes = queries.changes_of(held, snapshot)
    _check_facts(staleness(held), changes)
    due = [c for c in changes if c.asks_note]
    if due and not note.strip():
        raise FormationReasonNeeded(count=len(due))
    _Writer(held, at, approver, note.strip()).write(changes)
    counts = queries.counts_of(changes, plan)
    actor = current_actor()
    held.state, held.confirmed_at, held.summary = State.CONFIRMED, at, counts
    held.confirmed_by = actor.account if actor else None
    held.save(update_fields=["state", "confirmed_at", "confirmed_by", "summary"])
    run.state, run.summary, run.confirmed_at = held.state, counts, at
    record("formation.confirmed", held, facts={**counts, "notes": len(due)}, reason=note)
    return counts


def _check_facts(found: Staleness, changes: Iterable[Change]) -> None:
    entering = {c.person for c in changes if c.kind == "in"}
    unfit = [d for d in found.people.values() if d.unfit and d.person in entering]
    if unfit:
        raise FormationUnfit(count=len(unfit))
    if found.outdated:
        raise FormationOutdated
    if found.open:
        raise FormationStale(count=len(found.open))


class _Writer:
    """Writes the changes of one run as transfers."""

    def __init__(self, run: FormationRun, at: datetime, approver: str, note: str) -> None:
        """Write for this run, with who approved and the reason asked for."""
        self.run, self.at, self.note = run, at, note
        self.paper: dict[str, Any] = {
            "approver": approver, "approved_on": run.on if approver else None,
            "source": SOURCE, "source_row": run.pk,
        }  # fmt: skip

    def write(self, changes: list[Change]) -> None:
        """Write who leaves, then who moves, then who enters."""
        people = _people(c.person for c in changes)
        posts = {str(p.pk): p for p in Post.objects.all()}
        units = {str(u.pk): u for u in Unit.objects.all()}
        entries = []
        for c in changes:
            person, post = people[c.person], posts.get(c.to_slot or "")
            if c.kind == "out":
                leave(person, on=self.run.on, reason=c.reason, at=self.at, note=HAND, **self.paper)
            elif c.kind in ("move", "post"):
                note = self.note if c.asks_note else HAND
                move(person, units[c.to_unit or ""], post, on=self.run.on, at=self.at,
                     reason=c.reason, note=note, **self.paper)  # fmt: skip
            else:
                entries.append(Entry(
                    person.pk, person.division, units[c.to_unit or ""], post, self.run.on,
                    c.reason, self.note if c.asks_note else "", self.run.pk,
                ))  # fmt: skip
        enter_many(entries, at=self.at, source=SOURCE, approver=self.paper["approver"])


def _people(keys: Iterable[str]) -> Mapping[str, Person]:
    listed = list(keys)
    found: dict[str, Person] = {}
    for start in range(0, len(listed), CHUNK):
        rows = Person.objects.filter(pk__in=listed[start : start + CHUNK])
        found |= {str(p.pk): p for p in rows}
    return found


def used_since(run: FormationRun) -> str:
    """Return by what the result of a confirmed run has been used since, in words, or ""."""
    transfers = list(queries.transfers_of_run(run))
    last = last_numbers(t.person_id for t in transfers)
    later = sum(1 for t in transfers if last[t.person_id] != t.number)
    touched: set[UUID] = {t.person_id for t in transfers}
    after = {"county": run.county}
    calls = RollCallLine.objects.filter(call__on__gte=run.on, **after)
    frozen = FrozenMember.objects.filter(roster__as_of__gte=run.on, **after)
    words = []
    if later:
        words.append(f"{later} 人又有了新的变动")
    if touched & set(calls.values_list("person", flat=True)):
        words.append("已用于点验")
    if touched & set(frozen.values_list("person", flat=True)):
        words.append("已用于封存花名册")
    return "、".join(words)


@transaction.atomic
def undo(run: FormationRun, *, at: datetime) -> int:
    """Reverse every transfer of a confirmed run and return how many.

    Refuses where somebody has moved on since, or a roll call or a frozen roster rests on it.
    """
    policies.check_act(ACT)
    held = FormationRun.objects.select_for_update().fetch(run.pk)
    check_state(held, State.CONFIRMED)
    used = used_since(held)
    if used:
        raise FormationUsed(what=used)
    transfers = list(queries.transfers_of_run(held).order_by("-made_at", "-pk"))
    for transfer in sorted(transfers, key=_undo_order):
        reverse(transfer, at=at, note="撤销编组")
    held.state = State.UNDONE
    held.save(update_fields=["state"])
    run.state = held.state
    record("formation.undone", held, facts={"count": len(transfers)})
    return len(transfers)


def _undo_order(transfer: Transfer) -> int:
    # Who entered goes first, so that nobody stands in a full place meanwhile.
    return {Transfer.Kind.IN: 0, Transfer.Kind.MOVE: 1}.get(Transfer.Kind(transfer.kind), 2)
