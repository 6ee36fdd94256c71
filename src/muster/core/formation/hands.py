"""Locks and bans set by hand: known names, and locks that break no rule by themselves."""

from collections.abc import Sequence
from dataclasses import dataclass

from muster.core.formation.eligibility import Reason, obstacles
from muster.core.formation.model import Directory, Instance
from muster.core.formation.problems import LockRefused, LockUnknown
from muster.core.formation.roster import Roster


@dataclass(frozen=True, slots=True)
class Hands:
    """Locks (candidate to slot row) and bans by position."""

    locks: dict[int, int]
    banned: frozenset[tuple[int, int]]


def by_hand(
    instance: Instance, *, locks: Sequence[tuple[str, str]], banned: Sequence[tuple[str, str]]
) -> Hands:
    """Return locks and bans by position; refuses a lock that breaks a hard rule, with the reason."""
    if not locks and not banned:
        return Hands({}, frozenset())
    directory = Directory(instance)
    for candidate, slot in (*locks, *banned):
        if candidate not in directory.candidates:
            raise LockUnknown(what="人员", id=candidate)
        if slot not in directory.slots:
            raise LockUnknown(what="岗位", id=slot)
    roster = Roster(directory, ())
    for candidate, slot in dict.fromkeys(locks):
        _check_lock(directory, roster, candidate, slot, banned=(candidate, slot) in set(banned))
        roster.add(candidate, slot)
    person_at = {person.id: at for at, person in enumerate(instance.candidates)}
    slot_at = {slot_id: at for at, slot_id in enumerate(directory.slots)}
    return Hands(
        {person_at[candidate]: slot_at[slot] for candidate, slot in locks},
        frozenset((person_at[candidate], slot_at[slot]) for candidate, slot in banned),
    )


def _check_lock(
    directory: Directory, roster: Roster, candidate_id: str, slot_id: str, *, banned: bool
) -> None:
    candidate, (unit, slot) = directory.candidates[candidate_id], directory.slots[slot_id]
    reasons = [
        found.text for found in obstacles(directory, candidate=candidate, unit=unit, slot=slot)
    ]
    if candidate_id in roster.post:
        reasons.append(f"此人已锁定在岗位 {roster.post[candidate_id]}")
    if banned:
        reasons.append("同一安排又被排除")
    reasons += [
        found.text for found in _by_itself(roster.would_break(candidate, unit=unit, slot=slot))
    ]
    if reasons:
        raise LockRefused(candidate=candidate_id, slot=slot_id, why="；".join(reasons))


def _by_itself(found: Sequence[Reason]) -> list[Reason]:
    """Leave out share rules: others in the unit can still bring the share up."""
    return [reason for reason in found if reason.code != "share"]
