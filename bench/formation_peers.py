"""Peers of the formation solver: a plain integer program over all arcs, and plain assignment."""

from typing import Any

import highspy
import numpy as np
from scipy.optimize import linear_sum_assignment

from bench.formation_plain import Plain

Row = dict[str, Any]


def highs_mip(plain: Plain, *, time_limit: float) -> list[Row] | None:
    """Return the assignments of HiGHS on the whole model, to a gap of 0.01 %; None if none."""
    model = highspy.Highs()
    model.silent()
    model.setOptionValue("threads", 1)
    model.setOptionValue("time_limit", time_limit)
    model.setOptionValue("mip_rel_gap", 1e-4)
    _load(model, plain)
    model.run()
    if model.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return None
    values = np.array(model.getSolution().col_value)
    return [
        {"candidate": who, "slot": slot}
        for (who, slot), value in zip(plain.pairs, values, strict=True)
        if value > 0.5
    ]


def _load(model: highspy.Highs, plain: Plain) -> None:
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(plain.pairs), len(plain.limits)
    lp.col_cost_ = -np.array(plain.points, float)
    lp.col_lower_ = np.zeros(len(plain.pairs))
    lp.col_upper_ = np.ones(len(plain.pairs))
    lp.row_lower_ = np.full(len(plain.limits), -np.inf)
    lp.row_upper_ = np.array(plain.limits, float)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = np.array(plain.starts)
    lp.a_matrix_.index_ = np.array(plain.index)
    lp.a_matrix_.value_ = np.array(plain.value, float)
    lp.integrality_ = [highspy.HighsVarType.kInteger] * len(plain.pairs)
    model.passModel(lp)


def assignment(instance: Row, *, plain: Plain) -> list[Row]:
    """Return the best plain assignment (scipy), which knows no rule between people."""
    people = {row["id"]: at for at, row in enumerate(instance["candidates"])}
    first: dict[Any, int] = {}
    counts: dict[Any, int] = {}
    posts: list[Any] = []
    for unit in instance["units"]:
        for slot in unit["slots"]:
            first[slot["id"]], counts[slot["id"]] = len(posts), slot["count"]
            posts += [slot["id"]] * slot["count"]
    worth = np.zeros((len(posts), len(people)), np.float32)
    for (who, slot), points in zip(plain.pairs, plain.points, strict=True):
        worth[first[slot] : first[slot] + counts[slot], people[who]] = points
    rows, columns = linear_sum_assignment(worth, maximize=True)
    names = list(people)
    return [
        {"candidate": names[column], "slot": posts[row]}
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
        if worth[row, column] > 0
    ]
