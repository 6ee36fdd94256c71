"""Pages of units: the tree, one unit, its posts and task numbers, last year beside this."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from muster.domains.militia import actions, tables
from muster.domains.militia.forms import DayForm, PostForm, QuotaForm, UnitForm
from muster.domains.militia.queries import conditions, figures, members, quality, rosters, years
from muster.domains.militia.queries import units as reading
from muster.domains.militia.views.common import actor_of, attempt, day_of, done, form_page, may
from muster.domains.militia.workbooks import wants_workbook, workbook
from muster.ground.register import queries as register
from muster.ground.rows.clock import today
from muster.web.filters import Filter, Filters
from muster.web.tables import Table, respond

DAY = Filter("day", gettext_lazy("日期"), kind="date")


@require_GET
def units(request: HttpRequest) -> HttpResponse:
    """Show the tree of units with what each should have and has."""
    day = day_of(request)
    lines = rosters.unit_lines(day)
    table = Table(columns=tables.UNITS, rows=lines, request=request, name="units",
                  caption=_("分队编制情况"), filters=_day_filter(day),
                  unit=_("个分队"), page_rows=500, footer={"name": _("合计"), **rosters.sums(lines)},
                  empty_title=_("还没有分队"), empty_text=_("点“新建分队”，再给分队加岗位，然后导入名册。"))  # fmt: skip
    if wants_workbook(request):
        return workbook(table, name=_("分队编制情况"), day=day)
    context = {"day": day, **may(request)}
    return respond(request, "militia/units.html", table=table, context=context)


def _day_filter(day: Any) -> Filters:
    """Return the day as a box that always holds a date; only another day counts as a filter."""
    shown = Filters([DAY], {"day": day.isoformat()})
    return shown if day != today() else _Today([DAY], {"day": day.isoformat()})


class _Today(Filters):
    """The filter of a list that shows today: nothing is left out by it."""

    @property
    def active(self) -> dict[str, str]:
        """Return no filter: an empty list is then empty, not filtered away."""
        return {}


@require_GET
def unit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one unit: strength, posts, members, rates, where they live, who is away."""
    found, day = reading.unit(pk), day_of(request)
    tree = {x.pk: x for x in rosters.unit_lines(day)}
    keys = reading.below(found)
    whole = [u for u in reading.units() if u.pk in keys]
    lines = rosters.roster_lines(members.members_of(found, day), day)
    table = Table(columns=tables.MEMBERS, rows=lines, request=request, name="members",
                  caption=_("%(unit)s花名册") % {"unit": found.name}, unit=_("人"),
                  filters=_day_filter(day), page_rows=300,
                  empty_title=_("这一天没有人在队"))  # fmt: skip
    if wants_workbook(request):
        return workbook(table, name=found.name, day=day)
    rosters.note_look("militia.unit_seen", len(lines))
    ages = conditions.AgeRules.at(found.division, day).bounds(None)
    context = {
        "unit": found, "day": day, "strength": tree[pk].strength if pk in tree else figures.strength(found, day),
        "quality": quality.quality(whole, day), "posts": quality.posts_with_holders(found, day),
        "age_silent": "" if ages.configured else conditions.age_silent(found.division, day),
        "below": [x for x in tree.values() if x.unit.parent_id == found.pk],
        "place": register.division_name(found.division), **may(request),
    }  # fmt: skip
    return respond(request, "militia/unit.html", table=table, context=context)


@require_http_methods(["GET", "POST"])
def new_unit(request: HttpRequest) -> HttpResponse:
    """Form a new unit."""
    actor = actor_of(request)
    form = UnitForm(request.POST or None, division=actor.division,
                    initial={"division": actor.division, "valid_from": today()})  # fmt: skip
    if form.is_bound and form.is_valid():
        values = dict(form.cleaned_data)
        made = attempt(form, lambda: actions.new_unit(values.pop("division"), values.pop("name"),
                                                      **values))  # fmt: skip
        if made:
            return done(
                request, _("已新建 %(name)s。") % {"name": made.name}, "militia:unit", made.pk
            )
    return form_page(request, form, heading=_("新建分队"), back=reverse("militia:units"))


@require_http_methods(["GET", "POST"])
def edit_unit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change what is said of a unit."""
    found = reading.unit(pk)
    form = UnitForm(request.POST or None, division=actor_of(request).division, of=found,
                    initial=_initial(found))  # fmt: skip
    form.fields["division"].disabled = True
    if form.is_bound and form.is_valid():
        values = {k: v for k, v in form.cleaned_data.items() if k != "division"}
        if attempt(form, lambda: actions.change_unit(found, **values)):
            return done(request, _("已保存。"), "militia:unit", pk)
    return form_page(request, form, heading=_("修改 %(name)s") % {"name": found.name},
                     back=reverse("militia:unit", args=[pk]))  # fmt: skip


def _initial(found: Any) -> dict[str, Any]:
    plain = ("name", "division", "level", "category", "force", "primary", "contributes_to_name",
             "valid_from")  # fmt: skip
    linked = ("parent", "contributes_to", "supported_by")
    keys = {n: str(getattr(found, f"{n}_id") or "") for n in linked}
    return {n: getattr(found, n) for n in plain} | keys


@require_http_methods(["GET", "POST"])
def close_unit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Close a unit in which nobody stands."""
    found = reading.unit(pk)
    form = DayForm(request.POST or None, initial={"on": today()})
    if form.is_bound and form.is_valid():
        on = form.cleaned_data["on"]
        if attempt(form, lambda: actions.close_unit(found, on=on)):
            return done(request, _("已撤销 %(name)s。") % {"name": found.name}, "militia:units")
    return form_page(request, form, heading=_("撤销 %(name)s") % {"name": found.name},
                     back=reverse("militia:unit", args=[pk]), submit=_("撤销分队"))  # fmt: skip


@require_http_methods(["GET", "POST"])
def post(request: HttpRequest, pk: UUID, post_pk: UUID | None = None) -> HttpResponse:
    """Put a post into a unit, or change one."""
    found = reading.unit(pk)
    row = reading.post(post_pk) if post_pk else None
    names = ("name", "duty", "role", "count", "skill", "skill_required", "min_education", "order")
    initial = {n: getattr(row, n) for n in names} if row else {}
    form = PostForm(request.POST or None, initial=initial)
    if form.is_bound and form.is_valid():
        values = dict(form.cleaned_data)
        made = attempt(
            form, lambda: actions.put_post(found, values.pop("name"), post=row, **values)
        )
        if made:
            return done(request, _("已保存岗位。"), "militia:unit", pk)
    return form_page(request, form, heading=_("%(name)s的岗位") % {"name": found.name},
                     back=reverse("militia:unit", args=[pk]))  # fmt: skip


@require_http_methods(["GET", "POST"])
def quota(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Set the task number of a unit and hand it down to the units right below."""
    found, year = reading.unit(pk), today().year
    children = [u for u in reading.own_units(today()) if u.parent_id == found.pk]
    known = reading.quotas_of(year)
    initial: dict[str, Any] = {
        f"child-{c.pk}": known[c.pk].number for c in children if c.pk in known
    }
    if found.pk in known:
        initial |= {"number": known[found.pk].number, "source": known[found.pk].source}
    form = QuotaForm(request.POST or None, children=children, initial={"year": year, **initial})
    if form.is_bound and form.is_valid():
        values = form.cleaned_data
        facts = {"year": values["year"], "source": values["source"]}
        if attempt(form, lambda: actions.hand_down(found, form.handed(), number=values["number"],
                                                   **facts)):  # fmt: skip
            return done(request, _("任务数已下达。"), "militia:unit", pk)
    return form_page(request, form, heading=_("%(name)s的任务数") % {"name": found.name},
                     back=reverse("militia:unit", args=[pk]))  # fmt: skip


@require_GET
def compare(request: HttpRequest) -> HttpResponse:
    """Show units, strength and mix beside last year's."""
    day = day_of(request)
    found = years.compare(actor_of(request).division, day)
    return render(request, "militia/years.html", {"found": found, "day": day})
