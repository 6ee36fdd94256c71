"""A meeting as it stands now, held until the transaction ends, for every act on it."""

from uuid import UUID

from muster.engines.meetings import policies
from muster.engines.meetings.models import Meeting


def fresh(meeting: Meeting | UUID, act: str, *, opened: bool = False) -> Meeting:
    """Return the meeting of the scope, if the post keeps it; ``opened``: refuse confirmed minutes."""
    key = meeting if isinstance(meeting, UUID) else meeting.pk
    if isinstance(meeting, Meeting):
        policies.check_may_keep(meeting.division, act)
    row: Meeting = Meeting.objects.select_for_update().fetch(key)
    policies.check_may_keep(row.division, act)
    if opened:
        policies.check_open(row, act)
    return row
