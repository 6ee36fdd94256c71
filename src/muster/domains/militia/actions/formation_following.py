"""What follows from choices by hand: who makes way, who moves up, which limits would break."""

from collections.abc import Mapping, Sequence

from muster.core.formation import check
from muster.core.formation.eligibility import points
from muster.core.formation.model import Directory
from muster.domains.militia.models import FormationRun
from muster.domains.militia.queries.formation_problem import Snapshot, obstacles_to

Choices = Mapping[str, Sequence[str]]
_CLAIMS = ("总分", "上界")
_LIMIT = "来自同一工作单位"


def new_in(before: Choices, given: Choices) -> list[str]:
    """Return who is chosen now where somebody else, or nobody, was before."""
    rows = ((slot, turn, who) for slot, people in given.items() for turn, who in enumerate(people))
    return [who for slot, turn, who in rows if who and who != _at(before, slot, turn)]


def _at(choices: Choices, slot: str, turn: int) -> str:
    people = choices.get(slot, ())
    return people[turn] if turn < len(people) else ""


def settle_all(run: FormationRun, snapshot: Snapshot, given: Choices) -> dict[str, list[str]]:
    """Return the choices with everything that follows from them.

    Members who lost their post find another where that breaks no limit of village or employer.
    """
    before, directory = run.decisions["choices"], Directory(snapshot.instance)
    known = set(limits_broken(run, before))
    displaced = _displaced(before, given, snapshot)
    whole = _rehome(before, _make_way(run, before, given, directory, displaced), directory,
                    snapshot, displaced)  # fmt: skip
    if displaced and set(limits_broken(run, whole)) - known:
        return _make_way(run, before, given, directory, [])
    return whole


def _displaced(before: Choices, given: Choices, snapshot: Snapshot) -> list[str]:
    """Return members who lost a post to somebody else; a post left empty on purpose is no loss."""
    chosen = {who for people in given.values() for who in people}
    return [
        who for slot, people in before.items() for turn, who in enumerate(people)
        if who in snapshot.seats and who not in chosen and _at(given, slot, turn)
    ]  # fmt: skip


def _rehome(
    before: Choices, whole: dict[str, list[str]], directory: Directory, snapshot: Snapshot,
    displaced: Sequence[str],
) -> dict[str, list[str]]:  # fmt: skip
    """Put members who still have no post into posts that stood empty before, their own unit first."""
    standing = {who for people in whole.values() for who in people}
    for who in (one for one in displaced if one not in standing):
        home = snapshot.seats[who]["unit"]
        free = [(slot, turn) for slot, people in whole.items() for turn, one in enumerate(people)
                if not one and not _at(before, slot, turn) and fits(directory, who, slot)]  # fmt: skip
        free.sort(key=lambda place: directory.slots[place[0]][0].id != home)
        if free:
            slot, turn = free[0]
            whole[slot][turn] = who
    return whole


def _make_way(
    run: FormationRun, before: Choices, whole: Choices, directory: Directory,
    displaced: Sequence[str],
) -> dict[str, list[str]]:  # fmt: skip
    """Return the choices with posts refilled that lost their proposed person to a new choice.

    They get a displaced member who fits, else their next proposal, else the best free person who
    fits, else nobody.
    """
    places = [(slot, turn) for slot, people in whole.items() for turn in range(len(people))]
    same = {(s, t) for s, t in places if t < len(before.get(s, ())) and before[s][t] == whole[s][t]}
    taken = {whole[s][t] for s, t in places if (s, t) not in same} - {""}
    proposals = {
        v["slot"]: [p["candidate"] for p in v["proposals"]] for v in run.answer["vacancies"]
    }
    found = {slot: list(people) for slot, people in whole.items()}
    used = {whole[s][t] for s, t in places}
    for slot, turn in sorted(same):
        if found[slot][turn] in taken:
            mine = [who for who in displaced if fits(directory, who, slot)]
            next_ones = (who for who in (*mine, *proposals.get(slot, [])) if who not in used)
            found[slot][turn] = next(next_ones, "") or _best_free(run, directory, slot, used)
            used.add(found[slot][turn])
    return found


def _best_free(run: FormationRun, directory: Directory, slot: str, used: set[str]) -> str:
    """Return the free person with the most points who fits a slot, or ""."""
    unit, place = directory.slots[slot]
    kept = {who for who, _ in run.answer["kept"]}
    best = max(
        (one for one in directory.instance.candidates
         if one.id not in used and one.id not in kept and fits(directory, one.id, slot)),
        key=lambda one: points(directory, candidate=one, unit=unit, slot=place), default=None,
    )  # fmt: skip
    return best.id if best else ""


def limits_broken(run: FormationRun, choices: Choices) -> list[str]:
    """Return the limits of villages and employers that the kept roster and choices break."""
    pairs = [(who, slot) for who, slot in run.answer["kept"]]
    pairs += [(who, slot) for slot, people in choices.items() for who in people if who]
    return [line for line in broken_rules(run, pairs) if line.startswith("村 ") or _LIMIT in line]


def fits(directory: Directory, who: str, slot: str) -> bool:
    """Return whether somebody of the problem may take a slot by the rules of that slot."""
    candidate = directory.candidates.get(who)
    return candidate is not None and not obstacles_to(directory, candidate, slot)


def broken_rules(run: FormationRun, plan: Sequence[tuple[str, str]]) -> list[str]:
    """Return the rules a plan breaks, found by the independent checker; people are still keys."""
    problem = run.problem["instance"]
    result = {"instance": problem["name"], "objective": 0, "bound": 0, "prices": [],
              "assignments": [{"candidate": who, "slot": slot} for who, slot in plan]}  # fmt: skip
    report = check(problem, result)
    # What the solver claimed of its own plan says nothing of this one.
    return [line for line in report.broken if not line.startswith(_CLAIMS)]
