"""The repair workbook in the user's own dress: styles, widths and merges of the first file."""

import io
from copy import copy
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from muster.core.sheets.columns import PROBLEM_LABEL, ROW_LABEL
from muster.core.sheets.model import Cell
from muster.core.sheets.plan import RepairPlan, SheetPlan, shown

_RED = Font(color="C00000", bold=True)
_PINK = PatternFill("solid", fgColor="FFC7CE")
_WRAP = Alignment(wrap_text=True, vertical="center")


def styled_repair(data: bytes, plan_json: Any) -> bytes:
    """Return the workbook bytes; runs in the child process, as it parses the user's file anew."""
    plan = RepairPlan.from_json(plan_json)
    # Any: the stubs know neither custom properties nor that a new column copies an old one.
    book: Any = load_workbook(io.BytesIO(data), keep_links=False, data_only=True)
    kept = []
    for sheet in plan.sheets:
        source = book[sheet.name]
        page = book.create_sheet("muster-repair")
        _write_sheet(source, page, sheet)
        book.remove(source)
        page.title = sheet.name
        kept.append(page)
    for other in [found for found in book.worksheets if found not in kept]:
        book.remove(other)
    book.defined_names.clear()
    for name in [found.name for found in book.custom_doc_props.props]:
        if name and name.startswith("Muster"):
            del book.custom_doc_props[name]
    book.custom_doc_props.append(StringProperty(name="MusterRepairJob", value=plan.job))
    book.active = 0
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _write_sheet(source: Worksheet, page: Worksheet, sheet: SheetPlan) -> None:
    for letter, dimension in source.column_dimensions.items():
        own: Any = copy(dimension)
        own.worksheet = page
        page.column_dimensions[letter] = own
    for offset, cells in enumerate(sheet.head):
        number = sheet.first_row + offset
        _write_row(source, page, (number, number), cells, sheet)
    for merge in sheet.merges:
        page.merge_cells(None, merge.top + 1, merge.left + 1, merge.bottom + 1, merge.right + 1)
    last = sheet.first_row + len(sheet.head) - 1
    for column, label in ((sheet.width + 1, PROBLEM_LABEL), (sheet.width + 2, ROW_LABEL)):
        cell = page.cell(last, column, label)
        _dress(cell, source.cell(last, sheet.width))
        cell.font = _RED
    for offset, (number, cells) in enumerate(sheet.rows.items()):
        target = last + 1 + offset
        _write_row(source, page, (number, target), cells, sheet)
        _mark(page, target, number, sheet)
    page.column_dimensions[get_column_letter(sheet.width + 1)].width = 60
    page.freeze_panes = f"A{last + 1}"


def _write_row(
    source: Worksheet, page: Worksheet, rows: tuple[int, int], cells: list[Cell], sheet: SheetPlan
) -> None:
    number, target = rows
    height = source.row_dimensions[number].height
    if height:
        page.row_dimensions[target].height = height
    is_data = number >= sheet.first_row + len(sheet.head)
    for column in range(sheet.width):
        cell = page.cell(target, column + 1)
        _dress(cell, source.cell(number, column + 1))
        value = cells[column] if column < len(cells) else ""
        if is_data and (column in sheet.text_columns or isinstance(value, str)):
            _set_text(cell, shown(value))
        elif isinstance(value, str):
            _set_text(cell, value)
        else:
            cell.value = value
        if is_data and column in sheet.text_columns:
            cell.number_format = "@"


def _mark(page: Worksheet, target: int, number: int, sheet: SheetPlan) -> None:
    for column, message in sheet.notes.get(number, {}).items():
        cell: Any = page.cell(target, column + 1)
        cell.fill = _PINK
        cell.comment = Comment(message, "Muster")
    reason: Any = page.cell(target, sheet.width + 1)
    _set_text(reason, sheet.reasons[number])
    reason.font, reason.alignment = _RED, _WRAP
    page.cell(target, sheet.width + 2).value = number


def _set_text(cell: Any, text: str) -> None:
    if text:
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
        # After the value: openpyxl takes a text with "=" for a formula.
        cell.data_type = "s"


def _dress(cell: Any, source: Any) -> None:
    # Within one workbook a style is a row of indexes: copying it is all that openpyxl does itself.
    if source.has_style:
        cell._style = copy(source._style)  # noqa: SLF001
