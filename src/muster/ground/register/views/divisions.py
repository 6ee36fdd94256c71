"""Pages of the administrative tree."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_GET, require_http_methods

from muster.ground.register import actions, places, policies, queries
from muster.ground.register.forms import DivisionForm, PopulationForm, RenameForm
from muster.ground.register.views.common import attempt, status_of
from muster.ground.rows.clock import today


@require_GET
def division(request: HttpRequest, code: str) -> HttpResponse:
    """Show one division: what lies below, its organisations, who is responsible, its names."""
    return _show(request, code)


def _show(request: HttpRequest, code: str, **forms: Any) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    found = queries.division(code)
    bound = next(iter(forms.values()), None)
    context = {
        "division": found, "children": places.children_of(found),
        "organisations": places.organisations_at(code), "kinds": queries.organisation_kinds(),
        "responsible": places.first_responsible(code), "former": found.former_names.all(),
        "people": queries.people_in(code).count() if actor.code.holds(code) else None,
        "may_keep": actor.may_write("register") and actor.code.level == "county",
        "rename": RenameForm(initial={"name": found.name, "since": today()}),
        "population": PopulationForm(initial={"population": found.population}), **forms,
    }  # fmt: skip
    return render(
        request, "register/division.html", context, status=status_of(bound) if bound else 200
    )


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Register a township or a village; the county does."""
    policies.check_may_keep_divisions(request.actor)  # type: ignore[attr-defined]
    form = DivisionForm(request.POST or None, initial={"code": request.GET.get("below", "")[:9]})
    if form.is_valid():
        v = form.cleaned_data
        made = attempt(
            form, lambda: actions.new_division(v["code"], v["name"], population=v["population"])
        )
        if made is not None:
            messages.success(request, _t("已登记 %(name)s。") % {"name": made.name})
            return redirect("register:division", made.division)
    return render(request, "register/division_form.html", {"form": form}, status=status_of(form))


@require_http_methods(["POST"])
def rename(request: HttpRequest, code: str) -> HttpResponse:
    """Give a division a new name from a day on."""
    policies.check_may_keep_divisions(request.actor)  # type: ignore[attr-defined]
    found, form = queries.division(code), RenameForm(request.POST)
    if form.is_valid():
        v = form.cleaned_data
        if attempt(form, lambda: actions.rename_division(found, name=v["name"], since=v["since"])):
            messages.success(request, _t("已更名为 %(name)s。") % {"name": v["name"]})
            return redirect("register:division", code)
    return _show(request, code, rename=form)


@require_http_methods(["POST"])
def population(request: HttpRequest, code: str) -> HttpResponse:
    """Note the resident population."""
    policies.check_may_keep_divisions(request.actor)  # type: ignore[attr-defined]
    form = PopulationForm(request.POST)
    if not form.is_valid():
        return _show(request, code, population=form)
    actions.count_population(queries.division(code), form.cleaned_data["population"])
    return redirect("register:division", code)
