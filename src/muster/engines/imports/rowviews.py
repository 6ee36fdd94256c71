"""Pages of single rows: what came of them, repairing one, giving rows up and taking them up again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from muster.engines.imports import actions, policies, queries
from muster.engines.imports.models import ImportRow
from muster.engines.imports.tables import row_table
from muster.ground.journal.actions import look
from muster.web.tables import respond


@require_GET
def rows(request: HttpRequest, pk: UUID, outcome: str) -> HttpResponse:
    """Show the rows of one outcome."""
    job = queries.import_job(pk)
    table = row_table(request, job, outcome)
    look("import.rows_listed", kind="imports.importrow", count=table.total, reason=outcome)
    return respond(request, "imports/rows.html", table=table, context={"job": job})


@require_http_methods(["GET", "POST"])
def repair_row(request: HttpRequest, pk: UUID, row_pk: UUID) -> HttpResponse:
    """Correct the faulty cells of one row on the screen."""
    policies.check_may_import(request.actor)  # type: ignore[attr-defined]
    job = queries.import_job(pk)
    row = queries.row(job, row_pk)
    if request.method == "POST":
        keys = queries.shown_keys(job, row)
        values = {k: str(v) for k, v in request.POST.items() if k in keys}
        alike = [key for key in request.POST.getlist("alike") if key in keys]
        done = actions.repair_alike(job, row, values, alike, at=timezone.now(),
                                    remember="remember" in request.POST)  # fmt: skip
        row = done[0]
        _say_alike(request, done[1:])
        if row.outcome != "rejected":
            said = (
                _("第 %(row)s 行已改好。")
                if row.outcome != "held"
                else _("第 %(row)s 行待县级核对。")
            )
            messages.success(request, said % {"row": row.number})
            return _next_faulty(job.pk)
    opened = queries.is_open(row) or queries.is_repairable(job, row)
    cells = queries.cells_with_faults(job, row) if opened else []
    context = {"job": job, "row": row, "cells": cells, "open": opened,
               "can_remember": any(c["alike"] and c["unknown"] for c in cells)}  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render(request, "imports/row.html", context, status=status)


def _say_alike(request: HttpRequest, others: list[ImportRow]) -> None:
    """Say what came of the rows that were corrected together with this one."""
    if not others:
        return
    good = sum(row.outcome not in queries.OPEN_OUTCOMES for row in others)
    said = _("一并重新核对了另外 %(count)s 行，其中 %(good)s 行已改好。")
    messages.success(request, said % {"count": len(others), "good": good})


@require_POST
def forget_word(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Read a remembered word as it stands again; the file is then checked anew."""
    policies.check_may_import(request.actor)  # type: ignore[attr-defined]
    job, now = queries.import_job(pk), timezone.now()
    actions.forget_word(job, request.POST.get("key", ""), request.POST.get("told", ""))
    if job.state == "checked" and not job.position:
        actions.ask_work("import.check", job, title=f"重新核对 {job.file_name}", at=now)
    messages.success(request, _("已忘掉这个读法，以后按表里写的读。"))
    return redirect("imports:page", pk)


def _next_faulty(pk: UUID) -> HttpResponseRedirect:
    following = queries.faulty_rows(queries.import_job(pk)).first()
    if following is None:
        return redirect("imports:page", pk)
    return redirect("imports:row", pk, following.pk)


@require_POST
def give_up(request: HttpRequest, pk: UUID, row_pk: UUID) -> HttpResponse:
    """Leave one row out for good and go on to the next."""
    policies.check_may_import(request.actor)  # type: ignore[attr-defined]
    job = queries.import_job(pk)
    row = actions.give_up_row(job, queries.row(job, row_pk))
    messages.success(request, _("第 %(row)s 行已放弃，没有导入。") % {"row": row.number})
    return _next_faulty(job.pk)


@require_POST
def take_up(request: HttpRequest, pk: UUID, row_pk: UUID) -> HttpResponse:
    """Open a row again that was given up."""
    policies.check_may_import(request.actor)  # type: ignore[attr-defined]
    job = queries.import_job(pk)
    row = actions.take_up_row(job, queries.row(job, row_pk))
    messages.success(request, _("第 %(row)s 行已恢复，等待修正。") % {"row": row.number})
    return redirect("imports:row", pk, row.pk)


@require_POST
def give_up_many(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Leave the ticked rows out, or all that still wait."""
    policies.check_may_import(request.actor)  # type: ignore[attr-defined]
    job = queries.import_job(pk)
    picked = [UUID(key) for key in request.POST.getlist("row") if _is_key(key)]
    count = actions.give_up_rows(job, None if request.POST.get("everything") else picked)
    messages.success(request, _("已放弃 %(count)s 行，没有导入。") % {"count": count})
    return redirect("imports:page", pk)


@require_POST
def take_up_all(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open all rows again that were given up."""
    policies.check_may_import(request.actor)  # type: ignore[attr-defined]
    count = actions.take_up_rows(queries.import_job(pk))
    messages.success(request, _("已恢复 %(count)s 行，等待修正。") % {"count": count})
    return redirect("imports:page", pk)


def _is_key(text: str) -> bool:
    try:
        return UUID(text).version is not None
    except ValueError:
        return False
