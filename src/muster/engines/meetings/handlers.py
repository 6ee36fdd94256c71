"""What meetings offer to others: evidence for duties, a panel on a person's page, a hold on a person."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from muster.core.calendar import Record
from muster.core.kernel import Period
from muster.engines.meetings import queries, rules
from muster.engines.meetings.kinds import kinds
from muster.engines.meetings.models import Meeting
from muster.ground.register.panels import Panel

RECORD = "meeting"


def meeting_records(division: str, period: Period, *, kind_code: str = "", body: UUID | None = None,
                    organisation: UUID | None = None) -> list[Record]:  # fmt: skip
    """Return the meetings held at a division in a period as evidence, in order of their days.

    Narrowed to a kind, a leading group or an organiser where one is given. A record bears the marks
    ``minutes`` (confirmed), ``chair`` (the prescribed one) and ``sides``; its subject is the organiser.
    """
    rows = queries.held_in(division, period)
    if kind_code:
        rows = rows.filter(kind=kind_code)
    if body:
        rows = rows.filter(body_id=body)
    if organisation:
        rows = rows.filter(organisation_id=organisation)
    return [_record(row) for row in rows]


def meeting_records_below(division: str, period: Period) -> dict[str, list[Record]]:
    """Return division → its meetings as evidence, over a whole subtree at once."""
    found: dict[str, list[Record]] = {}
    for row in queries.held_in(division, period, subtree=True):
        found.setdefault(row.division, []).append(_record(row))
    return found


def _record(row: Meeting) -> Record:
    return Record(
        f"meeting:{row.pk}", RECORD, row.kind, row.on, _marks(row), subject=str(row.organisation_id)
    )


def _marks(row: Meeting) -> frozenset[str]:
    of = kinds().get(row.kind)
    if of is None:  # an entry that the catalogue dropped still was a meeting
        return frozenset({"minutes"} if row.minutes_on else ())
    return rules.marks(of, queries.facts_of(row), confirmed=row.minutes_on is not None)


def _attended(person: Any) -> dict[str, Any]:
    lines = queries.attended_by(person.pk)[:20]
    known = kinds()
    named = [(line, known.get(line.meeting.kind)) for line in lines]
    return {"lines": [(line, of.name if of else line.meeting.kind) for line, of in named]}


PERSON_PANELS = (
    Panel(
        "meetings.attended",
        _("参加的会议"),
        "governance",
        "meetings/panels/attended.html",
        _attended,
    ),
)


def holds(person: UUID) -> str:
    """Return why a person may not be withdrawn: a list of a meeting names him; "" otherwise."""
    return "在会议的到会名单里" if queries.attended_by(person).exists() else ""
