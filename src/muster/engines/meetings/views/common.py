"""What the pages of meetings share."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from muster.core.kernel import Problem
from muster.engines.documents.policies import ISSUE
from muster.engines.meetings import policies, queries, rules
from muster.engines.meetings.forms import ItemForm, ResolutionForm
from muster.engines.meetings.kinds import MeetingKind, kind, kinds
from muster.ground.register import queries as register
from muster.ground.rows.clock import today
from muster.web.said import said
from muster.web.wording import sentence

if TYPE_CHECKING:
    from muster.engines.meetings.models import Meeting

TONES = {"planned": "amber", "held": "green", "cancelled": "grey"}
TASK_TONES = {
    "open": "amber",
    "reported": "blue",
    "done": "green",
    "returned": "red",
    "cancelled": "grey",
}
LACKS = {
    "chair_named": "主持人", "chair": "规定的主持人", "attendance": "到会情况",
    "sides": "军地双方到会", "agenda": "必备议题", "minutes": "会议记录",
}  # fmt: skip


def kind_name(code: str) -> str:
    """Return what a kind is called; its code where the catalogue dropped it."""
    found = kinds().get(code)
    return str(said(found.name)) if found else code


def owners() -> list[tuple[str, str]]:
    """Return the organisations that can be responsible."""
    return [(str(o.pk), o.name) for o in register.organisations()]


def show(
    request: HttpRequest, meeting: "Meeting", *, status: int = 200, **forms: Any
) -> HttpResponse:
    """Return the page of a meeting; a form that came back with errors replaces its fresh one."""
    return render(
        request, "meetings/page.html", context_of(request, meeting) | forms, status=status
    )


def context_of(request: HttpRequest, meeting: "Meeting") -> dict[str, Any]:
    """Return all that the page of a meeting shows."""
    actor = request.actor  # type: ignore[attr-defined]
    of, decisions = kind(meeting.kind), queries.decisions_of(meeting)
    items = list(queries.items_of(meeting))
    lines = queries.attendance_of(meeting)
    choices = [(str(i.pk), i.title) for i in items]
    keep = policies.may_keep(actor, meeting.division)
    return {
        "meeting": meeting, "kind": of, "items": items, "decisions": decisions,
        "sides": queries.sides_of(lines), "lines": lines, "came": sum(a.came for a in lines),
        "away": [a for a in lines if not a.came and a.presence != "expected"],
        "checks": checks(of, meeting), "body": queries.body_of(meeting),
        "own": [(f, meeting.details.get(f.key, "")) for f in of.fields],
        "place": register.division_name(meeting.division), "past": queries.history_of(meeting),
        "may_keep": keep and meeting.state != "cancelled", "may_change": keep,
        "may_write": keep and meeting.state != "cancelled" and meeting.minutes_on is None,
        "may_issue": keep and actor.may(ISSUE) and meeting.minutes_on is not None,
        "waiting": sum(d.row.task_id is None for d in decisions),
        "late_on": today(), "adding_item": ItemForm(), "tones": TASK_TONES,
        "adding_resolution": ResolutionForm(owners=owners(), items=choices),
        "owner_choices": owners(), "treatments": queries.TREATMENTS, "side_names": queries.SIDES,
    }  # fmt: skip


def checks(of: MeetingKind, meeting: "Meeting") -> list[queries.Check]:
    """Return each thing the minutes need and whether it is there, with its detail."""
    missing = set(rules.lacks(of, queries.facts_of(meeting)))
    asked = ["chair_named", "attendance", "minutes"]
    asked += ["chair"] if "chair" in of.requires else []
    asked += ["sides"] if "sides" in of.requires else []
    asked += ["agenda"] if of.agenda_required else []
    details = {"chair": of.chair.words if of.chair else "", "agenda": "、".join(of.agenda_required)}
    order = {key: n for n, key in enumerate(LACKS)}
    asked.sort(key=order.__getitem__)
    # Whoever must chair is not judged before somebody is named.
    return [
        queries.Check(key, LACKS[key], key not in missing and not
                      (key == "chair" and "chair_named" in missing), details.get(key, ""))
        for key in asked
    ]  # fmt: skip


def done(pk: UUID, part: str = "") -> HttpResponse:
    """Return to the page of a meeting, at a part of it."""
    answer = redirect("meetings:page", pk)
    if part:
        answer["Location"] += f"#{part}"
    return answer


def attempt(form: Any, work: Callable[[], object]) -> bool:
    """Return whether the work was done; a refusal that can be mended stands on the form."""
    try:
        work()
    except Problem as problem:
        if problem.status not in (409, 422):
            raise
        form.add_error(None, sentence(problem))
        return False
    return True
