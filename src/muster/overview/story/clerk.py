"""The clerk: takes the repair workbook, writes the right values, deletes what must go."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from muster.overview.story.cells import steady
from muster.overview.story.truth import FileTruth, RowTruth, SheetTruth

ROW_NUMBER, SHEET_NAME = "原行号", "原工作表"
_SEARCHED_ROWS = 30


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a repair sheet keeps things; rows and columns counted from 1."""

    header_row: int
    number: int
    sheet: int | None
    labels: Mapping[str, int]

    def column(self, field: str, sheet: SheetTruth) -> int:
        """Return the column of a field: by its header, else by its place in the original."""
        column = sheet.column(field)
        return self.labels.get(_plain(column.header), column.index)


def repair(path: Path, truth: FileTruth, *, out: Path | None = None) -> Path:
    """Return the corrected file (beside the given one unless ``out`` names another).

    The file holds the faulty rows in the user's own layout and a column 原行号; sheets carry
    their original titles or a column 原工作表. A row the truth does not call faulty is a bug
    of the importer and raises ValueError.
    """
    target = out or path.with_name(f"{path.stem}-已修正{path.suffix}")
    if path.suffix.lower() == ".csv":
        target.write_bytes(_repair_text(path.read_bytes(), truth))
    else:
        target.write_bytes(_repair_book(path, truth))
    return target


def _repair_book(path: Path, truth: FileTruth) -> bytes:
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        values = [[cell.value for cell in row] for row in sheet.iter_rows()]
        if (place := _find_place(values)) is not None:
            _repair_sheet(sheet, values, place, truth)
    out = io.BytesIO()
    book.save(out)
    return steady(out.getvalue())


def _repair_sheet(
    sheet: Worksheet, values: Sequence[Sequence[Any]], place: _Place, truth: FileTruth
) -> None:
    deleted = []
    for number, cells in enumerate(values[place.header_row :], start=place.header_row + 1):
        if (row := _truth_of(cells, place, sheet.title, truth)) is None:
            continue
        if row.mending == "drop":
            deleted.append(number)
        for field, value in row.cells:
            column = place.column(field, truth.sheet(row.sheet))
            cell = sheet.cell(number, column)
            cell.number_format = "@"
            cell.value = value
    for number in reversed(deleted):
        sheet.delete_rows(number)


def _repair_text(content: bytes, truth: FileTruth) -> bytes:
    encoding = "utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else truth.encoding or "utf-8"
    text = content.decode(encoding)
    delimiter = max(",;\t", key=text.count)
    rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    place = _find_place(rows)
    if place is None:
        raise ValueError(f"no column {ROW_NUMBER}")
    kept = rows[: place.header_row]
    for cells in rows[place.header_row :]:
        row = _truth_of(cells, place, "", truth)
        if row is not None and row.mending == "drop":
            continue
        for field, value in row.cells if row else ():
            cells[place.column(field, truth.sheet(row.sheet if row else "")) - 1] = value
        kept.append(cells)
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(kept)
    return out.getvalue().encode(encoding)


def _find_place(values: Sequence[Sequence[Any]]) -> _Place | None:
    """Return where the header lies, or None for a sheet without 原行号 (a legend)."""
    for index, cells in enumerate(values[:_SEARCHED_ROWS]):
        plain = [_plain(value) for value in cells]
        if ROW_NUMBER not in plain:
            continue
        # Headers of two lines: labels of single columns stand in the line above.
        bottom = _last_header_line(values, index, plain.index(ROW_NUMBER))
        labels: dict[str, int] = {}
        for row in values[max(0, index - 1) : bottom + 1]:
            labels.update({_plain(text): at for at, text in enumerate(row, 1) if _plain(text)})
        return _Place(bottom + 1, plain.index(ROW_NUMBER) + 1, labels.get(SHEET_NAME), labels)
    return None


def _last_header_line(values: Sequence[Sequence[Any]], index: int, column: int) -> int:
    following = index + 1
    if following < len(values):
        cells = values[following]
        under = cells[column] if column < len(cells) else None
        filled = sum(1 for cell in cells if cell not in (None, ""))
        if under in (None, "") and filled > 2:
            return following
    return index


def _truth_of(cells: Sequence[Any], place: _Place, title: str, truth: FileTruth) -> RowTruth | None:
    number = cells[place.number - 1] if place.number <= len(cells) else None
    if number is None or number == "":
        return None
    titles = {sheet.title for sheet in truth.sheets}
    named = str(cells[place.sheet - 1] or "") if place.sheet else title
    if named not in titles:
        if len(titles) != 1:
            raise ValueError(f"cannot tell which sheet row {number} comes from")
        named = next(iter(titles))
    for row in truth.faulty:
        if (row.sheet, row.row) == (named, int(number)):
            return row
    raise ValueError(f"{truth.file} {named} row {number} was refused but is not faulty")


def _plain(value: object) -> str:
    return "".join(str(value or "").split()).strip("*")
