"""Why one person may or may not take one post, as codes, facts and Chinese sentences."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from muster.core.formation.model import Candidate, Directory, Slot, Unit


@dataclass(frozen=True, slots=True)
class Reason:
    """One short reason: a stable code, the facts, and the sentence for the screen."""

    code: str
    text: str
    facts: dict[str, Any]


def reason(code: str, sentence: str, **facts: Any) -> Reason:
    """Return a reason whose sentence is filled with the facts."""
    return Reason(code, sentence.format(**facts), facts)


def obstacles(
    directory: Directory, *, candidate: Candidate, unit: Unit, slot: Slot
) -> list[Reason]:
    """Return every rule of eligibility that the person fails for the slot; empty: eligible."""
    return [
        *_body(candidate, unit),
        *_place(directory, candidate, unit),
        *_age(candidate, unit, slot),
        *_standing(candidate, slot),
    ]


def _body(candidate: Candidate, unit: Unit) -> Iterator[Reason]:
    if not candidate.health_ok:
        yield reason("health", "健康条件不合格")
    if candidate.out_of_area:
        yield reason("out_of_area", "外出，不能按规定时限返回")
    if unit.vetting_required and candidate.vetting != "pass":
        yield reason("vetting", "政审没有通过的结果", vetting=candidate.vetting)


def _place(directory: Directory, candidate: Candidate, unit: Unit) -> Iterator[Reason]:
    minutes = directory.minutes(candidate, unit=unit)
    limit = unit.max_assembly_min
    if minutes is None:
        yield reason("travel_unknown", "到集结点的时间未知")
    elif minutes > limit:
        yield reason(
            "travel", "到集结点 {minutes} 分钟，超过 {limit} 分钟", minutes=minutes, limit=limit
        )


def _age(candidate: Candidate, unit: Unit, slot: Slot) -> Iterator[Reason]:
    age, low = candidate.age, unit.age_min
    skilled = candidate.veteran or (slot.skill is not None and slot.skill in candidate.skills)
    high = unit.age_max_skilled if skilled else unit.age_max
    if age < low:
        yield reason("age_under", "{age} 岁，不满 {limit} 岁", age=age, limit=low)
    elif age > high:
        yield reason("age_over", "{age} 岁，超过 {limit} 岁", age=age, limit=high)


def _standing(candidate: Candidate, slot: Slot) -> Iterator[Reason]:
    if candidate.education < slot.min_education:
        facts = {"education": candidate.education, "limit": slot.min_education}
        yield reason("education", "文化程度不够", **facts)
    if slot.skill_required and slot.skill not in candidate.skills:
        yield reason("skill", "没有要求的技能“{skill}”", skill=slot.skill)
    if slot.party_required and not candidate.party:
        yield reason("party", "岗位要求党员")
    if slot.veteran_required and not candidate.veteran:
        yield reason("veteran", "岗位要求退役军人")


def points(directory: Directory, *, candidate: Candidate, unit: Unit, slot: Slot) -> int:
    """Return the points of an eligible person in the slot (formation/1, objective)."""
    weights = directory.instance.weights
    minutes, most = directory.minutes(candidate, unit=unit) or 0, unit.max_assembly_min
    home = directory.slots[candidate.member_of] if candidate.member_of is not None else None
    total = weights.fill + weights.time * (most - minutes) // most
    total += weights.skill * (slot.skill is not None and slot.skill in candidate.skills)
    total += weights.same_unit * (home is not None and home[0].id == unit.id)
    total += weights.same_slot * (candidate.member_of == slot.id)
    if slot.leads:
        total += weights.lead_veteran * candidate.veteran + weights.lead_party * candidate.party
        total += weights.lead_education * candidate.education
    return total
