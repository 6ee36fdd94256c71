"""One activity: planning, its page, recording it, cancelling, taking a step back."""

from collections import Counter
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from muster.engines.activities import actions, kinds, policies
from muster.engines.activities.forms import ActivityForm, CountForm, PhotoForm
from muster.engines.activities.queries import activities as queries
from muster.engines.activities.views.common import actor_of, attempt, may, organisers
from muster.ground.journal.actions import look
from muster.ground.register import queries as register
from muster.ground.rows.clock import today

if TYPE_CHECKING:
    from muster.engines.activities.models import Activity


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, kind: str) -> HttpResponse:
    """Plan an activity of a kind."""
    actor, found = actor_of(request), kinds.kind_of(kind)
    policies.check_may_record(actor)
    form = ActivityForm(request.POST or None, kind=found, organisers=organisers(),
                        initial={"on": today(), "title": kinds.said(found)})  # fmt: skip
    if request.method == "POST" and form.is_valid():
        organiser = register.organisation(form.cleaned_data["organiser"])
        inside = actor.reach != "division" or actor.code.holds(organiser.division)
        division = organiser.division if inside else actor.division
        made: list[Activity] = []
        if attempt(form, lambda: made.append(
            actions.plan(kind, form.facts(), organiser=organiser, division=division)
        )):  # fmt: skip
            messages.success(request, _("已列入计划。办完以后在这里登记人数和结果。"))
            return redirect("activities:page", made[0].pk)
    context = {"form": form, "kind": found, "heading": kinds.said(found),
               "back": f"activities:{found.menu}"}  # fmt: skip
    return render(request, "activities/form.html", context, status=422 if form.errors else 200)


@require_GET
def page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show an activity: facts, who came, what was put up, photos, past."""
    return show(request, queries.activity(pk))


def show(request: HttpRequest, row: "Activity", *, photo: PhotoForm | None = None,
         status: int = 200) -> HttpResponse:  # fmt: skip
    """Return the page of an activity, as print where asked for."""
    allowed, view = may(request, row), queries.shown(row)
    people = queries.attendants(row) if allowed["sees_names"] else []
    if people:
        look("activity.people_listed", kind="activities.participation", count=len(people))
    known = kinds.catalogue()
    context: dict[str, Any] = {
        **allowed, "activity": row, "view": view, "people": people, "photo": photo or PhotoForm(),
        "kind_name": kinds.said(view.kind), "fields": queries.field_words(row, view.kind),
        "counts": queries.audience_words(view.counts), "photos": queries.photos_of(row),
        "measures": [
            (kinds.said(known.channels.get(m.channel), m.channel),
             getattr(known.channels.get(m.channel), "unit", ""), m,
             kinds.said(known.places.get(m.place_kind), m.place_kind)) for m in view.measures
        ],
        "past": queries.history_of(row), "menu": view.kind.menu or "events",
        "menu_name": kinds.said(known.menus.get(view.kind.menu), _("活动")),
    }  # fmt: skip
    name = "activities/print.html" if request.GET.get("print") else "activities/page.html"
    return render(request, name, context, status=status)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a planned activity."""
    policies.check_may_record(actor_of(request))
    row = queries.activity(pk)
    kind = kinds.catalogue().kind(row.kind)
    initial = {f: getattr(row, f) for f in ActivityForm.base_fields if hasattr(row, f)}
    initial |= {"organiser": str(row.organiser_id),
                "cost": None if row.cost_fen is None else row.cost_fen / 100}  # fmt: skip
    offered = organisers()
    if str(row.organiser_id) not in dict(offered):
        offered.append((str(row.organiser_id), row.organiser.name))
    form = ActivityForm(request.POST or None, kind=kind, organisers=offered, initial=initial)
    if request.method == "POST" and form.is_valid():
        organiser = register.organisation(form.cleaned_data["organiser"])
        if attempt(form, lambda: actions.change(row, form.facts(), organiser=organiser)):
            return redirect("activities:page", pk)
    context = {"form": form, "kind": kind, "heading": row.title, "activity": row}
    return render(request, "activities/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def record(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write numbers and quantities, and record the activity as held."""
    policies.check_may_record(actor_of(request))
    row = queries.activity(pk)
    view = queries.shown(row)
    lines = Counter(m.channel for m in view.measures)
    form = CountForm(request.POST or None, kind=view.kind, lines=lines, initial=_written(view))
    if request.method == "POST" and form.is_valid():
        done = request.POST.get("then") == "done"
        if attempt(form, lambda: _record(row, form, done=done)):
            messages.success(
                request, _("已登记为已举办。") if done else _("已保存，还没有登记为已举办。")
            )
            return redirect("activities:page", pk)
    context = {"form": form, "activity": row, "view": view, "kind": view.kind, **may(request, row)}
    return render(request, "activities/record.html", context, status=422 if form.errors else 200)


@transaction.atomic
def _record(row: "Activity", form: CountForm, *, done: bool) -> None:
    """Write everything of the record form, or nothing."""
    if form.count_rows:
        actions.count(row, form.counts())
    if form.amount_rows:
        actions.amounts_of(row, form.amounts())
    if done:
        actions.record_done(row, today=today(), at=timezone.now())


def _written(view: queries.Shown) -> dict[str, Any]:
    """Return what the record form shows at first."""
    found: dict[str, Any] = {}
    for c in view.counts:
        found |= {f"count-{c.audience}": c.number, f"first-{c.audience}": c.first_time}
    seen: Counter[str] = Counter()
    for m in view.measures:
        key = f"{m.channel}-{seen[m.channel]}"
        found |= {f"amount-{key}": m.quantity, f"place-{key}": m.place_kind}
        seen[m.channel] += 1
    return found


@require_POST
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Cancel a planned activity."""
    policies.check_may_record(actor_of(request))
    actions.cancel(queries.activity(pk))
    messages.success(request, _("已取消。弄错了可以撤回。"))
    return redirect("activities:page", pk)


@require_POST
def undo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take the last step back."""
    policies.check_may_record(actor_of(request))
    actions.undo(queries.activity(pk))
    messages.success(request, _("已撤回，恢复为计划中；人数和名单都还在。"))
    return redirect("activities:page", pk)
