"""A proposal as a workbook."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from muster.core.sheets import Column, write_table
from muster.domains.militia.queries import formation as reading
from muster.domains.militia.queries.formation_page import Layout
from muster.domains.militia.queries.rosters import note_look
from muster.web.downloads import workbook_response

KINDS = {"in": "编入", "out": "出队", "move": "转队", "post": "调整岗位", "stay": "留任"}


def proposal_workbook(layout: Layout) -> HttpResponse:
    """Return the whole plan, who leaves included, with the reasons; no numbers, no phones."""
    columns = [
        Column("place", _("分队和岗位")), Column("name", _("姓名"), kind="name"),
        Column("age", _("年龄"), kind="int"), Column("village", _("村（社区）")),
        Column("kind", _("安排")), Column("why", _("理由")),
    ]  # fmt: skip
    rows = list(_rows(layout))
    on = layout.run.on
    title = _("编组方案（{day}）").format(day=on.isoformat())
    data = write_table(columns, rows, title=title, sheet=_("编组方案"))
    note_look("formation.exported", len(rows))
    return workbook_response(f"编组方案{on:%Y%m%d}.xlsx", data)


def _rows(layout: Layout) -> Any:
    changes = layout.changes()
    moving = {line.who.key for line in changes}
    for line in changes:
        why = "；".join(filter(None, (*line.why, line.reason if line.kind == "out" else "",
                                      line.cadre, _("疑似重复") if line.who.twin else "")))  # fmt: skip
        yield {"place": line.place, "name": line.who.name, "age": line.who.age,
               "village": line.who.village, "kind": KINDS[line.kind], "why": why}  # fmt: skip
    for person, slot in reading.plan_of(layout.run).items():
        if person not in moving:
            one = layout.words.who(person)
            yield {"place": layout.words.place(slot), "name": one.name, "age": one.age,
                   "village": one.village, "kind": KINDS["stay"], "why": ""}  # fmt: skip
