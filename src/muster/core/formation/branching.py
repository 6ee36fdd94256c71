"""Branch and bound over the tight linear program, on whole-number counts before single people.

Near the optimum many people are interchangeable, so branching on one of them moves nothing. The
number of posts filled, of veterans, of party members, of skill holders in a unit or a slot row
moves the bound at once. Every step re-solves from the last basis.
"""

from collections.abc import Callable
from dataclasses import dataclass
from heapq import heappop, heappush

import numpy as np

from muster.core.formation.arcs import Floats, Ints
from muster.core.formation.highs import Cancelled, GrowingLp, LpAnswer, Program, Sparse
from muster.core.formation.rows import Columns, Rows

_WHOLE = 1e-6
_FRACTION = 1e-5
_FREE = 1e7
_DEAD_END = 50.0
_AT_LEAST = 250
_GRACE = 5.0


@dataclass(frozen=True, slots=True)
class Search:
    """How far the search went: best values (None: none), their worth, and whether it is finished."""

    values: Floats | None
    objective: float
    finished: bool
    nodes: int


@dataclass(frozen=True, slots=True)
class _Change:
    """One decision: a count row or a column kept within new limits; ``part`` is what it cuts off."""

    row: bool
    at: int
    lower: float
    upper: float
    part: float

    @property
    def key(self) -> tuple[bool, int, bool]:
        """Return what was branched on and to which side."""
        return self.row, self.at, self.upper < np.inf


@dataclass(frozen=True, slots=True)
class _Node:
    changes: tuple[_Change, ...]
    parent: float


class _Experience:
    """What branching on each count or column has cost so far, per unit cut off (pseudo-costs)."""

    def __init__(self) -> None:
        self._sums: dict[tuple[bool, int, bool], tuple[float, int]] = {}
        self._all = (1.0, 1)

    def note(self, node: _Node, answer: LpAnswer | None) -> None:
        """Remember what the last decision of the node cost."""
        if not node.changes:
            return
        change = node.changes[-1]
        loss = _DEAD_END if answer is None else max(node.parent - answer.objective, 0.0)
        total, times = self._sums.get(change.key, (0.0, 0))
        self._sums[change.key] = (total + loss / change.part, times + 1)
        self._all = (self._all[0] + loss / change.part, self._all[1] + 1)

    def score(self, row: bool, at: int, part: float) -> float:  # noqa: FBT001 - part of the key
        """Return how much branching here promises; both sides count."""
        return self._side((row, at, True), part) * self._side((row, at, False), 1 - part)

    def _side(self, key: tuple[bool, int, bool], part: float) -> float:
        total, times = self._sums.get(key, (0.0, 0))
        mean = self._all[0] / self._all[1]
        return max((total + mean) / (times + 1) * part, 1e-3)


def counts(rows: Rows, columns: Columns) -> tuple[Sparse, int]:
    """Return rows that count people of a kind, per unit and per slot row, and how many there are."""
    arcs, people = rows.arcs, rows.arcs.people
    unit = arcs.slot_unit[columns.slot].astype(np.int64)
    veteran, party, holds = rows.flags(columns)
    stays = arcs.keeps[columns.who] & (people.unit[columns.who] == unit)
    skilled = np.array([slot.skill is not None for slot in arcs.slots], bool)[columns.slot]
    everyone = np.ones(columns.count, bool)
    of_unit = (everyone, veteran, party, veteran & party, skilled, holds, stays)
    of_slot = (everyone, veteran, party)
    number: list[Ints] = []
    member: list[Ints] = []
    at = np.arange(columns.count)
    for kind, flag in enumerate(of_unit):
        number.append(unit[flag] * len(of_unit) + kind)
        member.append(at[flag])
    first = len(arcs.units) * len(of_unit)
    for kind, flag in enumerate(of_slot):
        number.append(first + columns.slot[flag] * len(of_slot) + kind)
        member.append(at[flag])
    keys, row = np.unique(np.concatenate(number), return_inverse=True)
    order = np.argsort(row, kind="stable")
    starts = np.searchsorted(row[order], np.arange(len(keys) + 1))
    index = np.concatenate(member)[order]
    return Sparse(starts, index, np.ones(len(index))), len(keys)


class BranchAndBound:
    """Searches depth first; the program's first ``slack`` columns are elastic."""

    def __init__(self, program: Program, *, rows: Rows, columns: Columns, slack: int,
                 cancelled: Cancelled | None) -> None:  # fmt: skip
        """Load the program with the counting rows, free at first."""
        self._entries, self._count = counts(rows, columns)
        self._owner = np.repeat(np.arange(self._count), np.diff(self._entries.starts))
        self._first_row = len(program.row_lower)
        self._slack = slack
        self._program = program
        self._lp = GrowingLp(program, cancelled=cancelled)
        shifted = Sparse(self._entries.starts, self._entries.index + slack, self._entries.value)
        self._lp.add_rows(np.full(self._count, _FREE), shifted)
        self._now: dict[tuple[bool, int], tuple[float, float]] = {}

    def run(
        self, *, step: float, most: int, remaining: Callable[[], float], worth: float = -np.inf
    ) -> Search:
        """Return the best whole answer above ``worth``; branches that cannot gain ``step`` are cut.

        Each fraction is followed down to an end, then the most promising open branch is next.
        Without an answer that keeps every demanding rule it goes on a little beyond the time.
        """
        best: Floats | None = None
        nodes, experience = 0, _Experience()
        heap: list[tuple[float, int, _Node]] = [(-np.inf, 0, _Node((), np.inf))]
        node: _Node | None = None
        wanting = worth == -np.inf
        while nodes < most and (remaining() > 0 or (wanting and nodes < _AT_LEAST)):
            if node is None:
                if not heap or -heap[0][0] < worth + step - _WHOLE:
                    return Search(best, worth, finished=True, nodes=nodes)
                node = heappop(heap)[2]
            nodes += 1
            self._move(node)
            answer = self._lp.solve(time_limit=max(remaining(), _GRACE))
            experience.note(node, answer)
            below = answer is None or answer.objective < worth + step - _WHOLE
            choice = None if answer is None or below else self._fraction(answer, experience)
            if answer is not None and not below and choice is None:
                best, worth = np.round(answer.values), float(round(answer.objective))
                wanting = bool(best[: self._slack].any())
            if answer is None or choice is None:
                node = None
                continue
            other, node = self._children(node, answer, choice)
            heappush(heap, (-other.parent, nodes, other))
        return Search(best, worth, finished=False, nodes=nodes)

    def _fraction(
        self, answer: LpAnswer, experience: _Experience
    ) -> tuple[bool, int, float] | None:
        """Return the most promising fractional count, else column, else None."""
        weights = answer.values[self._slack + self._entries.index]
        sums = np.bincount(self._owner, weights=weights, minlength=self._count).astype(float)
        tables: tuple[tuple[bool, Floats], ...] = ((True, sums), (False, answer.values))
        for row, found in tables:
            broken = np.flatnonzero(np.abs(found - np.round(found)) > _FRACTION)
            if len(broken):
                parts = (found[broken] - np.floor(found[broken])).tolist()
                places = zip(broken.tolist(), parts, strict=True)
                scores = [experience.score(row, at, part) for at, part in places]
                at = int(broken[int(np.argmax(scores))])
                return row, at, float(found[at])
        return None

    def _children(
        self, node: _Node, answer: LpAnswer, choice: tuple[bool, int, float]
    ) -> tuple[_Node, _Node]:
        """Return both sides; the second, nearer to the fraction, is searched first."""
        row, at, value = choice
        part = value - float(np.floor(value))
        down = _Change(row, at, -np.inf, float(np.floor(value)), part)
        up = _Change(row, at, float(np.ceil(value)), np.inf, 1 - part)
        first, second = (down, up) if part >= 0.5 or not row else (up, down)
        changes, worth = node.changes, answer.objective
        return _Node((*changes, first), worth), _Node((*changes, second), worth)

    def _move(self, node: _Node) -> None:
        """Set the limits of the node, changing only what differs from the last one."""
        wanted: dict[tuple[bool, int], tuple[float, float]] = {}
        for change in node.changes:
            key = (change.row, change.at)
            low, high = wanted.get(key, self._natural(key))
            wanted[key] = (max(low, change.lower), min(high, change.upper))
        for key in [*self._now, *wanted]:
            limits = wanted.get(key, self._natural(key))
            if self._now.get(key) != limits:
                self._limit(key, limits)
        self._now = wanted

    def _natural(self, key: tuple[bool, int]) -> tuple[float, float]:
        row, at = key
        if row:
            return -np.inf, _FREE
        return float(self._program.lower[at]), float(self._program.upper[at])

    def _limit(self, key: tuple[bool, int], limits: tuple[float, float]) -> None:
        low, high = np.array([limits[0]]), np.array([limits[1]])
        if key[0]:
            self._lp.bound_rows(np.array([self._first_row + key[1]]), low, high)
        else:
            self._lp.bound_columns(np.array([key[1]]), low, high)
