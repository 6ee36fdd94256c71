"""Columns of the import pages."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from muster.engines.imports import queries
from muster.engines.imports.models import Import, ImportRow
from muster.ground.register.queries import who
from muster.web.tables import BulkAct, Column, Table, Tag

TONES = {"checked": "blue", "checking": "blue", "writing": "blue", "written": "green",
         "undone": "grey", "refused": "red"}  # fmt: skip
COUNTED = (("rows", _("行数")), ("new", _("新增")), ("changed", _("有变化")), ("unchanged", _("无变化")),
           ("rejected", _("有错误")), ("held", _("待县级核对")))  # fmt: skip


def _count(name: str) -> Any:
    return lambda job: job.counts.get(name, "")


def import_table(request: HttpRequest, rows: Any) -> Table:
    """Return the history of imports."""
    columns = [
        Column("file_name", _("文件"), href=lambda j: reverse("imports:page", args=[j.pk])),
        Column("state", _("状态"), kind="tag",
               value=lambda j: Tag(j.get_state_display(), TONES.get(j.state, "grey"))),
        Column("checked_at", _("时间"), kind="moment", sort="checked_at"),
        Column("asked_by", _("经办"), value=lambda j: who(j.asked_by), phone=False),
        *(Column(k, label, kind="number", value=_count(k), phone=False) for k, label in COUNTED),
    ]  # fmt: skip
    return Table(columns=columns, rows=rows, request=request, name="imports", caption=_("导入记录"),
                 empty_title=_("还没有导入过文件"),
                 empty_text=_("点右上角“导入文件”，把手头的名册直接传上来，不用改格式。"))  # fmt: skip


def row_table(request: HttpRequest, job: Import, outcome: str) -> Table:
    """Return the rows of one outcome, with the name each is about."""
    seen = _Seen(job)
    columns = [
        Column("sheet", _("工作表"), phone=False),
        Column("number", _("行号"), kind="number", sort="number", href=_repair_link(job)),
        Column("name", _("名称") if job.kind == "organisations" else _("姓名"), value=seen.name),
        Column(
            "state", _("现在"), value=lambda r: r.get_state_display() if r.state != "plain" else ""
        ),
        Column("what", _("会改动的内容"), value=seen.change, words=True)
        if outcome == "changed"
        else Column("what", _("说明"), value=_what, words=True),
    ]
    known = outcome if outcome in ImportRow.Outcome.values else "rejected"
    state = request.GET.get("state", "")
    rows = queries.rows_of(job, known, state if state in ImportRow.State.values else "")
    return Table(columns=columns, rows=rows, request=request, name="rows",
                 caption=ImportRow.Outcome(known).label, unit=_("行"))  # fmt: skip


def _repair_link(job: Import) -> Any:
    """Return how a row leads to its repair, "" where there is nothing to repair."""

    def link(row: ImportRow) -> str:
        open_now = queries.is_open(row) or queries.is_repairable(job, row)
        return reverse("imports:row", args=[job.pk, row.pk]) if open_now else ""

    return link


class _Seen:
    """What rows are about and what they change; the rows of a part are opened together."""

    def __init__(self, job: Import) -> None:
        self.job = job
        self.names: dict[UUID | None, str] = {}
        self.lines: dict[UUID, str] = {}

    def _open(self, row: ImportRow) -> None:
        drafts = queries.drafts_beside(self.job, row)
        self.names |= {d.pk: queries.name_of(d) for d in drafts}
        if row.outcome == "changed":
            found = queries.changes(self.job, drafts)
            self.lines |= {key: _lines(lines) for key, lines in found.items()}

    def name(self, row: ImportRow) -> str:
        if row.pk not in self.names:
            self._open(row)
        return self.names.get(row.pk, "")

    def change(self, row: ImportRow) -> str:
        if row.pk not in self.lines:
            self._open(row)
        return self.lines.get(row.pk, "")


def _lines(lines: list[tuple[str, str, str]]) -> str:
    return "；".join(f"{what}：{old} → {new}" for what, old, new in lines)


def error_table(request: HttpRequest, job: Import, *, may_repair: bool) -> Table:
    """Return the faulty rows still open: column, what is written, what is wrong, what is allowed."""
    columns = [
        Column("number", _("行号"), kind="number", sort="number",
               href=lambda r: reverse("imports:row", args=[job.pk, r.pk])),
        Column("column", _("列"), value=lambda r: _joined(r, "column"), words=True),
        Column("value", _("表里写的"), value=lambda r: _joined(r, "value_masked"), phone=False),
        Column("message", _("问题"), value=lambda r: _joined(r, "message"), words=True),
        Column("allowed", _("应该怎么写"), value=lambda r: _joined(r, "allowed"), phone=False,
               words=True),
    ]  # fmt: skip
    if len(job.reading.get("sheets", [])) > 1:
        columns.insert(0, Column("sheet", _("工作表"), sort="sheet"))
    leave = BulkAct(_("放弃所选的行"), reverse("imports:give-up-many", args=[job.pk]), "x")
    return Table(columns=columns, rows=queries.faulty_rows(job), request=request, name="errors",
                 caption=_("要改的行"), unit=_("行"), empty_title=_("没有待修正的行"),
                 bulk=[leave] if may_repair else [])  # fmt: skip


def undo_table(request: HttpRequest, preview: dict[str, Any] | None) -> Table:
    """Return the rows that undoing would keep or could not reverse, with the reason."""
    found = preview or {"kept": [], "failed": []}
    lines = [{**line, "what": _("会保留")} for line in found["kept"]]
    lines += [{**line, "what": _("不能撤销")} for line in found["failed"]]
    for number, line in enumerate(lines):
        line["pk"] = number
    columns = [
        Column("sheet", _("工作表"), phone=False),
        Column("row", _("行号"), kind="number", sort="row"),
        Column("what", _("结果"), words=True),
        Column("why", _("原因"), words=True),
    ]
    return Table(columns=columns, rows=lines, request=request, name="kept", unit=_("行"),
                 caption=_("保留的行和原因"), empty_title=_("没有要保留的行"))  # fmt: skip


def _joined(row: ImportRow, key: str) -> str:
    return "；".join(dict.fromkeys(f[key] for f in row.faults if f[key]))


def _what(row: ImportRow) -> str:
    if row.why_kept:
        return row.why_kept
    if row.faults:
        return "；".join(
            f"{f['column']}：{f['message']}" if f["column"] else f["message"] for f in row.faults
        )
    return str(_("这个身份证号需要县级核对，其余人员不受影响。")) if row.outcome == "held" else ""
