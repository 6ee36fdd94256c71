"""The only module that imports HiGHS: a growing linear program and a one-shot integer program."""

from collections.abc import Callable
from dataclasses import dataclass

import highspy
import numpy as np

from muster.core.formation.arcs import Floats, Ints
from muster.core.formation.problems import FormationCancelled

Cancelled = Callable[[], bool]
_DUAL = 1
_NO_ANSWER = (highspy.HighsModelStatus.kTimeLimit, highspy.HighsModelStatus.kInfeasible)


@dataclass(frozen=True, slots=True)
class Sparse:
    """Entries of columns (or rows): ``starts`` has one more element than there are columns."""

    starts: Ints
    index: Ints
    value: Floats


@dataclass(frozen=True, slots=True)
class Program:
    """Maximise ``cost``·x within bounds and rows."""

    cost: Floats
    lower: Floats
    upper: Floats
    row_lower: Floats
    row_upper: Floats
    entries: Sparse


@dataclass(frozen=True, slots=True)
class LpAnswer:
    """Optimal values, the worth of each row's right-hand side, what forcing a column in costs."""

    values: Floats
    prices: Floats
    losses: Floats
    objective: float


@dataclass(frozen=True, slots=True)
class MipAnswer:
    """The best whole-number answer; ``values`` is None when none was found."""

    values: Floats | None
    objective: float
    bound: float
    proved: bool


def _solver(*, cancelled: Cancelled | None) -> highspy.Highs:
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, value in (
        ("output_flag", False),
        ("threads", 1),
        ("parallel", "off"),
        ("random_seed", 0),
    ):
        solver.setOptionValue(option, value)
    if cancelled is not None:
        _listen(solver, cancelled)
    return solver


def _listen(solver: highspy.Highs, cancelled: Cancelled) -> None:
    """Ask ``cancelled`` now and then while HiGHS works; asking at each iteration would be slow."""
    calls = [0]

    def ask(event: highspy.HighsCallbackEvent) -> None:
        calls[0] += 1
        if calls[0] % 256 == 1 and cancelled():
            event.interrupt()

    solver.cbSimplexInterrupt += ask
    solver.cbMipInterrupt += ask


def _pass(solver: highspy.Highs, program: Program, *, whole: bool) -> None:
    lp = highspy.HighsLp()
    lp.num_col_ = len(program.cost)
    lp.num_row_ = len(program.row_lower)
    lp.col_cost_ = -program.cost
    lp.col_lower_ = program.lower
    lp.col_upper_ = program.upper
    lp.row_lower_ = program.row_lower
    lp.row_upper_ = program.row_upper
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = program.entries.starts
    lp.a_matrix_.index_ = program.entries.index
    lp.a_matrix_.value_ = program.entries.value
    if whole:
        lp.integrality_ = [highspy.HighsVarType.kInteger] * len(program.cost)
    solver.passModel(lp)


class GrowingLp:
    """A linear program kept in HiGHS, re-solved from its last basis after it has grown."""

    def __init__(self, program: Program, *, cancelled: Cancelled | None = None) -> None:
        """Load the program."""
        self._cancelled = cancelled
        self._solver = _solver(cancelled=cancelled)
        self._solver.setOptionValue("presolve", "off")
        self._solver.setOptionValue("solver", "simplex")
        # After columns are added the dual method was 4 times faster than the primal one.
        self._solver.setOptionValue("simplex_strategy", _DUAL)
        _pass(self._solver, program, whole=False)

    def add_rows(self, limits: Floats, entries: Sparse) -> None:
        """Append rows (at most the limit) over the present columns; the basis stays dual feasible."""
        if len(limits):
            self._solver.addRows(
                len(limits), np.full(len(limits), -np.inf), limits, len(entries.index),
                entries.starts[:-1].astype(np.int32), entries.index.astype(np.int32), entries.value,
            )  # fmt: skip

    def add_columns(self, cost: Floats, upper: Floats, entries: Sparse) -> None:
        """Append columns with lower bound 0 over the present rows; the next run starts warm."""
        self._solver.addCols(
            len(cost), -cost, np.zeros(len(cost)), upper, len(entries.index),
            entries.starts[:-1].astype(np.int32), entries.index.astype(np.int32), entries.value,
        )  # fmt: skip

    def bound_rows(self, rows: Ints, lower: Floats, upper: Floats) -> None:
        """Change the limits of rows; the basis stays dual feasible."""
        for row, low, high in zip(rows.tolist(), lower.tolist(), upper.tolist(), strict=True):
            self._solver.changeRowBounds(row, low, high)

    def bound_columns(self, columns: Ints, lower: Floats, upper: Floats) -> None:
        """Change the limits of columns; the basis stays dual feasible."""
        self._solver.changeColsBounds(len(columns), columns.astype(np.int32), lower, upper)

    def solve(self, *, time_limit: float) -> LpAnswer | None:
        """Return the optimum, or None when the time ran out first or nothing is feasible."""
        if self._cancelled is not None and self._cancelled():
            raise FormationCancelled
        self._solver.setOptionValue("time_limit", self._solver.getRunTime() + max(time_limit, 0.01))
        self._solver.run()
        status = self._solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInterrupt:
            raise FormationCancelled
        if status == highspy.HighsModelStatus.kModelEmpty:
            nothing = np.zeros(0)
            return LpAnswer(nothing, np.zeros(self._solver.getNumRow()), nothing, 0.0)
        if status != highspy.HighsModelStatus.kOptimal:
            if status in _NO_ANSWER:
                return None
            raise ValueError(f"HiGHS ended with {status}")
        solution = self._solver.getSolution()
        return LpAnswer(
            values=np.array(solution.col_value),
            prices=-np.array(solution.row_dual),
            losses=np.maximum(np.array(solution.col_dual), 0.0),
            objective=-self._solver.getObjectiveValue(),
        )


def solve_whole(
    program: Program,
    *,
    time_limit: float,
    start: Floats | None = None,
    relative_gap: float = 0.0,
    cancelled: Cancelled | None = None,
) -> MipAnswer:
    """Return the best whole-number answer; costs must be whole, so a gap below 1 proves it.

    ``start`` is a known answer (it saves the search for a first one).
    """
    solver = _solver(cancelled=cancelled)
    for option, value in (
        ("time_limit", max(time_limit, 0.05)),
        ("mip_rel_gap", relative_gap),
        ("mip_abs_gap", 0.999),
    ):
        solver.setOptionValue(option, value)
    _pass(solver, program, whole=True)
    if start is not None:
        known = highspy.HighsSolution()
        known.col_value = start
        solver.setSolution(known)
    solver.run()
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kInterrupt:
        raise FormationCancelled
    info = solver.getInfo()
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return MipAnswer(None, -np.inf, np.inf, proved=False)
    return MipAnswer(
        values=np.round(np.array(solver.getSolution().col_value)),
        objective=-info.objective_function_value,
        bound=-info.mip_dual_bound,
        proved=status == highspy.HighsModelStatus.kOptimal,
    )
