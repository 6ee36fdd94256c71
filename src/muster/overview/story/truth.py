"""What is really in a dirty file: every row, every planted fault, every count; as JSON too.

The importer never sees this. Tests and the story check its answers against it.
"""

import json
from dataclasses import asdict, dataclass
from typing import Any, Literal

Outcome = Literal["new", "changed", "unchanged", "rejected", "held"]
# id, date, name, phone, unit: the cell itself. birth: contradicts the number. duplicate: the
# number stands twice in the file. membership: he stands in another unit. other_name: the number
# is registered under another name. age: too old to enter a unit.
Family = Literal[
    "id", "date", "birth", "name", "phone", "unit", "duplicate", "membership", "other_name", "age"
]
# set: cells are corrected; keep: the row goes back as it is; drop: the clerk deletes the row.
Mending = Literal["none", "set", "keep", "drop"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One planted fault: the field, its header in this sheet, the family, and what was done."""

    field: str
    column: str
    family: Family
    what: str


@dataclass(frozen=True, slots=True)
class RowTruth:
    """One data row: who it is, what the importer must say, how a clerk repairs it.

    ``row`` is the number the user sees (1 is the first line of the sheet). ``cells`` are the
    right values by field. ``after`` is the outcome of the repaired row, empty if none goes back.
    ``traps`` are oddities that must *not* be refused; ``meant`` is what the row says of the
    register's fields once it is right.
    """

    sheet: str
    row: int
    person: str
    outcome: Outcome
    faults: tuple[Fault, ...] = ()
    mending: Mending = "none"
    cells: tuple[tuple[str, str], ...] = ()
    after: Outcome | Literal[""] = ""
    traps: tuple[str, ...] = ()
    meant: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A field, the header text over it, and its place counted from 1."""

    field: str
    header: str
    index: int


@dataclass(frozen=True, slots=True)
class SheetTruth:
    """One sheet: the row of the lowest header line, its columns, rows that are no data."""

    title: str
    header_row: int
    columns: tuple[Column, ...]
    not_data: tuple[int, ...] = ()

    def column(self, field: str) -> Column:
        """Return the column of a field; a field the sheet lacks is a bug."""
        for column in self.columns:
            if column.field == field:
                return column
        raise ValueError(f"{self.title} has no column for {field}")


@dataclass(frozen=True, slots=True)
class Counts:
    """The five results; they add up to ``rows``."""

    rows: int
    new: int
    changed: int
    unchanged: int
    rejected: int
    held: int


@dataclass(frozen=True, slots=True)
class FileTruth:
    """Everything planted in one file and what an import of it must answer.

    ``first`` counts the first upload, ``second`` that of the repaired rows alone. ``absent``
    are last year's members of the file's units who stand on no row of it.
    """

    file: str
    encoding: str
    delimiter: str
    sheets: tuple[SheetTruth, ...]
    rows: tuple[RowTruth, ...]
    first: Counts
    second: Counts
    absent: tuple[str, ...] = ()

    @property
    def faulty(self) -> tuple[RowTruth, ...]:
        """Return the rows that the first upload must refuse."""
        return tuple(row for row in self.rows if row.outcome == "rejected")

    def sheet(self, title: str) -> SheetTruth:
        """Return the sheet of that title; an unknown one is a bug."""
        for sheet in self.sheets:
            if sheet.title == title:
                return sheet
        raise ValueError(f"no such sheet: {title}")


def count(outcomes: list[str]) -> Counts:
    """Return the five results of a list of outcomes."""
    return Counts(
        len(outcomes),
        outcomes.count("new"),
        outcomes.count("changed"),
        outcomes.count("unchanged"),
        outcomes.count("rejected"),
        outcomes.count("held"),
    )


def to_json(truth: FileTruth) -> str:
    """Return the truth as readable JSON."""
    return json.dumps(asdict(truth), ensure_ascii=False, indent=1, sort_keys=True)


def from_json(text: str) -> FileTruth:
    """Return the truth that ``to_json`` wrote."""
    raw: dict[str, Any] = json.loads(text)
    return FileTruth(
        raw["file"],
        raw["encoding"],
        raw["delimiter"],
        tuple(_sheet(one) for one in raw["sheets"]),
        tuple(_row(one) for one in raw["rows"]),
        Counts(**raw["first"]),
        Counts(**raw["second"]),
        tuple(raw["absent"]),
    )


def _sheet(raw: dict[str, Any]) -> SheetTruth:
    columns = tuple(Column(**one) for one in raw["columns"])
    return SheetTruth(raw["title"], raw["header_row"], columns, tuple(raw["not_data"]))


def _row(raw: dict[str, Any]) -> RowTruth:
    kept = {
        **raw,
        "faults": tuple(Fault(**one) for one in raw["faults"]),
        "cells": tuple((field, value) for field, value in raw["cells"]),
        "meant": tuple((field, value) for field, value in raw["meant"]),
        "traps": tuple(raw["traps"]),
    }
    return RowTruth(**kept)
