"""Reads the sheets of a guarded file; runs inside the child process."""

import io
from typing import Any

import python_calamine as calamine

from muster.core.sheets.guard import inspect
from muster.core.sheets.marks import refuse_classified
from muster.core.sheets.model import (
    MAX_COLUMNS,
    MAX_ROWS,
    Cell,
    FileKind,
    Merge,
    Sheet,
    Workbook,
)
from muster.core.sheets.package import Package
from muster.core.sheets.problems import (
    FileDamaged,
    FileEncrypted,
    FileTooManyColumns,
    FileTooManyRows,
)
from muster.core.sheets.text_file import read_text

_MOST_MERGES = 200_000


def read(data: bytes, filename: str) -> Workbook:
    """Return the workbook, or raise a ``FileProblem``.

    Call ``run_in_child`` for files from outside: this parser can be killed by a hostile one.
    """
    kind, scans = inspect(data, filename)
    if kind.format == "csv":
        name = filename.replace("\\", "/").rpartition("/")[2].rpartition(".")[0]
        workbook = Workbook((read_text(data, name or "文本"),), kind)
        refuse_classified(workbook, filename)
        return workbook
    package = Package(data, scans) if kind.format == "xlsx" else None
    workbook = _read_binary(data, kind, package)
    refuse_classified(workbook, filename, texts=package.loose_texts() if package else ())
    return workbook


def _read_binary(data: bytes, kind: FileKind, package: Package | None) -> Workbook:
    try:
        source = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except calamine.PasswordError:
        raise FileEncrypted from None
    except (calamine.CalamineError, OSError, ValueError):
        raise FileDamaged from None
    sheets = [
        _read_sheet(source, meta, index, package)
        for index, meta in enumerate(source.sheets_metadata)
        if meta.typ == calamine.SheetTypeEnum.WorkSheet
    ]
    return Workbook(tuple(sheets), kind, package.muster_properties() if package else {})


def _read_sheet(source: Any, meta: Any, index: int, package: Package | None) -> Sheet:
    try:
        found = source.get_sheet_by_index(index)
        _check_size(found, meta.name)
        rows: list[list[Cell]] = found.to_python(skip_empty_area=True)
        merges = _merges(found)
    except (calamine.CalamineError, ValueError):
        raise FileDamaged from None
    top, left = found.start or (0, 0)
    if left:
        blank: list[Cell] = [""] * left
        rows = [blank + row for row in rows]
    if package is not None:
        for row, column, text in package.lost_cells(meta.name):
            # An error or an uncalculated formula reads as blank: say so instead of losing it.
            if 0 <= row - top < len(rows) and column < MAX_COLUMNS:
                cells = rows[row - top]
                cells.extend([""] * (column + 1 - len(cells)))
                cells[column] = cells[column] or text
    hidden = meta.visible != calamine.SheetVisibleEnum.Visible
    return Sheet(meta.name, rows, top + 1, hidden, merges)


def _check_size(found: Any, name: str) -> None:
    if found.end is None:
        return
    last_row, last_column = found.end
    if found.height > MAX_ROWS:
        raise FileTooManyRows(sheet=name, row=last_row + 1, limit=200_000)
    if last_column >= MAX_COLUMNS:
        raise FileTooManyColumns(sheet=name, columns=last_column + 1, limit=MAX_COLUMNS)


def _merges(found: Any) -> tuple[Merge, ...]:
    ranges = found.merged_cell_ranges or ()
    if len(ranges) > _MOST_MERGES:
        raise FileDamaged
    return tuple(Merge(*start, *end) for start, end in ranges if start != end)
