"""Pages of roll calls: calling, ticking by hand or code, the sheet, the report, archiving."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from muster.core.kernel import Problem
from muster.domains.militia import actions, tables
from muster.domains.militia.forms import ABSENT_REASONS, PRESENCES, CallForm
from muster.domains.militia.queries import calls, rosters
from muster.domains.militia.queries import units as reading
from muster.domains.militia.sheets import sheet_lines
from muster.domains.militia.views.common import attempt, done, form_page, may
from muster.ground.rows.clock import today
from muster.web.tables import Table, respond


@require_GET
def roll_calls(request: HttpRequest) -> HttpResponse:
    """Show the roll calls."""
    table = Table(columns=tables.CALLS, rows=calls.calls(), request=request, name="calls",
                  caption=_("点验"), unit=_("次"), empty_title=_("还没有点验"),
                  empty_text=_("新建点验时按当天花名册生成应到名单。"))  # fmt: skip
    return respond(request, "militia/calls.html", table=table, context=may(request))


@require_http_methods(["GET", "POST"])
def new_call(request: HttpRequest) -> HttpResponse:
    """Call units together."""
    day = today()
    title = calls.title_for("assembly", day)
    form = CallForm(request.POST or None, day=day, initial={"on": day, "title": title})
    if form.is_bound and form.is_valid():
        values = dict(form.cleaned_data)
        units = [reading.unit(key) for key in values.pop("units")]
        made = attempt(
            form, lambda: actions.call_together(values.pop("title"), units=units, **values)
        )
        if made:
            return done(request, _("已生成应到名单。"), "militia:roll-call", made.pk)
    return form_page(request, form, heading=_("新建点验"), back=reverse("militia:roll-calls"),
                     submit=_("生成应到名单"))  # fmt: skip


@require_GET
def roll_call(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the lines of a roll call for ticking."""
    call = calls.call(pk)
    chosen = {k: request.GET.get(k, "") for k in ("unit", "q", "presence")}
    lines = calls.lines(call, unit=_known(call, chosen["unit"]), words=chosen["q"],
                        presence=chosen["presence"])  # fmt: skip
    found = list(lines)
    rosters.note_look("militia.roll_call_seen", len(found))
    context = {
        "call": call, "lines": found, "chosen": chosen, "result": calls.result(call),
        "units": calls.units_of(call), "presences": PRESENCES, "reasons": ABSENT_REASONS,
        "query": request.GET.urlencode(), **may(request),
    }  # fmt: skip
    return render(request, "militia/call.html", context)


def _known(call: Any, key: str) -> str:
    return key if key in {str(u.pk) for u in calls.units_of(call)} else ""


@require_POST
def mark(request: HttpRequest, pk: UUID, line_pk: UUID) -> HttpResponse:
    """Mark one line and send it back with the counts."""
    call = calls.call(pk)
    line = calls.line(call, line_pk)
    marked = actions.mark(line, request.POST.get("presence", "unmarked"), at=timezone.now(),
                          reason=request.POST.get("reason", "")
                          or request.POST.get("usual", ""))  # fmt: skip
    if request.headers.get("HX-Request") != "true":
        return redirect(
            f"{reverse('militia:roll-call', args=[pk])}?{request.POST.get('query', '')}"
        )
    context = {"call": call, "line": marked, "result": calls.result(call), "reasons": ABSENT_REASONS,
               **may(request)}  # fmt: skip
    return render(request, "militia/call.html#line-answer", context)


@require_POST
def code(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Mark whoever holds the typed or scanned code; answer with the name."""
    call = calls.call(pk)
    told = request.POST.get("code", "")
    try:
        line, problem = actions.mark_by_code(call, told, at=timezone.now()), ""
    except Problem as refusal:
        if refusal.status == 403:
            raise
        line, problem = None, refusal.message
    if request.headers.get("HX-Request") != "true":
        return redirect("militia:roll-call", pk)
    context = {"call": call, "line": line, "coded": line, "problem": problem, "result": calls.result(call),
               "reasons": ABSENT_REASONS, **may(request)}  # fmt: skip
    return render(request, "militia/call.html#code-answer", context)


@require_GET
def sheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the sheet to print: names, codes, room to sign."""
    call = calls.call(pk)
    unit = _known(call, request.GET.get("unit", ""))
    lines = sheet_lines(calls.lines(call, unit=unit))
    rosters.note_look("militia.roll_call_sheet_printed", len(lines))
    return render(
        request, "militia/call_sheet.html", {"call": call, "lines": lines, "today": today()}
    )


@require_GET
def report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the figures of a roll call as a paper."""
    call = calls.call(pk)
    absent = list(calls.lines(call).filter(presence__in=("leave", "absent")))
    rosters.note_look("militia.roll_call_seen", len(absent))
    context = {"call": call, "result": calls.result(call), "today": today(), "absent": absent}
    return render(request, "militia/call_report.html", context)


@require_POST
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Archive a roll call."""
    actions.close_call(calls.call(pk), at=timezone.now())
    return done(request, _("点验已归档。"), "militia:roll-call-report", pk)
