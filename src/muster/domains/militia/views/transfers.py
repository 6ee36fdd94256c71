"""Pages of transfers: the register, one person's membership, entering, moving, leaving, reversing."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from muster.core.kernel import Period
from muster.domains.militia import actions, tables
from muster.domains.militia.forms import EnterForm, LeaveForm, MoveForm, VettingForm
from muster.domains.militia.queries import away, calls, conditions, figures, members, rosters
from muster.domains.militia.queries import units as reading
from muster.domains.militia.views.common import attempt, done, form_page, may, read_day
from muster.domains.militia.workbooks import wants_workbook, workbook
from muster.ground.register import queries as register
from muster.ground.rows.clock import today
from muster.web.filters import Filter, Filters
from muster.web.tables import Table, respond


@require_GET
def transfers(request: HttpRequest) -> HttpResponse:
    """Show who joined, left and moved in a period, and that opening + in − out = closing."""
    first, last = _period(request)
    units = reading.own_units(last)
    chosen = Filters(
        [Filter("first", gettext_lazy("从"), kind="date"), Filter("last", gettext_lazy("到"), kind="date"),
         Filter("unit", gettext_lazy("分队"), [(str(u.pk), u.name) for u in units]),
         Filter("kind", gettext_lazy("类别"), rosters.KINDS),
         Filter("q", gettext_lazy("姓名"), kind="text", hint=gettext_lazy("姓名、拼音首字母"))],
        {**request.GET.dict(), "first": first.isoformat(), "last": last.isoformat()},
    )  # fmt: skip
    rows = rosters.transfer_rows(first=first, last=last, unit=chosen["unit"], kind=chosen["kind"],
                                 words=chosen["q"])  # fmt: skip
    table = Table(columns=tables.TRANSFERS, rows=rows, request=request, name="transfers",
                  caption=_("出入转队登记册"), filters=chosen,
                  empty_title=_("这段时间没有出入转队"))  # fmt: skip
    if wants_workbook(request):
        return workbook(table, name=_("出入转队登记册"), day=last)
    unit = reading.unit(chosen["unit"]) if chosen["unit"] else None
    flows = figures.in_and_out(Period(first, last), unit)
    rosters.note_look("militia.transfers_seen", min(table.total, table.page_rows))
    context = {"flows": flows, "first": first, "last": last, **may(request)}
    return respond(request, "militia/transfers.html", table=table, context=context)


def _period(request: HttpRequest) -> tuple[date, date]:
    now = today()
    first = read_day(request.GET.get("first", "")) or date(now.year, 1, 1)
    last = read_day(request.GET.get("last", "")) or now
    return (first, last) if first <= last else (last, first)


@require_GET
def find(request: HttpRequest, then: str) -> HttpResponse:
    """Choose a person for entering or going away."""
    words = request.GET.get("q", "")
    found = register.search(words, most=30) if words.strip() else []
    spells = members.last_spells(p.pk for p, _why in found)
    names = register.division_names()
    rows = [(p, why, names.get(p.division, ""), spells.get(p.pk)) for p, why in found]
    register.note_list(len(rows))
    return render(request, "militia/find.html", {"rows": rows, "words": words, "then": then})


@require_GET
def member(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one person's places, transfers, vetting results, absences and roll calls."""
    person = register.person(pk)
    masked = register.masked_pair(person)
    context = {"person": person, "masked": masked, "known": membership(person), **may(request)}
    return render(request, "militia/member.html", context)


def membership(person: Any) -> dict[str, Any]:
    """Return what the militia knows of a person."""
    return {
        "spell": members.spell_on(person.pk, today()), "spells": members.spells_of(person.pk),
        "transfers": members.transfers_of(person.pk),
        "latest": members.latest_transfer(person.pk), "vettings": rosters.vettings_of(person.pk),
        "absences": away.absences_of(person.pk), "lines": calls.lines_of_person(person.pk),
    }  # fmt: skip


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put a person into a unit, after showing what to know first."""
    person = register.opened(pk)
    form = EnterForm(request.POST or None, day=today(), initial={"on": today()})
    heading = _("%(name)s 入队") % {"name": person.name}
    return _place(request, form, person, heading, lambda v: actions.enter(person, **v), new=True)


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Move a member to another unit or post."""
    person = register.opened(pk)
    form = MoveForm(request.POST or None, day=today(), initial={"on": today()})
    heading = _("%(name)s 转队") % {"name": person.name}
    return _place(request, form, person, heading, lambda v: actions.move(person, **v), new=False)


def _place(request: HttpRequest, form: Any, person: Any, heading: str, work: Any, *,
           new: bool) -> HttpResponse:  # fmt: skip
    cautions: list[Any] = []
    if form.is_bound and form.is_valid():
        values = dict(form.cleaned_data)
        known = conditions.cautions(
            person, values["unit"], values["post"], on=values["on"], new=new
        )
        cautions = [c for c in known if not (c.asks and values["note"].strip())]
        seen = set(request.POST.getlist("seen"))
        if all(c.code in seen and not c.asks for c in cautions):
            make = {**values, "at": timezone.now()}
            if attempt(form, lambda: work({k: v for k, v in make.items() if k != "where"})):
                return done(request, _("已办理。"), "militia:member", person.pk)
    return form_page(request, form, heading=heading, cautions=cautions,
                     back=reverse("militia:member", args=[person.pk]))  # fmt: skip


@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a member off the roster."""
    person = register.opened(pk)
    form = LeaveForm(request.POST or None, initial={"on": today()})
    if form.is_bound and form.is_valid():
        values = form.cleaned_data
        if attempt(form, lambda: actions.leave(person, at=timezone.now(), **values)):
            return done(request, _("已办理出队。"), "militia:member", pk)
    return form_page(request, form, heading=_("%(name)s 出队") % {"name": person.name},
                     back=reverse("militia:member", args=[pk]), submit=_("办理出队"),
                     lead=_("从所填日期起不再在队；当天不算在队。"))  # fmt: skip


@require_POST
def reverse_transfer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Reverse the latest transfer of a person."""
    transfer = rosters.transfer(pk)
    actions.reverse(transfer, at=timezone.now(), note=request.POST.get("note", "")[:200])
    return done(request, _("已冲销，原记录保留可查。"), "militia:member", transfer.person_id)


@require_http_methods(["GET", "POST"])
def vetting(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record the competent authority's result: pass, fail or pending, who, when."""
    person = register.opened(pk)
    form = VettingForm(request.POST or None, initial={"on": today()})
    if form.is_bound and form.is_valid():
        values = form.cleaned_data
        if attempt(form, lambda: actions.record_vetting(person, **values)):
            return done(request, _("已登记政审结论。"), "militia:member", pk)
    return form_page(request, form, heading=_("%(name)s 政审结论") % {"name": person.name},
                     back=reverse("militia:member", args=[pk]),
                     lead=_("只登记结论、作出单位和日期；过程和理由不录入本系统。"))  # fmt: skip
