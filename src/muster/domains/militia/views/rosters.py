"""The roster of any day, and frozen rosters."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from muster.domains.militia import actions, tables
from muster.domains.militia.forms import FreezeForm
from muster.domains.militia.queries import calls, frozen, members, rosters
from muster.domains.militia.queries import units as reading
from muster.domains.militia.views.common import actor_of, attempt, day_of, done, form_page, may
from muster.domains.militia.workbooks import wants_workbook, workbook
from muster.ground.rows.clock import today
from muster.web.filters import Filter, Filters
from muster.web.tables import Table, respond


@require_GET
def roster(request: HttpRequest) -> HttpResponse:
    """Show who stood on the roster of a day."""
    day = day_of(request)
    units = [(str(u.pk), u.name) for u in reading.own_units(day)]
    chosen = Filters(
        [Filter("day", gettext_lazy("日期"), kind="date"), Filter("unit", gettext_lazy("分队"), units),
         Filter("presence", gettext_lazy("在位情况"), [("here", gettext_lazy("在位")), ("away", gettext_lazy("外出"))]),
         Filter("q", gettext_lazy("查找"), kind="text", hint=gettext_lazy("姓名、拼音首字母"))],
        {**request.GET.dict(), "day": day.isoformat()},
    )  # fmt: skip
    unit = reading.unit(chosen["unit"]) if chosen["unit"] else None
    lines = rosters.roster_lines(members.roster_on(day, unit), day, words=chosen["q"])
    if chosen["presence"]:
        lines = [x for x in lines if x.away == (chosen["presence"] == "away")]
    table = Table(columns=tables.ROSTER, rows=lines, request=request, name="roster",
                  caption=_("民兵花名册"), filters=chosen, unit=_("人"),
                  empty_title=_("这一天花名册上没有人"))  # fmt: skip
    if wants_workbook(request):
        return workbook(table, name=_("民兵花名册"), day=day)
    shown = table.total if request.GET.get("print") else table.last - table.first + 1
    rosters.note_look("militia.roster_seen", shown if table.total else 0)
    context = {"day": day, **may(request)}
    return respond(request, "militia/roster.html", table=table, context=context)


@require_GET
def frozen_list(request: HttpRequest) -> HttpResponse:
    """Show the frozen rosters."""
    table = Table(columns=tables.FROZEN, rows=frozen.frozen_rosters(), request=request,
                  name="frozen", caption=_("封存花名册"), unit=_("份"),
                  empty_title=_("还没有封存花名册"),
                  empty_text=_("整组结束后封存一次，当年人数统计以它为准。"))  # fmt: skip
    return respond(request, "militia/frozen_list.html", table=table, context=may(request))


@require_GET
def frozen_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one frozen roster as it was written, and whether it is still whole."""
    found = frozen.frozen_roster(pk)
    table = Table(columns=tables.FROZEN_LINES, rows=frozen.lines_of(found), request=request,
                  name="frozen-lines", caption=found.title, unit=_("人"))  # fmt: skip
    if wants_workbook(request):
        return workbook(table, name=found.title, day=found.as_of)
    rosters.note_look("militia.frozen_seen", min(table.total, table.page_rows))
    context = {"roster": found, "whole": frozen.is_whole(found)}
    return respond(request, "militia/frozen.html", table=table, context=context)


@require_http_methods(["GET", "POST"])
def freeze(request: HttpRequest) -> HttpResponse:
    """Freeze the roster of a day."""
    day, key = today(), request.GET.get("call", "")
    call = calls.call(key) if key else None
    title = _("%(year)s年度民兵花名册") % {"year": day.year}
    form = FreezeForm(request.POST or None,
                      initial={"title": title, "as_of": call.on if call else day})  # fmt: skip
    division = actor_of(request).division
    if form.is_bound and form.is_valid():
        values = form.cleaned_data
        made = attempt(
            form, lambda: actions.freeze(division, at=timezone.now(), call=call, **values)
        )
        if made:
            return done(request, _("花名册已封存。"), "militia:frozen", made.pk)
    lead = _("封存后人数不再随出入转队变化，当年统计以它为准；同一年只封存一份。")
    return form_page(request, form, heading=_("封存花名册"), lead=lead, submit=_("封存"),
                     back=reverse("militia:frozen-list"))  # fmt: skip
