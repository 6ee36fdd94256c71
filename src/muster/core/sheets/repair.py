"""Faulty rows back to the clerk in his own layout, and known again when they return."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from muster.core.sheets.body import Table, split_rows
from muster.core.sheets.columns import PROBLEM_LABEL, ROW_LABEL, Column, plain
from muster.core.sheets.header import find_header
from muster.core.sheets.model import Cell, Workbook
from muster.core.sheets.plan import RepairPlan, SheetPlan
from muster.core.sheets.problems import FileParserDied
from muster.core.sheets.process import ask_child, run_in_child
from muster.core.sheets.repair_plain import plain_repair

Edits: TypeAlias = Mapping[tuple[str, int], Mapping[str, str]]
JOB_PROPERTY = "MusterRepairJob"
_STYLED_BYTES = 3 * 2**20
_STYLED_CELLS = 600_000
_HEADER_SEARCHED = 40


@dataclass(frozen=True, slots=True)
class RowFault:
    """One thing wrong with one row; ``key`` names the column, or is empty for the whole row."""

    sheet: str
    row: int
    message: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Repair:
    """What a returned repair workbook says of itself.

    ``rows`` maps sheet name and row number now to the row number in the first file; rows that the
    clerk added are absent.
    """

    job: str
    rows: Mapping[str, Mapping[int, int]]


def write_repair(
    data: bytes,
    filename: str,
    faults: Sequence[RowFault],
    *,
    columns: Sequence[Column],
    job: str,
    workbook: Workbook | None = None,
    remembered: Mapping[str, Mapping[str, str]] | None = None,
    edits: Edits | None = None,
) -> bytes:
    """Return an .xlsx of the faulty rows under the user's own titles and header.

    Adds 问题 and 原行号 at the right; colours and annotates faulty cells; every text is a typed
    string, never a formula. Widths and styles are kept for .xlsx files up to 3 MB. Pass the
    ``workbook`` already read to save reading it again, and in ``remembered`` how each sheet was
    matched: sheet name → header text → key. ``edits`` holds what was corrected on the screen since:
    sheet name and row → key → text; it stands in the cells instead of the first text.
    """
    workbook = workbook or run_in_child(data, filename)
    plan = repair_plan(workbook, faults, columns, job, remembered=remembered, edits=edits)
    cells = sum(len(row) for sheet in workbook.sheets for row in sheet.rows)
    if workbook.kind.format == "xlsx" and len(data) <= _STYLED_BYTES and cells <= _STYLED_CELLS:
        order = {"task": "repair", "plan": plan.as_json(), "memory_mb": 1024, "cpu_s": 60}
        try:
            return ask_child(order, data, wall_s=120, take=_taken)
        except FileParserDied:
            # The layout could not be copied from this file; the rows still go back.
            return plain_repair(plan)
    return plain_repair(plan)


def read_repair(workbook: Workbook) -> Repair | None:
    """Return what came back when this workbook is one of our repair files, else None."""
    job = workbook.properties.get(JOB_PROPERTY)
    if not job:
        return None
    rows: dict[str, dict[int, int]] = {}
    for sheet in workbook.sheets:
        numbers: dict[int, int] = {}
        column = -1
        for index, cells in enumerate(sheet.rows):
            if column < 0 and index < _HEADER_SEARCHED:
                texts = [plain(cell) if isinstance(cell, str) else "" for cell in cells]
                column = texts.index(ROW_LABEL) if ROW_LABEL in texts else -1
            elif 0 <= column < len(cells) and _is_number(number := cells[column]):
                numbers[sheet.first_row + index] = int(str(number).removesuffix(".0"))
        rows[sheet.name] = numbers
    return Repair(job, rows)


def _is_number(cell: object) -> bool:
    return str(cell).removesuffix(".0").isdecimal() and len(str(cell)) < 10


def _taken(out: object) -> bytes | None:
    from muster.core.sheets.process import raise_reported

    content: bytes = out.read()  # type: ignore[attr-defined]
    raise_reported(content)
    return content if content.startswith(b"PK") else None


def repair_plan(
    workbook: Workbook,
    faults: Sequence[RowFault],
    columns: Sequence[Column],
    job: str,
    *,
    remembered: Mapping[str, Mapping[str, str]] | None = None,
    edits: Edits | None = None,
) -> RepairPlan:
    """Return what the repair workbook shall hold, however it is then dressed."""
    by_sheet: dict[str, list[RowFault]] = defaultdict(list)
    for fault in faults:
        by_sheet[fault.sheet].append(fault)
    texts = {column.key for column in columns if column.sensitive or column.kind in {"id", "phone"}}
    sheets = []
    for sheet in workbook.sheets:
        if sheet.name not in by_sheet:
            continue
        header = find_header(sheet, columns, remembered=(remembered or {}).get(sheet.name))
        if header is None:
            raise ValueError("faults in a sheet without these columns: pass what was remembered")
        own = {row: cells for (name, row), cells in (edits or {}).items() if name == sheet.name}
        sheets.append(_sheet_plan(split_rows(sheet, header), by_sheet[sheet.name], texts, own))
    return RepairPlan(job, tuple(sheets))


def _sheet_plan(
    table: Table, faults: Sequence[RowFault], texts: set[str],
    edits: Mapping[int, Mapping[str, str]],
) -> SheetPlan:  # fmt: skip
    sheet, header = table.sheet, table.header
    index_of = {key: index for index, key in header.mapping.items()}
    reasons: dict[int, list[str]] = defaultdict(list)
    notes: dict[int, dict[int, str]] = defaultdict(dict)
    for fault in faults:
        label = header.label(fault.key)
        reasons[fault.row].append(f"{label}：{fault.message}" if label else fault.message)
        if fault.key in index_of:
            notes[fault.row][index_of[fault.key]] = fault.message
    cells = {row.number: row.cells for row in table.rows}
    for number, corrected in edits.items():
        changed = {index_of[key]: text for key, text in corrected.items() if key in index_of}
        cells[number] = _with(cells.get(number) or sheet.row(number), changed)
    head = sheet.rows[: header.last_row - sheet.first_row + 1]
    width = _own_width(header.texts) or max([len(header.texts), *(len(row) for row in head)])
    return SheetPlan(
        name=sheet.name,
        first_row=sheet.first_row,
        header_rows=len(header.row_numbers),
        width=width,
        head=[row[:width] for row in head],
        merges=tuple(
            merge
            for merge in sheet.merges
            if merge.bottom < header.last_row and merge.right < width
        ),
        rows={number: cells.get(number) or sheet.row(number) for number in sorted(reasons)},
        reasons={number: "；".join(reasons[number]) for number in reasons},
        notes={number: dict(notes[number]) for number in notes},
        text_columns=tuple(sorted(index_of[key] for key in texts & index_of.keys())),
    )


def _with(cells: Sequence[Cell], changed: Mapping[int, str]) -> list[Cell]:
    """Return the cells of a row with some of them replaced."""
    row = [*cells, *[""] * (max(changed, default=-1) + 1 - len(cells))]
    for index, text in changed.items():
        row[index] = text
    return row


def _own_width(texts: Sequence[str]) -> int:
    """Return how many columns stand before those that an earlier repair added; 0 for none."""
    names = [plain(text) for text in texts]
    return names.index(PROBLEM_LABEL) if names[-2:] == [PROBLEM_LABEL, ROW_LABEL] else 0


__all__ = ["JOB_PROPERTY", "PROBLEM_LABEL", "Repair", "RowFault", "read_repair", "write_repair"]
