"""Who may work on tasks."""

from uuid import UUID

from muster.engines.tasks.problems import MayNotWork
from muster.ground.rows.actor import Actor


def check_may_work(actor: Actor) -> None:
    """Refuse a post that does not write this area."""
    if not actor.may_write("governance"):
        raise MayNotWork(post=actor.post_label)


def may_work_on(actor: Actor, division: str, owner: UUID | None = None) -> bool:
    """Return whether the post may change a task: of its subtree, or owned by its organisation."""
    if not actor.may_write("governance"):
        return False
    inside = actor.reach == "division" and actor.code.holds(division)
    return inside or (owner is not None and owner in actor.organisations)
