"""The repair workbook in a plain dress: for old, large or text files."""

import io
from datetime import date, datetime, time, timedelta
from typing import Any

from muster.core.sheets.columns import PROBLEM_LABEL, ROW_LABEL
from muster.core.sheets.model import Cell
from muster.core.sheets.plan import RepairPlan, SheetPlan, shown

WRITER_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
}
# A fixed creation time: the same rows give the same bytes.
CREATED = {"created": datetime(2000, 1, 1)}  # noqa: DTZ001  a spreadsheet knows no time zone
_WIDEST, _NARROWEST = 40, 6


def plain_repair(plan: RepairPlan) -> bytes:
    """Return the workbook bytes; widths follow the contents."""
    import xlsxwriter  # 0.3 s that the reading process does not spend

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, WRITER_OPTIONS)
    book.set_properties(CREATED)
    book.set_custom_property("MusterRepairJob", plan.job)
    styles = {
        "": book.add_format({"border": 1, "valign": "vcenter"}),
        "text": book.add_format({"border": 1, "valign": "vcenter", "num_format": "@"}),
        "bad": book.add_format({"border": 1, "bg_color": "#FFC7CE", "font_color": "#9C0006",
                                "num_format": "@"}),
        "head": book.add_format({"border": 1, "bold": True, "align": "center", "text_wrap": True,
                                 "bg_color": "#F2F2F2", "valign": "vcenter"}),
        "title": book.add_format({"bold": True}),
        "reason": book.add_format({"border": 1, "font_color": "#C00000", "text_wrap": True}),
        "day": book.add_format({"border": 1, "num_format": "yyyy-mm-dd"}),
    }  # fmt: skip
    for sheet in plan.sheets:
        _write_sheet(book.add_worksheet(sheet.name), sheet, styles)
    if not plan.sheets:
        book.add_worksheet("没有问题")
    book.close()
    return buffer.getvalue()


def _write_sheet(page: Any, sheet: SheetPlan, styles: dict[str, Any]) -> None:
    top = sheet.first_row - 1
    _write_head(page, sheet, styles)
    for offset, (number, cells) in enumerate(sheet.rows.items()):
        row = top + len(sheet.head) + offset
        notes = sheet.notes.get(number, {})
        for column in range(sheet.width):
            cell = cells[column] if column < len(cells) else ""
            as_text = column in sheet.text_columns or column in notes
            style = styles["bad" if column in notes else "text" if as_text else ""]
            write_cell(page, (row, column), shown(cell) if as_text else cell, style, styles["day"])
        for column, note in notes.items():
            page.write_comment(row, column, note)
        page.write_string(row, sheet.width, sheet.reasons[number], styles["reason"])
        page.write_number(row, sheet.width + 1, number, styles[""])
    _set_widths(page, sheet)
    page.freeze_panes(top + len(sheet.head), 0)
    if sheet.rows:
        last = top + len(sheet.head) + len(sheet.rows) - 1
        page.autofilter(top + len(sheet.head) - 1, 0, last, sheet.width + 1)


def _write_head(page: Any, sheet: SheetPlan, styles: dict[str, Any]) -> None:
    top = sheet.first_row - 1
    header_from = len(sheet.head) - sheet.header_rows
    for offset, cells in enumerate(sheet.head):
        style = styles["head" if offset >= header_from else "title"]
        for column, cell in enumerate(cells):
            write_cell(page, (top + offset, column), cell, style, styles["day"])
    for merge in sheet.merges:
        cell = sheet.head[merge.top - top][merge.left] if merge.top >= top else ""
        style = styles["head" if merge.top - top >= header_from else "title"]
        page.merge_range(merge.top, merge.left, merge.bottom, merge.right, "", style)
        write_cell(page, (merge.top, merge.left), cell, style, styles["day"])
    last = top + len(sheet.head) - 1
    page.write_string(last, sheet.width, PROBLEM_LABEL, styles["head"])
    page.write_string(last, sheet.width + 1, ROW_LABEL, styles["head"])


def write_cell(page: Any, at: tuple[int, int], cell: Cell, style: Any, day_style: Any) -> None:
    """Write one typed cell; text is always a string cell, whatever it looks like."""
    if isinstance(cell, bool):
        page.write_boolean(*at, cell, style)
    elif isinstance(cell, int | float):
        page.write_number(*at, cell, style)
    elif isinstance(cell, datetime | date):
        page.write_datetime(*at, cell, day_style)
    elif isinstance(cell, time | timedelta):
        page.write_string(*at, str(cell), style)
    elif cell:
        page.write_string(*at, cell[:32_767], style)
    else:
        page.write_blank(*at, None, style)


def _set_widths(page: Any, sheet: SheetPlan) -> None:
    sample = [*sheet.head[-sheet.header_rows :], *list(sheet.rows.values())[:200]]
    for column in range(sheet.width):
        texts = (shown(row[column]) for row in sample if column < len(row))
        longest = max((_display_width(text) for text in texts), default=0)
        page.set_column(column, column, max(_NARROWEST, min(_WIDEST, longest + 2)))
    page.set_column(sheet.width, sheet.width, 60)
    page.set_column(sheet.width + 1, sheet.width + 1, 8)


def _display_width(text: str) -> int:
    """Return the width in half-width characters; a Chinese one takes two."""
    return sum(2 if ord(char) > 0x2E7F else 1 for char in text.split("\n", 1)[0])
