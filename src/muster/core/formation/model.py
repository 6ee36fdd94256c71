"""The formation problem as frozen values: who, which posts, which rules (formation/1)."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

FORMAT = "formation/1"
LEADING_ROLES = frozenset({"leader", "instructor", "squad_leader"})


@dataclass(frozen=True, slots=True)
class Village:
    """A village; ``cap`` is the most people taken from it over all units (None: no limit)."""

    id: str
    township: str | None
    lat: float | None
    lon: float | None
    cap: int | None


@dataclass(frozen=True, slots=True)
class AssemblyPoint:
    """A place where a unit assembles."""

    id: str
    lat: float | None
    lon: float | None


@dataclass(frozen=True, slots=True)
class Weights:
    """Points of the objective, whole numbers."""

    fill: int
    skill: int
    time: int
    same_unit: int
    same_slot: int
    lead_veteran: int
    lead_party: int
    lead_education: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """One person who could be given a post."""

    id: str
    age: int
    sex: str
    education: int
    skills: tuple[str, ...]
    veteran: bool
    party: bool
    health_ok: bool
    out_of_area: bool
    village: str
    employer: str | None
    member_of: str | None
    vetting: str | None = None
    primary: bool | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot row: ``count`` equal posts of one unit."""

    id: str
    role: str
    skill: str | None
    skill_required: bool
    count: int
    min_education: int
    party_required: bool
    veteran_required: bool

    @property
    def leads(self) -> bool:
        """Return whether the lead points apply."""
        return self.role in LEADING_ROLES


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit with its rules and slot rows."""

    id: str
    kind: str
    assembly_point: str
    max_assembly_min: int
    age_min: int
    age_max: int
    age_max_skilled: int
    veteran_min_pct: int
    party_min_pct: int
    skill_min_pct: int
    employer_max: int | None
    keep_min_pct: int
    slots: tuple[Slot, ...]
    vetting_required: bool = False
    contributed_to: str | None = None
    supporting_unit: str | None = None


@dataclass(frozen=True, slots=True)
class Instance:
    """A whole formation problem; ``travel_min[village][assembly point]`` in minutes or None."""

    name: str
    villages: tuple[Village, ...]
    assembly_points: tuple[AssemblyPoint, ...]
    travel_min: tuple[tuple[int | None, ...], ...]
    skills: tuple[str, ...]
    weights: Weights
    candidates: tuple[Candidate, ...]
    units: tuple[Unit, ...]

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Instance":
        """Return the instance of a formation/1 object; refuses with every fault it finds."""
        from muster.core.formation.reading import read_instance

        return read_instance(data)

    def to_json(self) -> dict[str, Any]:
        """Return the formation/1 object; optional fields only where they say something."""
        return {
            "format": FORMAT,
            "name": self.name,
            "villages": [_plain(village) for village in self.villages],
            "assembly_points": [_plain(point) for point in self.assembly_points],
            "travel_min": [list(row) for row in self.travel_min],
            "skills": list(self.skills),
            "weights": _plain(self.weights),
            "candidates": [_plain(candidate) for candidate in self.candidates],
            "units": [
                {**_plain(unit), "slots": [_plain(slot) for slot in unit.slots]}
                for unit in self.units
            ],
        }


_SILENT = {"vetting": None, "primary": None, "vetting_required": False,
           "contributed_to": None, "supporting_unit": None}  # fmt: skip


def _plain(value: Any) -> dict[str, Any]:
    """Return the fields of a row as JSON values, without optional fields that say nothing."""
    plain = {}
    for spec in fields(value):
        item = getattr(value, spec.name)
        if spec.name in _SILENT and item == _SILENT[spec.name]:
            continue
        plain[spec.name] = list(item) if isinstance(item, tuple) else item
    return plain


@dataclass(frozen=True)
class Directory:
    """Look-ups by identifier over one instance."""

    instance: Instance

    @cached_property
    def candidates(self) -> dict[str, Candidate]:
        """Return candidates by id."""
        return {candidate.id: candidate for candidate in self.instance.candidates}

    @cached_property
    def slots(self) -> dict[str, tuple[Unit, Slot]]:
        """Return unit and slot by slot id."""
        return {slot.id: (unit, slot) for unit in self.instance.units for slot in unit.slots}

    @cached_property
    def villages(self) -> dict[str, Village]:
        """Return villages by id."""
        return {village.id: village for village in self.instance.villages}

    @cached_property
    def _travel_row(self) -> dict[str, int]:
        return {village.id: row for row, village in enumerate(self.instance.villages)}

    @cached_property
    def _travel_column(self) -> dict[str, int]:
        return {point.id: column for column, point in enumerate(self.instance.assembly_points)}

    def minutes(self, candidate: Candidate, *, unit: Unit) -> int | None:
        """Return the travel time in minutes, None where it is unknown."""
        row = self.instance.travel_min[self._travel_row[candidate.village]]
        return row[self._travel_column[unit.assembly_point]]
