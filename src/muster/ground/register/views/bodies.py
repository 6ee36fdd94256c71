"""Pages of leading groups and task forces: form one, its seats on any day, the printed list."""

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from muster.core.identity import ValueFault, parse_date
from muster.ground.register import actions, places, policies, queries
from muster.ground.register.forms import BodyForm, EndForm, HolderForm, SeatForm
from muster.ground.register.views.common import attempt, status_of
from muster.ground.rows.clock import today

if TYPE_CHECKING:
    from muster.ground.register.models import Body


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Form a body from a seat template of the catalogue."""
    actor = request.actor  # type: ignore[attr-defined]
    policies.check_may_write(actor)
    form = BodyForm(
        request.POST or None, owners=queries.organisations_listed(code=actor.division),
        templates=places.body_templates(), initial={"formed_on": today()},
    )  # fmt: skip
    if form.is_valid():
        v = form.cleaned_data
        owner = queries.organisation(v["organisation"])
        made = attempt(form, lambda: actions.form_from_template(
            owner, v["template"], formed_on=v["formed_on"], name=v["name"]))  # fmt: skip
        if made is not None:
            messages.success(request, _t("已成立 %(name)s，请补任各席位。") % {"name": made.name})
            return redirect("register:body", made.pk)
    context = {"form": form, "templates": places.body_templates()}
    return render(request, "register/body_form.html", context, status=status_of(form))


@require_GET
def body(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show who held the seats of a body on a day, on screen or as paper."""
    found = queries.body(pk)
    if request.GET.get("print"):
        context = _context(request, found)
        return render(request, "register/body_print.html", context)
    return render(request, "register/body.html", _context(request, found))


def _context(request: HttpRequest, found: "Body") -> dict[str, Any]:
    day = _day(request.GET.get("on", ""))
    seats = places.seats_on(found, day)
    actor = request.actor  # type: ignore[attr-defined]
    keep = policies.may_keep(actor, found.division) and found.closed_on is None
    return {"body": found, "seats": seats, "day": day, "now": today(),
            "vacant": sum(s.holding is None for s in seats), "may_keep": keep,
            "before": day < found.formed_on, "adding": SeatForm(),
            "place": queries.division_name(found.division)}  # fmt: skip


def _day(text: str) -> date:
    try:
        return parse_date(text, precision="day").first if text else today()
    except ValueFault:
        return today()


@require_POST
def fill(request: HttpRequest, pk: UUID, seat: UUID) -> HttpResponse:
    """Fill a vacant seat."""
    policies.check_may_write(request.actor)  # type: ignore[attr-defined]
    found, form = queries.body(pk), HolderForm(request.POST)
    if form.is_valid():
        v = form.cleaned_data
        if attempt(form, lambda: actions.fill_seat(queries.seat(seat), **v)):
            return redirect("register:body", pk)
    context = _context(request, found) | {"form": form, "filling": seat}
    return render(request, "register/body.html", context, status=422)


@require_POST
def vacate(request: HttpRequest, pk: UUID, holding: UUID) -> HttpResponse:
    """End the holding of a seat on the day given, else today."""
    policies.check_may_write(request.actor)  # type: ignore[attr-defined]
    form = EndForm(request.POST)
    on = form.cleaned_data["on"] if form.is_valid() else today()
    actions.vacate_seat(queries.holding(holding), on=on)
    return redirect("register:body", pk)


@require_POST
def add_seat(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add a seat to a body."""
    policies.check_may_write(request.actor)  # type: ignore[attr-defined]
    found, form = queries.body(pk), SeatForm(request.POST)
    if form.is_valid():
        actions.add_seat(found, form.cleaned_data["role"], source=form.cleaned_data["source"])
        return redirect("register:body", pk)
    context = _context(request, found) | {"adding": form}
    return render(request, "register/body.html", context, status=422)


@require_POST
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Dissolve a body today."""
    policies.check_may_write(request.actor)  # type: ignore[attr-defined]
    actions.close_body(queries.body(pk), on=today())
    return redirect("register:body", pk)
