"""Attendance by person: a unit's roster of the day as ticks, and people outside the rosters."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from muster.core.kernel import Problem
from muster.engines.activities import actions, kinds, policies
from muster.engines.activities.forms import FindForm
from muster.engines.activities.queries import activities as queries
from muster.engines.activities.rosters import source_of, units_on
from muster.engines.activities.views.common import actor_of
from muster.ground.journal.actions import look
from muster.ground.register import queries as register
from muster.ground.rows.problems import NotInScope
from muster.web.wording import sentence

FOUND = 20


@require_http_methods(["GET", "POST"])
def attendance(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Choose a unit, tick who came; or look for somebody outside the rosters."""
    policies.check_may_name(actor_of(request))
    row = queries.activity(pk)
    kind = kinds.catalogue().kind(row.kind)
    units = units_on(row.on, {a.code for a in kind.audiences})
    unit = _unit_asked(request)
    if request.method == "POST":
        return _tick(request, row, unit, units)
    context = _context(request, row, kind, unit, units)
    return render(request, "activities/attendance.html", context)


def _unit_asked(request: HttpRequest) -> UUID | None:
    text = request.POST.get("unit") or request.GET.get("unit", "")
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise NotInScope from error


def _tick(request: HttpRequest, row: Any, unit: UUID | None, units: list[Any]) -> HttpResponse:
    """Write the ticks of a unit; a refusal is shown above them, the ticks stay."""
    try:
        came, teaching = (_keys(request.POST.getlist(name)) for name in ("came", "instructor"))
        actions.attend(row, unit or UUID(int=0), came, teaching)
    except Problem as problem:
        if problem.status not in (409, 422):
            raise
        kind = kinds.catalogue().kind(row.kind)
        context = _context(request, row, kind, unit, units) | {"refused": sentence(problem)}
        return render(request, "activities/attendance.html", context, status=422)
    messages.success(request, _("已登记到场 {n} 人。").format(n=len(came)))
    return redirect("activities:attendance", row.pk)


def _keys(texts: list[str]) -> list[UUID]:
    try:
        return [UUID(text) for text in texts]
    except ValueError as error:
        raise NotInScope from error


def _context(request: HttpRequest, row: Any, kind: Any, unit: UUID | None,
             units: list[Any]) -> dict[str, Any]:  # fmt: skip
    people = queries.attendants(row)
    members, chosen = _members(row, unit), None
    if unit is not None:
        chosen = next((u for _source, u in units if u.key == unit), None)
    words = request.GET.get("q", "").strip()
    found = register.search(words)[:FOUND] if words else []
    count = len(people) + len(members) + len(found)
    if count:
        look("activity.people_listed", kind="activities.participation", count=count)
    return {
        "activity": row, "kind": kind, "units": [(u, s) for s, u in units], "chosen": chosen,
        "members": _ticked(request, people, members), "people": people, "words": words,
        "found": [p for p, _why in found], "find": FindForm(initial={"words": words}),
        "audiences": [(a.code, kinds.said(a)) for a in kind.audiences if not a.count_only],
        "by_unit": {p.row.unit for p in people if p.row.unit},
    }  # fmt: skip


def _members(row: Any, unit: UUID | None) -> list[Any]:
    if unit is None:
        return []
    found = source_of(unit, row.on)
    if found is None:
        raise NotInScope
    return found[0].members(row.on, unit)


def _ticked(request: HttpRequest, people: list[Any], members: list[Any]) -> list[Any]:
    """Return (member, came, teaches): as posted, else as written, else everybody of the unit came."""
    if request.method == "POST":
        came, teaching = (set(request.POST.getlist(n)) for n in ("came", "instructor"))
        return [(m, str(m.person) in came, str(m.person) in teaching) for m in members]
    known = {p.row.person_id: p.row for p in people}
    fresh = not any(m.person in known for m in members)
    return [
        (m, fresh or bool(m.person in known and known[m.person].present),
         m.person in known and known[m.person].role == "instructor")
        for m in members
    ]  # fmt: skip


@require_POST
def add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down that one person of the register came."""
    policies.check_may_name(actor_of(request))
    person = register.person(request.POST.get("person", ""))
    audience = request.POST.get("audience", "")
    actions.add_person(queries.activity(pk), person, audience=audience)
    messages.success(request, _("已登记 {name} 到场。").format(name=person.name))
    return redirect(reverse("activities:attendance", args=[pk]))


@require_POST
def remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take one person out of the attendance."""
    policies.check_may_name(actor_of(request))
    person = register.person(request.POST.get("person", ""))
    actions.remove_person(queries.activity(pk), person.pk)
    return redirect(reverse("activities:attendance", args=[pk]))
