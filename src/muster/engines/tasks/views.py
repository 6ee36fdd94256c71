"""Pages of tasks."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from muster.engines.tasks import actions, policies, queries
from muster.engines.tasks.forms import CheckForm, OwnerForm, ReportForm
from muster.ground.register import queries as register
from muster.ground.rows.clock import today
from muster.web.filters import Filter, Filters
from muster.web.tables import Column, Table, Tag, respond

if TYPE_CHECKING:
    from muster.engines.tasks.models import Task


TONES = {"open": "amber", "reported": "blue", "done": "green", "returned": "red",
         "cancelled": "grey"}  # fmt: skip


@require_GET
def task_list(request: HttpRequest) -> HttpResponse:
    """Show the tasks of the scope by state and owner."""
    owners = [(str(o.pk), o.name) for o in register.organisations()]
    states = [
        ("open", _("未办结")),
        ("late", _("已过期")),
        ("reported", _("待核查")),
        ("done", _("已办结")),
    ]
    chosen = Filters([Filter("q", _("查找"), kind="text", hint=_("任务里的字")), Filter("state", _("状态"), states),
                      Filter("owner", _("责任单位"), owners)], request.GET)  # fmt: skip
    rows = queries.listed(state=chosen["state"], owner=chosen["owner"], words=chosen["q"],
                          late_on=today())  # fmt: skip
    columns = [
        Column("title", _("任务"), href=lambda t: reverse("tasks:page", args=[t.pk])),
        Column("owner", _("责任单位"), value=lambda t: t.owner.name if t.owner else "", phone=False),
        Column("due", _("截止"), kind="date", sort="due"),
        Column("state", _("状态"), kind="tag", value=_tag),
    ]  # fmt: skip
    table = Table(columns=columns, rows=rows, request=request, name="tasks", caption=_("任务"),
                  filters=chosen, unit=_("项"), default_sort="due", empty_title=_("还没有任务"),
                  empty_text=_("确认上级方案后，方案里的任务会列在这里。"))  # fmt: skip
    return respond(request, "tasks/list.html", table=table, context={})


def _tag(task: "Task") -> Tag:
    late = task.state in queries.OPEN and task.due is not None and task.due < today()
    if late:
        return Tag(_("已过期"), "red")
    return Tag(task.get_state_display(), TONES[task.state])


@require_GET
def page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a task and what can be done with it."""
    return _show(request, queries.task(pk))


def _show(request: HttpRequest, task: "Task", *, report: ReportForm | None = None,
          owner: OwnerForm | None = None, status: int = 200) -> HttpResponse:  # fmt: skip
    owners = [(str(o.pk), o.name) for o in register.organisations()]
    initial = {"owner": task.owner_id or "", "due": task.due, "needs_check": task.needs_check}
    actor = request.actor  # type: ignore[attr-defined]
    context = {
        "may_work": policies.may_work_on(actor, task.division, task.owner_id),
        "own": task.reported_by is not None and task.reported_by == actor.account,
        "late": task.state in queries.OPEN and task.due is not None and task.due < today(),
        "task": task, "report": report or ReportForm(), "check": CheckForm(),
        "owner": owner or OwnerForm(owners=owners, initial=initial),
        "past": queries.history_of(task),
    }  # fmt: skip
    return render(request, "tasks/page.html", context, status=status)


@require_POST
def report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Close a task with one line."""
    policies.check_may_work(request.actor)  # type: ignore[attr-defined]
    task, form = queries.task(pk), ReportForm(request.POST)
    if not form.is_valid():
        return _show(request, task, report=form, status=422)
    done = actions.report(task, form.cleaned_data["line"], on=today())
    messages.success(
        request, _t("已报办结，等核查。") if done.state == "reported" else _t("任务已办结。")
    )
    return redirect("tasks:page", pk)


@require_POST
def check(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Accept a reported task or send it back."""
    policies.check_may_work(request.actor)  # type: ignore[attr-defined]
    accepted = request.POST.get("verdict") == "accept"
    actions.check(
        queries.task(pk), accepted=accepted, note=request.POST.get("note", "").strip(), on=today()
    )
    return redirect("tasks:page", pk)


@require_POST
def assign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change owner, date and whether a check is needed."""
    policies.check_may_work(request.actor)  # type: ignore[attr-defined]
    task = queries.task(pk)
    owners = [(str(o.pk), o.name) for o in register.organisations()]
    form = OwnerForm(request.POST, owners=owners)
    if not form.is_valid():
        return _show(request, task, owner=form, status=422)
    values = form.cleaned_data
    owner = register.organisation(values["owner"]) if values["owner"] else None
    actions.assign(task, owner=owner, due=values["due"], needs_check=values["needs_check"])
    messages.success(request, _t("责任和期限已保存。"))
    return redirect("tasks:page", pk)


@require_POST
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Cancel a task that is not to be done."""
    policies.check_may_work(request.actor)  # type: ignore[attr-defined]
    actions.cancel(queries.task(pk))
    messages.success(request, _t("任务已取消，可以随时恢复。"))
    return redirect("tasks:page", pk)


@require_POST
def reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take back a report."""
    policies.check_may_work(request.actor)  # type: ignore[attr-defined]
    actions.reopen(queries.task(pk))
    messages.success(request, _t("任务重新打开了。"))
    return redirect("tasks:page", pk)
