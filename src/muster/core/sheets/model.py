"""A workbook as it was read: typed cells under the row numbers the user sees."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Literal, TypeAlias

Cell: TypeAlias = str | int | float | bool | date | datetime | time | timedelta | None
Format: TypeAlias = Literal["xlsx", "xls", "csv"]

MAX_ROWS = 200_050  # 200,000 people, and titles and notes around them
MAX_COLUMNS = 200
ERRORS = frozenset(
    ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA")
)
_EXACT = 1e15  # from here on a spreadsheet has lost digits and writes 1.23E+17
_MIDNIGHT = re.compile(r"^([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]00:00:00$")
_UNSEEN = "\u200b\ufeff \t\r\n\xa0\u3000"
UNCALCULATED = "#公式未计算"
"""What stands in a cell whose formula carries no stored result; formulas are never evaluated."""


@dataclass(frozen=True, slots=True)
class FileKind:
    """What the bytes are, whatever the name says."""

    format: Format
    renamed: bool = False
    encoding: str = ""
    external_links: bool = False  # never followed; stored results are read


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged block; rows and columns count from 0 at A1, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. ``rows[0]`` is row ``first_row`` of the sheet; index 0 in a row is column A.

    A blank cell is ``""``; rows may be shorter than the widest.
    """

    name: str
    rows: list[list[Cell]]
    first_row: int = 1
    hidden: bool = False
    merges: tuple[Merge, ...] = ()

    def row(self, number: int) -> list[Cell]:
        """Return the cells of the row the user sees under ``number``; empty outside the data."""
        index = number - self.first_row
        return self.rows[index] if 0 <= index < len(self.rows) else []


@dataclass(frozen=True, slots=True)
class Workbook:
    """All sheets of a file, and the marks that Muster left in it."""

    sheets: tuple[Sheet, ...]
    kind: FileKind
    properties: Mapping[str, str] = field(default_factory=dict)

    def sheet(self, name: str) -> Sheet:
        """Return the sheet with this name."""
        return next(sheet for sheet in self.sheets if sheet.name == name)


def is_blank(cell: Cell) -> bool:
    """Return whether a cell holds nothing a person could see."""
    if isinstance(cell, str):
        return not cell or (cell[0] in _UNSEEN and not cell.strip(_UNSEEN))
    return cell is None


def is_error(cell: Cell) -> bool:
    """Return whether a cell shows an Excel error or a formula without a stored result."""
    return isinstance(cell, str) and (cell in ERRORS or cell == UNCALCULATED)


def cell_text(cell: Cell) -> str:
    """Return a cell as the sheet shows it: whole numbers without ``.0``, days without midnight."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < _EXACT else f"{cell:.10G}"
    if isinstance(cell, bool):
        return "是" if cell else "否"
    text = "" if cell is None else str(cell)
    return _MIDNIGHT.sub(r"\1", text)


def column_letter(index: int) -> str:
    """Return A for 0, Z for 25, AA for 26."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
