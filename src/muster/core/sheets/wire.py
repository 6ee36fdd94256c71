"""How a workbook travels from the reading process: JSON lines, nothing that could run."""

from collections.abc import Iterator
from dataclasses import asdict, astuple
from datetime import date, datetime, time, timedelta
from typing import Any

import orjson

from muster.core.sheets.model import Cell, FileKind, Merge, Sheet, Workbook

_ROWS_A_LINE = 2000


def pack(workbook: Workbook) -> Iterator[bytes]:
    """Yield lines: the frame, then for every sheet its rows in pieces, then ``end``."""
    sheets = [
        {
            "name": sheet.name,
            "first_row": sheet.first_row,
            "hidden": sheet.hidden,
            "merges": [astuple(merge) for merge in sheet.merges],
        }
        for sheet in workbook.sheets
    ]
    kind = asdict(workbook.kind)
    yield _line({"kind": kind, "properties": workbook.properties, "sheets": sheets})
    for index, sheet in enumerate(workbook.sheets):
        for start in range(0, len(sheet.rows), _ROWS_A_LINE):
            yield _rows_line(index, sheet.rows[start : start + _ROWS_A_LINE])
    yield _line("end")


def unpack(lines: Iterator[bytes]) -> Workbook | None:
    """Return the workbook, or None when the lines stop before ``end``."""
    frame: dict[str, Any] | None = None
    rows: list[list[list[Cell]]] = []
    for line in lines:
        found = orjson.loads(line)
        if found == "end":
            return _workbook(frame, rows) if frame else None
        if frame is None:
            frame, rows = found, [[] for _ in found["sheets"]]
            continue
        index, typed, piece = found
        if typed:
            restore(piece)
        rows[index].extend(piece)
    return None


def _workbook(frame: dict[str, Any], rows: list[list[list[Cell]]]) -> Workbook:
    sheets = []
    for meta, cells in zip(frame["sheets"], rows, strict=True):
        merges = tuple(Merge(*merge) for merge in meta["merges"])
        sheets.append(Sheet(meta["name"], cells, meta["first_row"], meta["hidden"], merges))
    return Workbook(tuple(sheets), FileKind(**frame["kind"]), frame["properties"])


def _rows_line(index: int, rows: list[list[Cell]]) -> bytes:
    packed = dumps(rows)
    typed = b'["date' in packed or b'["time' in packed
    return b"[%d,%s,%s]\n" % (index, b"true" if typed else b"false", packed)


def dumps(value: object, *, keys: bool = False) -> bytes:
    """Return JSON in which dates and times are tagged lists; ``keys`` lets whole numbers be keys."""
    option = orjson.OPT_PASSTHROUGH_DATETIME | (orjson.OPT_NON_STR_KEYS if keys else 0)
    return orjson.dumps(value, default=_tag, option=option)


def _tag(cell: object) -> list[str | float]:
    if isinstance(cell, datetime | date | time):
        return [type(cell).__name__, cell.isoformat()]
    if isinstance(cell, timedelta):
        return ["timedelta", cell.total_seconds()]
    raise TypeError(f"no cell type {type(cell).__name__}")


def restore(rows: list[list[Any]]) -> None:
    """Put dates and times back in place of their tags."""
    for row in rows:
        for column, cell in enumerate(row):
            if type(cell) is list:
                row[column] = _typed(*cell)


def _typed(kind: str, value: Any) -> Cell:
    if kind == "date":
        return date.fromisoformat(value)
    if kind == "datetime":
        return datetime.fromisoformat(value)
    if kind == "time":
        return time.fromisoformat(value)
    return timedelta(seconds=value)


def _line(value: object) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE)
