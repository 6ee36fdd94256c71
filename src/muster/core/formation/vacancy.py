"""Why posts stayed empty, and the nearest relaxation of eligibility that would help."""

from collections import Counter
from collections.abc import Sequence

from muster.core.formation.eligibility import Reason, obstacles
from muster.core.formation.model import Candidate, Directory, Slot, Unit
from muster.core.formation.roster import Roster

_RULES = {"village_cap": "村上限", "employer_max": "同一工作单位上限", "share": "比例规则"}


def why_empty(
    directory: Directory, *, roster: Roster, slot_id: str, able: Sequence[Candidate]
) -> str:
    """Return why none of the eligible was put into the slot's empty posts, in one sentence."""
    unit, slot = directory.slots[slot_id]
    if not able:
        return "没有一名符合条件的人选"
    idle = [candidate for candidate in able if candidate.id not in roster.post]
    if not idle:
        return f"符合条件的 {len(able)} 人都已编在岗位上"
    blocked: Counter[str] = Counter()
    for candidate in idle:
        for found in roster.would_break(candidate, unit=unit, slot=slot):
            blocked[found.code] += 1
    if not blocked:
        return f"还有 {len(idle)} 人符合条件，编入后总体得不偿失"
    rules = "、".join(_RULES.get(code, code) for code, _ in blocked.most_common(2))
    return f"还有 {len(idle)} 人符合条件，受{rules}限制不能编入"


def sole_obstacles(directory: Directory, *, unit: Unit, slot: Slot) -> list[Reason]:
    """Return, for each person kept out by exactly one rule, that rule."""
    found = (
        obstacles(directory, candidate=candidate, unit=unit, slot=slot)
        for candidate in directory.instance.candidates
    )
    return [rules[0] for rules in found if len(rules) == 1]
