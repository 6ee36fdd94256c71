"""The list, the year, planning and changing a meeting."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from muster.core.kernel import DivisionCode, Problem
from muster.engines.meetings import actions, policies, queries
from muster.engines.meetings.forms import OWN, MeetingForm
from muster.engines.meetings.kinds import MeetingKind, kind, kinds
from muster.engines.meetings.views.common import TONES, attempt, done, kind_name, show
from muster.ground.register import queries as register
from muster.ground.rows.clock import today
from muster.web.filters import Filter, Filters
from muster.web.said import said
from muster.web.tables import Column, Table, Tag, respond
from muster.web.wording import sentence

if TYPE_CHECKING:
    from muster.engines.meetings.models import Meeting


@require_GET
def meeting_list(request: HttpRequest) -> HttpResponse:
    """Show the meetings of the scope by kind, year and state."""
    states: list[tuple[str, str | Promise]] = [*queries.STATES, ("bare", _("已开未定稿"))]
    chosen = Filters([
        Filter("q", _("查找"), kind="text", hint=_("会议名称里的字")),
        Filter("kind", _("类别"), [(k.code, k.name) for k in kinds().values()]),
        Filter("year", _("年度"), [(str(y), str(y)) for y in queries.years()]),
        Filter("state", _("状态"), states),
        Filter("place", pgettext_lazy("place", "地方"), _places(request)),
    ], request.GET)  # fmt: skip
    rows = queries.listed(kind_code=chosen["kind"], year=chosen["year"], state=chosen["state"],
                          words=chosen["q"], place=chosen["place"])  # fmt: skip
    names = register.division_names()
    columns = [
        Column("title", _("会议"), href=lambda m: reverse("meetings:page", args=[m.pk])),
        Column("on", _("日期"), kind="date", sort="on"),
        Column("kind", _("类别"), value=lambda m: kind_name(m.kind), phone=False),
        Column("organisation", _("召开单位"), value=lambda m: m.organisation.name, phone=False),
        Column("division", pgettext_lazy("place", "地方"),
               value=lambda m: names.get(m.division, m.division), phone=False),
        Column("chair", _("主持人"), phone=False),
        Column("state", _("状态"), kind="tag",
               value=lambda m: Tag(m.get_state_display(), TONES[m.state])),
        Column("minutes_on", _("纪要"), kind="tag", value=_minutes, phone=False),
    ]  # fmt: skip
    table = Table(columns=columns, rows=rows, request=request, name="meetings", caption=_("会议"),
                  filters=chosen, unit=_("次"), default_sort="-on", empty_title=_("还没有会议"),
                  empty_text=_("点右上角“登记会议”，选一个类别；通知、签到表和纪要都从这里出。"))  # fmt: skip
    may_plan = policies.may_plan(request.actor)  # type: ignore[attr-defined]
    return respond(request, "meetings/list.html", table=table, context={"may_plan": may_plan})


def _minutes(meeting: "Meeting") -> Tag | str:
    if meeting.minutes_on:
        return Tag(_("已定稿"), "green")
    if meeting.state != "held":
        return ""
    return Tag(_("未定稿"), "amber")


def _places(request: HttpRequest) -> list[tuple[str, str]]:
    actor = request.actor  # type: ignore[attr-defined]
    below = register.divisions_below(actor.division).values_list("division", "name")
    return list(below) if actor.may_see("register") else []


@require_GET
def year(request: HttpRequest) -> HttpResponse:
    """Show a year of one place: what each kind of meeting had in its months or quarters."""
    actor, now = request.actor, today()  # type: ignore[attr-defined]
    years = sorted({*queries.years(), now.year}, reverse=True)
    asked = request.GET.get("year", "")
    chosen = int(asked) if asked.isdigit() and int(asked) in years else now.year
    places = _places(request)
    place = request.GET.get("place", "")
    place = place if place in dict(places) else actor.division
    context = {
        "rows": queries.grid(place, chosen, now), "years": years, "chosen": chosen,
        "place_choices": places, "place": place, "place_name": register.division_name(place),
        "months": range(1, 13), "may_plan": policies.may_plan(actor),
    }  # fmt: skip
    template = "meetings/year_print.html" if request.GET.get("print") else "meetings/year.html"
    return render(request, template, context)


@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """Show the kinds of meetings of this level to choose one."""
    actor = request.actor  # type: ignore[attr-defined]
    policies.check_may_keep(actor.division, "登记会议")
    level = DivisionCode(actor.division).level
    groups: dict[str, list[MeetingKind]] = {}
    for of in kinds().values():
        if level in of.levels:
            groups.setdefault(of.group, []).append(of)
    return render(request, "meetings/choose.html", {"groups": groups})


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, code: str) -> HttpResponse:
    """Plan a meeting of a kind."""
    actor, of = request.actor, kind(code)  # type: ignore[attr-defined]
    policies.check_may_keep(actor.division, "登记会议")
    form = MeetingForm(request.POST or None, kind=of, initial=_initial(of, actor.division),
                       **_choices(actor.division, of))  # fmt: skip
    if form.is_bound and form.is_valid():
        made = _attempt_plan(form, of)
        if made is not None:
            return redirect("meetings:page", made.pk)
    context = {"form": form, "kind": of, "basis": said(of.basis)}
    return render(request, "meetings/form.html", context, status=422 if form.is_bound else 200)


def _attempt_plan(form: MeetingForm, of: MeetingKind) -> "Meeting | None":
    organisation = register.organisation(form.cleaned_data["organisation"])
    try:
        return actions.plan(of.code, organisation, form.draft(_body(form)))
    except Problem as problem:
        if problem.status not in (409, 422):
            raise
        form.add_error(None, sentence(problem))
        return None


def _body(form: MeetingForm) -> Any:
    chosen = form.cleaned_data["body"]
    return register.body(chosen) if chosen else None


def _choices(division: str, of: MeetingKind) -> dict[str, Any]:
    """Return the organisers of the place, those that usually hold this kind first, and its bodies."""
    rows = list(register.organisations().filter(division=division))
    rank = {code: n for n, code in enumerate(of.held_by)}
    rows.sort(key=lambda o: rank.get(o.kind, len(rank)))
    bodies = sorted(queries.bodies_at(division), key=lambda b: b.kind != of.body)
    return {"organisations": [(str(o.pk), o.name) for o in rows],
            "bodies": [(str(b.pk), b.name) for b in bodies]}  # fmt: skip


def _initial(of: MeetingKind, division: str) -> dict[str, Any]:
    """Return what can be filled in beforehand: today, the body of this kind, who should chair."""
    bodies = queries.bodies_at(division).filter(kind=of.body, closed_on=None) if of.body else []
    body = next(iter(bodies), None)
    chairs = queries.prescribed_chairs(of, division, today(), body)
    name, post = chairs[0] if chairs else ("", "")
    return {"on": today(), "body": body.pk if body else "", "chair": name, "chair_post": post,
            "items": list(of.agenda_suggested)}  # fmt: skip


@require_GET
def page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a meeting: what it needs, its agenda, who came, minutes, decisions."""
    return show(request, queries.meeting(pk))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change when, where and by whom a meeting is held."""
    meeting = queries.meeting(pk)
    policies.check_may_keep(meeting.division, "修改会议")
    policies.check_open(meeting, "修改会议")
    of = kind(meeting.kind)
    choices = _choices(meeting.division, of)
    choices["organisations"] = [(str(meeting.organisation_id), meeting.organisation.name)]
    form = MeetingForm(
        request.POST or None, kind=of, initial=_standing(meeting), fresh=False, **choices
    )
    if (
        form.is_bound
        and form.is_valid()
        and attempt(form, lambda: actions.change(meeting, form.draft(_body(form))))
    ):
        return done(pk)
    context = {"form": form, "kind": of, "basis": said(of.basis), "meeting": meeting}
    return render(request, "meetings/form.html", context, status=422 if form.is_bound else 200)


def _standing(meeting: "Meeting") -> dict[str, Any]:
    names = ("on", "starts", "place", "chair", "chair_post", "recorder", "title")
    found: dict[str, Any] = {name: getattr(meeting, name) for name in names}
    own = {OWN + key: value for key, value in meeting.details.items()}
    return found | own | {"organisation": meeting.organisation_id, "body": meeting.body_id or ""}


@require_POST
def hold(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Mark a meeting as held."""
    actions.hold(queries.meeting(pk), today=today())
    return done(pk)


@require_POST
def take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take back that a meeting was held."""
    actions.take_back_hold(queries.meeting(pk))
    return done(pk)


@require_POST
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Cancel a meeting that is not to be."""
    actions.cancel(queries.meeting(pk), why=request.POST.get("why", ""))
    return done(pk)


@require_POST
def restore(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take back that a meeting was cancelled."""
    actions.restore(queries.meeting(pk))
    return done(pk)
