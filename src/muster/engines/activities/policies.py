"""Who records activities, and who may name people in them."""

from uuid import UUID

from muster.engines.activities.problems import MayNotName, MayNotRecord
from muster.ground.rows.actor import Actor


def check_may_record(actor: Actor) -> None:
    """Refuse a post that does not write this area."""
    if not actor.may_write("education"):
        raise MayNotRecord(post=actor.post_label)


def check_may_name(actor: Actor) -> None:
    """Refuse naming people to posts that do not keep the rosters."""
    check_may_record(actor)
    if not may_name(actor):
        raise MayNotName(post=actor.post_label)


def may_name(actor: Actor) -> bool:
    """Return whether this post records people by name."""
    return actor.may_write("education") and actor.may_write("militia") and actor.may_see("register")


def may_work_on(actor: Actor, division: str, organiser: UUID) -> bool:
    """Return whether the post may change an activity: of its subtree, or of its organisation."""
    if not actor.may_write("education"):
        return False
    inside = actor.reach == "division" and actor.code.holds(division)
    return inside or organiser in actor.organisations
