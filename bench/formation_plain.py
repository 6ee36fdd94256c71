"""The whole formation model written out plainly, arc by arc, for peers and for tests."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]
LEADING = {"leader", "instructor", "squad_leader"}


@dataclass
class Plain:
    """Columns (pairs with points) and rows Σ value·x ≤ limit, column by column."""

    pairs: list[tuple[Any, Any]] = field(default_factory=list)
    points: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=lambda: [0])
    index: list[int] = field(default_factory=list)
    value: list[float] = field(default_factory=list)
    limits: list[float] = field(default_factory=list)
    _rows: dict[Any, int] = field(default_factory=dict)

    def row(self, key: Any, limit: float) -> int:
        """Return the number of the row, made on first use."""
        if key not in self._rows:
            self._rows[key] = len(self.limits)
            self.limits.append(limit)
        return self._rows[key]

    def column(self, pair: tuple[Any, Any], points: int, entries: list[tuple[int, float]]) -> None:
        """Add a column."""
        self.pairs.append(pair)
        self.points.append(points)
        for row, value in entries:
            self.index.append(row)
            self.value.append(value)
        self.starts.append(len(self.index))


def plain_arcs(instance: Row) -> Plain:
    """Return the model of a formation/1 object."""
    village_at = {row["id"]: at for at, row in enumerate(instance["villages"])}
    point_at = {row["id"]: at for at, row in enumerate(instance["assembly_points"])}
    caps = {row["id"]: row["cap"] for row in instance["villages"]}
    unit_of = {slot["id"]: unit["id"] for unit in instance["units"] for slot in unit["slots"]}
    found: list[tuple[Row, Row, Row, int]] = []
    members: dict[Any, set[Any]] = defaultdict(set)
    for unit in instance["units"]:
        column = point_at[unit["assembly_point"]]
        for person in instance["candidates"]:
            minutes = instance["travel_min"][village_at[person["village"]]][column]
            if not _ready(person, unit, minutes):
                continue
            for slot in unit["slots"]:
                if not _suits(person, unit, slot):
                    continue
                points = _points(instance["weights"], person, unit, slot, minutes)
                home = unit_of.get(person["member_of"])
                if home == unit["id"]:
                    members[unit["id"]].add(person["id"])
                    points += instance["weights"]["same_unit"]
                found.append((person, unit, slot, points))
    plain = Plain()
    for unit in instance["units"]:
        need = -(-unit["keep_min_pct"] * len(members[unit["id"]]) // 100)
        plain.row(("keep", unit["id"]), -need)
    for person, unit, slot, points in found:
        plain.column(
            (person["id"], slot["id"]), points, _entries(plain, person, unit, slot, caps, members)
        )
    return plain


def _has(person: Row, slot: Row) -> bool:
    return slot["skill"] is not None and slot["skill"] in person["skills"]


def _ready(person: Row, unit: Row, minutes: int | None) -> bool:
    if not person["health_ok"] or person["out_of_area"] or minutes is None:
        return False
    if unit.get("vetting_required") and person.get("vetting") != "pass":
        return False
    return bool(minutes <= unit["max_assembly_min"] and unit["age_min"] <= person["age"])


def _suits(person: Row, unit: Row, slot: Row) -> bool:
    skilled = person["veteran"] or _has(person, slot)
    return bool(
        person["age"] <= unit["age_max_skilled" if skilled else "age_max"]
        and person["education"] >= slot["min_education"]
        and (_has(person, slot) or not slot["skill_required"])
        and (person["party"] or not slot["party_required"])
        and (person["veteran"] or not slot["veteran_required"])
    )


def _points(weights: Row, person: Row, unit: Row, slot: Row, minutes: int) -> int:
    most = unit["max_assembly_min"]
    points: int = weights["fill"] + weights["time"] * (most - minutes) // most
    points += weights["skill"] * _has(person, slot)
    points += weights["same_slot"] * (person["member_of"] == slot["id"])
    if slot["role"] in LEADING:
        points += weights["lead_veteran"] * person["veteran"]
        points += weights["lead_party"] * person["party"]
        points += weights["lead_education"] * person["education"]
    return points


def _entries(
    plain: Plain, person: Row, unit: Row, slot: Row, caps: Row, members: dict[Any, set[Any]]
) -> list[tuple[int, float]]:
    name, village, employer = unit["id"], person["village"], person["employer"]
    entries: list[tuple[int, float]] = [
        (plain.row(("person", person["id"]), 1), 1),
        (plain.row(("slot", slot["id"]), slot["count"]), 1),
        (plain.row(("veteran", name), 0), unit["veteran_min_pct"] - 100 * person["veteran"]),
        (plain.row(("party", name), 0), unit["party_min_pct"] - 100 * person["party"]),
    ]
    if caps[village] is not None:
        entries.append((plain.row(("village", village), caps[village]), 1))
    if slot["skill"] is not None:
        share = unit["skill_min_pct"] - 100 * _has(person, slot)
        entries.append((plain.row(("skill", name), 0), share))
    if employer is not None and unit["employer_max"] is not None:
        entries.append((plain.row(("employer", name, employer), unit["employer_max"]), 1))
    if person["id"] in members[name]:
        entries.append((plain.row(("keep", name), 0), -1))
    return [(row, value) for row, value in entries if value]
