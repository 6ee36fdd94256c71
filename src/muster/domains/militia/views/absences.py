"""Pages of absence: the register, going away, coming back, where members went."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from muster.domains.militia import actions, tables
from muster.domains.militia.forms import AbsenceForm, DayForm
from muster.domains.militia.queries import away, members, rosters
from muster.domains.militia.queries import units as reading
from muster.domains.militia.views.common import attempt, day_of, done, form_page, may
from muster.domains.militia.workbooks import wants_workbook, workbook
from muster.ground.register import queries as register
from muster.ground.rows.clock import today
from muster.web.filters import Filter, Filters
from muster.web.tables import Table, respond

STATES = (("away", gettext_lazy("外出中")), ("back", gettext_lazy("已返回")))


@require_GET
def absences(request: HttpRequest) -> HttpResponse:
    """Show who went away, who is back, and where members went."""
    day = day_of(request)
    units = [(str(u.pk), u.name) for u in reading.own_units(day)]
    chosen = Filters(
        [Filter("state", gettext_lazy("状态"), STATES), Filter("unit", gettext_lazy("分队"), units),
         Filter("q", gettext_lazy("查找"), kind="text", hint=gettext_lazy("姓名、拼音、去向"))],
        request.GET,
    )  # fmt: skip
    rows = away.register(day, state=chosen["state"], unit=chosen["unit"], words=chosen["q"])
    table = Table(columns=tables.ABSENCES, rows=rows, request=request, name="absences",
                  caption=_("外出民兵登记簿"), filters=chosen, unit=_("人次"),
                  empty_title=_("还没有外出登记"),
                  empty_text=_("民兵外出前由本人申报登记，只记到县一级。"))  # fmt: skip
    if wants_workbook(request):
        return workbook(table, name=_("外出民兵登记簿"), day=day)
    rosters.note_look("militia.absences_seen", min(table.total, table.page_rows))
    own = reading.own_units(day)
    reach = away.availability(own, day)
    context = {"flow": away.flow(day), "day": day, **may(request),
               "units": [(u, reach[u.pk]) for u in own if reach[u.pk].roster]}  # fmt: skip
    return respond(request, "militia/absences.html", table=table, context=context)


@require_http_methods(["GET", "POST"])
def go_away(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Register that a member goes away, as told by the member."""
    person = register.opened(pk)
    form = AbsenceForm(request.POST or None, initial={"left_on": today()})
    if form.is_bound and form.is_valid():
        values = {k: v for k, v in form.cleaned_data.items() if k != "told"}
        if attempt(form, lambda: actions.go_away(person, at=timezone.now(), **values)):
            return done(request, _("已登记外出。"), "militia:absences")
    return form_page(request, form, heading=_("%(name)s 外出登记") % {"name": person.name},
                     back=reverse("militia:absences"), submit=_("登记外出"), lead=_privacy())  # fmt: skip


def _privacy() -> str:
    return _("只登记本人申报的大致去向（到县一级）和联系方式，用于联系和点验通知；不记行踪。")


@require_http_methods(["GET", "POST"])
def absence(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Register the return of a member, or show that it was."""
    found: Any = away.absence(pk)
    register.note_opened(found.person)
    form = DayForm(request.POST or None, initial={"on": found.back_on or today()})
    if form.is_bound and form.is_valid():
        on = form.cleaned_data["on"]
        if attempt(form, lambda: actions.come_back(found, on=on)):
            return done(request, _("已登记返回。"), "militia:absences")
    facts = [
        (_("外出日期"), found.left_on), (_("去向"), found.destination or _("未说明")),
        (_("事由"), found.get_reason_display()), (_("预计返回"), found.expected_back or "—"),
        (_("分队"), getattr(members.spell_on(found.person_id, today()), "unit", "—")),
        (_("返回日期"), found.back_on or "—"),
    ]  # fmt: skip
    return form_page(request, form, heading=_("%(name)s 返回登记") % {"name": found.person.name},
                     back=reverse("militia:absences"), submit=_("登记返回"), facts=facts,
                     edit=reverse("militia:absence-edit", args=[pk]),
                     undo=reverse("militia:absence-reopen", args=[pk]) if found.back_on else "")  # fmt: skip


@require_http_methods(["GET", "POST"])
def edit_absence(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Correct what a member told; the former words stay in the history."""
    found: Any = away.absence(pk)
    register.note_opened(found.person)
    names = ("left_on", "destination", "reason", "expected_back", "hours_to_return")
    form = AbsenceForm(request.POST or None, initial={n: getattr(found, n) for n in names})
    del form.fields["phone"]
    if form.is_bound and form.is_valid():
        values = {n: form.cleaned_data[n] for n in names}
        if attempt(form, lambda: actions.correct_absence(found, **values)):
            return done(request, _("已更正。"), "militia:absence", pk)
    return form_page(request, form, heading=_("更正外出登记"), lead=_privacy(),
                     back=reverse("militia:absence", args=[pk]))  # fmt: skip


@require_POST
def reopen_absence(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a return back."""
    actions.reopen_absence(away.absence(pk))
    return done(request, _("返回登记已撤回。"), "militia:absence", pk)
