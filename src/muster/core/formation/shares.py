"""Share rules of a unit (veterans, party members, matching skills) as linear rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from muster.core.formation.arcs import NONE, Arcs, Floats, Ints

KINDS = ("veteran", "party", "skill")


@dataclass(frozen=True, slots=True)
class ShareRows:
    """Rows Σ (gain·flag − cost)·x ≥ floor; arrays are [kind][unit, row], row number -1: none.

    ``flag`` is: veteran, party member, or holder of the slot's skill; the skill kind counts only
    posts of slots that name a skill.
    """

    number: tuple[Ints, ...]
    gain: tuple[Floats, ...]
    cost: tuple[Floats, ...]
    floor: tuple[Floats, ...]
    total: int


def _percentages(arcs: Arcs, kind: str) -> list[int]:
    return [getattr(unit, f"{kind}_min_pct") for unit in arcs.units]


def _table(per_unit: Sequence[Sequence[tuple[float, float, float]]], first: int) -> tuple[
    Ints, Floats, Floats, Floats, int
]:  # fmt: skip
    """Return number, gain, cost and floor tables of one kind, and the next free row number."""
    width = max((len(rows) for rows in per_unit), default=0)
    number = np.full((len(per_unit), width), NONE, np.int64)
    gain, cost, floor = (np.zeros((len(per_unit), width)) for _ in range(3))
    for unit, rows in enumerate(per_unit):
        for at, row in enumerate(rows):
            number[unit, at] = first
            gain[unit, at], cost[unit, at], floor[unit, at] = row
            first += 1
    return number, gain, cost, floor, first


def _collect(kinds: Sequence[Sequence[Sequence[tuple[float, float, float]]]]) -> ShareRows:
    tables = []
    total = 0
    for per_unit in kinds:
        *table, total = _table(per_unit, total)
        tables.append(table)
    number, gain, cost, floor = (tuple(column) for column in zip(*tables, strict=True))
    return ShareRows(number, gain, cost, floor, total)


def plain_shares(arcs: Arcs) -> ShareRows:
    """Return the rules as they are written: 100·flag − percentage, summed, is at least 0."""
    return _collect(
        [[[(100, pct, 0)] if pct else [] for pct in _percentages(arcs, kind)] for kind in KINDS]
    )


def tight_shares(arcs: Arcs) -> ShareRows:
    """Return rows that cut off more fractions than the plain rules and no whole-number plan.

    With n posts filled at least ⌈percentage·n / 100⌉ must carry the flag; the rows are the lower
    convex hull of these points for n from 0 to the unit's posts.
    """
    posts = {kind: [0] * len(arcs.units) for kind in KINDS}
    for slot, unit in zip(arcs.slots, arcs.slot_unit, strict=True):
        posts["veteran"][unit] += slot.count
        posts["party"][unit] += slot.count
        posts["skill"][unit] += slot.count if slot.skill is not None else 0
    return _collect(
        [
            [hull_rows(pct, most=most) for pct, most in zip(_percentages(arcs, kind), posts[kind], strict=True)]
            for kind in KINDS
        ]
    )  # fmt: skip


def hull_rows(percent: int, *, most: int) -> list[tuple[float, float, float]]:
    """Return (gain, cost, floor) of each edge under the points (n, ⌈percent·n/100⌉), n ≤ most."""
    if not percent or not most:
        return []
    hull: list[tuple[int, int]] = []
    for n in range(most + 1):
        point = (n, -(-percent * n // 100))
        while len(hull) > 1 and _bends_down(hull[-2], hull[-1], point):
            hull.pop()
        hull.append(point)
    return [
        (x2 - x1, y2 - y1, y1 * (x2 - x1) - x1 * (y2 - y1))
        for (x1, y1), (x2, y2) in pairwise(hull)
        if y2 > y1
    ]


def _bends_down(first: tuple[int, int], middle: tuple[int, int], last: tuple[int, int]) -> bool:
    """Return whether the middle point lies on or above the line through its neighbours."""
    (x1, y1), (x2, y2), (x3, y3) = first, middle, last
    return (y2 - y1) * (x3 - x1) >= (y3 - y1) * (x2 - x1)
