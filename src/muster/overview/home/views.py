"""The first screen, search, jobs and help."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from muster.ground.jobs import actions as job_actions
from muster.ground.jobs import queries as jobs
from muster.ground.register import queries as register
from muster.ground.rows.clock import today
from muster.overview.home import guides, queries
from muster.web.tables import Column, Table, Tag, respond


@require_GET
def this_week(request: HttpRequest) -> HttpResponse:
    """Show what is due, what waits and what runs."""
    actor, day = request.actor, today()  # type: ignore[attr-defined]
    context = {"day": day, "tiles": queries.tiles(actor, day), "tasks": queries.due_tasks(day),
               "waiting": queries.waiting(actor), "running": queries.running(actor),
               "sees_tasks": actor.may_see("governance"), "idle": queries.idle_hint(actor),
               "idle_page": queries.idle_page(actor)}  # fmt: skip
    return render(request, "home/today.html", context)


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Find people by name, pinyin, initials, last four of number or phone."""
    words = request.GET.get("q", "").strip()[:60]
    found = register.search(words) if words else []
    register.note_list(len(found))
    names = register.division_names()
    rows = [(p, names.get(p.division, p.division), why) for p, why in found]
    context = {"words": words, "found": rows}
    return render(request, "home/search.html", context)


@require_GET
def job_list(request: HttpRequest) -> HttpResponse:
    """Show long work, its progress and its results."""
    columns = [
        Column("title", _("工作"), href=job_url, words=True),
        Column("asked_at", _("发起"), kind="moment", sort="asked_at", phone=False),
        Column("asked_by", _("经办"), value=lambda j: register.who(j.asked_by), phone=False),
        Column("permille", _("进度"), value=lambda j: f"{j.permille // 10}%", phone=False),
        Column(
            "state",
            _("状态"),
            kind="tag",
            value=lambda j: Tag(j.get_state_display(), queries.TONES[j.state]),
        ),
        Column(
            "problem", _("说明"), value=lambda j: (j.problem or {}).get("message", ""), words=True
        ),
    ]
    table = Table(columns=columns, rows=jobs.jobs_visible(), request=request, name="jobs",
                  caption=_("提醒"), unit=_("项"), empty_title=_("没有后台工作"))  # fmt: skip
    return respond(request, "home/jobs.html", table=table, context={})


def job_url(job: object) -> str:
    """Return where the result of a job is shown."""
    return queries.page_of_job(job)


@require_POST
def cancel_job(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask a job to stop."""
    job_actions.ask_cancel(jobs.job(pk))
    return redirect("home:jobs")


@require_GET
def user_guide(request: HttpRequest, name: str = "") -> HttpResponse:
    """Show a page of the user guide."""
    context = {"pages": guides.pages(), "page": guides.page(name)}
    return render(request, "home/help.html", context)
