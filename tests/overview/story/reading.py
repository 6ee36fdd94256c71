"""Reads the written files back with other libraries, and plays the importer's repair workbook."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
from python_calamine import CalamineWorkbook

from muster.overview.story.truth import FileTruth, RowTruth, SheetTruth


def sheets_of(content: bytes, truth: FileTruth) -> dict[str, list[list[Any]]]:
    """Every sheet of the file as lists of values, rows as the user counts them."""
    if truth.encoding:
        text = content.decode(truth.encoding)
        return {"": list(csv.reader(io.StringIO(text), delimiter=truth.delimiter))}
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {
        name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for name in book.sheet_names
    }


def cell(rows: list[list[Any]], sheet: SheetTruth, row: RowTruth, field: str) -> Any:
    return rows[row.row - 1][sheet.column(field).index - 1]


def data_rows(content: bytes, truth: FileTruth) -> Iterator[tuple[RowTruth, dict[str, Any]]]:
    """Each row of the truth with the values that lie in the file."""
    sheets = sheets_of(content, truth)
    for row in truth.rows:
        sheet = truth.sheet(row.sheet)
        rows = sheets[row.sheet]
        yield row, {one.field: cell(rows, sheet, row, one.field) for one in sheet.columns}


def write_repair_workbook(content: bytes, truth: FileTruth, path: Path) -> None:
    """What an importer gives back: header and faulty rows as they were, 问题, 原行号."""
    original = sheets_of(content, truth)
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in truth.sheets:
        faulty = [row for row in truth.faulty if row.sheet == sheet.title]
        if not faulty:
            continue
        target, values = book.create_sheet(sheet.title or "Sheet1"), original[sheet.title]
        width = max(column.index for column in sheet.columns)
        for number in range(1, sheet.header_row + 1):
            line = (values[number - 1] + [None] * width)[:width]
            target.append([*line, "问题", "原行号"] if number == sheet.header_row else line)
        for row in faulty:
            line = (values[row.row - 1] + [None] * width)[:width]
            # A cell that begins with = must stay text here too.
            target.append([None] * width + ["；".join(f.what for f in row.faults), row.row])
            for at, value in enumerate(line, 1):
                place = target.cell(target.max_row, at)
                place.value = value
                if isinstance(value, str) and value.startswith("="):
                    place.data_type = "s"
    book.save(path)
