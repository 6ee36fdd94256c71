"""Pages of campaigns: the list, phases, evidence, closing."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from muster.engines.campaigns import actions, policies, queries
from muster.engines.campaigns.forms import EvidenceForm
from muster.engines.campaigns.problems import EvidenceMissing
from muster.engines.checklists import actions as checklist_actions
from muster.engines.checklists import queries as checklists
from muster.engines.tasks.actions import new_task
from muster.engines.tasks.forms import TaskForm
from muster.ground.files import queries as files
from muster.ground.files.actions import open_body
from muster.ground.journal.actions import look
from muster.ground.register import queries as register
from muster.ground.rows.clock import today
from muster.web.board import Board, Span
from muster.web.downloads import file_response
from muster.web.tables import Column, Table, Tag, respond
from muster.web.wording import sentence

if TYPE_CHECKING:
    from muster.engines.campaigns.models import Phase

TONES = {"draft": "amber", "active": "blue", "closed": "grey"}


@require_GET
def campaign_list(request: HttpRequest) -> HttpResponse:
    """Show campaigns and the plans that wait for confirmation."""
    may_read = request.actor.may("campaign.confirm")  # type: ignore[attr-defined]
    hint = (
        _("收到上级方案后，点右上角“读上级方案”。")
        if may_read
        else _("方案由武装部读取并确认后，会列在这里。")
    )
    names = register.division_names()
    columns = [
        Column("title", _("专项工作"), href=lambda c: reverse("campaigns:page", args=[c.pk])),
        Column("kind", _("类别"), value=lambda c: c.get_kind_display(), phone=False),
        Column("issuer", _("下发单位"), phone=False),
        Column("division", _("开展单位"), value=lambda c: names.get(c.division, c.division), phone=False),
        Column("starts", _("开始"), kind="date", sort="starts"),
        Column("ends", _("结束"), kind="date", phone=False),
        Column("state", _("状态"), kind="tag",
               value=lambda c: Tag(c.get_state_display(), TONES[c.state])),
    ]  # fmt: skip
    table = Table(columns=columns, rows=queries.campaigns_visible(), request=request,
                  name="campaigns", caption=_("专项工作"), unit=_("项"),
                  empty_title=_("还没有专项工作"),
                  empty_text=hint)  # fmt: skip
    context = {"papers": queries.papers() if may_read else [], "may_read": may_read}
    return respond(request, "campaigns/list.html", table=table, context=context)


@require_GET
def page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a campaign: its board, phases, tasks and evidence."""
    actor = request.actor  # type: ignore[attr-defined]
    campaign = queries.campaign(pk)
    views = queries.phase_views(campaign)
    spans = [
        Span(label=v.phase.name, start=v.phase.starts, end=v.phase.ends, done=v.percent,
             state=v.stage(today()), tone=_tone(v),
             href=reverse("campaigns:phase", args=[v.phase.pk]))
        for v in views
    ]  # fmt: skip
    context = {"campaign": campaign, "phases": [(v, v.stage(today())) for v in views], "board": Board.of(spans, today=today()),
               "targets": campaign.targets.all(), "today": today(),
               "bare": len(queries.tasks_without_owner(campaign)) if campaign.state == "draft" else 0,
               "may_run": policies.may_run(actor, "campaign.confirm", campaign.division),
               "place": register.division_name(campaign.division)}  # fmt: skip
    return render(request, "campaigns/page.html", context)


def _tone(view: queries.PhaseView) -> str:
    if view.phase.state == "closed":
        return "green"
    return "red" if view.phase.ends < today() else "blue"


@require_POST
def start(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Start a confirmed campaign."""
    policies.check_may(request.actor, "campaign.confirm")  # type: ignore[attr-defined]
    actions.start(queries.campaign(pk))
    messages.success(request, _t("已启动。任务会出现在责任单位的今日工作台上。"))
    return redirect("campaigns:page", pk)


@require_GET
def phase(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one phase: tasks, required items, evidence."""
    return _show_phase(request, queries.phase(pk))


def _show_phase(request: HttpRequest, found: "Phase", *, form: EvidenceForm | None = None,
                adding: TaskForm | None = None, proving: UUID | None = None) -> HttpResponse:  # fmt: skip
    actor = request.actor  # type: ignore[attr-defined]
    owners = [(str(o.pk), o.name) for o in register.organisations()]
    view = queries.view_of(found)
    context = {
        "view": view, "stage": view.stage(today()), "phase": found, "proving": proving,
        "form": form or EvidenceForm(initial={"on": today()}), "today": today(),
        "adding": adding or TaskForm(owners=owners, initial={"due": found.ends}),
        "may_close": policies.may_run(actor, "phase.close", found.division),
        "may_prove": policies.may_prove(actor, found.division) and found.state == "open",
    }  # fmt: skip
    return render(request, "campaigns/phase.html", context, status=422 if form or adding else 200)


@require_POST
def add_task(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add a task to a phase by hand."""
    policies.check_may_write(request.actor)  # type: ignore[attr-defined]
    found = queries.phase(pk)
    owners = [(str(o.pk), o.name) for o in register.organisations()]
    form = TaskForm(request.POST, owners=owners)
    if not form.is_valid():
        return _show_phase(request, found, adding=form)
    v = form.cleaned_data
    owner = register.organisation(v["owner"]) if v["owner"] else None
    new_task(v["title"], division=found.division, owner=owner, due=v["due"], starts=found.starts,
             needs_check=v["needs_check"], group=found.pk, campaign=found.campaign_id, order=200)  # fmt: skip
    return redirect("campaigns:phase", pk)


@require_POST
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Close a phase that has its evidence."""
    policies.check_may(request.actor, "phase.close")  # type: ignore[attr-defined]
    try:
        found = actions.close_phase(queries.phase(pk), at=timezone.now())
    except EvidenceMissing as missing:
        # Beside the list of what is missing it says more than on a page of its own.
        messages.error(request, sentence(missing))
        return redirect("campaigns:phase", pk)
    messages.success(request, _t("“%(name)s”已结束。") % {"name": found.name})
    return redirect("campaigns:page", found.campaign_id)


@require_POST
def reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open a closed phase again."""
    policies.check_may(request.actor, "phase.close")  # type: ignore[attr-defined]
    found = actions.reopen_phase(queries.phase(pk))
    return redirect("campaigns:phase", found.pk)


@require_POST
def add_evidence(request: HttpRequest, pk: UUID, item_pk: UUID) -> HttpResponse:
    """Add evidence to an item of a phase."""
    policies.check_may_write(request.actor)  # type: ignore[attr-defined]
    found = queries.phase(pk)
    form = EvidenceForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show_phase(request, found, form=form, proving=item_pk)
    values = form.cleaned_data
    file = (values["file"].name, values["file"].read()) if values["file"] else None
    checklist_actions.add_evidence(checklists.item(item_pk), on=values["on"], note=values["note"],
                                   file=file, at=timezone.now())  # fmt: skip
    messages.success(request, _t("佐证已保存。"))
    return redirect("campaigns:phase", pk)


@require_POST
def take_back(request: HttpRequest, pk: UUID, evidence_pk: UUID) -> HttpResponse:
    """Remove evidence added by mistake."""
    policies.check_may_write(request.actor)  # type: ignore[attr-defined]
    checklist_actions.take_back(checklists.evidence(evidence_pk), at=timezone.now())
    return redirect("campaigns:phase", pk)


@require_GET
def evidence_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send the file of a piece of evidence."""
    found = checklists.evidence(pk)
    file = files.file(found.file_id or "", area="governance")
    look("evidence.opened", kind="checklists.evidence", ids=[found.pk])
    return file_response(file.name, open_body(file), file.media_type)
