"""Minutes: written or uploaded, confirmed when nothing is missing, issued as an official paper."""

import mimetypes
from datetime import date, datetime

from django.db import transaction

from muster.core.kernel import Problem
from muster.engines.documents import actions as documents
from muster.engines.documents import queries as papers
from muster.engines.documents.models import Document
from muster.engines.meetings import queries, rules, writing
from muster.engines.meetings.actions.holding import fresh
from muster.engines.meetings.kinds import MeetingKind, kind
from muster.engines.meetings.models import Meeting
from muster.engines.meetings.problems import (
    AttendanceMissing,
    ChairNotPrescribed,
    ChairUnnamed,
    FileTooLarge,
    ItemMissing,
    MeetingState,
    MinutesMissing,
    SideMissing,
)
from muster.ground.files import queries as files
from muster.ground.files.actions import empty, keep
from muster.ground.journal.actions import record
from muster.ground.rows.scope import current_actor

MOST_MEGABYTES = 20


@transaction.atomic
def write_minutes(meeting: Meeting, *, text: str, recorder: str, at: datetime,
                  file: tuple[str, bytes] | None = None, drop_file: bool = False) -> Meeting:  # fmt: skip
    """Return the meeting with its minutes as words, a file, or both; a new file replaces the old."""
    meeting = fresh(meeting, "写会议记录", opened=True)
    if meeting.state != Meeting.State.HELD:
        raise _not_held(meeting, "写会议记录")
    if file is not None and len(file[1]) > MOST_MEGABYTES * 2**20:
        raise FileTooLarge(megabytes=MOST_MEGABYTES)
    old = meeting.minutes_file_id
    meeting.minutes, meeting.recorder = text.strip(), recorder.strip()[:60]
    if file is not None:
        media = mimetypes.guess_type(file[0])[0] or "application/octet-stream"
        stored = keep(file[0], file[1], purpose="minutes", division=meeting.division, at=at,
                      holds_area="governance", media_type=media)  # fmt: skip
        meeting.minutes_file_id = stored.pk
    elif drop_file:
        meeting.minutes_file_id = None
    meeting.save()
    if old and old != meeting.minutes_file_id:
        empty(files.file(old, area="governance"), at=at)
    record("meeting.minutes_written", meeting, facts={"file": meeting.minutes_file_id is not None})
    return meeting


@transaction.atomic
def confirm_minutes(meeting: Meeting, *, on: date) -> Meeting:
    """Return the meeting with confirmed minutes; refuse the first thing that its kind still lacks."""
    meeting = fresh(meeting, "再次定稿", opened=True)
    if meeting.state != Meeting.State.HELD:
        raise _not_held(meeting, "纪要定稿")
    of, facts = kind(meeting.kind), queries.facts_of(meeting)
    missing = rules.lacks(of, facts)
    if missing:
        raise refusal(missing[0], meeting, of, facts)
    actor = current_actor()
    meeting.minutes_on, meeting.minutes_by = on, actor.account if actor else None
    meeting.save()
    record("meeting.minutes_confirmed", meeting)
    return meeting


def refusal(what: str, meeting: Meeting, of: MeetingKind, facts: rules.Facts) -> Problem:
    """Return the refusal of one thing that is missing."""
    basis, named = of.basis, {"kind": of.name}
    if what == "chair":
        wanted = of.chair.words if of.chair else ""
        return ChairNotPrescribed(wanted=wanted, basis=basis, **named)
    if what == "sides":
        labels = dict(queries.SIDES)
        absent = [labels[s] for s in of.sides if s not in facts.sides]
        return SideMissing(side="、".join(f"{s}方面的人" for s in absent), basis=basis, **named)
    if what == "agenda":
        return ItemMissing(items="、".join(rules.missing_items(of, facts.agenda)), **named)
    plain: dict[str, type[Problem]] = {
        "chair_named": ChairUnnamed, "attendance": AttendanceMissing, "minutes": MinutesMissing,
    }  # fmt: skip
    return plain[what](title=meeting.title)


def _not_held(meeting: Meeting, act: str) -> MeetingState:
    return MeetingState(title=meeting.title, state=meeting.get_state_display(), act=act,
                        todo="请先登记“已开”。")  # fmt: skip


@transaction.atomic
def reopen_minutes(meeting: Meeting) -> Meeting:
    """Open confirmed minutes again; a paper issued from them stays as it was issued."""
    meeting = fresh(meeting, "重新打开纪要")
    if meeting.minutes_on is None:
        raise MeetingState(title=meeting.title, state="纪要未定稿", act="重新打开纪要", todo="")
    meeting.minutes_on, meeting.minutes_by = None, None
    meeting.save()
    record("meeting.minutes_reopened", meeting)
    return meeting


@transaction.atomic
def issue_minutes(meeting: Meeting, *, day: date, at: datetime) -> Document:
    """Return the minutes issued as a numbered-for-good official paper, sealed with its checksum."""
    meeting = fresh(meeting, "印发纪要")
    if meeting.minutes_on is None:
        raise MeetingState(
            title=meeting.title, state="纪要未定稿", act="印发纪要", todo="请先定稿。"
        )
    of = papers.kind(writing.MINUTES)
    paper = documents.draft(
        of, division=meeting.division, year=meeting.on.year, title=f"{meeting.title}纪要"[:200],
        at=at, issuer=meeting.organisation.name,
    )  # fmt: skip
    content = writing.minutes_content(meeting, day=day, document_id=str(paper.pk))
    documents.issue(paper, content, [], day=day, at=at)
    meeting.paper = paper
    meeting.save()
    record("meeting.minutes_issued", meeting, facts={"document": str(paper.pk)})
    return paper
