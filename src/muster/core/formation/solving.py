"""Solving a formation problem: linear program, whole people, proof."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from muster.core.formation.arcs import Arcs, build_arcs
from muster.core.formation.hands import by_hand
from muster.core.formation.infeasible import refuse_infeasible
from muster.core.formation.model import Directory, Instance
from muster.core.formation.pricing import price_out
from muster.core.formation.problems import FormationCancelled, FormationTimeout
from muster.core.formation.restricted import Relaxed, Restricted, relax, tighten
from muster.core.formation.result import (
    Assignment,
    Result,
    Unfilled,
    list_prices,
    unlist_prices,
    upward,
)
from muster.core.formation.roster import Roster
from muster.core.formation.vacancy import why_empty
from muster.core.formation.whole import Plan, Task, round_units, solve_exactly, widen

Pairs = Sequence[tuple[str, str]]
Progress = Callable[[float, str], None]
_PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class _Run:
    """One call of ``solve``: the clock, who listens, who may stop it."""

    started: float
    time_limit: float
    progress: Progress | None
    cancelled: Callable[[], bool] | None

    def spent(self) -> float:
        """Return seconds since the start."""
        return perf_counter() - self.started

    def left(self, *, share: float = 1.0) -> float:
        """Return the seconds left of a share of the time limit."""
        return share * self.time_limit - self.spent()

    def tell(self, done: float, text: str) -> None:
        """Report progress; refuse when the run was cancelled."""
        if self.cancelled is not None and self.cancelled():
            raise FormationCancelled
        if self.progress is not None:
            self.progress(done, text)


def solve(
    instance: Instance,
    *,
    time_limit: float = 60.0,
    locks: Pairs = (),
    banned: Pairs = (),
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Result:
    """Return the best plan found with a proved bound; small problems are solved exactly.

    ``time_limit`` is in seconds of wall time; it ends the improving, and a first plan may take
    somewhat longer on a large problem. Locks put a candidate into a slot row, bans keep one
    out. Refuses impossible locks, rules that cannot all be kept, a cancelled run, and a time limit
    that ends before any plan exists.
    """
    run = _Run(perf_counter(), time_limit, progress, cancelled)
    run.tell(0.02, "正在核对每人可任的岗位")
    hands = by_hand(instance, locks=locks, banned=banned)
    arcs = build_arcs(instance, locks=hands.locks, banned=hands.banned)
    task = Task(arcs, 20.0 * arcs.most, run.left, cancelled)
    run.tell(0.15, f"共有 {arcs.count} 个可选安排，正在计算")
    state = Restricted(arcs, penalty=task.penalty, cancelled=cancelled)
    relaxed = relax(
        state,
        remaining=lambda: run.left(share=0.7),
        patience=_PATIENCE + 2 * time_limit,
        tell=lambda turn, _: run.tell(min(0.2 + 0.15 * turn, 0.65), f"第 {turn} 轮比较完成"),
    )
    if relaxed is None:
        raise FormationTimeout(seconds=time_limit)
    plan = _whole_plan(task, state, relaxed, run=run)
    run.tell(0.9, "正在核算结果与上界")
    return _answer(instance, arcs=arcs, relaxed=relaxed, plan=plan, run=run, by=(locks, banned))


def _whole_plan(task: Task, state: Restricted, relaxed: Relaxed, *, run: _Run) -> Plan:
    """Return a plan without a broken rule, the exact best where the problem is small."""
    tight = tighten(state, relaxed, time_limit=max(run.left(share=0.85), _PATIENCE))
    run.tell(0.7, "正在确定各分队人选")
    plan = solve_exactly(task, tight) if tight.complete else round_units(task, tight)
    if plan is not None and plan.short > 0 and not tight.complete:
        tight = widen(task, tight, plan=plan)
        plan = round_units(task, tight, free=np.ones(len(task.arcs.units), bool))
    if plan is None:
        raise FormationTimeout(seconds=run.time_limit)
    if plan.short > 0:
        refuse_infeasible(task, tight)
    return plan


def _answer(
    instance: Instance, *, arcs: Arcs, relaxed: Relaxed, plan: Plan, run: _Run,
    by: tuple[Pairs, Pairs],
) -> Result:  # fmt: skip
    """Return the result; the bound is priced again from the rounded prices that are stored."""
    listed = list_prices(instance, arcs=arcs, prices=relaxed.prices)
    bound = price_out(arcs, unlist_prices(instance, arcs=arcs, listed=listed)).bound
    chosen = sorted(zip(plan.columns.slot.tolist(), plan.columns.who.tolist(), strict=True))
    people = instance.candidates
    assignments = tuple(Assignment(people[who].id, arcs.slots[slot].id) for slot, who in chosen)
    upper = upward(max(bound, plan.points))
    return Result(
        instance=instance.name,
        assignments=assignments,
        objective=plan.points,
        bound=upper,
        quality_bound=upper - arcs.fill * len(chosen),
        prices=listed,
        unfilled=_unfilled(instance, arcs, assignments),
        seconds=round(run.spent(), 3),
        optimal=plan.proved or upper - plan.points < 1,
        locks=tuple((who, slot) for who, slot in by[0]),
        banned=tuple((who, slot) for who, slot in by[1]),
    )


def _unfilled(
    instance: Instance, arcs: Arcs, assignments: Sequence[Assignment]
) -> tuple[Unfilled, ...]:
    directory = Directory(instance)
    roster = Roster(directory, ((row.candidate, row.slot) for row in assignments))
    found = []
    for at, slot in enumerate(arcs.slots):
        missing = slot.count - roster.filled[slot.id]
        if missing > 0:
            able = [instance.candidates[who] for who in arcs.who[at].tolist()]
            why = why_empty(directory, roster=roster, slot_id=slot.id, able=able)
            found.append(Unfilled(slot.id, missing, why))
    return tuple(found)
