"""Cells as they lie in a dirty sheet, and workbooks whose bytes depend on nothing else."""

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import xlsxwriter

from muster.overview.story.county import PLAN_DAY


@dataclass(frozen=True, slots=True)
class Formula:
    """A real formula and the value that was last computed."""

    text: str
    value: str | int


@dataclass(frozen=True, slots=True)
class Scientific:
    """A number shown as 1.99E+11; digits may be gone."""

    value: float


Cell = str | int | float | date | Formula | Scientific | None


@dataclass(slots=True)
class Grid:
    """One sheet to be written: rows of cells, merged ranges (zero-based, inclusive)."""

    title: str
    rows: list[list[Cell]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


def workbook_bytes(grids: Sequence[Grid]) -> bytes:
    """Return an .xlsx of the grids: the same bytes for the same grids."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    born = datetime(PLAN_DAY.year, PLAN_DAY.month, PLAN_DAY.day)  # noqa: DTZ001  (a stamp only)
    book.set_properties({"created": born, "author": "青溪镇武装部"})
    formats = {
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        "scientific": book.add_format({"num_format": "0.00E+00"}),
        "head": book.add_format({"bold": True, "align": "center", "border": 1}),
    }
    for grid in grids:
        _write_grid(book.add_worksheet(grid.title), grid, formats)
    book.close()
    return out.getvalue()


def _write_grid(
    sheet: xlsxwriter.worksheet.Worksheet,
    grid: Grid,
    formats: dict[str, xlsxwriter.format.Format],
) -> None:
    for top, left, bottom, right in grid.merged:
        sheet.merge_range(top, left, bottom, right, "", formats["head"])
    heads = {(top, left) for top, left, _, _ in grid.merged}
    for row, cells in enumerate(grid.rows):
        for column, cell in enumerate(cells):
            style = formats["head"] if (row, column) in heads else None
            _write_cell(sheet, (row, column), cell, formats, style)


def _write_cell(
    sheet: xlsxwriter.worksheet.Worksheet,
    at: tuple[int, int],
    cell: Cell,
    formats: dict[str, xlsxwriter.format.Format],
    style: xlsxwriter.format.Format | None,
) -> None:
    if cell is None:
        return
    if isinstance(cell, Formula):
        sheet.write_formula(*at, cell.text, style, cell.value)
    elif isinstance(cell, Scientific):
        sheet.write_number(*at, cell.value, formats["scientific"])
    elif isinstance(cell, date):
        sheet.write_datetime(*at, cell, formats["date"])
    elif isinstance(cell, str):
        sheet.write_string(*at, cell, style)
    else:
        sheet.write_number(*at, cell, style)


def csv_bytes(grid: Grid, *, encoding: str, delimiter: str) -> bytes:
    """Return the grid as delimited text; every cell becomes the text a spreadsheet would save."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    for row in grid.rows:
        writer.writerow([_as_text(cell) for cell in row])
    return out.getvalue().encode(encoding)


def _as_text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Formula):
        return str(cell.value)
    if isinstance(cell, Scientific):
        return f"{cell.value:.5E}"
    return cell.isoformat() if isinstance(cell, date) else str(cell)


_MODIFIED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms)")


def steady(package: bytes) -> bytes:
    """Return an Office package with its clock stamps set to one fixed moment."""
    out = io.BytesIO()
    stamp = f"{PLAN_DAY.isoformat()}T08:00:00Z".encode()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as read,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as write,
    ):
        for entry in read.infolist():
            content = read.read(entry)
            if entry.filename == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + stamp + rb"\g<3>", content)
            info = zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            write.writestr(info, content)
    return out.getvalue()
