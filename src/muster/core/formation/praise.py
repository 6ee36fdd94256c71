"""What speaks for a person in a post, as short reasons."""

from collections.abc import Iterator

from muster.core.formation.eligibility import Reason, reason
from muster.core.formation.model import Candidate, Directory, Slot, Unit


def praise(
    directory: Directory, *, candidate: Candidate, unit: Unit, slot: Slot
) -> Iterator[Reason]:
    """Return the facts that give the person points in the slot, strongest ties first."""
    weights = directory.instance.weights
    yield from _ties(directory, candidate, unit, slot)
    if slot.skill is not None and slot.skill in candidate.skills:
        yield reason("skill", "有“{skill}”技能", skill=slot.skill)
    minutes = directory.minutes(candidate, unit=unit)
    if minutes is not None:
        limit = unit.max_assembly_min
        yield reason("near", "到集结点 {minutes} 分钟", minutes=minutes, limit=limit)
    if candidate.veteran:
        yield reason("served", "服过现役")
    if slot.leads and weights.lead_party and candidate.party:
        yield reason("party", "党员")
    if slot.leads and weights.lead_education and candidate.education >= 3:
        yield reason("education", "大专以上文化程度", education=candidate.education)


def _ties(directory: Directory, candidate: Candidate, unit: Unit, slot: Slot) -> Iterator[Reason]:
    if candidate.member_of is None:
        return
    home, _ = directory.slots[candidate.member_of]
    if candidate.member_of == slot.id:
        yield reason("same_slot", "留任原岗位", slot=slot.id)
    elif home.id == unit.id:
        yield reason("same_unit", "仍在原分队", unit=unit.id)
    else:
        yield reason("transfer", "由 {unit} 调来", unit=home.id)
