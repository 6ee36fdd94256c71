"""Pages of imports: upload, what was found, repair, write, undo, history."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from muster.core.sheets import FileProblem
from muster.engines.imports import actions, policies, queries, repairing
from muster.engines.imports.forms import UploadForm, ask_columns, chosen_columns
from muster.engines.imports.tables import error_table, import_table, undo_table
from muster.web.downloads import file_response, workbook_response
from muster.web.tables import respond
from muster.web.wording import sentence

SMALL = 200  # rows whose undoing is tried out within the request


@require_GET
def import_list(request: HttpRequest) -> HttpResponse:
    """Show who imported what and when."""
    table = import_table(request, queries.imports_visible())
    return respond(request, "imports/list.html", table=table, context={"kinds": queries.kinds()})


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take a file and start checking it; a file that cannot be read is refused and not stored."""
    actor = request.actor  # type: ignore[attr-defined]
    policies.check_may_import(actor)
    form = UploadForm(request.POST or None, request.FILES or None, division=actor.division,
                      initial={"kind": request.GET.get("kind", "people")})  # fmt: skip
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            return _take(form)
        except FileProblem as problem:
            form.add_error("file", sentence(problem))
            status = problem.status
    status = 422 if form.is_bound and status == 200 else status
    return render(request, "imports/upload.html", {"form": form}, status=status)


def _take(form: UploadForm) -> HttpResponse:
    values, file = form.cleaned_data, form.cleaned_data["file"]
    now, data = timezone.now(), file.read()
    actions.refuse_unreadable(file.name, data)
    job = actions.take_file(file.name, data, kind=values["kind"],
                            division=values["division"], mode=values["mode"], at=now)  # fmt: skip
    actions.ask_work("import.check", job, title=f"核对 {job.file_name}", at=now)
    return redirect("imports:page", job.pk)


@require_GET
def page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one import: progress while it works, then what was found and what can be done."""
    job = queries.import_job(pk)
    context = {
        "job": job,
        "work": queries.work_of(job),
        "undoable": queries.undoable(job),
        "still": queries.still_faulty(job),
        "given_up": queries.given_up_rows(job).count(),
        "barred": queries.is_barred(job),
        "has_original": queries.has_original(job),
        "to_write": int(job.counts.get("new", 0)) + int(job.counts.get("changed", 0)),
        "unmatched": queries.unmatched(job),
        "thrown_back": queries.thrown_back(job),
        "followed": job.followed_by.all(),
        "can_match": job.state == "checked" and not job.position,
    }
    may = request.actor.may("import.apply")  # type: ignore[attr-defined]
    table = error_table(request, job, may_repair=may)
    return respond(request, "imports/page.html", table=table, context=context)


@require_GET
def progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show how far the work is; when it has ended, tell the page to load anew."""
    job = queries.import_job(pk)
    work = queries.work_of(job)
    if work is None or work.ended_at:
        answer = HttpResponse(status=286)
        answer["HX-Redirect"] = reverse("imports:page", args=[pk])
        return answer
    return render(request, "imports/progress.html", {"job": job, "work": work})


@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, pk: UUID, sheet: int) -> HttpResponse:
    """Let a person say which column is which; the file is then checked anew."""
    policies.check_may_import(request.actor)  # type: ignore[attr-defined]
    job = queries.import_job(pk)
    asked = ask_columns(job, sheet)
    if request.method == "POST":
        now = timezone.now()
        actions.rematch(job, asked["name"], chosen_columns(asked, request.POST), at=now)
        actions.ask_work("import.check", job, title=f"重新核对 {job.file_name}", at=now)
        return redirect("imports:page", pk)
    return render(request, "imports/columns.html", {"job": job, "asked": asked})


@require_POST
def write(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write the good rows."""
    policies.check_may_import(request.actor)  # type: ignore[attr-defined]
    job = queries.import_job(pk)
    actions.ask_work("import.write", job, title=f"导入 {job.file_name}", at=timezone.now())
    return redirect("imports:page", pk)


@require_POST
def good_now(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let the good rows in although others are wrong, where all or none was chosen before."""
    policies.check_may_import(request.actor)  # type: ignore[attr-defined]
    actions.let_good_in(queries.import_job(pk))
    messages.success(request, _("已改为“正确的先进”。"))
    return redirect("imports:page", pk)


@require_http_methods(["GET", "POST"])
def undo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what undoing would do, then do it; a large import is tried out in the background."""
    policies.check_may_undo(request.actor)  # type: ignore[attr-defined]
    job = queries.import_job(pk)
    now = timezone.now()
    if request.method == "POST":
        if "try" in request.POST:
            actions.ask_work("import.preview", job, title=f"试算撤销 {job.file_name}", at=now)
        else:
            actions.ask_work("import.undo", job, title=f"撤销 {job.file_name}", at=now)
        return redirect("imports:page", pk)
    preview = queries.tried_undo(job)
    if preview is None and queries.undoable(job) <= SMALL:
        preview = actions.undo_preview(job, at=now)
    table = undo_table(request, preview)
    context = {"job": job, "preview": preview, "undoable": queries.undoable(job)}
    return respond(request, "imports/undo.html", table=table, context=context)


@require_GET
def original(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send the file as it was uploaded; the look is journalled."""
    policies.check_may_import(request.actor)  # type: ignore[attr-defined]
    job = queries.import_job(pk)
    return file_response(job.file_name, actions.open_original(job), "application/octet-stream")


@require_GET
def repair_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send the faulty rows back in the user's own layout."""
    policies.check_may_import(request.actor)  # type: ignore[attr-defined]
    name, data = repairing.repair_file(queries.import_job(pk))
    return workbook_response(name, data)


@require_GET
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """Send a workbook to fill in."""
    name, data = repairing.template_file(kind)
    return workbook_response(name, data)


@require_POST
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask the running work to stop."""
    job = queries.import_job(pk)
    actions.stop_work(job)
    return redirect("imports:page", pk)
