"""Formation runs: their snapshot, the plan as officers left it, and what confirming would do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from muster.domains.militia.models import FormationRun, Transfer, Unit
from muster.domains.militia.queries.formation_problem import Hands, Snapshot, problem_of
from muster.ground.jobs.models import Job
from muster.ground.rulebook.queries import value_of

SOURCE = "formation"
PRIMARY_KEY = "militia.emergency.requires_primary"
Reasons = list[dict[str, Any]]
OUT_REASONS = {
    "age_over": "over_age", "out_of_area": "away", "serving": "enlisted", "moved": "moved",
    "deceased": "deceased", "vetting": "vetting", "health": "health", "withdrawn": "other",
}  # fmt: skip


def runs() -> QuerySet[FormationRun]:
    """Return the runs of the scope, newest first."""
    return FormationRun.objects.select_related("root")  # type: ignore[no-any-return]


def run(pk: UUID | str) -> FormationRun:
    """Return one run of the scope."""
    return FormationRun.objects.select_related("root").fetch(pk)  # type: ignore[no-any-return]


def work_of(one: FormationRun) -> Job | None:
    """Return the long work that runs, or last ran, for a run."""
    return Job.objects.filter(pk=one.work).first() if one.work else None


def snapshot_of(one: FormationRun) -> Snapshot:
    """Return the problem as it was when the proposal was made."""
    return Snapshot.from_json(one.problem)


def snapshot_now(one: FormationRun) -> Snapshot:
    """Return the problem as the register stands now, for the day of the run."""
    hands = Hands.of(one.decisions)
    return problem_of(
        division=one.division, root=one.root, on=one.on, hands=hands, asked_at=one.asked_at
    )


def plan_of(one: FormationRun) -> dict[str, str]:
    """Return person → slot of the whole plan: proposed, chosen and kept by hand."""
    pairs = [(row["candidate"], row["slot"]) for row in one.problem["fixed"]]
    if one.way == FormationRun.Way.GAPS:
        pairs += [(who, slot) for who, slot in one.answer["kept"]]
        for slot, people in one.decisions.get("choices", {}).items():
            pairs += [(who, slot) for who in people if who]
    elif "plan" in one.decisions:
        pairs += [(who, slot) for who, slot in one.decisions["plan"]]
    else:
        found = one.answer["result"]["assignments"]
        pairs += [(row["candidate"], row["slot"]) for row in found]
    return dict(pairs)


@dataclass(frozen=True, slots=True)
class Change:
    """One transfer that confirming writes; ``why`` are the reasons of the plan."""

    person: str
    kind: str
    from_unit: str | None
    from_slot: str | None
    to_unit: str | None
    to_slot: str | None
    reason: str
    why: tuple[dict[str, Any], ...]
    asks_note: bool = False


def changes_of(one: FormationRun, snapshot: Snapshot) -> list[Change]:
    """Return the transfers that make the plan true: out first, then moves, then in."""
    plan = plan_of(one)
    unit_of = {slot.id: unit.id for unit in snapshot.instance.units for slot in unit.slots}
    found = []
    for person, seat in snapshot.seats.items():
        slot, home = plan.get(person), seat["unit"]
        if slot is None:
            why = reasons_to_leave(one, person)
            reason = out_reason(one, person, why)
            found.append(Change(person, "out", home, seat["slot"], None, None, reason, tuple(why)))
        elif slot != seat["slot"]:
            kind = "post" if unit_of[slot] == home else "move"
            found.append(Change(person, kind, home, seat["slot"], unit_of[slot], slot,
                                Transfer.Reason.REORGANISED, tuple(reasons_for(one, person, slot))))  # fmt: skip
    for person, slot in plan.items():
        if person not in snapshot.seats:
            why = reasons_for(one, person, slot)
            found.append(Change(person, "in", None, None, unit_of[slot], slot,
                                Transfer.Reason.ELIGIBLE, tuple(why)))  # fmt: skip
    order = {"out": 0, "move": 1, "post": 2, "in": 3}
    place = {slot: at for at, slot in enumerate(unit_of)}
    asking = _asking(one, snapshot, found)
    marked = [_with_note(c) if c.person in asking else c for c in found]
    return sorted(
        marked, key=lambda c: (order[c.kind], place.get(c.to_slot or c.from_slot or "", -1))
    )


def _with_note(change: Change) -> Change:
    values = {name: getattr(change, name) for name in Change.__slots__}
    return Change(**{**values, "asks_note": True})


def _asking(one: FormationRun, snapshot: Snapshot, changes: Iterable[Change]) -> set[str]:
    """Return who would enter an emergency unit from outside the primary militia (MIL-07)."""
    primary = {c.id for c in snapshot.instance.candidates if c.primary}
    emergency = {u.id for u in snapshot.instance.units if u.kind == Unit.Force.EMERGENCY}
    rule = value_of(PRIMARY_KEY, division=one.division, on=one.on)
    if rule is not None and rule.value is False:
        return set()
    return {
        c.person
        for c in changes
        if c.to_unit in emergency and c.from_unit != c.to_unit and c.person not in primary
    }


def reasons_to_leave(one: FormationRun, person: str) -> Reasons:
    """Return why a member is not in the plan."""
    for row in one.problem["barred"]:
        if row["candidate"] == person:
            return [{"code": "barred", "text": "", "facts": {"why": row["why"]}}]
    if one.way == FormationRun.Way.GAPS:
        for row in one.answer["leavers"]:
            if row["candidate"] == person:
                return list(row["reasons"])
        return []
    given: Reasons = one.answer["reasons"].get(person, [])
    return [row for row in given if row["code"] != "unassigned"] or given


def reasons_for(one: FormationRun, person: str, slot: str) -> Reasons:
    """Return what speaks for a person in a slot."""
    if one.way == FormationRun.Way.GAPS:
        for vacancy in one.answer["vacancies"]:
            for row in vacancy["proposals"]:
                if vacancy["slot"] == slot and row["candidate"] == person:
                    return list(row["reasons"])
    given: Reasons = one.answer.get("reasons", {}).get(person, [])
    return given or [{"code": "by_hand", "text": "", "facts": {}}]


def out_reason(one: FormationRun, person: str, why: Reasons) -> str:
    """Return the reason code of the transfer that takes a member out."""
    for row in why:
        if row["code"] == "barred":
            said: str = row["facts"]["why"]
            return said[5:] if said.startswith("hand:") else OUT_REASONS.get(said, "other")
        if row["code"] in OUT_REASONS:
            return OUT_REASONS[row["code"]]
    return str(Transfer.Reason.REORGANISED)


def counts_of(changes: Iterable[Change], plan: Mapping[str, str]) -> dict[str, int]:
    """Return how many enter, leave, move and change posts, and the strength afterwards."""
    found = {"in": 0, "out": 0, "move": 0, "post": 0}
    for change in changes:
        found[change.kind] += 1
    return {**found, "strength": len(plan)}


def transfers_of_run(one: FormationRun) -> QuerySet[Transfer]:
    """Return the transfers a run wrote that still stand."""
    rows = Transfer.objects.filter(source=SOURCE, source_row=one.pk, reverses=None)
    return rows.filter(reversed_by=None).select_related("person")  # type: ignore[no-any-return]
