"""From fractions to people: a small integer program over the unsettled units, exact when small."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from muster.core.formation.arcs import Arcs, Flags
from muster.core.formation.branching import BranchAndBound
from muster.core.formation.highs import Cancelled, solve_whole
from muster.core.formation.restricted import Relaxed, elastic, program
from muster.core.formation.rows import Allowance, Columns, Rows
from muster.core.formation.shares import tight_shares

_WHOLE = 1e-6
_MARGIN = 25.0
_COARSE = 1e-5
_MOST_NODES = 1500
_FIRST_NODES = 150
_GRACE = 3.0


@dataclass(frozen=True, slots=True)
class Plan:
    """Chosen arcs; ``short`` is how much of the demanding rules is still missing (0: none)."""

    columns: Columns
    points: int
    short: float
    proved: bool


@dataclass(frozen=True, slots=True)
class Task:
    """What every integer program of one run shares."""

    arcs: Arcs
    penalty: float
    remaining: Callable[[], float]
    cancelled: Cancelled | None = None


@dataclass(frozen=True, slots=True)
class _Effort:
    """What a search may spend and what it must beat."""

    step: float = 1.0
    nodes: int = 1_000_000
    known: Plan | None = None


def _choose(
    task: Task, columns: Columns, *, settled: Columns, allowance: Allowance | None = None,
    effort: _Effort,
) -> Plan | None:  # fmt: skip
    """Return the best choice among the columns beside what is settled.

    A known plan is returned where nothing better is found. Where our search finds nothing at all,
    the general integer solver is asked.
    """
    rows = Rows(task.arcs, shares=tight_shares(task.arcs), allowance=allowance)
    slack = elastic(rows, penalty=task.penalty)
    whole = program(rows, columns, slack=slack)
    tree = BranchAndBound(
        whole, rows=rows, columns=columns, slack=slack.count, cancelled=task.cancelled
    )
    floor = -np.inf if effort.known is None else _worth(task, effort.known)
    found = tree.run(step=effort.step, most=effort.nodes, remaining=task.remaining, worth=floor)
    values = found.values
    if values is None and effort.known is not None:
        return replace(effort.known, proved=found.finished)
    if values is None:
        values = solve_whole(
            whole, time_limit=max(task.remaining(), _GRACE), cancelled=task.cancelled
        ).values
    if values is None:
        return None
    chosen = Columns.join(settled, columns.take(values[slack.count :] > 0.5))
    short = float(values[: slack.count].sum())
    return Plan(chosen, int(chosen.points.sum()), short, found.finished)


def widen(task: Task, relaxed: Relaxed, *, plan: Plan) -> Relaxed:
    """Return the columns together with all arcs of the units whose demands the plan gives up."""
    arcs, chosen = task.arcs, plan.columns
    unit = arcs.slot_unit[chosen.slot]
    stays = arcs.keeps[chosen.who] & (arcs.people.unit[chosen.who] == unit)
    lacking = np.bincount(unit[stays], minlength=len(arcs.units)) < arcs.keep_need
    lacking[[arcs.slot_unit[slot] for slot in arcs.locked.values()]] = True
    every = Columns.every(arcs)
    new = every.take(lacking[arcs.slot_unit[every.slot]] & ~_inside(every, relaxed.columns))
    nothing = np.zeros(new.count)
    return replace(
        relaxed,
        columns=Columns.join(relaxed.columns, new),
        values=np.concatenate([relaxed.values, nothing]),
        losses=np.concatenate([relaxed.losses, nothing]),
    )


def _inside(columns: Columns, chosen: Columns) -> Flags:
    most = int(max(columns.who.max(initial=0), chosen.who.max(initial=0))) + 1
    return np.isin(columns.slot * most + columns.who, chosen.slot * most + chosen.who)


def _left_over(arcs: Arcs, settled: Columns, free: Flags) -> Allowance:
    """Return caps and keep duties that the free units must still respect."""
    used = np.bincount(arcs.people.village[settled.who], minlength=len(arcs.caps))
    return Allowance(arcs.caps - used, np.where(free, arcs.keep_need, 0).astype(np.int64))


def round_units(task: Task, relaxed: Relaxed, *, free: Flags | None = None) -> Plan | None:
    """Return a whole-number plan: units without a fractional post stay, the others are re-chosen.

    Only columns that cost less than a few points against the linear optimum take part.
    """
    arcs, columns = task.arcs, relaxed.columns
    unit = arcs.slot_unit[columns.slot]
    if free is None:
        broken = np.abs(relaxed.values - np.round(relaxed.values)) > _WHOLE
        free = np.zeros(len(arcs.units), bool)
        free[unit[broken]] = True
    settled = columns.take((relaxed.values > 0.5) & ~free[unit])
    if not free.any():
        return Plan(settled, int(settled.points.sum()), relaxed.short, proved=False)
    member = arcs.keeps[columns.who] & (arcs.people.unit[columns.who] == unit)
    close = (relaxed.losses <= _MARGIN) | member | (relaxed.values > _WHOLE)
    busy = np.zeros(arcs.people.count, bool)
    busy[settled.who] = True
    choice = columns.take(close & free[unit] & ~busy[columns.who])
    allowance = _left_over(arcs, settled, free)
    effort = _Effort(step=max(1.0, _COARSE * abs(relaxed.objective)), nodes=_MOST_NODES)
    plan = _choose(task, choice, settled=settled, allowance=allowance, effort=effort)
    return None if plan is None else replace(plan, proved=False)


def solve_exactly(task: Task, relaxed: Relaxed) -> Plan | None:
    """Return the best plan of all arcs, proved where the time suffices.

    ``relaxed`` holds every arc, so a plan with an arc whose loss is above the margin is worth less
    than the linear optimum by that margin: if the plan found is nearer, it is the best of all.
    """
    nothing = relaxed.columns.take(np.zeros(relaxed.columns.count, bool))
    margin, effort = _MARGIN, _Effort(nodes=_FIRST_NODES)
    while True:
        useful = relaxed.losses <= margin
        plan = _choose(task, relaxed.columns.take(useful), settled=nothing, effort=effort)
        distance = np.inf if plan is None else relaxed.objective - _worth(task, plan)
        enough = bool(useful.all()) or distance < margin + 1 - _WHOLE
        if enough and (plan is None or plan.proved or effort.nodes > _FIRST_NODES):
            return plan
        if task.remaining() <= 0:
            return None if plan is None else replace(plan, proved=False)
        margin, effort = max(distance, _MARGIN), _Effort(known=plan)


def _worth(task: Task, plan: Plan) -> float:
    return plan.points - task.penalty * plan.short
