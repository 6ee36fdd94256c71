"""Writing a list as a workbook."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from muster.core.sheets import Column, write_table
from muster.ground.journal.actions import look
from muster.web.tables import Table
from muster.web.templatetags.muster import fen_yuan, moment

KINDS = {"number": "int", "date": "date"}
NEUTRAL = "text"


def workbook_of(table: Table, *, on: date, by: str) -> bytes:
    """Return an .xlsx of all rows the filters let through, masked as on the screen; journalled.

    The second sheet property says who took it and when, so that a copy tells where it came from.
    """
    lines = table.export()
    next(lines)  # the labels; the columns below carry them
    columns = _columns(table)
    data = write_table(
        columns, _rows(table, lines), title=str(table.caption), sheet=_sheet(table),
        properties={"导出人": by, "导出日期": on.isoformat()},
    )  # fmt: skip
    action = "people.exported" if table.personal else "table.exported"
    look(action, kind=f"table.{table.name}"[:60], count=table.total, reason=_filters(table))
    return data


def _columns(table: Table) -> list[Column]:
    return [
        Column(key=f"c{n}", label=str(c.label), kind=KINDS.get(c.kind, NEUTRAL))
        for n, c in enumerate(table.columns)
    ]


def _rows(table: Table, lines: Iterator[list[Any]]) -> Iterator[dict[str, Any]]:
    kinds = [c.kind for c in table.columns]
    for line in lines:
        yield {
            f"c{n}": _shown(value, kind)
            for n, (value, kind) in enumerate(zip(line, kinds, strict=True))
        }


def _shown(value: Any, kind: str) -> Any:
    """Return a value as the screen says it where a workbook cell has no type for it."""
    if value is None or value == "":
        return None
    if kind == "money":
        return str(fen_yuan(value))
    return str(moment(value)) if kind == "moment" else value


def _sheet(table: Table) -> str:
    # Excel refuses these characters and more than 31.
    plain = "".join(c for c in str(table.caption) if c not in r"[]:*?/\\")
    return plain[:31] or "名单"


def _filters(table: Table) -> str:
    """Return the names of the filters set; their words could hold a name that was searched for."""
    active = table.filters.active if table.filters else {}
    return "、".join(sorted(active))
