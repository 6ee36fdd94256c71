"""What a repair workbook shall hold, apart from how it is written."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import orjson

from muster.core.sheets.model import Cell, Merge
from muster.core.sheets.wire import dumps, restore


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """One sheet: the rows above the data as they stand, and the faulty rows by first number."""

    name: str
    first_row: int
    header_rows: int
    width: int
    head: list[list[Cell]]
    merges: tuple[Merge, ...]
    rows: Mapping[int, list[Cell]]
    reasons: Mapping[int, str]
    notes: Mapping[int, Mapping[int, str]]
    text_columns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RepairPlan:
    """All sheets that have faulty rows, under the job that found them."""

    job: str
    sheets: tuple[SheetPlan, ...]

    def as_json(self) -> Any:
        """Return the plan as the child process takes it."""
        return orjson.loads(dumps(asdict(self), keys=True))

    @classmethod
    def from_json(cls, found: Any) -> "RepairPlan":
        """Return the plan from what ``as_json`` gave."""
        return cls(found["job"], tuple(_sheet(sheet) for sheet in found["sheets"]))


def _sheet(found: Any) -> SheetPlan:
    rows = [*found["head"], *found["rows"].values()]
    restore(rows)
    return SheetPlan(
        **found
        | {
            "merges": tuple(Merge(**merge) for merge in found["merges"]),
            "rows": {int(number): row for number, row in found["rows"].items()},
            "reasons": {int(number): text for number, text in found["reasons"].items()},
            "notes": {
                int(number): {int(column): text for column, text in notes.items()}
                for number, notes in found["notes"].items()
            },
            "text_columns": tuple(found["text_columns"]),
        }
    )


def shown(cell: Cell) -> str:
    """Return a cell as text for a text column; a number that lost digits keeps looking lost."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    return "" if cell is None else str(cell)
