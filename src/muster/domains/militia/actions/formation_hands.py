"""What officers change in a proposal: choices, locks, replacements, who stays or goes anyway."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction

from muster.core.formation.model import Directory
from muster.domains.militia import policies
from muster.domains.militia.actions.formation import ACT, State, Way, check_state, is_idle, over_age
from muster.domains.militia.actions.formation_following import (
    Choices,
    broken_rules,
    limits_broken,
    new_in,
    settle_all,
)
from muster.domains.militia.models import FormationRun, Transfer
from muster.domains.militia.problems_formation import FormationChoiceRefused, FormationNotOpen
from muster.domains.militia.queries import formation as queries
from muster.domains.militia.queries.formation_aftermath import moves
from muster.domains.militia.queries.formation_problem import Snapshot, obstacles_to
from muster.domains.militia.queries.formation_stale import staleness
from muster.ground.journal.actions import record


@transaction.atomic
def choose(run: FormationRun, choices: Choices, *, locked: Iterable[str] = ()) -> None:
    """Keep who is chosen for the empty posts of 补缺: slot → one person or "" for each post.

    Who stood proposed for another post is taken from there, and that post gets its next proposal.
    A member who is replaced by somebody else moves to a post left free that he fits, if there is
    one. What changed besides the choice is kept, to be said and to be taken back.
    ``locked``: those that computing again must keep. Refuses somebody chosen twice or who keeps
    a place already, somebody who may not take the post, and unknown posts.
    """
    held, snapshot = _held(run, Way.GAPS)
    before = held.decisions["choices"]
    plan = queries.plan_of(held)
    given = {**before, **{slot: list(who) for slot, who in choices.items()}}
    whole = settle_all(held, snapshot, given)
    _check_choices(held, snapshot, whole)
    chosen = {who: slot for slot, people in whole.items() for who in people if who}
    kept = {who for who, _ in held.answer["kept"]}
    locks = [row for row in held.decisions.get("locks", []) if row["candidate"] in kept]
    locks += [{"candidate": who, "slot": chosen[who]} for who in locked if who in chosen]
    kept_before = {name: held.decisions.get(name, []) for name in ("choices", "locks")}
    _keep(held, run, choices=whole, locks=locks)
    _note_last(held, run, kept_before, plan, asked=new_in(before, given))
    record("formation.chosen", held, facts={"posts": len(choices), "locks": len(locks)})


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
    new = set(limits_broken(run, whole)) - set(limits_broken(run, run.decisions["choices"]))
    if new:
        raise FormationChoiceRefused(why="；".join(sorted(new)))


def _check_fits(directory: Directory, who: str, slot: str) -> None:
    if who not in directory.candidates or slot not in directory.slots:
        raise FormationChoiceRefused(why="此人或这个岗位不在本次编组范围内")
    found = [r["text"] for r in obstacles_to(directory, directory.candidates[who], slot)]
    if (who, slot) in {(row["candidate"], row["slot"]) for row in over_age(directory.instance)}:
        found.append("入队年龄超过规定，只能编入对口的专业岗位")
    if found:
        raise FormationChoiceRefused(why="；".join(found))


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
    whole = queries.plan_of(held)
    kept_before = {"plan": held.decisions.get("plan"), "locks": held.decisions.get("locks", [])}
    _keep(held, run, plan=[list(pair) for pair in plan], locks=locks)
    _note_last(held, run, kept_before, whole, asked=[person])
    record("formation.replaced", held, facts={"slot": slot})


def _note_last(
    held: FormationRun, run: FormationRun, before: Mapping[str, Any], plan: Mapping[str, str], *,
    asked: Sequence[str],
) -> None:  # fmt: skip
    """Keep what a choice changed in the plan and what to restore; saving without change keeps it."""
    moved = moves(plan, queries.plan_of(held))
    if moved:
        _keep(held, run, last={"before": dict(before), "moves": moved, "asked": list(asked)})


@transaction.atomic
def take_back(run: FormationRun) -> None:
    """Restore choices and locks as they stood before the last choice by hand; refuse without one."""
    held, _ = _held(run)
    last = held.decisions.get("last")
    if not last:
        raise FormationChoiceRefused(why="没有可以撤回的改选")
    held.decisions = {k: v for k, v in held.decisions.items() if k != "last"}
    if last["before"].get("plan", ()) is None:
        held.decisions.pop("plan", None)
    _keep(held, run, **{k: v for k, v in last["before"].items() if v is not None})
    record("formation.choice_taken_back", held, facts={"people": len(last["moves"])})


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
    _keep(held, run, locks=locks, last={})
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
