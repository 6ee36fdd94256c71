"""Why this person is in this post, and why another is not."""

from collections.abc import Iterator

from muster.core.formation.eligibility import Reason, obstacles, points, reason
from muster.core.formation.model import Candidate, Directory, Instance, Slot, Unit
from muster.core.formation.praise import praise
from muster.core.formation.result import Result
from muster.core.formation.roster import Roster
from muster.core.formation.shares import KINDS


def reasons(instance: Instance, result: Result, candidate_id: str) -> list[Reason]:
    """Return short reasons for the person's post; for a person without one, why not.

    A person who is not in the instance is a bug of the caller.
    """
    directory = Directory(instance)
    candidate = _candidate(directory, candidate_id)
    posts = {row.candidate: row.slot for row in result.assignments}
    if candidate_id not in posts:
        return [
            reason("unassigned", "没有编入任何岗位"),
            *_why_nowhere(directory, result, candidate),
        ]
    unit, slot = directory.slots[posts[candidate_id]]
    found = list(praise(directory, candidate=candidate, unit=unit, slot=slot))
    found += _share_helped(candidate, unit, slot, result)
    if (candidate_id, slot.id) in result.locks:
        found.insert(0, reason("locked", "由人工锁定在此岗位", slot=slot.id))
    return found


def why_not(instance: Instance, result: Result, candidate_id: str, slot_id: str) -> list[Reason]:
    """Return why the person is not in the slot; empty when the person is in it.

    An unknown person or slot is a bug of the caller.
    """
    directory = Directory(instance)
    candidate = _candidate(directory, candidate_id)
    if slot_id not in directory.slots:
        raise ValueError(f"no slot {slot_id!r}")
    unit, slot = directory.slots[slot_id]
    roster = Roster(directory, ((row.candidate, row.slot) for row in result.assignments))
    if roster.post.get(candidate_id) == slot_id:
        return []
    found = obstacles(directory, candidate=candidate, unit=unit, slot=slot)
    if found:
        return found
    if (candidate_id, slot_id) in result.banned:
        return [reason("banned", "由人工排除在此岗位之外", slot=slot_id)]
    return list(_weighed(directory, roster, candidate, unit, slot))


def _candidate(directory: Directory, candidate_id: str) -> Candidate:
    if candidate_id not in directory.candidates:
        raise ValueError(f"no candidate {candidate_id!r}")
    return directory.candidates[candidate_id]


def _why_nowhere(directory: Directory, result: Result, candidate: Candidate) -> list[Reason]:
    """Return the obstacles in the person's own slot, else that others were preferred."""
    if candidate.member_of is not None:
        return why_not(directory.instance, result, candidate.id, candidate.member_of)
    able = any(
        not obstacles(directory, candidate=candidate, unit=unit, slot=slot)
        for unit, slot in directory.slots.values()
    )
    if able:
        return [reason("preferred", "符合条件的岗位由总体更合适的人担任")]
    return [reason("nowhere", "不符合任何岗位的条件")]


def _weighed(
    directory: Directory, roster: Roster, candidate: Candidate, unit: Unit, slot: Slot
) -> Iterator[Reason]:
    """Return why an eligible person is elsewhere: another post, a full slot, a rule."""
    mine = points(directory, candidate=candidate, unit=unit, slot=slot)
    if candidate.id in roster.post:
        elsewhere = roster.post[candidate.id]
        there, post = directory.slots[elsewhere]
        worth = points(directory, candidate=candidate, unit=there, slot=post)
        facts = {"slot": elsewhere, "value": worth, "here": mine}
        yield reason("elsewhere", "已编在岗位 {slot}（{value} 分，此处 {here} 分）", **facts)
    for found in roster.would_break(candidate, unit=unit, slot=slot):
        yield _full(directory, roster, slot, mine) if found.code == "slot_full" else found


def _full(directory: Directory, roster: Roster, slot: Slot, mine: int) -> Reason:
    """Return how the person compares with those who fill the slot."""
    unit, _ = directory.slots[slot.id]
    holders = [directory.candidates[who] for who, post in roster.post.items() if post == slot.id]
    worths = [points(directory, candidate=one, unit=unit, slot=slot) for one in holders]
    least = min(worths, default=0)
    facts = {"count": slot.count, "here": mine, "least": least}
    if mine <= least:
        sentence = "{count} 个名额已由分数不低的人担任（此人 {here} 分，最低 {least} 分）"
    else:
        sentence = "{count} 个名额已满；此人单看分数更高（{here} 分对 {least} 分），换上会使别处减分或违反规则"
    return reason("slot_full", sentence, **facts)


def _share_helped(candidate: Candidate, unit: Unit, slot: Slot, result: Result) -> list[Reason]:
    """Return the scarce shares (rules with a price) that the person helps to reach."""
    scarce = {price.rule for price in result.prices if price.unit == unit.id}
    having = {
        "veteran": candidate.veteran,
        "party": candidate.party,
        "skill": slot.skill is not None and slot.skill in candidate.skills,
    }
    text = {"veteran": "补足退役军人比例", "party": "补足党员比例", "skill": "补足专业对口比例"}
    return [
        reason(f"{kind}_share", text[kind], unit=unit.id)
        for kind in KINDS
        if having[kind] and f"{kind}_min_pct" in scarce
    ]
