"""Who may confirm plans and close phases."""

from muster.engines.campaigns.problems import MayNotRun
from muster.ground.rows.actor import Actor

WORDS = {
    "campaign.confirm": "确认方案",
    "phase.close": "结束阶段",
    "document.issue": "印发公文",
}


def check_may(actor: Actor, act: str) -> None:
    """Refuse a post without the act."""
    if not actor.may(act):
        raise MayNotRun(post=actor.post_label, act=WORDS[act])


def check_may_write(actor: Actor) -> None:
    """Refuse a post that does not write this work at all."""
    if not actor.may_write("governance"):
        raise MayNotRun(post=actor.post_label, act="登记办理情况")


def may_run(actor: Actor, act: str, division: str) -> bool:
    """Return whether the post may do an act to a campaign of a division; above it only reads."""
    return actor.may(act) and actor.reach == "division" and actor.code.holds(division)


def may_prove(actor: Actor, division: str) -> bool:
    """Return whether the post may add evidence and tasks to a campaign of a division."""
    inside = actor.reach == "division" and actor.code.holds(division)
    return actor.may_write("governance") and inside
