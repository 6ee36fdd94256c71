"""Formation runs: starting one, computing the proposal, computing it again, dropping it."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from muster.core.formation import Instance
from muster.core.kernel import DivisionCode
from muster.domains.militia import policies
from muster.domains.militia.actions.formation_solver import ask_solver
from muster.domains.militia.models import FormationRun, Unit
from muster.domains.militia.problems_formation import (
    FormationChoiceRefused,
    FormationNotOpen,
    FormationSameDay,
    NothingToForm,
)
from muster.domains.militia.queries import formation as queries
from muster.domains.militia.queries.formation_conditions import terms_of, units_to_form
from muster.domains.militia.queries.formation_problem import Hands, Snapshot, problem_of
from muster.domains.militia.queries.members import roster_on
from muster.ground.jobs import actions as jobs
from muster.ground.jobs.models import Job
from muster.ground.journal.actions import record
from muster.ground.rows.scope import current_actor
from muster.web.templatetags.muster import day as day_words

ACT = "formation.confirm"
JOB = "militia.formation"
TIME_LIMIT = 60.0
Way, State = FormationRun.Way, FormationRun.State
Tell = Callable[[float, str], None]


def quiet(_: float, __: str) -> None:
    """Tell nobody."""


def _refuse_same_day(division: str, on: date) -> None:
    """Refuse a day on or before that of a formation confirmed over the same places."""
    here = DivisionCode(division)
    for run in FormationRun.objects.filter(state=State.CONFIRMED, on__gte=on).order_by("-on"):
        if here.holds(run.division) or DivisionCode(run.division).holds(division):
            raise FormationSameDay(
                day=day_words(run.on), next=day_words(run.on + timedelta(days=1))
            )


@transaction.atomic
def begin(
    *, way: str, on: date, division: str, at: datetime, root: Unit | None = None
) -> FormationRun:
    """Return a new run over the units of a subtree (below ``root``) for a day, not yet computed.

    Refuses a post that may not confirm formations, and a range without posts to fill.
    """
    policies.check_act(ACT)
    units = units_to_form(division=division, root=root, on=on)
    held = Counter(roster_on(on, division=division).values_list("unit", flat=True))
    if not terms_of(units, on=on, members=held):
        raise NothingToForm
    _refuse_same_day(division, on)
    actor = current_actor()
    run = FormationRun.objects.create(
        division=division, way=Way(way), on=on, root=root, asked_at=at,
        asked_by=actor.account if actor else None,
    )  # fmt: skip
    record("formation.begun", run, facts={"way": way, "on": on.isoformat(), "units": len(units)})
    return run  # type: ignore[no-any-return]


@transaction.atomic
def ask(run: FormationRun, *, at: datetime) -> Job:
    """Return the queued work that computes a run."""
    title = f"{run.get_way_display()}（{day_words(run.on)}）"
    job = jobs.ask(JOB, title=title, parameters={"run": str(run.pk)}, at=at, division=run.division)
    run.work = job.pk
    run.save(update_fields=["work"])
    return job


def propose(run: FormationRun, *, tell: Tell = quiet, time_limit: float = TIME_LIMIT) -> None:
    """Compute the proposal of a run and keep problem, answer and proof; all of them or none.

    Locks and other decisions by hand are kept. ``tell`` hears progress and may raise to stop.
    """
    policies.check_act(ACT)
    check_state(run, State.WORKING)
    tell(0.01, "正在汇总人员、岗位和条件")
    snapshot = problem_of(
        division=run.division, root=run.root, on=run.on, hands=Hands.of(run.decisions),
        asked_at=run.asked_at,
    )  # fmt: skip
    order = _order(run, snapshot)
    answer = ask_solver(order, time_limit=time_limit, tell=tell)
    decisions = dict(run.decisions)
    for name in ("plan", "last"):
        decisions.pop(name, None)
    if run.way == Way.GAPS:
        _check_locks(answer, decisions.get("locks", []))
        decisions["choices"] = first_choices(answer)
    decisions["seen"] = {}
    with transaction.atomic():
        held = FormationRun.objects.select_for_update().fetch(run.pk)
        check_state(held, State.WORKING)
        run.problem, run.answer, run.decisions = snapshot.to_json(), answer, decisions
        run.state = State.PROPOSED
        run.save(update_fields=["problem", "answer", "decisions", "state"])
        record("formation.proposed", run, facts={"way": run.way, **_size(snapshot)})


def _order(run: FormationRun, snapshot: Snapshot) -> dict[str, Any]:
    locks = run.decisions.get("locks", [])
    instance = snapshot.instance
    if run.way == Way.GAPS:
        instance = _with_locks(instance, locks)
    known = {c.id for c in instance.candidates}
    banned = [row for row in run.decisions.get("banned", []) if row["candidate"] in known]
    return {"way": run.way, "instance": instance.to_json(), "locks": locks,
            "banned": banned + over_age(instance)}  # fmt: skip


def _with_locks(instance: Instance, locks: list[dict[str, str]]) -> Instance:
    """Return the instance with locked people in their places, so that the gaps are the others."""
    place = {row["candidate"]: row["slot"] for row in locks}
    people = tuple(
        replace(one, member_of=place.get(one.id, one.member_of)) for one in instance.candidates
    )
    return replace(instance, candidates=people)


def _check_locks(answer: dict[str, Any], locks: list[dict[str, str]]) -> None:
    kept = {(who, slot) for who, slot in answer["kept"]}
    for row in locks:
        if (row["candidate"], row["slot"]) not in kept:
            raise FormationChoiceRefused(
                why=f"锁定的人员 {row['candidate']} 已不符合岗位 {row['slot']} 的条件，请先解除锁定"
            )


def over_age(instance: Instance) -> list[dict[str, str]]:
    """Return pairs that the joining age of the rulebook forbids though formation/1 allows them.

    Veterans over the general age may hold only posts that ask for a skill they have (MIL-08).
    """
    found = []
    for unit in instance.units:
        older = [
            one
            for one in instance.candidates
            if one.member_of is None and one.veteran and one.age > unit.age_max
        ]
        found += [
            {"candidate": one.id, "slot": slot.id}
            for slot in unit.slots
            for one in older
            if not (slot.skill and slot.skill in one.skills)
        ]
    return found


def first_choices(answer: dict[str, Any]) -> dict[str, list[str]]:
    """Return slot → the first choice for each of its empty posts, "" where there is nobody."""
    found = {}
    for row in answer["vacancies"]:
        people = [p["candidate"] for p in row["proposals"]][: row["missing"]]
        found[row["slot"]] = people + [""] * (row["missing"] - len(people))
    return found


def _size(snapshot: Snapshot) -> dict[str, int]:
    instance = snapshot.instance
    return {"candidates": len(instance.candidates), "units": len(instance.units)}


@transaction.atomic
def again(run: FormationRun, *, at: datetime) -> Job:
    """Compute a proposal anew with today's facts; locks and decisions by hand are kept."""
    policies.check_act(ACT)
    held = FormationRun.objects.select_for_update().fetch(run.pk)
    if held.state == State.WORKING and not is_idle(held):
        raise FormationNotOpen(state=held.get_state_display())
    if held.state not in (State.PROPOSED, State.WORKING):
        raise FormationNotOpen(state=held.get_state_display())
    held.state = State.WORKING
    held.save(update_fields=["state"])
    run.state = held.state
    record("formation.asked_again", held)
    return ask(run, at=at)


def is_idle(run: FormationRun) -> bool:
    """Return whether no work is computing a run now."""
    work = queries.work_of(run)
    return work is None or work.ended_at is not None or work.state == Job.State.CANCELLED


@transaction.atomic
def drop(run: FormationRun) -> None:
    """Give a proposal up; nothing was written to the roster."""
    policies.check_act(ACT)
    check_state(run, State.WORKING, State.PROPOSED)
    work = queries.work_of(run)
    if work is not None and work.ended_at is None:
        jobs.ask_cancel(work)
    run.state = State.DROPPED
    run.save(update_fields=["state"])
    record("formation.dropped", run)


def check_state(run: FormationRun, *allowed: str) -> None:
    """Refuse an act that does not belong to the step the run is at."""
    if run.state not in allowed:
        raise FormationNotOpen(state=run.get_state_display())
