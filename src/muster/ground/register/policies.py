"""Who may write the register and see whole numbers."""

from muster.ground.register.problems import MayNotRegister
from muster.ground.rows.actor import Actor


def check_may_write(actor: Actor) -> None:
    """Refuse a post that only reads the register."""
    if not actor.may_write("register"):
        raise MayNotRegister(post=actor.post_label, act="登记或更正人员")


def check_may_reveal(actor: Actor) -> None:
    """Refuse a post that sees masked values only."""
    if not actor.may("person.reveal"):
        raise MayNotRegister(post=actor.post_label, act="查看完整证件号和电话")
