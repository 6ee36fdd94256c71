"""Meetings for tests: an organiser, a body with seats, one meeting and what makes it complete."""

from datetime import UTC, date, datetime
from typing import Any

from muster.engines.meetings import actions, queries
from muster.engines.meetings.models import Meeting
from muster.ground.register.actions import appoint, fill_seat, form_from_template
from muster.ground.register.models import Body, Organisation
from tests.factories import TOWN, OrganisationFactory, PersonFactory

ON = date(2026, 5, 18)
AT = datetime(2026, 5, 20, 3, tzinfo=UTC)
LONG_AGO = date(2020, 1, 1)


def office(kind: str = "party_committee", division: str = TOWN, **values: Any) -> Organisation:
    """Return an organisation of a kind."""
    made: Organisation = OrganisationFactory.create(kind=kind, division=division, **values)
    return made


def group(organisation: Organisation) -> Body:
    """Return a leading group, its leader a registered person, one seat held by a name, the rest vacant."""
    body = form_from_template(organisation, "mutual_support_a", formed_on=LONG_AGO)
    leader, deputy = list(body.seats.all())[:2]
    person = PersonFactory.create(division=TOWN, name="盖云帆")
    fill_seat(leader, holder_name="盖云帆", since=LONG_AGO, holder_post="镇长", person=person)
    fill_seat(deputy, holder_name="覃望舒", since=LONG_AGO, holder_post="武装部部长")
    return body


def planned(kind: str = "party_armed_forces", organisation: Organisation | None = None,
            **draft: Any) -> Meeting:  # fmt: skip
    """Return a meeting as a clerk plans it."""
    values: dict[str, Any] = {
        "on": ON,
        "chair": "盖云帆",
        "chair_post": "镇长",
        "place": "二楼会议室",
    }
    wanted = actions.MeetingDraft(**{**values, **draft})
    return actions.plan(kind, organisation or office(), wanted)


def held(kind: str = "party_armed_forces", organisation: Organisation | None = None,
         **draft: Any) -> Meeting:  # fmt: skip
    """Return a meeting that was held, with one local person present."""
    meeting = planned(kind, organisation, **draft)
    if not any(a.name == "覃望舒" for a in queries.attendance_of(meeting)):
        actions.add_attendee(meeting, name="覃望舒", post="武装部部长")
    came(meeting)
    return actions.hold(meeting, today=max(ON, meeting.on))


def came(meeting: Meeting) -> None:
    """Mark everybody on the list as present."""
    lines = queries.attendance_of(meeting)
    actions.mark(meeting, {a.pk: actions.Mark("present", a.side, a.part) for a in lines})


def with_minutes(meeting: Meeting, text: str = "听取汇报。\n研究经费。") -> Meeting:
    """Return the meeting with its minutes confirmed."""
    actions.write_minutes(meeting, text=text, recorder="查思远", at=AT)
    return actions.confirm_minutes(meeting, on=meeting.on)


def director(organisation: Organisation, name: str = "覃望舒") -> None:
    """Make somebody the director of an office."""
    appoint(organisation, post="主任", holder_name=name, since=LONG_AGO)
