"""Pages of reports: drafts, issue, files, verification."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from muster.core.kernel import Problem
from muster.engines.documents import actions as documents
from muster.engines.documents import policies
from muster.engines.documents import queries as papers
from muster.ground.rows.clock import today
from muster.overview.indicators.views import choice_of
from muster.overview.reports import actions, gathering, handlers, preview
from muster.overview.reports.forms import ChooseForm, TextsForm, WordFileForm
from muster.overview.reports.gathering import Texts
from muster.web.downloads import DOCX, file_response
from muster.web.tables import Column, Table, Tag, respond

TONES = {"draft": "amber", "issued": "green", "dropped": "grey"}


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Show drafts and issued documents."""
    kinds = papers.kinds()
    columns = [
        Column("title", _("标题"), href=lambda p: reverse("reports:page", args=[p.pk])),
        Column("kind", _("文种"), value=lambda p: kinds[p.kind].name, phone=False,
               words=True),
        Column("year", _("年度"), sort="year"),
        Column("number", _("发文字号"), phone=False),
        Column("day", _("成文日期"), kind="date", sort="day"),
        Column("state", _("状态"), kind="tag",
               value=lambda p: Tag(p.get_state_display(), TONES[p.state])),
    ]  # fmt: skip
    table = Table(columns=columns, rows=papers.documents(), request=request, name="reports",
                  caption=_("公文"), unit=_("份"), empty_title=_("还没有公文"),
                  empty_text=_("点右上角“起草”，选文种和年度，系统用登记的记录填好数字。"))  # fmt: skip
    return respond(request, "reports/list.html", table=table, context={})


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Choose kind, year and place; see which sections have records; make a draft."""
    policies.check_may_issue("起草公文")
    choice = choice_of(request)
    asked = request.POST or request.GET
    chosen = ChooseForm(asked if "kind" in asked else None, divisions=choice.divisions,
                        years=choice.years, initial={"division": choice.division})  # fmt: skip
    context = {"chosen": chosen, "choice": choice}
    if not chosen.is_valid():
        return render(request, "reports/new.html", context)
    values = chosen.cleaned_data
    kind = papers.kind(values["kind"])
    gathered = gathering.gather(kind, values["division"], values["year"], on=choice.on)
    form = TextsForm(request.POST or None, kind=kind.kind,
                     initial={"issuer": gathered.place})  # fmt: skip
    texts, problem = Texts(issuer=gathered.place), None
    if form.is_bound and form.is_valid():
        texts = form.texts()
        try:
            paper = actions.draft(kind.kind, division=gathered.division, year=gathered.year,
                                  texts=texts, on=choice.on, at=timezone.now())  # fmt: skip
            return redirect("reports:page", paper.pk)
        except Problem as refusal:
            problem = refusal
    context |= {"form": form, "gathered": gathered, "parts": preview.parts(gathered, texts),
                "problem": problem}  # fmt: skip
    return render(request, "reports/new.html", context, status=422 if form.is_bound else 200)


@require_GET
def page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a draft with its live sections, or an issued document with its stored figures."""
    paper, day = papers.document(pk), today()
    kind = papers.kind(paper.kind)
    may_issue = request.actor.may(policies.ISSUE)  # type: ignore[attr-defined]
    context = {"paper": paper, "kind": kind, "may_issue": may_issue}
    if paper.state == "issued":
        rows = preview.bound(paper, on=day)
        titles = {rule.key: rule.title for rule in kind.sections}
        context |= {
            "figures": rows, "changed": sum(1 for r in rows if r.changed),
            "absent": [titles.get(key, key) for key in paper.absent],
            "has_pdf": papers.file_of(paper, "pdf") is not None, "can_pdf": handlers.soffice(),
        }  # fmt: skip
        return render(request, "reports/issued.html", context)
    gathered = gathering.gather(kind, paper.division, paper.year, on=day)
    context["parts"] = preview.parts(gathered, Texts.of(paper))
    return render(request, "reports/draft.html", context)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change the words of a draft."""
    paper = papers.document(pk)
    policies.check_may_issue("修改公文")
    policies.check_draft(paper)
    initial = TextsForm.initial_of(Texts.of(paper))
    form = TextsForm(request.POST or None, kind=paper.kind, initial=initial)
    if form.is_bound and form.is_valid():
        actions.change(paper, form.texts())
        return redirect("reports:page", pk)
    context = {"paper": paper, "form": form}
    return render(request, "reports/change.html", context, status=422 if form.is_bound else 200)


@require_POST
def issue(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Issue a draft: figures are taken now and stay."""
    actions.issue(papers.document(pk), on=today(), at=timezone.now())
    return redirect("reports:page", pk)


@require_POST
def drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Set a draft aside."""
    documents.drop(papers.document(pk))
    return redirect("reports:list")


@require_GET
def download(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send the Word file: the issued one, or a draft with the figures of this moment."""
    paper = papers.document(pk)
    if paper.state == "issued":
        file = papers.issued_file(paper)
        return file_response(file.name, papers.body_of(file), DOCX)
    body = actions.draft_file(paper, on=today())
    return file_response(f"（草稿）{paper.title}.docx", body, DOCX)


@require_POST
def make_pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for the PDF of an issued document."""
    paper = papers.document(pk)
    policies.check_may_issue("生成 PDF")
    there = handlers.make_or_ask(paper, at=timezone.now())
    return redirect("reports:page" if there else "reports:pdf-progress", pk)


@require_GET
def pdf_progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show how far the PDF is; come back to the document when it is there."""
    paper = papers.document(pk)
    if papers.file_of(paper, "pdf"):
        return _go_to(request, reverse("reports:page", args=[pk]))
    job = handlers.latest_job(paper)
    running = job is None or job.state in {"queued", "running"}
    fragment = request.headers.get("HX-Request") == "true"
    template = "reports/pdf_progress.html" if fragment else "reports/pdf.html"
    return render(request, template, {"paper": paper, "job": job, "running": running})


def _go_to(request: HttpRequest, address: str) -> HttpResponse:
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)


@require_GET
def download_pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send the PDF."""
    file = papers.file_of(papers.document(pk), "pdf")
    if file is None:
        return redirect("reports:page", pk)
    return file_response(file.name, papers.body_of(file), "application/pdf")


@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Take a Word file and say which figures are unchanged, changed or tampered with."""
    form = WordFileForm(request.POST or None, request.FILES or None)
    context: dict[str, object] = {"form": form}
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            paper, result = actions.verify(form.cleaned_data["file"].read(), on=today())
            context |= {"paper": paper, "result": result,
                        "findings": preview.findings(paper, result)}  # fmt: skip
            status = 200
        except Problem as refusal:
            context["problem"], status = refusal, refusal.status
    return render(request, "reports/verify.html", context, status=status)
