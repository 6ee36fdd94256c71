"""Who may work on tasks."""

from uuid import UUID

from muster.core.kernel import DivisionCode
from muster.engines.tasks.problems import MayNotWork
from muster.ground.register.models import Organisation
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


def home_of(owner: Organisation | None, division: str, *, seen_from: str = "") -> str:
    """Return where a task stands: at its owner's place, so that they see it, not where it was set.

    ``seen_from`` is the place of who sets it; an owner outside leaves the task where it stands.
    """
    inside = owner is not None and DivisionCode(seen_from or division).holds(owner.division)
    return owner.division if owner is not None and inside else division
