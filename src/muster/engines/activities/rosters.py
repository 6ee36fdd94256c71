"""Whose rosters attendance is taken from. The composition root fills the table."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class RosterUnit:
    """One unit with people on its roster on a day; ``since`` is the day it was set up."""

    key: UUID
    name: str
    division: str
    size: int
    since: date | None = None


@dataclass(frozen=True, slots=True)
class RosterMember:
    """One person on the roster of a day, as far as the scope sees."""

    person: UUID
    name: str
    division: str
    unit: UUID
    unit_name: str
    born: date | None = None


@dataclass(frozen=True, slots=True)
class RosterSource:
    """One keeper of rosters: its units and the members of one or all on a day; their audience class."""

    code: str
    label: Any
    area: str
    audience: str
    units: Callable[[date], list[RosterUnit]]
    members: Callable[[date, UUID | None], list[RosterMember]]


ROSTERS: list[RosterSource] = []


def units_on(day: date, audiences: set[str]) -> list[tuple[RosterSource, RosterUnit]]:
    """Return the units with people of some classes on a day."""
    return [(s, u) for s in ROSTERS if s.audience in audiences for u in s.units(day)]


def source_of(unit: UUID, day: date) -> tuple[RosterSource, RosterUnit] | None:
    """Return the keeper of a unit's roster, and the unit; None where nobody keeps it."""
    for source in ROSTERS:
        for one in source.units(day):
            if one.key == unit:
                return source, one
    return None
