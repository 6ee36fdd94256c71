"""Pages of organisations and who holds their posts."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from muster.ground.register import actions, places, policies, queries
from muster.ground.register.forms import AppointmentForm, EndForm, OrganisationForm
from muster.ground.register.panels import ORGANISATION_PANELS
from muster.ground.register.views.common import attempt, status_of
from muster.ground.rows.clock import today
from muster.web.filters import Filter, Filters
from muster.web.tables import Column, Table, respond

if TYPE_CHECKING:
    from muster.ground.register.models import Organisation


@require_GET
def organisations(request: HttpRequest) -> HttpResponse:
    """Show the organisations of the scope with the tree of divisions, the bodies, empty seats."""
    actor = request.actor  # type: ignore[attr-defined]
    kinds, names = queries.organisation_kinds(), queries.division_names()
    tree = queries.divisions_below(actor.division)
    chosen = Filters(
        [Filter("kind", _("类别"), list(kinds.items())),
         Filter("division", _("行政区划"), [(d.division, d.name) for d in tree])],
        request.GET,
    )  # fmt: skip
    columns = [
        Column("name", _("单位"), sort="name",
               href=lambda o: reverse("register:organisation", args=[o.pk])),
        Column("kind", _("类别"), value=lambda o: kinds.get(o.kind, o.kind), words=True),
        Column("division", _("行政区划"), sort="division",
               value=lambda o: names.get(o.division, o.division)),
    ]  # fmt: skip
    rows = queries.organisations_listed(kind=chosen["kind"], code=chosen["division"])
    table = Table(columns=columns, rows=rows, request=request, name="organisations", filters=chosen,
                  caption=_("单位"), unit=_("个"), empty_title=_("还没有登记单位"),
                  empty_text=_("党委、政府、武装部、村民兵连、学校、企业等，先登记，后面的任务才有责任单位。"))  # fmt: skip
    context = {
        "bodies": queries.bodies().filter(closed_on=None), "tree": tree, "names": names,
        "vacancies": places.vacancies(today()), "may_keep": actor.may_write("register"),
        "may_keep_divisions": actor.may_write("register") and actor.code.level == "county",
    }  # fmt: skip
    return respond(request, "register/organisations.html", table=table, context=context)


@require_GET
def organisation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one organisation: who holds its posts, its bodies, and panels of other apps."""
    return _show(request, queries.organisation(pk))


def _show(request: HttpRequest, found: "Organisation", *, appointing: AppointmentForm | None = None,
          status: int = 200) -> HttpResponse:  # fmt: skip
    actor = request.actor  # type: ignore[attr-defined]
    panels = [(p, p.context(found)) for p in ORGANISATION_PANELS if actor.may_see(p.area)]
    may_be_first = found.kind == "party_committee" and found.division.endswith("000")
    context = {
        "organisation": found, "panels": panels, "place": queries.division_name(found.division),
        "kind": queries.organisation_kinds().get(found.kind, found.kind),
        "appointments": found.appointments.filter(valid_to=None),
        "former": places.former_holders(found)[:20], "may_be_first": may_be_first,
        "responsible": places.first_responsible(found.division) if may_be_first else None,
        "bodies": queries.bodies().filter(organisation=found), "children": found.children.all(),
        "may_keep": policies.may_keep(actor, found.division), "today": today(),
        "appointing": appointing or AppointmentForm(initial={"since": today()}, first=may_be_first),
    }  # fmt: skip
    return render(request, "register/organisation.html", context, status=status)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Register an organisation."""
    actor = request.actor  # type: ignore[attr-defined]
    policies.check_may_write(actor)
    form = _form(request, initial={"division": request.GET.get("division") or actor.division})
    if form.is_valid():
        v = form.values()
        made = attempt(form, lambda: actions.new_organisation(**v))
        if made is not None:
            messages.success(request, _t("已登记 %(name)s。") % {"name": made.name})
            return redirect("register:organisation", made.pk)
    context = {"form": form, "organisation": None}
    return render(request, "register/organisation_form.html", context, status=status_of(form))


def _form(request: HttpRequest, *, initial: dict[str, Any],
          editing: "Organisation | None" = None) -> OrganisationForm:  # fmt: skip
    return OrganisationForm(
        request.POST or None, division=request.actor.division,  # type: ignore[attr-defined]
        kinds=list(queries.organisation_kinds().items()), initial=initial, editing=editing,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change an organisation's name, kind and superior."""
    policies.check_may_write(request.actor)  # type: ignore[attr-defined]
    found = queries.organisation(pk)
    initial = {n: getattr(found, n) for n in ("name", "short_name", "kind")}
    form = _form(request, initial=initial | {"parent": found.parent_id or ""}, editing=found)
    if form.is_valid():
        v = form.values()
        if attempt(form, lambda: actions.change_organisation(found, **v)):
            messages.success(request, _t("已保存 %(name)s。") % {"name": found.name})
            return redirect("register:organisation", pk)
    context = {"form": form, "organisation": found}
    return render(request, "register/organisation_form.html", context, status=status_of(form))


@require_POST
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Close an organisation; the page offers to take it back."""
    policies.check_may_write(request.actor)  # type: ignore[attr-defined]
    actions.close_organisation(queries.organisation(pk), on=today())
    return redirect("register:organisation", pk)


@require_POST
def reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take back that an organisation was closed."""
    policies.check_may_write(request.actor)  # type: ignore[attr-defined]
    actions.reopen_organisation(queries.organisation(pk))
    return redirect("register:organisation", pk)


@require_POST
def appoint(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Appoint somebody to a post of the organisation."""
    policies.check_may_write(request.actor)  # type: ignore[attr-defined]
    found = queries.organisation(pk)
    form = AppointmentForm(request.POST, first=found.kind == "party_committee")
    if form.is_valid():
        v = form.cleaned_data
        v["first_responsible"] = v.get("first_responsible", False)
        if attempt(form, lambda: actions.appoint(found, **v)):
            return redirect("register:organisation", pk)
    return _show(request, found, appointing=form, status=422)


@require_POST
def end_appointment(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End an appointment on the day given."""
    policies.check_may_write(request.actor)  # type: ignore[attr-defined]
    row = places.appointment(pk)
    form = EndForm(request.POST)
    on = form.cleaned_data["on"] if form.is_valid() else today()
    actions.end_appointment(row, on=on)
    return redirect("register:organisation", row.organisation_id)
