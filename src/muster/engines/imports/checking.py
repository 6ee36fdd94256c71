"""From a file to checked rows: read in a child process, header found, every cell judged."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from muster.core.sheets import (
    Column,
    Repair,
    Table,
    Tables,
    find_tables,
    read_repair,
    run_in_child,
)
from muster.engines.imports.kinds import Draft

BATCH = 2000
SKIPPED = {"total": "合计行", "note": "说明行", "example": "示例行", "repeated_header": "重复的表头",
           "column_numbers": "列号行", "numbered_only": "只有序号的行", "outside_columns": "只在其他列有内容的行"}  # fmt: skip
SHEETS = {"hidden": "隐藏的工作表", "no_header": "没有找到表头", "empty": "空工作表"}


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

    def _each(self) -> Iterator[Draft]:
        place = 0
        origins = self.repair.rows if self.repair else {}
        for table in self.tables:
            for number, raw in table.values():
                place += 1
                origin = origins.get(table.sheet.name, {}).get(number)
                yield Draft(place, table.sheet.name, number, raw, origin=origin)


def read_file(
    data: bytes, name: str, columns: Sequence[Column], remembered: Mapping[str, str] | None = None
) -> Reading:
    """Return how the file reads; refusals of the file as a whole are Problems."""
    workbook = run_in_child(data, name)
    tables = find_tables(workbook, columns, remembered=remembered)
    repair = read_repair(workbook)
    return Reading(tables.found, _notes(tables), _columns(tables, columns), repair)


def _notes(tables: Tables) -> list[str]:
    notes = [
        f"工作表“{s.name}”没有导入：{SHEETS.get(s.reason, s.reason)}。" for s in tables.skipped
    ]
    for table in tables.found:
        for reason, count in table.skipped_by_reason.items():
            notes.append(f"“{table.sheet.name}”略过 {count} 行：{SKIPPED.get(reason, reason)}。")
        if table.header.unknown:
            names = "、".join(u.text for u in table.header.unknown)
            notes.append(f"“{table.sheet.name}”有不认识的列，没有导入：{names}。")
    return notes


def _columns(tables: Tables, columns: Sequence[Column]) -> dict[str, Any]:
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
                    {"text": u.text, "candidates": list(u.candidates)} for u in t.header.unknown
                ],
                "missing": [labels.get(k, k) for k in t.header.missing],
            }
            for t in tables.found
        ]
    }
