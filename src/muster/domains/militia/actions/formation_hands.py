"""What officers change in a proposal: choices, locks, replacements, who stays or goes anyway."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction

from muster.core.formation import check
from muster.core.formation.eligibility import points
from muster.core.formation.model import Directory
from muster.domains.militia import policies
from muster.domains.militia.actions.formation import ACT, State, Way, check_state, is_idle, over_age
from muster.domains.militia.models import FormationRun, Transfer
from muster.domains.militia.problems_formation import FormationChoiceRefused, FormationNotOpen
from muster.domains.militia.queries import formation as queries
from muster.domains.militia.queries.formation_problem import Snapshot, obstacles_to
from muster.domains.militia.queries.formation_stale import staleness
from muster.ground.journal.actions import record

Choices = Mapping[str, Sequence[str]]
_CLAIMS = ("总分", "上界")
_LIMIT = "来自同一工作单位"


@transaction.atomic
def choose(run: FormationRun, choices: Choices, *, locked: Iterable[str] = ()) -> None:
    """Keep who is chosen for the empty posts of 补缺: slot → one person or "" for each post.

    Who stood proposed for another post is taken from there, and that post gets its next proposal.
    ``locked``: those that computing again must keep. Refuses somebody chosen twice or who keeps
    a place already, somebody who may not take the post, and unknown posts.
    """
    held, snapshot = _held(run, Way.GAPS)
    before = held.decisions["choices"]
    whole = {**before, **{slot: list(who) for slot, who in choices.items()}}
    whole = _make_way(held, before, whole, Directory(snapshot.instance))
    _check_choices(held, snapshot, whole)
    chosen = {who: slot for slot, people in whole.items() for who in people if who}
    kept = {who for who, _ in held.answer["kept"]}
    locks = [row for row in held.decisions.get("locks", []) if row["candidate"] in kept]
    locks += [{"candidate": who, "slot": chosen[who]} for who in locked if who in chosen]
    _keep(held, run, choices=whole, locks=locks)
    record("formation.chosen", held, facts={"posts": len(choices), "locks": len(locks)})


def _make_way(
    run: FormationRun, before: Choices, whole: Choices, directory: Directory
) -> dict[str, list[str]]:
    """Return the choices with posts refilled that lost their proposed person to a new choice.

    They get their next proposal, else the best free person who fits, else nobody.
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
            next_ones = (who for who in proposals.get(slot, []) if who not in used)
            found[slot][turn] = next(next_ones, "") or _best_free(run, directory, slot, used)
            used.add(found[slot][turn])
    return found


def _best_free(run: FormationRun, directory: Directory, slot: str, used: set[str]) -> str:
    """Return the free person with the most points who fits a slot, or ""."""
    unit, place = directory.slots[slot]
    kept = {who for who, _ in run.answer["kept"]}
    best = max(
        (one for one in directory.instance.candidates
         if one.id not in used and one.id not in kept and _fits(directory, one.id, slot)),
        key=lambda one: points(directory, candidate=one, unit=unit, slot=place), default=None,
    )  # fmt: skip
    return best.id if best else ""


def _check_choices(run: FormationRun, snapshot: Snapshot, whole: Choices) -> None:
    directory = Directory(snapshot.instance)
    missing = {row["slot"]: row["missing"] for row in run.answer["vacancies"]}
    standing = {who for who, _ in run.answer["kept"]}
    proposed = {
        (row["slot"], p["candidate"]) for row in run.answer["vacancies"] for p in row["proposals"]
    }
    for slot, people in whole.items():
        if len(people) != missing.get(slot):
            raise FormationChoiceRefused(why="岗位或空缺数与方案不符，请刷新页面后重选")
        for who in filter(None, people):
            if who in standing:
                raise FormationChoiceRefused(why="有人被选了两次，或已经留在别的岗位")
            standing.add(who)
            if (slot, who) not in proposed:
                _check_fits(directory, who, slot)
    new = set(_limits_broken(run, whole)) - set(_limits_broken(run, run.decisions["choices"]))
    if new:
        raise FormationChoiceRefused(why="；".join(sorted(new)))


def _limits_broken(run: FormationRun, choices: Choices) -> list[str]:
    """Return the limits of villages and employers that the kept roster and choices break."""
    pairs = [(who, slot) for who, slot in run.answer["kept"]]
    pairs += [(who, slot) for slot, people in choices.items() for who in people if who]
    return [line for line in broken_rules(run, pairs) if line.startswith("村 ") or _LIMIT in line]


def _check_fits(directory: Directory, who: str, slot: str) -> None:
    if who not in directory.candidates or slot not in directory.slots:
        raise FormationChoiceRefused(why="此人或这个岗位不在本次编组范围内")
    found = [r["text"] for r in obstacles_to(directory, directory.candidates[who], slot)]
    if (who, slot) in {(row["candidate"], row["slot"]) for row in over_age(directory.instance)}:
        found.append("入队年龄超过规定，只能编入对口的专业岗位")
    if found:
        raise FormationChoiceRefused(why="；".join(found))


def _fits(directory: Directory, who: str, slot: str) -> bool:
    candidate = directory.candidates.get(who)
    return candidate is not None and not obstacles_to(directory, candidate, slot)


@transaction.atomic
def pick(run: FormationRun, slot: str, *, person: str, instead: str = "", turn: int = 0) -> None:
    """Put a person into a post by hand and lock him there.

    补缺: into the empty post number ``turn`` of the slot. Whole proposal: in the place of
    ``instead`` ("": an empty post); the independent checker judges the plan that results, and
    what it finds broken is the refusal.
    """
    policies.check_act(ACT)
    check_state(run, State.PROPOSED)
    if run.way == Way.GAPS:
        people = list(run.decisions["choices"].get(slot, []))
        if not 0 <= turn < len(people):
            raise FormationChoiceRefused(why="这个岗位没有空缺")
        people[turn] = person
        locked = {row["candidate"] for row in run.decisions.get("locks", [])} | {person}
        choose(run, {slot: people}, locked=locked)
        return
    _replace(run, slot, person, instead)


def _replace(run: FormationRun, slot: str, person: str, instead: str) -> None:
    held, snapshot = _held(run, Way.FULL)
    _check_fits(Directory(snapshot.instance), person, slot)
    inside = {c.id for c in snapshot.instance.candidates}
    plan = [
        (who, where)
        for who, where in queries.plan_of(held).items()
        if who in inside and who not in (person, instead)
    ]
    plan.append((person, slot))
    broken = broken_rules(held, plan)
    if broken:
        raise FormationChoiceRefused(why="；".join(broken))
    locks = [row for row in held.decisions.get("locks", [])
             if row["candidate"] not in (person, instead)]  # fmt: skip
    locks.append({"candidate": person, "slot": slot})
    _keep(held, run, plan=[list(pair) for pair in plan], locks=locks)
    record("formation.replaced", held, facts={"slot": slot})


def broken_rules(run: FormationRun, plan: Sequence[tuple[str, str]]) -> list[str]:
    """Return the rules a plan breaks, found by the independent checker; people are still keys."""
    problem = run.problem["instance"]
    result = {"instance": problem["name"], "objective": 0, "bound": 0, "prices": [],
              "assignments": [{"candidate": who, "slot": slot} for who, slot in plan]}  # fmt: skip
    report = check(problem, result)
    # What the solver claimed of its own plan says nothing of this one.
    return [line for line in report.broken if not line.startswith(_CLAIMS)]


@transaction.atomic
def lock(run: FormationRun, person: str, *, on: bool = True) -> None:
    """Lock a planned person in his post for computing again, or take the lock off."""
    held, _ = _held(run)
    slot = queries.plan_of(held).get(person)
    locks = [row for row in held.decisions.get("locks", []) if row["candidate"] != person]
    if on:
        if slot is None:
            raise FormationChoiceRefused(why="此人不在方案里，不能锁定")
        locks.append({"candidate": person, "slot": slot})
    _keep(held, run, locks=locks)
    record("formation.locked", held, facts={"locks": len(locks)})


@transaction.atomic
def settle(
    run: FormationRun, *, leaving: Mapping[str, str] | None = None,
    staying: Mapping[str, str] | None = None, excluded: Mapping[str, str] | None = None,
    released: Iterable[str] = (),
) -> None:  # fmt: skip
    """Keep what officers know of single people; it counts when the proposal is computed again.

    ``leaving``: member → transfer reason; ``staying``: member who keeps his place whatever the
    rules say → why (needed); ``excluded``: free person not to be proposed → why; ``released``:
    people about whom nothing is said any more.
    """
    policies.check_act(ACT)
    held = FormationRun.objects.select_for_update().fetch(run.pk)
    check_state(held, State.PROPOSED, State.WORKING)
    if held.state == State.WORKING and not is_idle(held):
        raise FormationNotOpen(state=held.get_state_display())
    given = {"leaving": leaving or {}, "staying": staying or {}, "excluded": excluded or {}}
    touched = {who for part in given.values() for who in part} | set(released)
    values: dict[str, Any] = {}
    for name, part in given.items():
        before = held.decisions.get(name, {})
        values[name] = {who: why for who, why in before.items() if who not in touched} | {
            who: _reason(name, why) for who, why in part.items()
        }
    known = held.decisions.get("locks", [])
    values["locks"] = [row for row in known if row["candidate"] not in touched]
    _keep(held, run, **values)
    record("formation.people_settled", held, facts={k: len(v) for k, v in values.items()})


def _reason(name: str, why: str) -> str:
    if name == "leaving":
        return str(Transfer.Reason(why))
    if not why.strip():
        raise FormationChoiceRefused(why="请写明理由")
    return why.strip()[:120]


@transaction.atomic
def note_seen(run: FormationRun, people: Iterable[str]) -> None:
    """Keep that officers know of changed facts and want the plan as it stands."""
    held, _ = _held(run)
    found = staleness(held).people
    seen = {**held.decisions.get("seen", {}), **{p: found[p].mark for p in people if p in found}}
    _keep(held, run, seen=seen)
    record("formation.change_noted", held, facts={"count": len(seen)})


def _held(run: FormationRun, way: str = "") -> tuple[FormationRun, Snapshot]:
    policies.check_act(ACT)
    held = FormationRun.objects.select_for_update().select_related("root").fetch(run.pk)
    check_state(held, State.PROPOSED)
    if way and held.way != way:
        raise FormationChoiceRefused(why="这一步不属于这种编组方式")
    return held, queries.snapshot_of(held)


def _keep(held: FormationRun, run: FormationRun, **values: Any) -> None:
    held.decisions = {**held.decisions, **values}
    held.save(update_fields=["decisions"])
    run.decisions = held.decisions
