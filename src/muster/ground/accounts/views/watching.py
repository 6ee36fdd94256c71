"""The security auditor's pages: the journal in words, its verification, its anchors, looks at people."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from muster.ground.accounts import actions, policies, queries
from muster.ground.accounts.requests import OfficeRequest
from muster.ground.accounts.roles import role_words
from muster.ground.accounts.views.mine import confirmed
from muster.ground.journal import queries as journal
from muster.ground.journal.words import action_words, areas_of_actions, result_words
from muster.web.filters import Filter, Filters
from muster.web.said import listed
from muster.web.tables import Column, Table, Tag, respond

RESULT_TONES = {"done": "green", "looked": "blue", "refused": "amber", "fault": "red"}
REPEATED = 3
WINDOW = timedelta(days=30)


def _filters(request: OfficeRequest) -> Filters:
    return Filters(
        [
            Filter("since", _("从"), kind="date"),
            Filter("until", _("到"), kind="date"),
            Filter("subject", _("事项"), areas_of_actions()),
            Filter("account", _("账号"), queries.choices_of_accounts(request.actor)),
            Filter("result", _("结果"), [(r, result_words(r)) for r in RESULT_TONES]),
        ],
        request.GET,
    )


@require_safe
def entries(request: OfficeRequest) -> HttpResponse:
    """List the journal, newest first, with its filters in words; reading it is journalled."""
    policies.check_may(request.actor, "journal.read")
    chosen = _filters(request)
    rows = journal.entries_found(
        since=chosen["since"], until=chosen["until"], subject=chosen["subject"],
        account=chosen["account"], result=chosen["result"],
    )  # fmt: skip
    names = dict(queries.accounts_of(request.actor).values_list("pk", "name"))
    table = Table(
        columns=_columns(names), rows=rows, request=request, name="entries", caption=_("操作日志"),
        filters=chosen, unit=_("条"), page_rows=50, default_sort="-sequence",
        empty_title=_("还没有记录"),
    )  # fmt: skip
    actions.look_at_journal(request.actor, count=table.total, words=" ".join(chosen.words))
    return respond(
        request, "accounts/journal.html", table=table, context={"last": journal.last_anchor()}
    )


def _columns(names: dict[Any, str]) -> list[Column]:
    return [
        Column("sequence", _("序号"), kind="number", sort="sequence"),
        Column("at", _("时间"), kind="moment", sort="at"),
        Column("account", _("谁"), value=lambda e: names.get(e.account, _("系统"))),
        Column("role", _("岗位"), value=lambda e: role_words(e.role), phone=False),
        Column("action", _("事项"), value=lambda e: action_words(e.action)),
        Column("reason", _("理由")),
        Column("result", _("结果"), kind="tag", value=_result),
        Column("object", _("对象"), value=_short, phone=False),
        Column("address", _("地址"), phone=False),
    ]


def _result(entry: Any) -> Tag:
    return Tag(result_words(entry.result), RESULT_TONES.get(entry.result, "grey"))


def _short(entry: Any) -> str:
    """Return a key short enough to read: the auditor compares keys, and sees no names of people."""
    return f"…{entry.object[-8:]}" if entry.object else ""


@require_POST
def verify(request: OfficeRequest) -> HttpResponse:
    """Walk the whole chain and say what was found."""
    report = actions.verify_journal(request.actor)
    if report.sound:
        words = _("日志完整：{n} 条逐条核对无误，与锚点一致。").format(n=report.entries)
        messages.success(request, words)
    else:
        words = _("日志有问题：从第 {n} 条起对不上。请立即封存本机，联系县级审计员。")
        messages.error(request, words.format(n=report.broken_at or report.entries))
    return redirect("accounts:journal")


@require_POST
@confirmed
def anchors(request: OfficeRequest) -> HttpResponse:
    """Give the anchors as a file, to be kept away from this machine."""
    now = timezone.now()
    body = actions.export_anchors(request.actor, at=now)
    response = HttpResponse(body, content_type="application/json")
    name = f"muster-anchors-{timezone.localtime(now):%Y%m%d-%H%M}.json"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def looks(request: OfficeRequest) -> HttpResponse:
    """List who looked at whose record how often in thirty days, repeated looks first."""
    policies.check_may(request.actor, "journal.read")
    rows = journal.looks_by_person(since=timezone.now() - WINDOW)
    names = queries.names_of({row["account"] for row in rows})
    table = Table(
        columns=_look_columns(names), rows=rows, request=request, name="looks",
        caption=_("查看个人信息"), row_key="object", unit=_("条"), page_rows=50,
        empty_title=_("三十天内没有人查看个人信息"),
    )  # fmt: skip
    actions.look_at_journal(request.actor, count=len(rows), words=_("查看个人信息的名单"))
    return respond(request, "accounts/looks.html", table=table, context={"repeated": REPEATED})


def _look_columns(names: dict[Any, str]) -> list[Column]:
    return [
        Column("account", _("谁"), value=lambda r: names.get(r["account"], _("系统"))),
        Column("role", _("岗位"), value=lambda r: role_words(r["role"])),
        Column("object", _("被查看的人员"), value=lambda r: f"…{r['object'][-8:]}"),
        Column("times", _("次数"), kind="number", sort="times"),
        Column("mark", _("提示"), kind="tag", value=_mark),
        Column("last", _("最近一次"), kind="moment", sort="last"),
        Column("reasons", _("理由"), value=lambda r: listed(r["reasons"])),
    ]


def _mark(row: dict[str, Any]) -> Tag:
    often = row["times"] >= REPEATED
    return Tag(_("多次查看") if often else gettext_lazy("正常"), "amber" if often else "grey")
