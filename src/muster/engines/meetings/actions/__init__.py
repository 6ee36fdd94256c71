"""Writing meetings: planning, lists, agenda, minutes, decisions."""

from muster.engines.meetings.actions.agenda import (
    add_item,
    add_opinion,
    note_item,
    remove_item,
    treat_opinion,
)
from muster.engines.meetings.actions.decisions import (
    add_resolution,
    change_resolution,
    feed_back,
    hand_out,
    note_effect,
    remove_resolution,
)
from muster.engines.meetings.actions.lists import (
    Mark,
    add_attendee,
    list_expected,
    mark,
    remove_attendee,
)
from muster.engines.meetings.actions.minutes import (
    confirm_minutes,
    issue_minutes,
    reopen_minutes,
    write_minutes,
)
from muster.engines.meetings.actions.planning import (
    MeetingDraft,
    cancel,
    change,
    hold,
    plan,
    restore,
    take_back_hold,
)

__all__ = [
    "Mark", "MeetingDraft", "add_attendee", "add_item", "add_opinion", "add_resolution", "cancel",
    "change", "change_resolution", "confirm_minutes", "feed_back", "hand_out", "hold",
    "issue_minutes", "list_expected", "mark", "note_effect", "note_item", "plan",
    "remove_attendee", "remove_item", "remove_resolution", "reopen_minutes", "restore",
    "take_back_hold", "treat_opinion", "write_minutes",
]  # fmt: skip
