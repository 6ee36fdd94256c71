"""Who may work on tasks."""

from muster.engines.tasks.problems import MayNotWork
from muster.ground.rows.actor import Actor


def check_may_work(actor: Actor) -> None:
    """Refuse a post that does not write this area."""
    if not actor.may_write("governance"):
        raise MayNotWork(post=actor.post_label)
