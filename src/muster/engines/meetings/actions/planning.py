"""Planning a meeting, moving it, holding it, cancelling it; each can be taken back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time

from django.db import transaction

from muster.engines.meetings import policies, queries
from muster.engines.meetings.actions.holding import fresh
from muster.engines.meetings.actions.lists import list_expected
from muster.engines.meetings.kinds import MeetingKind, kind
from muster.engines.meetings.models import AgendaItem, Meeting
from muster.engines.meetings.problems import (
    MeetingBeforeBody,
    MeetingExists,
    MeetingInFuture,
    MeetingState,
)
from muster.ground.journal.actions import record
from muster.ground.register.models import Body, Organisation
from muster.ground.register.problems import said


@dataclass(frozen=True, slots=True)
class MeetingDraft:
    """What a clerk says of a meeting; without a title it is named by its kind."""

    on: date
    title: str = ""
    body: Body | None = None
    starts: time | None = None
    place: str = ""
    chair: str = ""
    chair_post: str = ""
    recorder: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    items: tuple[str, ...] = ()


@transaction.atomic
def plan(kind_code: str, organisation: Organisation, draft: MeetingDraft) -> Meeting:
    """Return a new meeting with its agenda and the list of those expected on its day.

    Refuses an unknown kind, a second one of the same name on a day, and a body that did not stand.
    """
    of = kind(kind_code)
    policies.check_may_keep(organisation.division, "登记会议")
    meeting = Meeting(division=organisation.division, kind=of.code, organisation=organisation)
    _fill(meeting, of, draft)
    meeting.save()
    for order, title in enumerate(dict.fromkeys((*of.agenda_required, *draft.items))):
        AgendaItem.objects.create(
            division=meeting.division, meeting=meeting, order=order, title=title[:200]
        )
    record("meeting.planned", meeting, facts={"kind": of.code})
    list_expected(meeting)
    return meeting


def _fill(meeting: Meeting, of: MeetingKind, draft: MeetingDraft) -> None:
    title = (draft.title.strip() or of.name)[:200]
    same = queries.same_day(of.code, meeting.organisation, draft.on, title)
    if same is not None and same.pk != meeting.pk:
        raise MeetingExists(day=said(draft.on), title=title)
    _check_body(draft.body, draft.on)
    known = {f.key for f in of.fields}
    meeting.title, meeting.on, meeting.starts, meeting.body = (
        title, draft.on, draft.starts, draft.body,
    )  # fmt: skip
    meeting.place, meeting.chair = draft.place.strip()[:120], draft.chair.strip()[:60]
    meeting.chair_post, meeting.recorder = (
        draft.chair_post.strip()[:120],
        draft.recorder.strip()[:60],
    )
    meeting.details = {k: v for k, v in draft.details.items() if k in known and v}


def _check_body(body: Body | None, on: date) -> None:
    if body is None:
        return
    if on < body.formed_on or (body.closed_on is not None and on > body.closed_on):
        raise MeetingBeforeBody(body=body.name, day=said(on))


@transaction.atomic
def change(meeting: Meeting, draft: MeetingDraft) -> Meeting:
    """Return the meeting as the clerk now says it; a new day or body draws the expected list anew."""
    meeting = fresh(meeting, "修改会议", opened=True)
    if meeting.state == Meeting.State.CANCELLED:
        raise _state(meeting, "修改", "请先恢复会议。")
    before = (meeting.on, meeting.body_id)
    _fill(meeting, kind(meeting.kind), draft)
    meeting.save()
    record("meeting.changed", meeting)
    if before != (meeting.on, meeting.body_id):
        list_expected(meeting)
    return meeting


@transaction.atomic
def hold(meeting: Meeting, *, today: date) -> Meeting:
    """Return the meeting as held; refuse one whose day is still to come."""
    meeting = fresh(meeting, "登记已开")
    if meeting.state != Meeting.State.PLANNED:
        raise _state(meeting, "登记为已开", "")
    if meeting.on > today:
        raise MeetingInFuture(day=said(meeting.on))
    meeting.state = Meeting.State.HELD
    meeting.save()
    record("meeting.held", meeting)
    return meeting


@transaction.atomic
def take_back_hold(meeting: Meeting) -> Meeting:
    """Return the meeting to planned where it was marked held by mistake."""
    meeting = fresh(meeting, "撤回“已开”", opened=True)
    if meeting.state != Meeting.State.HELD:
        raise _state(meeting, "撤回“已开”", "")
    meeting.state = Meeting.State.PLANNED
    meeting.save()
    record("meeting.held_taken_back", meeting)
    return meeting


@transaction.atomic
def cancel(meeting: Meeting, *, why: str) -> Meeting:
    """Cancel a meeting that is not to be; what was prepared stays readable."""
    meeting = fresh(meeting, "取消会议")
    if meeting.state != Meeting.State.PLANNED:
        raise _state(meeting, "取消", "已经开过的会议不取消；登记错了的，请先撤回“已开”。")
    meeting.state, meeting.cancelled_why = Meeting.State.CANCELLED, why.strip()[:200]
    meeting.save()
    record("meeting.cancelled", meeting)
    return meeting


@transaction.atomic
def restore(meeting: Meeting) -> Meeting:
    """Return a cancelled meeting to planned; refuse where another one took its place."""
    meeting = fresh(meeting, "恢复会议")
    if meeting.state != Meeting.State.CANCELLED:
        raise _state(meeting, "恢复", "")
    if queries.same_day(meeting.kind, meeting.organisation, meeting.on, meeting.title):
        raise MeetingExists(day=said(meeting.on), title=meeting.title)
    meeting.state, meeting.cancelled_why = Meeting.State.PLANNED, ""
    meeting.save()
    record("meeting.restored", meeting)
    return meeting


def _state(meeting: Meeting, act: str, todo: str) -> MeetingState:
    return MeetingState(title=meeting.title, state=meeting.get_state_display(), act=act, todo=todo)
