"""Papers of a meeting: notice, sign-in sheet, minutes; to print and as Word files."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from muster.engines.meetings import queries, writing
from muster.engines.meetings.kinds import kind
from muster.engines.meetings.views.common import context_of
from muster.ground.files import queries as files
from muster.ground.files.actions import open_body
from muster.ground.journal.actions import look
from muster.ground.rows.clock import today
from muster.web.downloads import DOCX, file_response


@require_GET
def notice(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the notice as a page to print."""
    meeting = queries.meeting(pk)
    return render(request, "meetings/notice_print.html", context_of(request, meeting))


@require_GET
def notice_word(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send the notice as a Word file."""
    meeting = queries.meeting(pk)
    content = writing.notice_content(meeting, day=today())
    look("meeting.notice_taken", kind="meetings.meeting", ids=[meeting.pk])
    return file_response(
        f"{content.title}.docx", writing.word_file(content, meeting.division), DOCX
    )


@require_GET
def sheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the sign-in sheet to print."""
    meeting = queries.meeting(pk)
    context = context_of(request, meeting) | {
        "spare": range(4), "two_sides": bool(kind(meeting.kind).sides),
    }  # fmt: skip
    return render(request, "meetings/sheet_print.html", context)


@require_GET
def minutes(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the minutes to print."""
    meeting = queries.meeting(pk)
    return render(request, "meetings/minutes_print.html", context_of(request, meeting))


@require_GET
def minutes_word(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send the minutes as a Word file, filled by the template of the office."""
    meeting = queries.meeting(pk)
    content = writing.minutes_content(meeting, day=meeting.minutes_on or today())
    look("meeting.minutes_taken", kind="meetings.meeting", ids=[meeting.pk])
    draft = "" if meeting.minutes_on else "（草稿）"
    return file_response(
        f"{draft}{content.title}.docx", writing.word_file(content, meeting.division), DOCX
    )


@require_GET
def minutes_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send the file that was uploaded as the record."""
    meeting = queries.meeting(pk)
    if meeting.minutes_file_id is None:
        return redirect("meetings:page", pk)
    file = files.file(meeting.minutes_file_id, area="governance")
    look("meeting.file_opened", kind="meetings.meeting", ids=[meeting.pk])
    return file_response(file.name, open_body(file), file.media_type)
