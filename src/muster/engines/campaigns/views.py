"""Pages of plans and campaigns."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from muster.core.kernel import Problem
from muster.engines.campaigns import actions, policies, queries, reading
from muster.engines.campaigns.forms import EvidenceForm, HeadForm, PlanUploadForm, draft_of
from muster.engines.checklists import actions as checklist_actions
from muster.engines.checklists import queries as checklists
from muster.ground.files import queries as files
from muster.ground.files.actions import open_body
from muster.ground.journal.actions import look
from muster.ground.register import queries as register
from muster.ground.rows.clock import today
from muster.web.board import Board, Span
from muster.web.downloads import file_response
from muster.web.tables import Column, Table, Tag, respond

if TYPE_CHECKING:
    from muster.engines.campaigns.models import Campaign, PlanPaper

TONES = {"draft": "amber", "active": "blue", "closed": "grey"}


@require_GET
def campaign_list(request: HttpRequest) -> HttpResponse:
    """Show campaigns and the plans that wait for confirmation."""
    columns = [
        Column("title", _("专项工作"), href=lambda c: reverse("campaigns:page", args=[c.pk])),
        Column("kind", _("类别"), value=lambda c: c.get_kind_display()),
        Column("issuer", _("下发单位"), phone=False),
        Column("starts", _("开始"), kind="date", sort="starts"),
        Column("ends", _("结束"), kind="date"),
        Column("state", _("状态"), kind="tag",
               value=lambda c: Tag(c.get_state_display(), TONES[c.state])),
    ]  # fmt: skip
    table = Table(columns=columns, rows=queries.campaigns_visible(), request=request,
                  name="campaigns", caption=_("专项工作"), unit=_("项"),
                  empty_title=_("还没有专项工作"),
                  empty_text=_("收到上级方案后，点右上角“读上级方案”。"))  # fmt: skip
    context = {"papers": queries.papers()}
    return respond(request, "campaigns/list.html", table=table, context=context)


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take a superior's plan and read it."""
    actor = request.actor  # type: ignore[attr-defined]
    policies.check_may(actor, "campaign.confirm")
    form = PlanUploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        paper = actions.take_plan(file.name, file.read(), division=actor.division,
                                  at=timezone.now(), year=form.cleaned_data["year"])  # fmt: skip
        return redirect("campaigns:paper", paper.pk)
    status = 422 if form.is_bound else 200
    return render(request, "campaigns/upload.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what was read beside the text; confirm it into a campaign."""
    policies.check_may(request.actor, "campaign.confirm")  # type: ignore[attr-defined]
    found = queries.paper(pk)
    owners = [(str(o.pk), o.name) for o in register.organisations()]
    head = HeadForm(request.POST or _initial(found), owners=owners)
    problem = None
    if request.method == "POST" and head.is_valid():
        try:
            return redirect("campaigns:page", _confirm(request, found, head).pk)
        except Problem as refusal:
            problem = refusal
    context = {
        "paper": found, "head": head, "pieces": reading.pieces_of(found), "problem": problem,
        "phases": reading.phases_of(found), "plan": found.reading,
    }  # fmt: skip
    return render(request, "campaigns/paper.html", context, status=422 if request.POST else 200)


def _initial(found: "PlanPaper") -> dict[str, object]:
    plan = found.reading
    return {"title": plan["title"] or "", "kind": plan["kind"], "issuer": plan["issuer"] or "",
            "year": plan["year"] or "", "owner": ""}  # fmt: skip


def _confirm(request: HttpRequest, found: "PlanPaper", head: HeadForm) -> "Campaign":
    values = head.cleaned_data
    owner = register.organisation(values["owner"]) if values["owner"] else None
    draft = draft_of(values, request.POST)
    return actions.confirm(draft, division=request.actor.division, at=timezone.now(),  # type: ignore[attr-defined]
                           paper=found, owner=owner)  # fmt: skip


@require_POST
def drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Set a plan aside."""
    policies.check_may(request.actor, "campaign.confirm")  # type: ignore[attr-defined]
    actions.drop_plan(queries.paper(pk))
    return redirect("campaigns:list")


@require_GET
def page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a campaign: its board, phases, tasks and evidence."""
    campaign = queries.campaign(pk)
    views = queries.phase_views(campaign)
    spans = [
        Span(label=v.phase.name, start=v.phase.starts, end=v.phase.ends, done=v.percent,
             state=v.phase.get_state_display(), tone=_tone(v),
             href=reverse("campaigns:phase", args=[v.phase.pk]))
        for v in views
    ]  # fmt: skip
    context = {"campaign": campaign, "phases": views, "board": Board.of(spans, today=today()),
               "targets": campaign.targets.all(), "today": today()}  # fmt: skip
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
    return redirect("campaigns:page", pk)


@require_GET
def phase(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one phase: tasks, required items, evidence."""
    found = queries.phase(pk)
    context = {
        "view": queries.view_of(found),
        "phase": found,
        "form": EvidenceForm(initial={"on": today()}),
    }
    return render(request, "campaigns/phase.html", context)


@require_POST
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Close a phase that has its evidence."""
    policies.check_may(request.actor, "phase.close")  # type: ignore[attr-defined]
    found = actions.close_phase(queries.phase(pk), at=timezone.now())
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
        context = {"view": queries.view_of(found), "phase": found, "form": form}
        return render(request, "campaigns/phase.html", context, status=422)
    values = form.cleaned_data
    file = (values["file"].name, values["file"].read()) if values["file"] else None
    checklist_actions.add_evidence(checklists.item(item_pk), on=values["on"], note=values["note"],
                                   file=file, at=timezone.now())  # fmt: skip
    return redirect("campaigns:phase", pk)


@require_POST
def take_back(request: HttpRequest, pk: UUID, evidence_pk: UUID) -> HttpResponse:
    """Remove evidence added by mistake."""
    policies.check_may_write(request.actor)  # type: ignore[attr-defined]
    checklist_actions.take_back(checklists.evidence(evidence_pk))
    return redirect("campaigns:phase", pk)


@require_GET
def evidence_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send the file of a piece of evidence."""
    found = checklists.evidence(pk)
    file = files.file(found.file_id or "")
    look("evidence.opened", kind="checklists.evidence", ids=[found.pk])
    return file_response(file.name, open_body(file), file.media_type)
