"""Rosters as clerks write them, and bringing them in."""

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import openpyxl
import xlsxwriter

from muster.engines.imports import actions, queries
from muster.engines.imports.models import Import, ImportRow
from muster.ground.register.models import Person
from muster.ground.register.queries import person_by_number
from tests.factories import NOON, TOWN, id_number

HEADERS = ("姓名", "身份证号", "联系电话", "所属村（社区）", "工作单位")
Rows = Sequence[Sequence[Any]]


def book(rows: Rows, headers: Sequence[str] = HEADERS, *, title: str = "花名册", above: int = 0,
         more: dict[str, tuple[Sequence[str], Rows]] | None = None) -> bytes:  # fmt: skip
    """Return an .xlsx: ``above`` title rows, the header, the rows; ``more`` are further sheets."""
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    sheets = {title: (headers, rows), **(more or {})}
    for name, (head, lines) in sheets.items():
        page = made.add_worksheet(name)
        for number in range(above):
            page.write(number, 0, "青溪镇民兵花名册")
        page.write_row(above, 0, head)
        for number, cells in enumerate(lines, start=above + 1):
            for column, cell in enumerate(cells):
                (page.write_datetime if isinstance(cell, date) else page.write)(
                    number, column, cell
                )
    made.close()
    return out.getvalue()


def person(n: int, **changes: Any) -> list[Any]:
    """Return the cells of one good row."""
    cells: dict[str, Any] = {
        "name": "赵" + "".join("零一二三四五六七八九"[int(d)] for d in f"{n:02d}"),
        "id": id_number(n),
        "phone": f"138{n:08d}",
        "village": "柳湾村",
        "employer": "青禾农机",
    }
    return list((cells | changes).values())


def people(count: int, *, start: int = 1) -> list[list[Any]]:
    """Return good rows."""
    return [person(n) for n in range(start, start + count)]


def checked(data: bytes, name: str = "名册.xlsx", **more: Any) -> Import:
    """Return an import that has been checked."""
    values = {"kind": "people", "division": TOWN, "at": NOON} | more
    return actions.check(actions.take_file(name, data, **values), at=NOON)


def brought(data: bytes, name: str = "名册.xlsx", **more: Any) -> Import:
    """Return an import that has been checked and written."""
    return actions.write(checked(data, name, **more), at=NOON)


def counts(job: Import) -> dict[str, int]:
    """Return the counts that are not zero, rows and accepted left out."""
    kept = ("new", "changed", "unchanged", "rejected", "held", "absent", "replaced")
    return {k: job.counts[k] for k in kept if job.counts.get(k)}


def row(job: Import, number: int, sheet: str = "花名册") -> ImportRow:
    """Return the import's row of a sheet's row."""
    return ImportRow.objects.get(of=job, number=number, sheet=sheet)


def faults(job: Import) -> list[tuple[int, str, str]]:
    """Return (row, column, code) of every error."""
    return [(e["row"], e["column"], e["code"]) for e in queries.errors(job)]


def known(n: int) -> Person | None:
    """Return the person of a row of ``person(n)``."""
    return person_by_number(id_number(n))


def register() -> dict[str, tuple[Any, ...]]:
    """Return what stands in the register: number's hash → what a roster can say of a person."""
    rows = Person.objects.exclude(state="withdrawn")
    names = ("id_index", "name", "phone_index", "employer", "division", "education", "politics",
             "veteran", "skills_text", "address")  # fmt: skip
    return {values[0]: values[1:] for values in rows.values_list(*names)}


def corrected(data: bytes, fixes: dict[int, dict[str, Any]], *, drop: Sequence[int] = ()) -> bytes:
    """Return a repair workbook with cells set by original row number and header text."""
    made = openpyxl.load_workbook(io.BytesIO(data))
    for page in made.worksheets:
        head = next(n for n in range(1, 20) if "原行号" in [c.value for c in page[n]])
        texts = {cell.value: cell.column for cell in page[head]}
        for number in range(page.max_row, head, -1):
            origin = page.cell(number, texts["原行号"]).value
            if origin is None:
                continue
            for header, value in fixes.get(int(origin), {}).items():
                page.cell(number, texts[header]).value = value
            if int(origin) in drop:
                page.delete_rows(number)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def later(hours: int = 1) -> datetime:
    """Return a moment after the usual one."""
    return NOON.replace(hour=NOON.hour + hours)
