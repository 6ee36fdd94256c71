"""Publicity added up by channel, spread over columns: kinds of place, months or lines of work."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """So much through one channel in one activity, to be shown in one column."""

    channel: str
    column: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Totals:
    """One channel: everything, by column, and in how many records."""

    channel: str
    quantity: int
    columns: dict[str, int]
    records: int


def totals(lines: Iterable[Line]) -> list[Totals]:
    """Return the channels that were used, in the order first met; channels are never added up."""
    found: dict[str, Totals] = {}
    for line in lines:
        old = found.get(line.channel) or Totals(line.channel, 0, {}, 0)
        columns = old.columns | {line.column: old.columns.get(line.column, 0) + line.quantity}
        whole = old.quantity + line.quantity
        found[line.channel] = Totals(line.channel, whole, columns, old.records + 1)
    return list(found.values())
