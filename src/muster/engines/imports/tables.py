"""Columns of the import pages."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from muster.engines.imports import queries
from muster.engines.imports.models import Import, ImportRow
from muster.ground.register.queries import who
from muster.web.tables import Column, Table, Tag

TONES = {"checked": "blue", "checking": "blue", "writing": "blue", "written": "green",
         "undone": "grey", "refused": "red"}  # fmt: skip
COUNTED = (("rows", _("行数")), ("new", _("新增")), ("changed", _("有变化")), ("unchanged", _("无变化")),
           ("rejected", _("有错误")), ("held", _("待县级核对")))  # fmt: skip
MOST_SHOWN = 500


def _count(name: str) -> Any:
    return lambda job: job.counts.get(name, "")


def import_table(request: HttpRequest, rows: Any) -> Table:
    """Return the history of imports."""
    columns = [
        Column("file_name", _("文件"), href=lambda j: reverse("imports:page", args=[j.pk])),
        Column("checked_at", _("时间"), kind="moment", sort="checked_at"),
        Column("asked_by", _("经办"), value=lambda j: who(j.asked_by)),
        *(Column(k, label, kind="number", value=_count(k), phone=False) for k, label in COUNTED),
        Column("state", _("状态"), kind="tag",
               value=lambda j: Tag(j.get_state_display(), TONES.get(j.state, "grey"))),
    ]  # fmt: skip
    return Table(columns=columns, rows=rows, request=request, name="imports", caption=_("导入记录"),
                 empty_title=_("还没有导入过文件"),
                 empty_text=_("点右上角“导入文件”，把手头的名册直接传上来，不用改格式。"))  # fmt: skip


def row_table(request: HttpRequest, job: Import, outcome: str) -> Table:
    """Return the rows of one outcome."""
    columns = [
        Column("number", _("行号"), kind="number"),
        Column("sheet", _("工作表")),
        Column("outcome", _("结果"), value=lambda r: r.get_outcome_display()),
        Column("what", _("说明"), value=_what),
    ]
    known = outcome if outcome in ImportRow.Outcome.values else "rejected"
    return Table(columns=columns, rows=queries.rows_of(job, known), request=request, name="rows",
                 caption=ImportRow.Outcome(known).label, unit=_("行"))  # fmt: skip


def _what(row: ImportRow) -> str:
    if row.faults:
        return "；".join(
            f"{f['column']}：{f['message']}" if f["column"] else f["message"] for f in row.faults
        )
    if row.outcome == "held":
        return "这个身份证号需要县级核对，其余人员不受影响。"
    if row.outcome == "changed":
        return "；".join(f"{what}：{old} → {new}" for what, old, new in queries.differences(row))
    return row.why_kept


def error_rows(job: Import) -> list[tuple[ImportRow, list[dict[str, Any]]]]:
    """Return the faulty rows still open with their faults, as many as a page can show."""
    return [(row, row.faults) for row in queries.faulty_rows(job)[:MOST_SHOWN]]
