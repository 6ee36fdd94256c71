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
