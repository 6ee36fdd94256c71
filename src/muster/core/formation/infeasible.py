"""Naming the smallest relaxation where the demanding rules cannot all be kept."""

from typing import NoReturn

import numpy as np

from muster.core.formation.highs import solve_whole
from muster.core.formation.problems import FormationInfeasible, FormationTimeout
from muster.core.formation.restricted import Relaxed, elastic, program
from muster.core.formation.roster import SHARE_NAMES
from muster.core.formation.rows import Columns, Rows
from muster.core.formation.shares import KINDS, plain_shares
from muster.core.formation.whole import Task

_GRACE = 10.0


def refuse_infeasible(task: Task, relaxed: Relaxed) -> NoReturn:
    """Refuse, naming the rules that fall short in the plan that gives up the least of them."""
    free = relaxed.columns
    worthless = Columns(free.slot, free.who, np.zeros_like(free.points))
    rows = Rows(task.arcs, shares=plain_shares(task.arcs))
    slack = elastic(rows, penalty=1.0)
    answer = solve_whole(
        program(rows, worthless, slack=slack),
        time_limit=max(task.remaining(), _GRACE),
        cancelled=task.cancelled,
    )
    if answer.values is None or not answer.proved:
        raise FormationTimeout
    short = np.round(answer.values[: slack.count]).astype(int)
    faults = [
        _fault(rows, int(row), int(missing))
        for row, missing in zip(slack.row, short, strict=True)
        if missing > 0
    ]
    if not faults:
        raise FormationTimeout
    raise FormationInfeasible(
        why="；".join(why for why, _, _ in faults),
        mend="；".join(mend for _, mend, _ in faults),
        rules=[fact for _, _, fact in faults],
    )


def _fault(rows: Rows, row: int, missing: int) -> tuple[str, str, dict[str, object]]:
    """Return what falls short, how to relax it, and the same as facts."""
    arcs = rows.arcs
    found = np.flatnonzero(rows.keep == row)
    if len(found):
        unit = int(found[0])
        members = int((arcs.keeps & (arcs.people.unit == unit)).sum())
        need = int(arcs.keep_need[unit])
        percent = 100 * (need - missing) // members
        name = arcs.units[unit].id
        return (
            f"{name} 应留用 {need} 名现有成员，最多只能留 {need - missing} 名",
            f"把 {name} 的留用比例由 {arcs.units[unit].keep_min_pct}% 降到 {percent}%",
            {"rule": "keep_min_pct", "unit": name, "missing": missing, "percent": percent},
        )
    for kind, number in zip(KINDS, rows.shares.number, strict=True):
        for at, _ in np.argwhere((number >= 0) & (rows.first_share + number == row)).tolist():
            name = arcs.units[at].id
            return (
                f"锁定后 {name} 的{SHARE_NAMES[kind]}比例达不到要求，还差 {missing} 名",
                f"解除 {name} 中 {missing} 名不属于{SHARE_NAMES[kind]}的锁定",
                {"rule": f"{kind}_min_pct", "unit": name, "missing": missing},
            )
    raise ValueError(f"row {row} has no slack")
