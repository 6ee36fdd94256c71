"""Eligible (candidate, slot row) pairs and their points, as arrays per slot row."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from muster.core.formation.model import Instance, Slot, Unit

Ints = NDArray[np.int64]
Short = NDArray[np.int32]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]

NONE = -1


@dataclass(frozen=True, slots=True)
class People:
    """Candidates as columns; ``unit`` and ``slot`` are where they serve now (-1: nowhere)."""

    age: Short
    education: Short
    veteran: Flags
    party: Flags
    fit: Flags
    vetted: Flags
    village: Short
    employer: Short
    unit: Short
    slot: Short
    holds: dict[str, Flags]

    @property
    def count(self) -> int:
        """Return the number of candidates."""
        return len(self.age)


@dataclass(frozen=True, slots=True)
class Arcs:
    """Everything the solver reads: per slot row who is eligible and for how many points."""

    people: People
    slots: tuple[Slot, ...]
    units: tuple[Unit, ...]
    slot_unit: Short
    room: Short
    unit_slots: tuple[range, ...]
    who: tuple[Short, ...]
    points: tuple[Short, ...]
    caps: Floats
    keeps: Flags
    keep_need: Short
    locked: dict[int, int]
    fill: int

    @property
    def count(self) -> int:
        """Return the number of arcs."""
        return sum(len(who) for who in self.who)

    @property
    def most(self) -> int:
        """Return the most points any arc gives, at least 1."""
        return max((int(points.max()) for points in self.points if len(points)), default=1) or 1


def read_people(instance: Instance) -> People:
    """Return the candidates as columns."""
    rows = instance.candidates
    village_at = {village.id: at for at, village in enumerate(instance.villages)}
    slot_at: dict[str, tuple[int, int]] = {}
    for at, unit in enumerate(instance.units):
        for slot in unit.slots:
            slot_at[slot.id] = (at, len(slot_at))
    nowhere = (NONE, NONE)
    posts = [slot_at[row.member_of] if row.member_of is not None else nowhere for row in rows]
    employer_at: dict[Any, int] = {None: NONE}
    employers = [employer_at.setdefault(row.employer, len(employer_at) - 1) for row in rows]
    holds = {skill: np.zeros(len(rows), bool) for skill in instance.skills}
    for at, row in enumerate(rows):
        for skill in row.skills:
            holds[skill][at] = True
    return People(
        age=np.array([row.age for row in rows], np.int32),
        education=np.array([row.education for row in rows], np.int32),
        veteran=np.array([row.veteran for row in rows], bool),
        party=np.array([row.party for row in rows], bool),
        fit=np.array([row.health_ok and not row.out_of_area for row in rows], bool),
        vetted=np.array([row.vetting == "pass" for row in rows], bool),
        village=np.array([village_at[row.village] for row in rows], np.int32),
        employer=np.array(employers, np.int32),
        unit=np.array([post[0] for post in posts], np.int32),
        slot=np.array([post[1] for post in posts], np.int32),
        holds=holds,
    )


class _Builder:
    """Works through the units; remembers columns that every unit needs."""

    def __init__(self, instance: Instance, *, people: People) -> None:
        self.people = people
        self.weights = instance.weights
        minutes = [
            [NONE if value is None else value for value in row] for row in instance.travel_min
        ]
        shape = (len(instance.villages), len(instance.assembly_points))
        self.travel = np.array(minutes, np.int32).reshape(shape)
        self.point_at = {point.id: at for at, point in enumerate(instance.assembly_points)}

    def reach(self, unit: Unit) -> tuple[Ints, Ints]:
        """Return who could serve in the unit at all, and the points any slot of it gives them."""
        people, weights = self.people, self.weights
        minutes = self.travel[:, self.point_at[unit.assembly_point]][people.village]
        able = people.fit & (minutes >= 0) & (minutes <= unit.max_assembly_min)
        able &= people.age >= unit.age_min
        able &= people.age <= max(unit.age_max, unit.age_max_skilled)
        if unit.vetting_required:
            able &= people.vetted
        who = np.flatnonzero(able)
        early = unit.max_assembly_min - minutes[who].astype(np.int64)
        return who, weights.fill + weights.time * early // unit.max_assembly_min

    def slot(self, slot: Slot, *, unit: Unit, who: Ints, near: Ints) -> tuple[Ints, Ints]:
        """Return who of the unit's reach may take the slot, and their points without membership."""
        people, weights = self.people, self.weights
        held = people.holds[slot.skill][who] if slot.skill is not None else np.zeros(len(who), bool)
        limit = np.where(people.veteran[who] | held, unit.age_max_skilled, unit.age_max)
        able = people.age[who] <= limit
        if slot.skill_required:
            able &= held
        if slot.min_education:
            able &= people.education[who] >= slot.min_education
        if slot.party_required:
            able &= people.party[who]
        if slot.veteran_required:
            able &= people.veteran[who]
        points = near + weights.skill * held
        if slot.leads:
            points = points + weights.lead_veteran * people.veteran[who]
            points += weights.lead_party * people.party[who]
            points += weights.lead_education * people.education[who]
        return who[able], points[able]


def build_arcs(
    instance: Instance,
    *,
    locks: dict[int, int] | None = None,
    banned: Collection[tuple[int, int]] = (),
) -> Arcs:
    """Return all eligible arcs; a locked candidate keeps one arc only, a banned arc is left out.

    ``locks`` maps candidate to slot row, ``banned`` holds (candidate, slot row), all by position.
    """
    people = read_people(instance)
    builder = _Builder(instance, people=people)
    locks = dict(locks or {})
    who_of: list[Short] = []
    points_of: list[Short] = []
    spans: list[range] = []
    keeps = np.zeros(people.count, bool)
    for at, unit in enumerate(instance.units):
        first = len(who_of)
        who, near = builder.reach(unit)
        near = near + instance.weights.same_unit * (people.unit[who] == at)
        for slot in unit.slots:
            able, points = builder.slot(slot, unit=unit, who=who, near=near)
            points = points + instance.weights.same_slot * (people.slot[able] == len(who_of))
            keeps[able[people.unit[able] == at]] = True
            who_of.append(able.astype(np.int32))
            points_of.append(points.astype(np.int32))
        spans.append(range(first, len(who_of)))
    _apply_by_hand(who_of, points_of, locks=locks, banned=banned)
    units = instance.units
    members = np.bincount(people.unit[keeps], minlength=len(units)) if len(units) else np.zeros(0)
    need = [-(-unit.keep_min_pct * int(n) // 100) for unit, n in zip(units, members, strict=True)]
    slots = tuple(slot for unit in units for slot in unit.slots)
    return Arcs(
        people=people,
        slots=slots,
        units=units,
        slot_unit=np.repeat(np.arange(len(units)), [len(unit.slots) for unit in units]).astype(
            np.int32
        ),
        room=np.array([slot.count for slot in slots], np.int32),
        unit_slots=tuple(spans),
        who=tuple(who_of),
        points=tuple(points_of),
        caps=np.array([np.inf if v.cap is None else v.cap for v in instance.villages], float),
        keeps=keeps,
        keep_need=np.array(need, np.int32),
        locked=locks,
        fill=instance.weights.fill,
    )


def _apply_by_hand(
    who_of: list[Short],
    points_of: list[Short],
    *,
    locks: dict[int, int],
    banned: Collection[tuple[int, int]],
) -> None:
    """Take out banned arcs and every other arc of a locked candidate."""
    if not locks and not banned:
        return
    out: dict[int, list[int]] = {}
    for candidate, slot in banned:
        out.setdefault(slot, []).append(candidate)
    for slot, who in enumerate(who_of):
        elsewhere = [c for c, post in locks.items() if post != slot]
        gone = np.array(elsewhere + out.get(slot, []), np.int32)
        stays = ~np.isin(who, gone)
        who_of[slot], points_of[slot] = who[stays], points_of[slot][stays]
