"""Pages of divisions, organisations and bodies."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from muster.core.identity import ValueFault, parse_date
from muster.ground.register import actions, policies, queries
from muster.ground.register.forms import HolderForm, OrganisationForm
from muster.ground.register.panels import ORGANISATION_PANELS
from muster.ground.rows.clock import today
from muster.web.filters import Filter, Filters
from muster.web.tables import Column, Table, respond


@require_GET
def organisations(request: HttpRequest) -> HttpResponse:
    """Show the organisations of the scope with the tree of divisions and the bodies."""
    actor = request.actor  # type: ignore[attr-defined]
    kinds = queries.organisation_kinds()
    places = [(d.division, d.name) for d in queries.divisions_below(actor.division)]
    chosen = Filters([Filter("kind", _("类别"), list(kinds.items())), Filter("division", _("行政区划"), places)],
                     request.GET)  # fmt: skip
    names = queries.division_names()
    columns = [
        Column(
            "name",
            _("单位"),
            sort="name",
            href=lambda o: reverse("register:organisation", args=[o.pk]),
        ),
        Column("kind", _("类别"), value=lambda o: kinds.get(o.kind, o.kind)),
        Column(
            "division",
            _("行政区划"),
            sort="division",
            value=lambda o: names.get(o.division, o.division),
        ),
    ]
    rows = queries.organisations_listed(kind=chosen["kind"], code=chosen["division"])
    table = Table(columns=columns, rows=rows, request=request, name="organisations", filters=chosen,
                  caption=_("单位"), unit=_("个"), empty_title=_("还没有登记单位"))  # fmt: skip
    context = {"bodies": queries.bodies(), "tree": queries.divisions_below(actor.division)}
    return respond(request, "register/organisations.html", table=table, context=context)


@require_GET
def organisation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one organisation: who holds its posts, its bodies, and panels of other apps."""
    actor = request.actor  # type: ignore[attr-defined]
    found = queries.organisation(pk)
    panels = [(p, p.context(found)) for p in ORGANISATION_PANELS if actor.may_see(p.area)]
    context = {"organisation": found, "panels": panels, "place": queries.division_name(found.division),
               "kind": queries.organisation_kinds().get(found.kind, found.kind),
               "appointments": found.appointments.filter(valid_to=None),
               "bodies": queries.bodies().filter(organisation=found)}  # fmt: skip
    return render(request, "register/organisation.html", context)


@require_http_methods(["GET", "POST"])
def new_organisation(request: HttpRequest) -> HttpResponse:
    """Register an organisation."""
    actor = request.actor  # type: ignore[attr-defined]
    policies.check_may_write(actor)
    form = OrganisationForm(request.POST or None, division=actor.division,
                            kinds=list(queries.organisation_kinds().items()),
                            initial={"division": actor.division})  # fmt: skip
    if request.method == "POST" and form.is_valid():
        v = form.cleaned_data
        made = actions.new_organisation(v["division"], v["name"], kind=v["kind"])
        return redirect("register:organisation", made.pk)
    context = {"form": form}
    return render(
        request, "register/organisation_form.html", context, status=422 if form.is_bound else 200
    )


@require_GET
def body(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show who held the seats of a body on a day."""
    found = queries.body(pk)
    day = _day(request.GET.get("on", ""))
    context = {"body": found, "seats": queries.holders_on(found, day), "day": day,
               "form": HolderForm(initial={"since": today()})}  # fmt: skip
    return render(request, "register/body.html", context)


def _day(text: str) -> date:
    try:
        return parse_date(text, precision="day").first if text else today()
    except ValueFault:
        return today()


@require_POST
def fill(request: HttpRequest, pk: UUID, seat: UUID) -> HttpResponse:
    """Fill a vacant seat."""
    policies.check_may_write(request.actor)  # type: ignore[attr-defined]
    found = queries.body(pk)
    form = HolderForm(request.POST)
    if not form.is_valid():
        context = {
            "body": found,
            "seats": queries.holders_on(found, today()),
            "day": today(),
            "form": form,
        }
        return render(request, "register/body.html", context, status=422)
    v = form.cleaned_data
    actions.fill_seat(queries.seat(seat), holder_name=v["holder_name"], since=v["since"],
                      holder_post=v["holder_post"])  # fmt: skip
    return redirect("register:body", pk)


@require_POST
def vacate(request: HttpRequest, pk: UUID, holding: UUID) -> HttpResponse:
    """End the holding of a seat today."""
    policies.check_may_write(request.actor)  # type: ignore[attr-defined]
    actions.vacate_seat(queries.holding(holding), on=today())
    return redirect("register:body", pk)
