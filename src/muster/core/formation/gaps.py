"""沿用上年、只补缺: keep the present members, say who must leave and who could fill the gaps."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from muster.core.formation.eligibility import Reason, obstacles, points, reason
from muster.core.formation.matching import first_choices
from muster.core.formation.model import Candidate, Directory, Instance, Slot, Unit
from muster.core.formation.praise import praise
from muster.core.formation.ranking import Ranking
from muster.core.formation.roster import SHARE_NAMES, Roster

_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Leaver:
    """A present member who cannot stay in the slot, with every reason.

    ``movable_to`` are other slots of the same unit that the person is still eligible for.
    """

    candidate: str
    slot: str
    reasons: tuple[Reason, ...]
    movable_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A person who could fill a vacancy: points and short reasons."""

    candidate: str
    value: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Vacancy:
    """Empty posts of a slot row; the first ``missing`` proposals are the first choices.

    There are so many proposals that each post still has its own few to choose from. ``why`` says
    in a sentence why there are none, and is empty otherwise.
    """

    slot: str
    missing: int
    proposals: tuple[Proposal, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that the kept roster breaks, and how many replacements mend it."""

    code: str
    text: str
    facts: dict[str, Any]
    replacements: int


@dataclass(frozen=True, slots=True)
class GapPlan:
    """Who stays, who must leave, which posts are empty, which rules the kept roster breaks."""

    kept: tuple[tuple[str, str], ...]
    leavers: tuple[Leaver, ...]
    vacancies: tuple[Vacancy, ...]
    warnings: tuple[Breach, ...]


def fill_gaps(instance: Instance, *, per_post: int = 3) -> GapPlan:
    """Return the plan that keeps every member who may stay and proposes people for the gaps.

    Each empty post gets up to ``per_post`` proposals; nobody is the first choice for two posts
    where that can be avoided. Nobody is proposed who would break a village or employer limit.
    """
    directory = Directory(instance)
    kept, leavers = _stay_or_leave(directory)
    roster = Roster(directory, kept)
    return GapPlan(
        kept=tuple(kept),
        leavers=tuple(leavers),
        vacancies=_vacancies(directory, roster, per_post=per_post),
        warnings=tuple(_warnings(directory, roster)),
    )


def _stay_or_leave(directory: Directory) -> tuple[list[tuple[str, str]], list[Leaver]]:
    """Return kept pairs and leavers; too many members for one slot leave from the last in points."""
    able: dict[str, list[Candidate]] = {slot: [] for slot in directory.slots}
    leavers = []
    for candidate in directory.instance.candidates:
        if candidate.member_of is None:
            continue
        unit, slot = directory.slots[candidate.member_of]
        found = obstacles(directory, candidate=candidate, unit=unit, slot=slot)
        if found:
            leavers.append(_leaver(directory, candidate, unit, slot, found))
        else:
            able[slot.id].append(candidate)
    kept = []
    for slot_id, people in able.items():
        unit, slot = directory.slots[slot_id]
        ranked = sorted(
            people, key=lambda one: -points(directory, candidate=one, unit=unit, slot=slot)
        )
        kept += [(one.id, slot_id) for one in ranked[: slot.count]]
        over = reason("over_count", "该岗位只有 {count} 个名额", count=slot.count)
        leavers += [_leaver(directory, one, unit, slot, [over]) for one in ranked[slot.count :]]
    return kept, leavers


def _leaver(
    directory: Directory, candidate: Candidate, unit: Unit, slot: Slot, found: Sequence[Reason]
) -> Leaver:
    others = (other for other in unit.slots if other.id != slot.id)
    movable = tuple(
        other.id
        for other in others
        if not obstacles(directory, candidate=candidate, unit=unit, slot=other)
    )
    return Leaver(candidate.id, slot.id, tuple(found), movable)


def _vacancies(directory: Directory, roster: Roster, *, per_post: int) -> tuple[Vacancy, ...]:
    """Return the empty posts with proposals, first choices first."""
    ranking = Ranking(directory, roster)
    ranked: dict[str, list[str]] = {}
    empty: dict[str, int] = {}
    for slot_id, (unit, slot) in directory.slots.items():
        missing = slot.count - roster.filled[slot_id]
        if missing > 0:
            empty[slot_id] = missing
            ranked[slot_id] = ranking.best(unit, slot, most=_LONGEST + missing)
    wishes = {(slot, turn): ranked[slot] for slot, n in empty.items() for turn in range(n)}
    chosen = first_choices(wishes)
    vacancies = []
    for slot_id, missing in empty.items():
        places = [(slot_id, turn) for turn in range(missing)]
        first = {chosen[place] for place in places if place in chosen}
        # False sorts before True: first choices lead, each part keeps its rank
        order = sorted(ranked[slot_id], key=lambda name: name not in first)
        listed = order[: missing - 1 + per_post]
        vacancies.append(_vacancy(directory, slot_id, listed, missing=missing))
    return tuple(vacancies)


def _vacancy(directory: Directory, slot_id: str, listed: list[str], *, missing: int) -> Vacancy:
    unit, slot = directory.slots[slot_id]
    proposals = tuple(
        Proposal(
            one.id,
            points(directory, candidate=one, unit=unit, slot=slot),
            tuple(praise(directory, candidate=one, unit=unit, slot=slot)),
        )
        for one in (directory.candidates[name] for name in listed)
    )
    return Vacancy(slot_id, missing, proposals, "" if proposals else "没有符合条件且不超上限的人选")


def _warnings(directory: Directory, roster: Roster) -> list[Breach]:
    """Return the rules over several people that the kept roster breaks."""
    found = []
    for unit in directory.instance.units:
        for kind, name in SHARE_NAMES.items():
            short = roster.short(unit, kind)
            if short > 0:
                having, of = roster.having[unit.id, kind], roster.posts[unit.id, kind]
                percent = getattr(unit, f"{kind}_min_pct")
                text = f"{unit.id} {name} {having}/{of} 人，低于 {percent}%，换 {short} 人即可达到"
                facts = {"unit": unit.id, "having": having, "of": of, "percent": percent}
                added = _additions(having, of, percent=percent)
                empty = _empty_posts(roster, unit, kind)
                if added is not None and added <= empty:
                    text += f"，或在空缺中补 {added} 名{name}"
                    facts["additions"] = added
                found.append(Breach(f"{kind}_min_pct", text, facts, short))
    for (unit_id, employer), times in roster.employer.items():
        most = next(unit.employer_max for unit in directory.instance.units if unit.id == unit_id)
        if most is not None and times > most:
            text = (
                f"{unit_id} 有 {times} 人来自同一工作单位，超过 {most} 人，须换 {times - most} 人"
            )
            facts = {"unit": unit_id, "employer": employer, "having": times, "limit": most}
            found.append(Breach("employer_max", text, facts, times - most))
    for village, times in roster.village.items():
        cap = directory.villages[village].cap
        if cap is not None and times > cap:
            text = f"村 {village} 已编 {times} 人，超过上限 {cap} 人，须换 {times - cap} 人"
            facts = {"village": village, "having": times, "limit": cap}
            found.append(Breach("village_cap", text, facts, times - cap))
    return found


def _additions(having: int, of: int, *, percent: int) -> int | None:
    """Return how many people with the flag, added and not swapped, reach the share; None: never."""
    if percent == 100:
        return None
    # the least k with 100·(having + k) ≥ percent·(of + k)
    return -(-(percent * of - 100 * having) // (100 - percent))


def _empty_posts(roster: Roster, unit: Unit, kind: str) -> int:
    rows = (slot for slot in unit.slots if kind != "skill" or slot.skill is not None)
    return sum(max(slot.count - roster.filled[slot.id], 0) for slot in rows)
