"""The restricted linear program: start columns, price all arcs, add, solve again warm."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from muster.core.formation.arcs import Arcs, Floats, Ints
from muster.core.formation.highs import Cancelled, GrowingLp, LpAnswer, Program, Sparse
from muster.core.formation.pricing import Prices, column_worth, price_out, read_prices
from muster.core.formation.rows import Columns, Rows
from muster.core.formation.shares import plain_shares, tight_shares

_SEED = 20240405
_MOST_ROUNDS = 40
_GAP = 1e-4
_SHORT = 1e-6
_MOST_NEW = 12
_WHOLE_BELOW = 20_000


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The solved linear program: columns with values and losses, prices and the proved bound.

    ``losses`` is what forcing a column in costs at least; ``complete`` says that every arc is a
    column; ``short`` is how much of the demanding rules had to be given up.
    """

    columns: Columns
    values: Floats
    losses: Floats
    prices: Prices
    bound: float
    objective: float
    short: float
    complete: bool
    rounds: int


def start_columns(arcs: Arcs) -> Columns:
    """Return first columns: per slot row and class half the best, half drawn among the next best.

    Members of the unit and locked people are always there. The drawn half matters: the best by
    points are the same people for every unit nearby.
    """
    if arcs.count <= _WHOLE_BELOW:
        return Columns.every(arcs)
    draw, locked = np.random.default_rng(_SEED), list(arcs.locked)
    group = arcs.people.veteran.astype(np.int8) + 2 * arcs.people.party.astype(np.int8)
    slots: list[Ints] = []
    picks: list[Ints] = []
    for slot, who in enumerate(arcs.who):
        points = arcs.points[slot]
        half = 1 + int(arcs.room[slot])
        mine = (arcs.people.unit[who] == arcs.slot_unit[slot]) | np.isin(who, locked)
        chosen = [np.flatnonzero(mine)]
        for kind in range(4):
            at = np.flatnonzero((group[who] == kind) & ~mine)
            chosen.append(_half_and_half(at, points[at].astype(np.int64), half=half, draw=draw))
        picks.append(np.concatenate(chosen))
        slots.append(np.full(len(picks[-1]), slot, np.int64))
    return Columns(
        np.concatenate(slots),
        np.concatenate([arcs.who[s][at] for s, at in enumerate(picks)]).astype(np.int64),
        np.concatenate([arcs.points[s][at] for s, at in enumerate(picks)]).astype(np.int64),
    )


def _half_and_half(at: Ints, points: Ints, *, half: int, draw: np.random.Generator) -> Ints:
    """Return the ``half`` best positions and ``half`` drawn from the ten times as many next ones."""
    if len(at) <= 2 * half:
        return at
    pool = min(len(at), 12 * half)
    if pool < len(at):
        keep = np.argpartition(-points, pool - 1)[:pool]
        at, points = at[keep], points[keep]
    order = np.argsort(-points, kind="stable")
    rest = draw.choice(order[half:], size=half, replace=False)
    return np.asarray(at[np.concatenate([order[:half], rest])])


@dataclass(frozen=True, slots=True)
class Slack:
    """Elastic parts: the rows they relieve, by how much each, the most of each, the penalty."""

    row: Ints
    relief: Floats
    most: Floats
    penalty: float

    @property
    def count(self) -> int:
        """Return how many there are."""
        return len(self.row)


def elastic(rows: Rows, *, penalty: float) -> Slack:
    """Return slack for every rule that demands something: keep rows, and shares under locks."""
    arcs = rows.arcs
    keeping = np.flatnonzero(rows.keep >= 0)
    row, most = [rows.keep[keeping]], [rows.allowance.keep_need[keeping].astype(float)]
    relief = [np.ones(len(keeping))]
    locked_units = sorted({int(arcs.slot_unit[slot]) for slot in arcs.locked.values()})
    for kind, number in enumerate(rows.shares.number):
        real = number[locked_units] if locked_units else number[:0]
        chosen = real >= 0
        row.append(rows.first_share + real[chosen])
        relief.append(rows.shares.gain[kind][locked_units][chosen] if locked_units else np.zeros(0))
        most.append(np.full(int(chosen.sum()), float(arcs.room.sum())))
    return Slack(np.concatenate(row), np.concatenate(relief), np.concatenate(most), penalty)


def program(rows: Rows, columns: Columns, *, slack: Slack) -> Program:
    """Return the program of the columns; the slack columns come first."""
    fresh, added = rows.number_new(columns)
    entries = rows.entries(columns)
    limits = np.concatenate([rows.limits(), rows.new_limits(fresh, added)])
    locked = np.isin(columns.who, list(rows.arcs.locked))
    return Program(
        cost=np.concatenate([np.full(slack.count, -slack.penalty), columns.points]).astype(float),
        lower=np.concatenate([np.zeros(slack.count), locked.astype(float)]),
        upper=np.concatenate([slack.most, np.ones(columns.count)]),
        row_lower=np.full(len(limits), -np.inf),
        row_upper=limits,
        entries=Sparse(
            np.concatenate([np.arange(slack.count), slack.count + entries.starts]),
            np.concatenate([slack.row, entries.index]),
            np.concatenate([-slack.relief, entries.value]),
        ),
    )


class Restricted:
    """Holds the growing program and its columns."""

    def __init__(self, arcs: Arcs, *, penalty: float, cancelled: Cancelled | None = None) -> None:
        """Choose the first columns and load them."""
        self.arcs, self.columns = arcs, start_columns(arcs)
        self.rows = Rows(arcs, shares=plain_shares(arcs))
        self.slack = elastic(self.rows, penalty=penalty)
        first = program(self.rows, self.columns, slack=self.slack)
        self.lp = GrowingLp(first, cancelled=cancelled)

    def grow(self, extra: Columns) -> None:
        """Add columns, and first the rows that they make necessary."""
        before = self.rows.count
        together = Columns.join(self.columns, extra)
        fresh, added = self.rows.number_new(together)
        packed = self.rows.matrix_rows(self.columns, first=before)
        limits = self.rows.new_limits(fresh, added)
        shifted = Sparse(packed.starts, packed.index + self.slack.count, packed.value)
        self.lp.add_rows(limits, shifted)
        self.lp.add_columns(
            extra.points.astype(float), np.ones(extra.count), self.rows.entries(extra)
        )
        self.columns = together

    def known(self, prices: Prices) -> Floats:
        """Return each candidate's best reduced worth among the columns."""
        best = np.zeros(self.arcs.people.count)
        best[list(self.arcs.locked)] = -np.inf
        np.maximum.at(best, self.columns.who, column_worth(self.arcs, prices, self.columns))
        return best

    def relaxed(self, answer: LpAnswer, *, prices: Prices, bound: float, rounds: int) -> Relaxed:
        """Return the answer together with the present columns."""
        slack = self.slack.count
        losses = answer.losses[slack:]
        losses[np.isin(self.columns.who, list(self.arcs.locked))] = 0.0
        return Relaxed(
            columns=self.columns, values=answer.values[slack:], losses=losses,
            prices=prices, bound=bound, objective=answer.objective,
            short=float(answer.values[:slack].sum()),
            complete=self.columns.count == self.arcs.count, rounds=rounds,
        )  # fmt: skip


def relax(
    state: Restricted,
    *,
    remaining: Callable[[], float],
    patience: float,
    tell: Callable[[int, float], None],
) -> Relaxed | None:
    """Return the linear optimum to within 0.01 %, or None when there was no time for a first one.

    ``patience`` is the extra seconds for reaching a first one that gives up no demanding rule.
    """
    complete = state.columns.count == state.arcs.count
    kept: Relaxed | None = None
    for turn in range(1, _MOST_ROUNDS + 1):
        wanting = kept is None or kept.short > _SHORT
        limit = remaining() + patience if wanting else remaining()
        answer = state.lp.solve(time_limit=limit)
        if answer is None:
            return kept
        prices = read_prices(state.rows, answer.prices)
        known = None if complete else state.known(prices)
        priced = price_out(state.arcs, prices, known=known, most=_MOST_NEW)
        if kept is not None and kept.bound < priced.bound:
            prices, bound = kept.prices, kept.bound
        else:
            bound = priced.bound
        kept = state.relaxed(answer, prices=prices, bound=bound, rounds=turn)
        tell(turn, bound)
        near = bound - answer.objective <= _GAP * max(abs(bound), 1.0)
        over = remaining() <= 0 if kept.short <= _SHORT else remaining() <= -patience
        if near or priced.extra.count == 0 or over:
            break
        state.grow(priced.extra)
    return kept


def tighten(state: Restricted, relaxed: Relaxed, *, time_limit: float) -> Relaxed:
    """Return the optimum over the same columns with the tight share rows added.

    Its values are nearer to whole numbers. Prices and bound stay those of the plain rules, so that
    a reader who knows only the rules can recompute them.
    """
    rows = Rows(state.arcs, shares=tight_shares(state.arcs))
    first, last = rows.first_share, rows.first_share + rows.shares.total
    packed = rows.matrix_rows(state.columns, first=first)
    starts = packed.starts[: rows.shares.total + 1]
    used = starts[-1]
    entries = Sparse(starts, packed.index[:used] + state.slack.count, packed.value[:used])
    state.lp.add_rows(rows.limits()[first:last], entries)
    answer = state.lp.solve(time_limit=time_limit)
    if answer is None:
        return relaxed
    return state.relaxed(answer, prices=relaxed.prices, bound=relaxed.bound, rounds=relaxed.rounds)
