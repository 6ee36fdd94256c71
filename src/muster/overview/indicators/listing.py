"""Tables of indicators, of what is behind them, and of where they come from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from muster.core.kernel import Period
from muster.core.sheets import Column as SheetColumn
from muster.core.sheets.writer import write_table
from muster.ground.register.queries import division_names
from muster.overview.indicators import queries, records
from muster.overview.indicators.queries import Answer
from muster.overview.indicators.records import Record
from muster.web.said import said
from muster.web.tables import Column, Table


@dataclass(frozen=True, slots=True)
class Group:
    """Indicators of one area with their answers: those with records first."""

    name: str
    answers: tuple[Answer, ...]
    waiting: tuple[Answer, ...]


def groups(division: str, period: Period, *, on: date, reads: frozenset[str]) -> list[Group]:
    """Return all indicators by area; those whose records the post does not read are left out."""
    from muster.core.indicators import AREAS

    shown = [d for d in queries.definitions().values() if not d.sources or d.reads in reads]
    answers = [queries.evaluate(d, queries.Question(division, period, on)) for d in shown]
    order = list(AREAS)
    answers.sort(key=lambda a: order.index(a.definition.area))
    found = []
    for area, members in groupby(answers, key=lambda a: a.definition.area):
        rows = list(members)
        found.append(Group(
            AREAS[area], tuple(a for a in rows if a.definition.sources),
            tuple(a for a in rows if not a.definition.sources),
        ))  # fmt: skip
    return sorted(found, key=lambda g: not g.answers)


@dataclass(frozen=True, slots=True)
class Share:
    """The value of one division, unit or phase of an answer."""

    name: str
    value: str
    division: str = ""


def shares_by_division(answer: Answer) -> list[Share]:
    """Return the value of each division below that has records."""
    names = division_names()
    found = queries.by_division(answer)
    return [Share(names.get(code, code), found[code], code) for code in sorted(found)]


def shares_by_part(answer: Answer) -> list[Share]:
    """Return the value of each unit or phase."""
    found = queries.by_part(answer)
    names = records.part_names(found)
    rows = [Share(names.get(key, _("（辖区外）")), value) for key, value in found.items()]
    return sorted(rows, key=lambda s: s.name)


HEADS = {
    "membership": ("姓名", "分队", "编入日期", "离开日期", "编入方式", "现在"),
    "frozen_member": ("姓名", "封存时的分队", "", "", "岗位", "现在的分队"),
    "roll_call_line": ("姓名", "分队", "点验日期", "", "到场", "点验"),
    "unit": ("分队", "所在地", "组建日期", "撤销日期", "层级和力量", "现在"),
    "post": ("岗位", "分队", "", "", "岗位性质", "现在"),
    "item": ("规定事项", "阶段", "最早佐证", "", "", "现在"),
    "meeting": ("会议", "所在地", "日期", "", "状态", "纪要"),
    "resolution": ("决议", "会议", "会议日期", "", "办理反馈", "任务"),
    "activity": ("活动", "所在地", "日期", "结束日期", "种类", "现在"),
    "measure": ("活动", "场所", "日期", "", "宣传方式", "数量"),
}  # fmt: skip
KINDS = {"since": "date", "until": "date"}
FIELDS = ("name", "place", "since", "until", "said", "now")


def table_of(grain: str, rows: Sequence[Record], request: HttpRequest, *, caption: str,
             marks: dict[str, str] | None = None) -> Table:  # fmt: skip
    """Return the records as a table; ``marks`` says of each key whether it still counts."""
    columns = [
        Column(key, said(head), kind=KINDS.get(key, "text"), sort=key, phone=key in {"name", "now"},  # type: ignore[arg-type]
               href=_person_page if key == "name" else None, words=key in {"said", "now"})
        for key, head in zip(FIELDS, HEADS[grain], strict=True) if head
    ]  # fmt: skip
    if marks is not None:
        columns.append(
            Column("mark", _("按现在的记录"), value=lambda r: marks.get(r.key, ""), words=True)
        )
    return Table(columns=columns, rows=list(rows), request=request, name="records",
                 caption=caption, row_key="key", unit=_("条"))  # fmt: skip


def _person_page(row: Record) -> str:
    return reverse("register:person", args=[row.person]) if row.person and not row.gone else ""


def workbook(table: Table, *, title: str) -> bytes:
    """Return the table as a workbook with typed cells and no formulas."""
    head, *lines = list(table.export())
    columns = [SheetColumn(str(n), label, ()) for n, label in enumerate(head)]
    rows: list[dict[str, Any]] = [
        {str(n): value for n, value in enumerate(line)} for line in lines
    ]  # fmt: skip
    return write_table(columns, rows, title=title)
