"""Pages of an office's own templates."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from muster.core.kernel import Problem
from muster.engines.documents import actions as documents
from muster.engines.documents import policies
from muster.engines.documents import queries as papers
from muster.ground.rows.clock import today
from muster.overview.reports import gathering
from muster.overview.reports.forms import WordFileForm
from muster.web.downloads import DOCX, file_response


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Show each kind with the template that serves this office."""
    return _page(request)


def _page(
    request: HttpRequest, *, problem: Problem | None = None, status: int = 200
) -> HttpResponse:
    division = request.actor.division  # type: ignore[attr-defined]
    rows = [
        {"kind": kind, "own": papers.office_template(kind.kind, division)}
        for kind in papers.kinds().values()
    ]  # fmt: skip
    context = {"rows": rows, "form": WordFileForm(), "problem": problem, "division": division,
               "may_issue": request.actor.may(policies.ISSUE)}  # type: ignore[attr-defined]  # fmt: skip
    return render(request, "reports/templates.html", context, status=status)


@require_GET
def original(request: HttpRequest, kind: str) -> HttpResponse:
    """Send the template the product brings."""
    found = papers.kind(kind)
    return file_response(f"{found.name}模板.docx", papers.original_template(found), DOCX)


@require_GET
def current(request: HttpRequest, kind: str) -> HttpResponse:
    """Send the template that is in use here."""
    found = papers.kind(kind)
    body = papers.template_of(found, request.actor.division)  # type: ignore[attr-defined]
    return file_response(f"{found.name}模板（使用中）.docx", body, DOCX)


@require_POST
def upload(request: HttpRequest, kind: str) -> HttpResponse:
    """Take an edited template; refuse one that could not be filled."""
    policies.check_may_issue("更换公文模板")
    found, form = papers.kind(kind), WordFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, status=422)
    division = request.actor.division  # type: ignore[attr-defined]
    file = form.cleaned_data["file"]
    try:
        documents.keep_template(found, file.name, file.read(), gathering.sample(found, on=today()),
                                division=division, at=timezone.now())  # fmt: skip
    except Problem as refusal:
        return _page(request, problem=refusal, status=refusal.status)
    return redirect("reports:templates")


@require_POST
def restore(request: HttpRequest, kind: str) -> HttpResponse:
    """Use the original template again."""
    documents.retire_template(papers.kind(kind).kind, request.actor.division)  # type: ignore[attr-defined]
    return redirect("reports:templates")
