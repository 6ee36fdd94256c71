"""Pages of plans: upload, what was read beside the text, confirm; and arranging phases later."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from muster.core.kernel import Problem
from muster.engines.campaigns import actions, policies, queries, reading
from muster.engines.campaigns.arranging import arrange_phases
from muster.engines.campaigns.forms import HeadForm, PlanUploadForm, draft_of, phases_arranged
from muster.engines.campaigns.models import Campaign, PlanPaper
from muster.engines.campaigns.typed import PhaseRow, Rows, rows_read, rows_typed
from muster.ground.files import queries as files
from muster.ground.files.actions import open_body
from muster.ground.journal.actions import look
from muster.ground.register import queries as register
from muster.web.downloads import file_response
from muster.web.wording import sentence


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take a superior's plan and read it; a refused one leaves nothing behind."""
    actor = request.actor  # type: ignore[attr-defined]
    policies.check_may(actor, "campaign.confirm")
    form = PlanUploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            paper = actions.take_plan(file.name, file.read(), division=actor.division,
                                      at=timezone.now(), year=form.cleaned_data["year"])  # fmt: skip
            return redirect("campaigns:paper", paper.pk)
        except Problem as problem:
            form.add_error("file", sentence(problem))
    status = 422 if form.is_bound else 200
    return render(request, "campaigns/upload.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what was read beside the text; confirm it into a campaign."""
    policies.check_may(request.actor, "campaign.confirm")  # type: ignore[attr-defined]
    found = queries.paper(pk)
    if found.state != PlanPaper.State.READ:
        return _decided(request, found)
    owners = [(str(o.pk), o.name) for o in register.organisations()]
    more = bool(request.POST.get("more"))
    if request.method == "GET" or more:
        head = HeadForm(initial=request.POST.dict() if more else _initial(found), owners=owners)
        return _show(request, found, head, problem=None)
    head, problem = HeadForm(request.POST, owners=owners), None
    if head.is_valid():
        try:
            return redirect("campaigns:page", _confirm(request, found, head).pk)
        except Problem as refusal:
            problem = refusal
    return _show(request, found, head, problem=problem)


def _show(
    request: HttpRequest, found: PlanPaper, head: HeadForm, *, problem: Problem | None
) -> HttpResponse:
    rows = _rows(request, found)
    context = {
        "paper": found, "head": head, "pieces": reading.pieces_of(found), "problem": problem,
        "rows": rows, "plan": found.reading,
    }  # fmt: skip
    return render(request, "campaigns/paper.html", context, status=422 if head.is_bound else 200)


def _rows(request: HttpRequest, found: PlanPaper) -> Rows:
    if request.method != "POST":
        return rows_read(found)
    return rows_typed(request.POST, found, more=bool(request.POST.get("more")))


def _decided(request: HttpRequest, found: PlanPaper) -> HttpResponse:
    made = found.campaigns.first()
    if made is not None:
        return redirect("campaigns:page", made.pk)
    messages.info(request, _t("这份方案已经不采用。"))
    return redirect("campaigns:list")


def _initial(found: PlanPaper) -> dict[str, object]:
    plan = found.reading
    return {"title": plan["title"] or "", "kind": plan["kind"], "issuer": plan["issuer"] or "",
            "year": plan["year"] or "", "owner": ""}  # fmt: skip


def _confirm(request: HttpRequest, found: PlanPaper, head: HeadForm) -> Campaign:
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
def paper_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send the plan as it was uploaded."""
    found = queries.paper(pk)
    file = files.file(found.file_id, area="governance")
    look("plan.opened", kind="campaigns.planpaper", ids=[found.pk])
    return file_response(file.name, open_body(file), file.media_type)


@require_http_methods(["GET", "POST"])
def arrange(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change names and dates of phases, add and remove phases, all checked together."""
    policies.check_may(request.actor, "campaign.confirm")  # type: ignore[attr-defined]
    campaign, problem = queries.campaign(pk), None
    if request.method == "POST" and not request.POST.get("more"):
        try:
            arrange_phases(campaign, phases_arranged(request.POST))
            return redirect("campaigns:page", pk)
        except Problem as refusal:
            if refusal.status not in (409, 422):
                raise
            problem = refusal
    rows = _arranged(request) if request.method == "POST" else [
        (str(p.pk), PhaseRow(n, p.name, p.starts.isoformat(), p.ends.isoformat()))
        for n, p in enumerate(campaign.phases.all())
    ]  # fmt: skip
    context = {"campaign": campaign, "rows": rows, "problem": problem}
    return render(request, "campaigns/arrange.html", context, status=422 if problem else 200)


def _arranged(request: HttpRequest) -> list[tuple[str, PhaseRow]]:
    data = request.POST
    found = [
        (data.get(f"phase-{n}-key", ""),
         PhaseRow(n, data[f"phase-{n}-name"], data.get(f"phase-{n}-start", ""),
                  data.get(f"phase-{n}-end", ""), drop=bool(data.get(f"phase-{n}-drop"))))
        for n in range(30) if f"phase-{n}-name" in data
    ]  # fmt: skip
    return [*found, ("", PhaseRow(len(found)))] if data.get("more") else found
