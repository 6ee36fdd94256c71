"""Pages of what units ask of their members: conditions, assembly places, minutes."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from muster.domains.militia.actions import formation as acts
from muster.domains.militia.actions import formation_conditions as keeping
from muster.domains.militia.forms_formation import ConditionForm, PlaceForm
from muster.domains.militia.queries import formation_conditions as reading
from muster.domains.militia.queries import units as units_reading
from muster.domains.militia.views.common import actor_of, attempt, done, form_page
from muster.ground.accounts.policies import check_may
from muster.ground.rows.clock import today

BACK = "militia:formation-conditions"


@require_GET
def conditions(request: HttpRequest) -> HttpResponse:
    """Show what each unit asks for, and the assembly places."""
    units = units_reading.own_units(today())
    lines = reading.terms_of(units, on=today(), members={})
    context = {"lines": lines, "places": reading.assembly_places(), "far": reading.NO_HIGHEST,
               "may_form": actor_of(request).may(acts.ACT)}  # fmt: skip
    return render(request, "militia/formation_conditions.html", context)


@require_http_methods(["GET", "POST"])
def condition(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change what one unit asks for."""
    check_may(actor_of(request), acts.ACT)
    unit = units_reading.unit(pk)
    form = ConditionForm(request.POST or None, condition=reading.condition_of(unit))
    if form.is_bound and form.is_valid():
        made = attempt(form, lambda: keeping.keep_condition(unit, **form.cleaned_data))
        if made:
            return done(request, _("已保存{unit}的编组条件。").format(unit=unit.name), BACK)
    heading = _("{unit}：编组条件").format(unit=unit.name)
    return form_page(request, form, heading=heading, back=reverse(BACK))


@require_http_methods(["GET", "POST"])
def place(request: HttpRequest, pk: UUID | None = None) -> HttpResponse:
    """Add or change an assembly place with the minutes from each village."""
    actor = actor_of(request)
    check_may(actor, acts.ACT)
    kept = reading.assembly_place(pk) if pk else None
    division = kept.division if kept else actor.division
    form = PlaceForm(request.POST or None, division=division, place=kept)
    if form.is_bound and form.is_valid():
        made = attempt(form, lambda: keeping.keep_place(
            division=division, name=form.cleaned_data["name"], minutes=form.minutes(), place=kept
        ))  # fmt: skip
        if made:
            return done(request, _("已保存集结点。"), BACK)
    lead = _("填各村到这里的分钟数；不知道就空着，系统不按直线距离猜。")
    return form_page(request, form, heading=_("集结点"), back=reverse(BACK), lead=lead)
