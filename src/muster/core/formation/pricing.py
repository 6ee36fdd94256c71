"""Pricing every arc: the proved bound of a set of prices, and the columns worth adding."""

from dataclasses import dataclass

import numpy as np

from muster.core.formation.arcs import Arcs, Floats, Ints, Short
from muster.core.formation.rows import Columns, Rows

AnyInts = Ints | Short


@dataclass(frozen=True, slots=True)
class Prices:
    """Non-negative worth of each rule; ``limit`` is the sum of price times right-hand side."""

    slot: Floats
    village: Floats
    gain: Floats
    cost: Floats
    keep: Floats
    employer: dict[tuple[int, int], float]
    limit: float


@dataclass(frozen=True, slots=True)
class Priced:
    """The bound that the prices prove, each candidate's best worth, and arcs worth adding."""

    bound: float
    best: Floats
    extra: Columns


def read_prices(rows: Rows, duals: Floats) -> Prices:
    """Return the prices in a vector of row duals (candidate rows need none: see ``price_out``)."""
    duals = np.maximum(duals, 0.0)
    arcs, shares = rows.arcs, rows.shares
    gain, cost = np.zeros((3, len(arcs.units))), np.zeros((3, len(arcs.units)))
    for kind, number in enumerate(shares.number):
        price = np.where(number >= 0, duals[rows.first_share + number], 0.0)
        gain[kind] = (price * shares.gain[kind]).sum(axis=1)
        cost[kind] = (price * shares.cost[kind]).sum(axis=1)
    employer = {rows.employer_of(key): float(duals[row]) for key, row in rows.employer.items()}
    limit = float(duals[: rows.fixed] @ rows.limits())
    limit += sum(price * rows.employer_max[unit] for (unit, _), price in employer.items())
    return Prices(
        slot=duals[: len(arcs.slots)],
        village=np.where(rows.village >= 0, duals[rows.village], 0.0),
        gain=gain,
        cost=cost,
        keep=np.where(rows.keep >= 0, duals[rows.keep], 0.0),
        employer={key: price for key, price in employer.items() if price > 0},
        limit=limit,
    )


class Pricer:
    """Reduced worth of arcs under given prices, unit by unit."""

    def __init__(self, arcs: Arcs, prices: Prices) -> None:
        """Prepare what all units share."""
        self.arcs, self.prices = arcs, prices
        people = arcs.people
        self._village = -prices.village[people.village]
        self._group = people.veteran.astype(np.int8) + 2 * people.party.astype(np.int8)
        self._employers: dict[int, list[tuple[int, float]]] = {}
        for (unit, employer), price in prices.employer.items():
            self._employers.setdefault(unit, []).append((employer, price))

    def unit(self, unit: int) -> Floats:
        """Return what serving in the unit is worth to each candidate besides the arc's points."""
        gain, cost = self.prices.gain[:, unit], self.prices.cost[:, unit]
        table = np.array([0, gain[0], gain[1], gain[0] + gain[1]]) - cost[0] - cost[1]
        base: Floats = self._village + table[self._group]
        people = self.arcs.people
        if unit in self._employers:
            charge: Floats = np.zeros(int(people.employer.max()) + 2)
            for employer, price in self._employers[unit]:
                charge[employer] = price
            base -= charge[people.employer]
        if self.prices.keep[unit]:
            base += self.prices.keep[unit] * (self.arcs.keeps & (people.unit == unit))
        return base

    def slot(self, slot: int, base: Floats, *, who: AnyInts, points: AnyInts) -> Floats:
        """Return the reduced worth of arcs of the slot row."""
        unit = self.arcs.slot_unit[slot]
        worth: Floats = points + base[who]
        worth -= self.prices.slot[slot]
        skill = self.arcs.slots[slot].skill
        if skill is not None and self.prices.cost[2, unit]:
            worth += self.prices.gain[2, unit] * self.arcs.people.holds[skill][who]
            worth -= self.prices.cost[2, unit]
        return worth


def price_out(
    arcs: Arcs, prices: Prices, *, known: Floats | None = None, most: int = 0, least: float = 1e-3
) -> Priced:
    """Price every arc.

    Each candidate takes at most one post, so the best plan is worth at most the priced limits plus
    every candidate's best reduced worth. ``known`` is the best worth among columns already there;
    arcs beating it by ``least`` are returned, per slot row at most ``most`` and the best of them.
    """
    pricer = Pricer(arcs, prices)
    best = np.zeros(arcs.people.count)
    best[list(arcs.locked)] = -np.inf
    chosen: list[tuple[int, Ints]] = []
    for unit, span in enumerate(arcs.unit_slots):
        base = pricer.unit(unit)
        for slot in span:
            who = arcs.who[slot]
            worth = pricer.slot(slot, base, who=who, points=arcs.points[slot])
            best[who] = np.maximum(best[who], worth)
            if known is not None:
                chosen.append((slot, _top(worth - known[who], most=most, least=least)))
    bound = prices.limit + float(best.sum())
    slots = [np.full(len(at), slot, np.int64) for slot, at in chosen if len(at)]
    extra = Columns(
        np.concatenate([*slots, np.zeros(0, np.int64)]).astype(np.int64),
        np.concatenate([*[arcs.who[s][at] for s, at in chosen], np.zeros(0, np.int64)]).astype(np.int64),
        np.concatenate([*[arcs.points[s][at] for s, at in chosen], np.zeros(0, np.int64)]).astype(np.int64),
    )  # fmt: skip
    return Priced(bound, best, extra)


def _top(surplus: Floats, *, most: int, least: float) -> Ints:
    """Return positions of the largest surpluses above ``least``, at most ``most``, in order."""
    over = np.flatnonzero(surplus > least)
    if len(over) > most:
        over = np.sort(over[np.argpartition(-surplus[over], most - 1)[:most]])
    return over


def column_worth(arcs: Arcs, prices: Prices, columns: Columns) -> Floats:
    """Return the reduced worth of given columns."""
    worth = np.zeros(columns.count)
    pricer = Pricer(arcs, prices)
    order = np.argsort(columns.slot, kind="stable")
    edges = np.searchsorted(columns.slot[order], np.arange(len(arcs.slots) + 1))
    for unit, span in enumerate(arcs.unit_slots):
        base = pricer.unit(unit)
        for slot in span:
            at = order[edges[slot] : edges[slot + 1]]
            if len(at):
                worth[at] = pricer.slot(slot, base, who=columns.who[at], points=columns.points[at])
    return worth
