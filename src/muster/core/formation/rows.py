"""Rows of the linear program: numbering, and the entries of any set of columns in them."""

from dataclasses import dataclass

import numpy as np

from muster.core.formation.arcs import NONE, Arcs, Flags, Floats, Ints
from muster.core.formation.highs import Sparse
from muster.core.formation.shares import KINDS, ShareRows


@dataclass(frozen=True, slots=True)
class Columns:
    """Chosen arcs: slot row, candidate and points of each."""

    slot: Ints
    who: Ints
    points: Ints

    @property
    def count(self) -> int:
        """Return how many there are."""
        return len(self.slot)

    def take(self, chosen: Flags | Ints) -> "Columns":
        """Return the chosen ones."""
        return Columns(self.slot[chosen], self.who[chosen], self.points[chosen])

    @classmethod
    def join(cls, *parts: "Columns") -> "Columns":
        """Return all of them in order."""
        return cls(
            np.concatenate([part.slot for part in parts]),
            np.concatenate([part.who for part in parts]),
            np.concatenate([part.points for part in parts]),
        )

    @classmethod
    def every(cls, arcs: Arcs) -> "Columns":
        """Return all arcs as columns."""
        sizes = [len(who) for who in arcs.who]
        empty = [np.zeros(0, np.int64)]
        return cls(
            np.repeat(np.arange(len(sizes)), sizes),
            np.concatenate([*arcs.who, *empty]).astype(np.int64),
            np.concatenate([*arcs.points, *empty]).astype(np.int64),
        )


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is still free where some units are already settled: caps, units, keep duties."""

    caps: Floats
    keep_need: Ints


class Rows:
    """Row numbers of one program. Every row reads Σ coefficient·x ≤ limit.

    Candidate and employer rows are numbered when they are needed.
    """

    def __init__(
        self, arcs: Arcs, *, shares: ShareRows, allowance: Allowance | None = None
    ) -> None:
        """Give numbers to the rows that are always there."""
        self.arcs, self.shares = arcs, shares
        self.allowance = allowance or Allowance(arcs.caps, arcs.keep_need.astype(np.int64))
        next_row = len(arcs.slots)
        capped = np.isfinite(self.allowance.caps)
        self.village = np.where(capped, next_row + np.cumsum(capped) - 1, NONE)
        next_row += int(capped.sum())
        self.first_share = next_row
        next_row += shares.total
        keeping = self.allowance.keep_need > 0
        self.keep = np.where(keeping, next_row + np.cumsum(keeping) - 1, NONE)
        self.fixed = next_row + int(keeping.sum())
        self.count = self.fixed
        self.candidate = np.full(arcs.people.count, NONE, np.int64)
        self.employer: dict[int, int] = {}
        self._employer_keys = np.zeros(0, np.int64)
        self._employer_rows = np.zeros(0, np.int64)
        limits = [NONE if unit.employer_max is None else unit.employer_max for unit in arcs.units]
        self.employer_max = np.array(limits, np.int64)
        self._base = int(arcs.people.employer.max(initial=0)) + 1

    def limits(self) -> Floats:
        """Return the right-hand sides of the rows that are always there."""
        limits = np.zeros(self.fixed)
        limits[: len(self.arcs.slots)] = self.arcs.room
        capped = self.village >= 0
        limits[self.village[capped]] = self.allowance.caps[capped]
        for number, floor in zip(self.shares.number, self.shares.floor, strict=True):
            real = number >= 0
            limits[self.first_share + number[real]] = -floor[real]
        keeping = self.keep >= 0
        limits[self.keep[keeping]] = -self.allowance.keep_need[keeping]
        return limits

    def employer_key(self, columns: Columns) -> Ints:
        """Return unit and employer as one number; -1 where the rule does not apply."""
        unit = self.arcs.slot_unit[columns.slot].astype(np.int64)
        employer = self.arcs.people.employer[columns.who].astype(np.int64)
        applies = (employer >= 0) & (self.employer_max[unit] >= 0)
        return np.where(applies, unit * self._base + employer, NONE)

    def employer_of(self, key: int) -> tuple[int, int]:
        """Return unit and employer of a key."""
        return divmod(key, self._base)

    def number_new(self, columns: Columns) -> tuple[Ints, Ints]:
        """Give numbers to the candidate and employer rows that these columns need; return them.

        A candidate with one column and an employer with few columns cannot break their rule.
        """
        people = np.bincount(columns.who, minlength=len(self.candidate))
        fresh = np.flatnonzero((people > 1) & (self.candidate < 0))
        self.candidate[fresh] = self.count + np.arange(len(fresh))
        self.count += len(fresh)
        keys = self.employer_key(columns)
        found, often = np.unique(keys[keys >= 0], return_counts=True)
        found = found[often > self.employer_max[found // self._base]]
        added = np.array([key for key in found.tolist() if key not in self.employer], np.int64)
        for key in added.tolist():
            self.employer[key] = self.count
            self.count += 1
        self._employer_keys = np.array(sorted(self.employer), np.int64)
        self._employer_rows = np.array(
            [self.employer[k] for k in self._employer_keys.tolist()], np.int64
        )
        return fresh, added

    def new_limits(self, fresh: Ints, added: Ints) -> Floats:
        """Return the right-hand sides of newly numbered rows."""
        return np.concatenate([np.ones(len(fresh)), self.employer_max[added // self._base]])

    def _employer_row(self, columns: Columns) -> Ints:
        keys = self.employer_key(columns)
        if not len(self._employer_keys):
            return np.full(len(keys), NONE, np.int64)
        at = np.searchsorted(self._employer_keys, keys).clip(max=len(self._employer_keys) - 1)
        return np.where(self._employer_keys[at] == keys, self._employer_rows[at], NONE)

    def flags(self, columns: Columns) -> tuple[Flags, Flags, Flags]:
        """Return veteran, party and skill flags of the columns."""
        people = self.arcs.people
        holds = np.zeros(columns.count, bool)
        skills = np.array([slot.skill or "" for slot in self.arcs.slots], dtype=object)
        wanted = skills[columns.slot] if columns.count else skills[:0]
        for skill, held in people.holds.items():
            mine = wanted == skill
            holds[mine] = held[columns.who[mine]]
        return people.veteran[columns.who], people.party[columns.who], holds

    def entries(self, columns: Columns) -> Sparse:
        """Return the entries of the columns in all rows numbered so far."""
        arcs = self.arcs
        unit = arcs.slot_unit[columns.slot]
        ones = np.ones(columns.count)
        serves = arcs.keeps[columns.who] & (arcs.people.unit[columns.who] == unit)
        rows = [
            columns.slot,
            self.village[arcs.people.village[columns.who]],
            self.candidate[columns.who],
            self._employer_row(columns),
            np.where(serves, self.keep[unit], NONE),
        ]
        values = [ones, ones, ones, ones, -ones]
        skilled = np.array([slot.skill is not None for slot in arcs.slots], bool)[columns.slot]
        for kind, name in enumerate(KINDS):
            flag = self.flags(columns)[kind]
            number = self.shares.number[kind]
            for at in range(number.shape[1]):
                row = number[unit, at]
                applies = (row >= 0) & (skilled if name == "skill" else True)
                rows.append(np.where(applies, self.first_share + row, NONE))
                gain, cost = self.shares.gain[kind][unit, at], self.shares.cost[kind][unit, at]
                values.append(cost - gain * flag)
        return _pack(np.stack(rows, axis=1), np.stack(values, axis=1))

    def matrix_rows(self, columns: Columns, *, first: int) -> Sparse:
        """Return rows numbered ``first`` and later as entries over the columns."""
        packed = self.entries(columns)
        owner = np.repeat(np.arange(columns.count), np.diff(packed.starts))
        late = packed.index >= first
        row, column, value = packed.index[late] - first, owner[late], packed.value[late]
        order = np.argsort(row, kind="stable")
        starts = np.searchsorted(row[order], np.arange(self.count - first + 1))
        return Sparse(starts, column[order], value[order])


def _pack(rows: Ints, values: Floats) -> Sparse:
    """Return entries per column, dropping row number -1 and zero coefficients."""
    real = (rows >= 0) & (values != 0)
    starts = np.concatenate([[0], np.cumsum(real.sum(axis=1))])
    return Sparse(starts, rows[real], values[real])
