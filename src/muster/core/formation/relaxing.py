"""Which rules cost what, and the smallest relaxations that would help, from the prices."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from muster.core.formation.eligibility import Reason
from muster.core.formation.model import Directory, Instance, Slot, Unit
from muster.core.formation.result import Price, Result
from muster.core.formation.vacancy import sole_obstacles

_MOST_POSTS = 30
_SENTENCES = {
    "cap": "放宽村 {village} 的上限 1 人",
    "employer_max": "{unit} 对工作单位 {employer} 的人数上限放宽 1 人",
    "veteran_min_pct": "{unit} 的退役军人少要求 1 名",
    "party_min_pct": "{unit} 的党员少要求 1 名",
    "skill_min_pct": "{unit} 的专业对口人员少要求 1 名",
    "keep_min_pct": "{unit} 少留用 1 名原成员",
}
_LIMITS = {"age_over": "age_max", "age_under": "age_min", "travel": "max_assembly_min",
           "education": "min_education"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Relaxation:
    """One rule that could be relaxed: ``points`` gained at most, ``people`` more in posts, about.

    Both come from the prices, so they hold for the first step of relaxing and are no promise.
    """

    rule: str
    text: str
    points: float
    people: int
    facts: dict[str, Any]


def relaxations(instance: Instance, result: Result) -> list[Relaxation]:
    """Return what relaxing each rule would bring, the most useful first.

    Empty posts come first (at most 30 slot rows): for each, the smallest change of a condition
    that lets someone in.
    """
    directory = Directory(instance)
    opened = [
        relaxation
        for row in result.unfilled[:_MOST_POSTS]
        for relaxation in _openings(directory, row.slot, missing=row.missing)
    ]
    missing = sum(row.missing for row in result.unfilled)
    priced = [
        _priced(price, fill=instance.weights.fill, missing=missing)
        for price in result.prices
        if price.rule in _SENTENCES
    ]
    return opened + sorted(priced, key=lambda one: (-one.points, one.text))


def _priced(price: Price, *, fill: int, missing: int) -> Relaxation:
    """Return the sentence of one price; people are counted only where posts are empty."""
    step = 100 if price.rule in {"veteran_min_pct", "party_min_pct", "skill_min_pct"} else 1
    worth = round(price.price * step, 1)
    facts = {key: value for key, value in price.to_json().items() if key != "price"}
    people = min(round(worth / fill), missing) if fill > 0 else 0
    what = _SENTENCES[price.rule].format(**facts)
    brings = f"可多编约 {people} 人" if people else f"总分约可提高 {worth:g} 分"
    return Relaxation(price.rule, f"{what}，{brings}", worth, people, facts)


def _openings(directory: Directory, slot_id: str, *, missing: int) -> Iterator[Relaxation]:
    """Return, per condition that alone keeps people out, the least change that lets one in."""
    unit, slot = directory.slots[slot_id]
    alone = sole_obstacles(directory, unit=unit, slot=slot)
    for code, times in Counter(found.code for found in alone).most_common():
        least = _least([found for found in alone if found.code == code])
        text = _opening_text(code, least, unit=unit, slot=slot)
        if text is None:
            continue
        gain = min(least[1] if least is not None else times, missing)
        facts = {"slot": slot_id, "code": code, "people": times}
        if least is not None:
            facts["to"] = least[0]
        brings = f"岗位 {slot_id} 可多 {gain} 人可选"
        yield Relaxation(_LIMITS.get(code, code), f"{text}，{brings}", 0.0, gain, facts)


def _least(found: list[Reason]) -> tuple[int, int] | None:
    """Return the value nearest to the limit and how many stand at it, for measured conditions."""
    keys = {"age_over": "age", "age_under": "age", "travel": "minutes", "education": "education"}
    key = keys.get(found[0].code)
    if key is None:
        return None
    values = [one.facts[key] for one in found]
    nearest = max(values) if found[0].code in {"age_under", "education"} else min(values)
    return nearest, values.count(nearest)


def _opening_text(
    code: str, least: tuple[int, int] | None, *, unit: Unit, slot: Slot
) -> str | None:
    """Return the relaxation as words; None for what no rule of ours can relax (health, vetting)."""
    to = least[0] if least is not None else 0
    sentences = {
        "age_over": f"{unit.id} 的年龄上限放宽到 {to} 岁",
        "age_under": f"{unit.id} 的年龄下限放宽到 {to} 岁",
        "travel": f"{unit.id} 的集结时间放宽到 {to} 分钟",
        "education": f"岗位 {slot.id} 的文化程度要求放宽一档",
        "skill": f"岗位 {slot.id} 不再硬性要求“{slot.skill}”技能",
        "party": f"岗位 {slot.id} 不再要求党员",
        "veteran": f"岗位 {slot.id} 不再要求退役军人",
    }
    return sentences.get(code)
