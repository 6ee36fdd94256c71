"""Who is expected at a meeting: the seats of its body that day, the staff of its organiser, the townships."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from muster.engines.meetings import queries
from muster.engines.meetings.kinds import kind, side_of
from muster.engines.meetings.models import Meeting
from muster.ground.register import queries as register
from muster.ground.register.models import Appointment
from muster.ground.register.places import holding_on


@dataclass(frozen=True, slots=True)
class Expected:
    """One place on the list; without a name the post says who should come."""

    name: str
    post: str
    side: str
    part: str = "attend"
    person: UUID | None = None
    seat: UUID | None = None


def expected_at(meeting: Meeting) -> list[Expected]:
    """Return who is expected as of the day of the meeting; empty where the register knows nobody."""
    of = kind(meeting.kind)
    if of.expects == "townships":
        return list(_townships(meeting, of.parts[0]))
    if meeting.body_id:
        return list(_seats(meeting))
    return list(_staff(meeting, of.parts[0]))


def _seats(meeting: Meeting) -> Iterator[Expected]:
    body = queries.body_of(meeting)
    for seat, held in register.holders_on(body, meeting.on) if body else ():
        post = (held.holder_post if held else "") or seat.source or seat.role
        name = held.holder_name if held else ""
        yield Expected(name, post, side_of(post, seat.source), seat=seat.pk,
                       person=held.person_id if held else None)  # fmt: skip


def _staff(meeting: Meeting, part: str) -> Iterator[Expected]:
    rows = _appointed(meeting.on).filter(organisation=meeting.organisation_id)
    for one in rows.order_by("-first_responsible", "valid_from", "pk"):
        yield Expected(one.holder_name, one.post, side_of(one.post), part, one.person_id)


def _townships(meeting: Meeting, part: str) -> Iterator[Expected]:
    """Yield one line a township: its first responsible person, else the township itself."""
    heads = {
        a.division: a for a in _appointed(meeting.on).filter(first_responsible=True)
    }  # fmt: skip
    for place in register.divisions_below(meeting.division).filter(level="township"):
        head = heads.get(place.division)
        yield Expected(
            head.holder_name if head else "", f"{place.name}{head.post if head else '党（工）委书记'}",
            "local", part, head.person_id if head else None,
        )  # fmt: skip


def _appointed(day: date) -> QuerySet[Appointment]:
    return Appointment.objects.filter(holding_on(day))  # type: ignore[no-any-return]
