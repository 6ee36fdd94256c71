"""Pages of tasks."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from muster.engines.tasks import actions, policies, queries
from muster.engines.tasks.forms import CheckForm, OwnerForm, ReportForm
from muster.ground.register import queries as register
from muster.ground.rows.clock import today

if TYPE_CHECKING:
    from muster.engines.tasks.models import Task


@require_GET
def page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a task and what can be done with it."""
    return _show(request, queries.task(pk))


def _show(request: HttpRequest, task: "Task", *, report: ReportForm | None = None,
          owner: OwnerForm | None = None, status: int = 200) -> HttpResponse:  # fmt: skip
    owners = [(str(o.pk), o.name) for o in register.organisations()]
    initial = {"owner": task.owner_id or "", "due": task.due, "needs_check": task.needs_check}
    context = {
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
    actions.report(task, form.cleaned_data["line"], on=today())
    return redirect("tasks:page", pk)


@require_POST
def check(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Accept a reported task or send it back."""
    policies.check_may_work(request.actor)  # type: ignore[attr-defined]
    accepted = request.POST.get("verdict") == "accept"
    actions.check(
        queries.task(pk), accepted=accepted, note=request.POST.get("note", ""), on=today()
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
    return redirect("tasks:page", pk)


@require_POST
def reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take back a report."""
    policies.check_may_work(request.actor)  # type: ignore[attr-defined]
    actions.reopen(queries.task(pk))
    return redirect("tasks:page", pk)
