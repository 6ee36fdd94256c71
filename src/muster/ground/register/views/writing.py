"""Pages that write people: register, correct, withdraw and take back."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from muster.ground.register import actions, policies, queries
from muster.ground.register.actions.people import BIN_DAYS
from muster.ground.register.forms import PersonForm, WithdrawForm
from muster.ground.register.views.common import attempt, status_of
from muster.ground.rows.clock import today

if TYPE_CHECKING:
    from muster.ground.register.models import Person

PLAIN = ("name", "division", "sex", "education", "politics", "employer", "address", "state",
         "revision")  # fmt: skip


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Register one person."""
    actor = request.actor  # type: ignore[attr-defined]
    policies.check_may_write(actor)
    form = PersonForm(
        request.POST or None, division=actor.division, initial={"division": actor.division}
    )
    if form.is_valid():
        made = attempt(form, lambda: _create(_values(form)))
        if made is not None:
            messages.success(request, _t("已登记 %(name)s。") % {"name": made.name})
            return redirect("register:person", made.pk)
    context = {"form": form, "person": None}
    return render(request, "register/person_form.html", context, status=status_of(form))


def _values(form: PersonForm) -> dict[str, Any]:
    """Return the values of the form as the actions take them; empty number or phone = leave it."""
    values = dict(form.cleaned_data)
    skills = values["skills"].replace(",", "、").replace("，", "、")
    values["skills"] = [s for s in skills.split("、") if s.strip()]
    return {k: v for k, v in values.items() if v or k not in ("id_number", "phone")}


def _create(values: dict[str, Any]) -> "Person":
    values.pop("revision")
    return actions.new_person(values.pop("division"), values.pop("name"), **values)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Correct one person."""
    actor = request.actor  # type: ignore[attr-defined]
    policies.check_may_write(actor)
    found = queries.opened(pk)
    form = PersonForm(request.POST or None, division=actor.division, initial=_initial(found))
    if form.is_valid() and attempt(form, lambda: _change(found, _values(form))) is not None:
        messages.success(request, _t("已保存 %(name)s。") % {"name": found.name})
        return redirect("register:person", found.pk)
    context = {"form": form, "person": found}
    return render(request, "register/person_form.html", context, status=status_of(form))


def _initial(found: "Person") -> dict[str, Any]:
    veteran = {True: "1", False: "0"}.get(found.veteran, "")  # type: ignore[arg-type]
    plain = {n: getattr(found, n) for n in PLAIN}
    return plain | {"skills": found.skills_text, "veteran": veteran}


@transaction.atomic
def _change(found: "Person", values: dict[str, Any]) -> "Person":
    division = values.pop("division")
    changed = actions.change_person(found, revision=values.pop("revision") or 0, **values)
    if division != changed.division:
        actions.move_person(changed, to=division)
    return changed


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take somebody registered by mistake out of the register."""
    policies.check_may_write(request.actor)  # type: ignore[attr-defined]
    found, form = queries.opened(pk), WithdrawForm(request.POST or None)
    if form.is_valid():
        why = form.cleaned_data["why"]
        if attempt(form, lambda: actions.withdraw_person(found, why=why, on=today())):
            return redirect("register:person", pk)
    context = {"form": form, "person": found, "days": BIN_DAYS}
    return render(request, "register/withdraw.html", context, status=status_of(form))


@require_POST
def restore(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a withdrawal back."""
    policies.check_may_write(request.actor)  # type: ignore[attr-defined]
    found = actions.restore_person(queries.person(pk), on=today())
    messages.success(request, _t("已恢复 %(name)s。") % {"name": found.name})
    return redirect("register:person", pk)


@require_GET
def recycle_bin(request: HttpRequest) -> HttpResponse:
    """Show who was withdrawn within thirty days."""
    rows = queries.withdrawn(since=today() - timedelta(days=BIN_DAYS))
    queries.note_list(rows.count())
    context = {"people": rows[:200], "names": queries.division_names(), "days": BIN_DAYS,
               "may_write": request.actor.may_write("register")}  # type: ignore[attr-defined]  # fmt: skip
    return render(request, "register/recycle_bin.html", context)
