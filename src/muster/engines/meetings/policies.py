"""Who keeps meetings."""

from muster.engines.meetings.models import Meeting
from muster.engines.meetings.problems import MayNotKeepMeetings, MinutesConfirmed
from muster.ground.rows.actor import Actor
from muster.ground.rows.scope import current_actor


def may_keep(actor: Actor, division: str) -> bool:
    """Return whether the post writes meetings that stand at a division."""
    inside = actor.reach == "division" and actor.code.holds(division)
    return actor.may_write("governance") and inside


def may_plan(actor: Actor) -> bool:
    """Return whether the post keeps meetings at all."""
    return may_keep(actor, actor.division)


def check_may_keep(division: str, act: str) -> None:
    """Refuse a post that does not write meetings of a division; the office's own work may."""
    actor = current_actor()
    if actor is not None and not may_keep(actor, division):
        raise MayNotKeepMeetings(post=actor.post_label, act=act)


def check_open(meeting: Meeting, act: str) -> None:
    """Refuse to change what confirmed minutes say."""
    if meeting.minutes_on is not None:
        raise MinutesConfirmed(title=meeting.title, act=act)
