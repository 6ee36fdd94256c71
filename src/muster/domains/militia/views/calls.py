"""Pages of roll calls: calling, ticking by hand or code, the sheet, the report, archiving."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from muster.core.kernel import Problem
from muster.domains.militia import actions, tables
from muster.domains.militia.forms import ABSENT_REASONS, PRESENCES, CallForm
from muster.domains.militia.problems import CallUnfinished
from muster.domains.militia.queries import calls, rosters
from muster.domains.militia.queries import units as reading
from muster.domains.militia.sheets import sheet_lines
from muster.domains.militia.views.common import attempt, done, form_page, may
from muster.ground.rows.clock import today
from muster.web.tables import Table, respond
from muster.web.wording import sentence


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


@dataclass(frozen=True, slots=True)
class Refused:
    """A tick that was refused: whose line, the words, and what was typed beside it."""

    line: UUID
    words: str
    usual: str
    reason: str
    status: int


@require_GET
def roll_call(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the lines of a roll call for ticking."""
    return _ticking(request, calls.call(pk), request.GET)


def _ticking(
    request: HttpRequest,
    call: Any,
    query: QueryDict,
    refused: Refused | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    chosen = {k: query.get(k, "") for k in ("unit", "q", "presence")}
    lines = calls.lines(call, unit=_known(call, chosen["unit"]), words=chosen["q"],
                        presence=chosen["presence"])  # fmt: skip
    found = calls.told(call, lines)
    rosters.note_look("militia.roll_call_seen", len(found))
    context = {
        "call": call, "lines": found, "chosen": chosen, "result": calls.result(call),
        "units": calls.units_of(call), "presences": PRESENCES, "reasons": ABSENT_REASONS,
        "query": query.urlencode(), "refused": refused, **may(request),
    }  # fmt: skip
    answer = refused.status if refused else status
    return render(request, "militia/call.html", context, status=answer)


def _known(call: Any, key: str) -> str:
    return key if key in {str(u.pk) for u in calls.units_of(call)} else ""


@require_POST
def mark(request: HttpRequest, pk: UUID, line_pk: UUID) -> HttpResponse:
    """Mark one line and send it back with the counts; a refusal comes back in the row itself."""
    call, given = calls.call(pk), request.POST
    line, usual, reason = calls.line(call, line_pk), given.get("usual", ""), given.get("reason", "")
    refused = None
    try:
        line = actions.mark(line, given.get("presence", "unmarked"), at=timezone.now(),
                            reason=reason or usual)  # fmt: skip
    except Problem as problem:
        if problem.status not in (409, 422):
            raise
        refused = Refused(line_pk, sentence(problem), usual, reason, problem.status)
    query = given.get("query", "")
    if request.headers.get("HX-Request") != "true":
        if refused:
            return _ticking(request, calls.call(pk), QueryDict(query), refused)
        return redirect(f"{reverse('militia:roll-call', args=[pk])}?{query}")
    context = _row(request, pk, line) | {"refused": refused, "query": query}
    answer = "militia/call.html#line" if refused else "militia/call.html#line-answer"
    return render(request, answer, context, status=refused.status if refused else 200)


def _row(request: HttpRequest, pk: UUID, line: Any) -> dict[str, Any]:
    """Return what the fragments of one row and of the counts show; nothing of a row without one."""
    call = calls.call(pk)
    item = calls.told(call, [line])[0] if line else None
    return {"call": call, "item": item, "result": calls.result(call), "reasons": ABSENT_REASONS,
            **may(request)}  # fmt: skip


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
        line, problem = None, sentence(refusal)
    if request.headers.get("HX-Request") != "true":
        if line:
            words = _("{name}（{unit}）到").format(name=line.person.name, unit=line.unit.name)
            messages.success(request, words)
        else:
            messages.error(request, problem)
        return redirect("militia:roll-call", pk)
    context = {**_row(request, pk, line), "coded": line, "problem": problem}
    return render(request, "militia/call.html#code-answer", context)


@require_GET
def sheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the sheet to print: names, codes, room to sign."""
    call = calls.call(pk)
    unit = _known(call, request.GET.get("unit", ""))
    lines = sheet_lines(calls.told(call, calls.lines(call, unit=unit)))
    units = calls.units_of(call)
    called = calls.called_of(call, [u for u in units if not unit or str(u.pk) == unit])
    rosters.note_look("militia.roll_call_sheet_printed", len(lines))
    context = {"call": call, "lines": lines, "today": today(), "called": called}
    return render(request, "militia/call_sheet.html", context)


@require_GET
def report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the figures of a roll call as a paper."""
    call = calls.call(pk)
    absent = calls.told(call, calls.lines(call).filter(presence__in=("leave", "absent")))
    rosters.note_look("militia.roll_call_seen", len(absent))
    context = {"call": call, "result": calls.result(call), "today": today(), "absent": absent,
               "called": calls.called_of(call, calls.units_of(call))}  # fmt: skip
    return render(request, "militia/call_report.html", context)


@require_POST
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Archive a roll call; while somebody is unmarked, the list says so and stays."""
    try:
        actions.close_call(calls.call(pk), at=timezone.now())
    except CallUnfinished as problem:
        messages.error(request, sentence(problem))
        return _ticking(request, calls.call(pk), request.GET, status=problem.status)
    return done(request, _("点验已归档。"), "militia:roll-call", pk)
