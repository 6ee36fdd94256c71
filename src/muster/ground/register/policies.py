"""Who may write the register and see whole numbers."""

from muster.ground.register.problems import MayNotRegister
from muster.ground.rows.actor import Actor


def check_may_write(actor: Actor) -> None:
    """Refuse a post that only reads the register."""
    if not actor.may_write("register"):
        raise MayNotRegister(post=actor.post_label, act="登记或更正人员")


def check_may_keep_divisions(actor: Actor) -> None:
    """Refuse everybody but a county post that keeps the register."""
    if not (actor.may_write("register") and actor.code.level == "county"):
        raise MayNotRegister(post=actor.post_label, act="改动行政区划表；区划由县级登记")


def may_keep(actor: Actor, division: str) -> bool:
    """Return whether the post may change what stands at a division."""
    return actor.may_write("register") and actor.reach == "division" and actor.code.holds(division)


def check_may_reveal(actor: Actor) -> None:
    """Refuse a post that sees masked values only."""
    if not actor.may("person.reveal"):
        raise MayNotRegister(post=actor.post_label, act="查看完整证件号和电话")
