"""Agenda, attendance, minutes and decisions of one meeting."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from muster.engines.meetings import actions, policies, queries
from muster.engines.meetings.forms import (
    AttendeeForm,
    ItemForm,
    LineForm,
    MinutesForm,
    NoteForm,
    OpinionForm,
    OwnerForm,
    ResolutionForm,
    TreatmentForm,
    marks_of,
)
from muster.engines.meetings.kinds import kind
from muster.engines.meetings.views.common import attempt, done, owners, show
from muster.ground.register import queries as register
from muster.ground.rows.clock import today

if TYPE_CHECKING:
    from muster.engines.meetings.models import Meeting


@require_POST
def add_item(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add an item to the agenda."""
    meeting, form = queries.meeting(pk), ItemForm(request.POST)
    if form.is_valid() and attempt(form, lambda: actions.add_item(meeting, **form.cleaned_data)):
        return done(pk, "agenda")
    return show(request, meeting, status=422, adding_item=form)


@require_POST
def note_item(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down what was said of an item."""
    item, form = queries.item(pk), NoteForm(request.POST)
    if form.is_valid() and attempt(form, lambda: actions.note_item(item, **form.cleaned_data)):
        return done(item.meeting_id, "agenda")
    return show(request, item.meeting, status=422, refused=form)


@require_POST
def remove_item(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take an item off the agenda."""
    item = queries.item(pk)
    meeting = item.meeting_id
    actions.remove_item(item)
    return done(meeting, "agenda")


@require_POST
def add_opinion(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down what one side said of an item."""
    item, form = queries.item(pk), OpinionForm(request.POST)
    if form.is_valid() and attempt(form, lambda: actions.add_opinion(item, **form.cleaned_data)):
        return done(item.meeting_id, "agenda")
    return show(request, item.meeting, status=422, refused=form)


@require_POST
def treat_opinion(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down how an opinion was treated."""
    opinion, form = queries.opinion(pk), TreatmentForm(request.POST)
    meeting = opinion.item.meeting
    if form.is_valid():
        v = form.cleaned_data
        actions.treat_opinion(opinion, treatment=v["treatment"], note=v["note"])
        return done(meeting.pk, "agenda")
    return show(request, meeting, status=422, refused=form)


@require_http_methods(["GET", "POST"])
def attendance(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the list to mark who came, or keep the marks."""
    meeting = queries.meeting(pk)
    policies.check_may_keep(meeting.division, "登记到会情况")
    if request.method == "POST":
        keys = [line.pk for line in queries.attendance_of(meeting)]
        actions.mark(meeting, marks_of(request.POST, keys))
        return done(pk, "attendance")
    return _attendance(request, meeting)


def _attendance(
    request: HttpRequest, meeting: "Meeting", adding: AttendeeForm | None = None
) -> HttpResponse:
    parts = [(part, _(queries.PARTS[part])) for part in kind(meeting.kind).parts]
    context = {
        "meeting": meeting, "lines": queries.attendance_of(meeting), "parts": parts,
        "presences": queries.PRESENCES, "side_names": queries.SIDES,
        "may_write": meeting.minutes_on is None and meeting.state != "cancelled",
        "adding": adding or AttendeeForm(parts=parts),
    }  # fmt: skip
    return render(request, "meetings/attendance.html", context, status=422 if adding else 200)


@require_POST
def draw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Draw the expected list from the register anew."""
    actions.list_expected(queries.meeting(pk))
    return redirect("meetings:attendance", pk)


@require_POST
def add_attendee(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add a name to the list."""
    meeting = queries.meeting(pk)
    parts = [(part, _(queries.PARTS[part])) for part in kind(meeting.kind).parts]
    form = AttendeeForm(request.POST, parts=parts)
    if form.is_valid() and attempt(
        form, lambda: actions.add_attendee(meeting, **form.cleaned_data)
    ):
        return redirect("meetings:attendance", pk)
    return _attendance(request, meeting, form)


@require_POST
def remove_attendee(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a name off the list."""
    line = queries.attendee(pk)
    meeting = line.meeting_id
    actions.remove_attendee(line)
    return redirect("meetings:attendance", meeting)


@require_http_methods(["GET", "POST"])
def minutes(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write the record of a meeting."""
    meeting = queries.meeting(pk)
    policies.check_may_keep(meeting.division, "写会议记录")
    policies.check_open(meeting, "改会议记录")
    form = MinutesForm(request.POST or None, request.FILES or None,
                       initial={"text": meeting.minutes, "recorder": meeting.recorder})  # fmt: skip
    if form.is_bound and form.is_valid():
        v, sent = form.cleaned_data, form.cleaned_data["file"]
        file = (sent.name, sent.read()) if sent else None
        if attempt(form, lambda: actions.write_minutes(
                meeting, text=v["text"], recorder=v["recorder"], at=timezone.now(), file=file,
                drop_file=v["drop_file"])):  # fmt: skip
            return done(pk, "minutes")
    context = {"meeting": meeting, "form": form}
    return render(request, "meetings/minutes.html", context, status=422 if form.is_bound else 200)


@require_POST
def confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Confirm the minutes."""
    actions.confirm_minutes(queries.meeting(pk), on=today())
    return done(pk, "minutes")


@require_POST
def reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open confirmed minutes again."""
    actions.reopen_minutes(queries.meeting(pk))
    return done(pk, "minutes")


@require_POST
def issue(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Issue the minutes as an official paper."""
    actions.issue_minutes(queries.meeting(pk), day=today(), at=timezone.now())
    return done(pk, "minutes")


@require_POST
def add_resolution(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down one thing that was decided."""
    meeting = queries.meeting(pk)
    items = [(str(i.pk), i.title) for i in queries.items_of(meeting)]
    form = ResolutionForm(request.POST, owners=owners(), items=items)
    if form.is_valid():
        v = form.cleaned_data
        owner = register.organisation(v["owner"]) if v["owner"] else None
        item = queries.item(v["item"]) if v["item"] else None
        if attempt(form, lambda: actions.add_resolution(
                meeting, words=v["words"], owner=owner, due=v["due"], item=item)):  # fmt: skip
            return done(pk, "decisions")
    return show(request, meeting, status=422, adding_resolution=form)


@require_POST
def change_resolution(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say who does a resolution, by when."""
    row, form = queries.resolution(pk), OwnerForm(request.POST, owners=owners())
    if form.is_valid():
        v = form.cleaned_data
        owner = register.organisation(v["owner"]) if v["owner"] else None
        if attempt(form, lambda: actions.change_resolution(row, owner=owner, due=v["due"])):
            return done(row.meeting_id, "decisions")
    return show(request, row.meeting, status=422, refused=form)


@require_POST
def remove_resolution(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Strike a resolution that was written by mistake."""
    row = queries.resolution(pk)
    meeting = row.meeting_id
    actions.remove_resolution(row)
    return done(meeting, "decisions")


@require_POST
def hand_out(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make tasks of all resolutions that are none yet."""
    actions.hand_out(queries.meeting(pk))
    return done(pk, "decisions")


@require_POST
def feed_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Close the task of a resolution by one line."""
    row, form = queries.resolution(pk), LineForm(request.POST)
    if form.is_valid() and attempt(
        form, lambda: actions.feed_back(row, form.cleaned_data["line"], on=today())
    ):
        return done(row.meeting_id, "decisions")
    return show(request, row.meeting, status=422, refused=form)


@require_POST
def note_effect(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note the effect that a resolution had."""
    row, form = queries.resolution(pk), LineForm(request.POST)
    if form.is_valid() and attempt(
        form, lambda: actions.note_effect(row, form.cleaned_data["line"], on=today())
    ):
        return done(row.meeting_id, "decisions")
    return show(request, row.meeting, status=422, refused=form)
