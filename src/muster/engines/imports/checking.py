"""From a file to drafts: read in a child process, header found, columns matched and remembered."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from muster.core.sheets import (
    Column,
    Header,
    Repair,
    Table,
    Tables,
    Workbook,
    find_header,
    find_tables,
    is_added,
    plain,
    read_repair,
    run_in_child,
    split_rows,
)
from muster.engines.imports.kinds import Draft

BATCH = 2000  # a multiple of ImportPart.SIZE
JOIN = " / "
SKIPPED = {"total": "合计行", "note": "说明行", "example": "示例行", "repeated_header": "重复的表头",
           "column_numbers": "列号行", "numbered_only": "只有序号的行", "outside_columns": "只在其他列有内容的行"}  # fmt: skip
SHEETS = {"hidden": "隐藏的工作表", "no_header": "没有找到表头", "empty": "空工作表"}


@dataclass(frozen=True, slots=True)
class Memory:
    """How columns were matched before: what a person chose anywhere, and per form."""

    chosen: Mapping[str, str] = field(default_factory=dict)
    forms: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def of(self, fingerprint: str) -> dict[str, str]:
        """Return header text → key for one form, its own choices before those of others."""
        return {**self.chosen, **self.forms.get(fingerprint, {})}


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file was read: its tables, and in words what was left out and why."""

    tables: tuple[Table, ...]
    notes: list[str] = field(default_factory=list)
    columns: dict[str, Any] = field(default_factory=dict)
    repair: Repair | None = None

    def __len__(self) -> int:
        return sum(len(t.rows) for t in self.tables)

    def drafts(self) -> Iterator[list[Draft]]:
        """Yield batches of drafts, numbered through the file."""
        rows = self._each()
        while batch := list(islice(rows, BATCH)):
            yield batch

    def pairs(self, first: str, second: str) -> Iterator[tuple[Any, Any]]:
        """Yield the cells of two columns for every row; None where the sheet lacks the column."""
        for table in self.tables:
            index = {key: place for place, key in table.header.mapping.items()}
            one, other = index.get(first), index.get(second)
            for row in table.rows:
                yield _cell(row.cells, one), _cell(row.cells, other)

    def _each(self) -> Iterator[Draft]:
        place = 0
        origins = self.repair.rows if self.repair else {}
        for table in self.tables:
            labels = labels_of(table.header)
            moved = origins.get(table.sheet.name, {})
            name = table.sheet.name
            for number, raw in table.values():
                place += 1
                yield Draft(place, name, number, raw, origin=moved.get(number), labels=labels)


def _cell(cells: Sequence[Any], index: int | None) -> Any:
    return cells[index] if index is not None and index < len(cells) else None


def labels_of(header: Header) -> dict[str, str]:
    """Return key → header text as the user wrote it, its lowest level."""
    return {key: header.texts[i].rpartition(JOIN)[2] for i, key in header.mapping.items()}


def read_file(
    data: bytes, name: str, columns: Sequence[Column], memory: Memory | None = None,
    *, workbook: Workbook | None = None,
) -> Reading:  # fmt: skip
    """Return how the file reads; refusals of the file as a whole are Problems."""
    book = workbook or run_in_child(data, name)
    known = memory or Memory()
    tables = find_tables(book, columns, remembered=known.chosen)
    found = tuple(_as_remembered(table, columns, known) for table in tables.found)
    return Reading(
        found, notes_of(tables, found, columns), _columns(found, columns), read_repair(book)
    )


def cells_again(
    data: bytes, name: str, columns: Sequence[Column],
    matched: Mapping[str, Mapping[str, str]], row: tuple[str, int],
) -> dict[str, Any]:  # fmt: skip
    """Return the cells of one row, read anew as its sheet was matched; {} where it is not there."""
    for sheet in run_in_child(data, name).sheets:
        if sheet.name != row[0] or sheet.name not in matched:
            continue
        header = find_header(sheet, columns, remembered=matched[sheet.name])
        found = split_rows(sheet, header).values() if header else ()
        return next((cells for number, cells in found if number == row[1]), {})
    return {}


def _as_remembered(table: Table, columns: Sequence[Column], memory: Memory) -> Table:
    """Return the table matched as this very form was matched before."""
    own = memory.forms.get(table.header.fingerprint)
    if not own:
        return table
    header = find_header(table.sheet, columns, remembered=memory.of(table.header.fingerprint))
    if header is None or header.mapping == table.header.mapping:
        return table
    return split_rows(table.sheet, header)


def notes_of(tables: Tables, found: Sequence[Table], columns: Sequence[Column]) -> list[str]:
    """Return in words every sheet, row and column that is not imported, and what is missing."""
    labels = {c.key: c.label for c in columns}
    notes = [
        f"工作表“{s.name}”没有导入：{SHEETS.get(s.reason, s.reason)}，{s.rows} 行。"
        for s in tables.skipped
    ]
    for table in found:
        name = table.sheet.name
        by_reason: dict[str, list[int]] = {}
        for skip in table.skipped:
            by_reason.setdefault(skip.reason, []).append(skip.row)
        notes += [
            f"“{name}”略过 {len(rows)} 行：{SKIPPED.get(reason, reason)}（第 {spans(rows)} 行）。"
            for reason, rows in by_reason.items()
        ]
        if table.blank:
            notes.append(f"“{name}”中间有 {table.blank} 个空行，不算数据。")
        if table.header.unknown:
            names = "、".join(u.text for u in table.header.unknown)
            notes.append(f"“{name}”有不认识的列，没有导入：{names}。")
        if table.header.missing:
            names = "、".join(labels.get(k, k) for k in table.header.missing)
            notes.append(f"“{name}”没有找到必填的列：{names}。请在“列的对应”里指定，或在表里补上。")
    return notes


def spans(numbers: Sequence[int]) -> str:
    """Return row numbers in words, runs joined: 8、15–18."""
    parts: list[list[int]] = []
    for number in sorted(numbers):
        if parts and number == parts[-1][-1] + 1:
            parts[-1][1:] = [number]
        else:
            parts.append([number])
    return "、".join("–".join(map(str, part)) for part in parts)


def _left_out(header: Header) -> list[str]:
    """Return the headers that a person said to leave out: neither matched nor offered."""
    named = set(header.mapping) | {u.index for u in header.unknown}
    return [
        text
        for index, text in enumerate(header.texts)
        if index not in named and plain(text) and not is_added(text)
    ]


def _columns(found: Sequence[Table], columns: Sequence[Column]) -> dict[str, Any]:
    """Return how each sheet's columns were matched, for the page and for remembering."""
    labels = {c.key: c.label for c in columns}
    return {
        "sheets": [
            {
                "name": t.sheet.name,
                "header_rows": list(t.header.row_numbers),
                "fingerprint": t.header.fingerprint,
                "matched": [
                    {"text": t.header.texts[i], "key": k, "label": labels.get(k, k)}
                    for i, k in sorted(t.header.mapping.items())
                ],
                "unknown": [
                    {"index": u.index, "text": u.text, "candidates": list(u.candidates)}
                    for u in t.header.unknown
                ],
                "left_out": _left_out(t.header),
                "missing": [labels.get(k, k) for k in t.header.missing],
            }
            for t in found
        ]
    }  # fmt: skip
