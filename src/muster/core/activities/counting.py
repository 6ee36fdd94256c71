"""How many different people were reached: what is certain, what is possible, what was counted.

Heads counted at two events may be the same people, so they are never added up as people. What is
certain is a lower bound, what is possible an upper one; the standard is judged against both.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Seen:
    """Who of one audience class came to one event: keys of the named, and heads that were counted.

    ``first_time``: how many of those heads the organiser ``by`` says it had not reached before in
    the year; None where nobody said.
    """

    people: frozenset[str] = frozenset()
    counted: int = 0
    first_time: int | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Reach:
    """``named`` different people by name, ``heads`` counted (人次), and the bounds on people."""

    named: int = 0
    heads: int = 0
    at_least: int = 0
    at_most: int = 0
    events: int = 0


class Verdict(StrEnum):
    """Whether a standard is reached, as far as the records can say."""

    REACHED = "reached"
    MISSED = "missed"
    UNCLEAR = "unclear"
    UNKNOWN = "unknown"


def reach(events: Iterable[Seen]) -> Reach:
    """Return how many different people the events of a class reached in a year.

    Certain are: all who were named; all who were at the largest single event; and, per organiser,
    the heads it stated to be new, which are different from one another. The largest of these holds.
    """
    rows = list(events)
    named = frozenset[str]().union(*(e.people for e in rows))
    heads = sum(e.counted for e in rows)
    fresh: dict[str, int] = {}
    for e in rows:
        if e.first_time is not None:
            fresh[e.by] = fresh.get(e.by, 0) + min(e.first_time, e.counted)
    largest = max((len(e.people) + e.counted for e in rows), default=0)
    at_least = max(len(named), largest, max(fresh.values(), default=0))
    held = sum(1 for e in rows if e.people or e.counted)
    return Reach(len(named), heads, at_least, len(named) + heads, held)


def verdict(found: Reach, *, size: int | None, percent: float | None) -> Verdict:
    """Return whether at least ``percent`` of a class of ``size`` people were reached.

    UNKNOWN without a size or a standard; UNCLEAR where counted heads leave both answers possible.
    """
    if not size or percent is None:
        return Verdict.UNKNOWN
    if found.at_least * 100 >= percent * size:
        return Verdict.REACHED
    if min(found.at_most, size) * 100 < percent * size:
        return Verdict.MISSED
    return Verdict.UNCLEAR


def person_hours(hours: Decimal | None, *, people: int) -> Decimal | None:
    """Return hours × people; None where the hours were not written down."""
    return None if hours is None else hours * people
