"""The attendance list: who is expected, who came, who stood in."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from muster.engines.meetings.actions.holding import fresh
from muster.engines.meetings.expected import expected_at
from muster.engines.meetings.kinds import PARTS, SIDES
from muster.engines.meetings.models import Attendance, Meeting
from muster.engines.meetings.problems import AttendeeExists, MeetingState
from muster.ground.journal.actions import record


@dataclass(frozen=True, slots=True)
class Mark:
    """What a clerk notes of one line: who came, from which side, who stood in."""

    presence: str
    side: str = "local"
    part: str = "attend"
    stand_in: str = ""
    name: str | None = None


def _check(meeting: Meeting | UUID, act: str) -> Meeting:
    row = fresh(meeting, act, opened=True)
    if row.state == Meeting.State.CANCELLED:
        raise MeetingState(title=row.title, state=row.get_state_display(), act=act,
                           todo="请先恢复会议。")  # fmt: skip
    return row


@transaction.atomic
def list_expected(meeting: Meeting) -> int:
    """Return how many names the register puts on the list as of the day of the meeting.

    Lines that it put there before and nobody marked give way; marked and added ones stay.
    """
    meeting = _check(meeting, "带出应到名单")
    rows = Attendance.objects.filter(meeting=meeting)
    rows.filter(listed=True, presence=Attendance.Presence.EXPECTED, stand_in="").delete()
    kept = list(rows)
    seats, names = {a.seat_id for a in kept if a.seat_id}, {a.name for a in kept if a.name}
    order = len(kept)
    for one in expected_at(meeting):
        if one.seat in seats or (one.name and one.name in names):
            continue
        order += 1
        Attendance.objects.create(
            division=meeting.division, meeting=meeting, order=order, person_id=one.person,
            seat_id=one.seat, name=one.name, post=one.post[:120], side=one.side, part=one.part,
            listed=True,
        )  # fmt: skip
    record("meeting.expected_listed", meeting, facts={"lines": order})
    return order


@transaction.atomic
def add_attendee(meeting: Meeting, *, name: str, post: str = "", side: str = "local",
                 part: str = "attend") -> Attendance:  # fmt: skip
    """Return one more line of the list; refuse a name that stands there with the same post."""
    meeting = _check(meeting, "增加参会人员")
    rows = Attendance.objects.filter(meeting=meeting)
    name, post = name.strip()[:60], post.strip()[:120]
    if rows.filter(name=name, post=post).exists():
        raise AttendeeExists(who=name or post)
    last = rows.aggregate(last=Max("order"))["last"] or 0
    row = Attendance.objects.create(
        division=meeting.division, meeting=meeting, order=last + 1, name=name, post=post,
        side=side, part=part,
    )  # fmt: skip
    record("meeting.attendee_added", meeting)
    return row  # type: ignore[no-any-return]


@transaction.atomic
def mark(meeting: Meeting, marks: Mapping[UUID, Mark]) -> int:
    """Return how many lines changed by what the clerk noted of each."""
    meeting = _check(meeting, "登记到会情况")
    changed = 0
    for row in Attendance.objects.filter(meeting=meeting, pk__in=list(marks)):
        changed += _marked(row, marks[row.pk])
    if changed:
        record("meeting.attendance_marked", meeting, facts={"lines": changed})
    return changed


def _marked(row: Attendance, said: Mark) -> bool:
    if said.presence not in Attendance.Presence.values or said.side not in SIDES:
        raise ValueError(f"no such mark: {said.presence}, {said.side}")
    if said.part not in PARTS:
        raise ValueError(f"no such part: {said.part}")
    before = (row.presence, row.side, row.part, row.stand_in, row.name)
    # Who came in person needs nobody to stand in.
    stand_in = "" if said.presence == Attendance.Presence.PRESENT else said.stand_in.strip()[:60]
    row.presence, row.side, row.part, row.stand_in = (
        said.presence, said.side, said.part, stand_in,
    )  # fmt: skip
    if said.name is not None and row.person_id is None:
        row.name = said.name.strip()[:60]
    now = (row.presence, row.side, row.part, row.stand_in, row.name)
    if now == before:
        return False
    row.save()
    return True


@transaction.atomic
def remove_attendee(row: Attendance) -> None:
    """Take a line off the list."""
    record("meeting.attendee_removed", _check(row.meeting_id, "从名单里去掉人员"))
    row.delete()
