"""From fractions to people: a small integer program over the unsettled units, exact when small."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from muster.core.formation.arcs import Arcs, Flags, Ints
from muster.core.formation.highs import Cancelled, MipAnswer, solve_whole
from muster.core.formation.restricted import Relaxed, elastic, program
from muster.core.formation.rows import Allowance, Columns, Rows
from muster.core.formation.shares import tight_shares

_WHOLE = 1e-6
_MARGIN = 25.0
EXACT_BELOW = 12_000


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


def _plan(
    task: Task, settled: Columns, free: Columns, answer: MipAnswer, slack: int
) -> Plan | None:
    if answer.values is None:
        return None
    chosen = Columns.join(settled, free.take(answer.values[slack:] > 0.5))
    short = float(answer.values[:slack].sum())
    return Plan(chosen, int(chosen.points.sum()), short, answer.proved)


def _choose(
    task: Task, columns: Columns, *, settled: Columns, allowance: Allowance | None = None,
    start: Plan | None = None, relative_gap: float = 0.0,
) -> Plan | None:  # fmt: skip
    """Return the best choice among the columns beside what is settled."""
    rows = Rows(task.arcs, shares=tight_shares(task.arcs), allowance=allowance)
    slack = elastic(rows, penalty=task.penalty)
    whole = program(rows, columns, slack=slack)
    known = None
    if start is not None and start.short == 0:
        taken = set(zip(start.columns.slot.tolist(), start.columns.who.tolist(), strict=True))
        pairs = zip(columns.slot.tolist(), columns.who.tolist(), strict=True)
        known = np.array([0.0] * slack.count + [float(pair in taken) for pair in pairs])
    answer = solve_whole(
        whole, time_limit=task.remaining(), start=known, relative_gap=relative_gap,
        cancelled=task.cancelled,
    )  # fmt: skip
    return _plan(task, settled, columns, answer, slack.count)


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
    return _choose(task, choice, settled=settled, allowance=allowance, relative_gap=1e-5)


def solve_exactly(task: Task, relaxed: Relaxed, *, plan: Plan | None) -> Plan | None:
    """Return the best plan of all arcs, proved where the time suffices.

    ``relaxed`` holds every arc, so an arc whose loss exceeds the distance to the known plan cannot
    be part of a better one and is left out.
    """
    nothing = relaxed.columns.take(np.zeros(relaxed.columns.count, bool))
    if plan is None or plan.short > 0:
        return _choose(task, relaxed.columns, settled=nothing)
    room = relaxed.objective - plan.points
    if room < 1 - _WHOLE:
        return Plan(plan.columns, plan.points, 0.0, proved=True)
    in_plan = _inside(relaxed.columns, plan.columns)
    useful = (relaxed.losses <= room - 1 + 1e-4) | in_plan
    better = _choose(task, relaxed.columns.take(useful), settled=nothing, start=plan)
    return better if better is not None and better.short == 0 else plan


def _inside(columns: Columns, chosen: Columns) -> Flags:
    most = int(max(columns.who.max(initial=0), chosen.who.max(initial=0))) + 1
    keys: Ints = columns.slot * most + columns.who
    return np.isin(keys, chosen.slot * most + chosen.who)
