"""Who may do what with accounts. Every check takes the actor, never the login model."""

from datetime import datetime, timedelta
from uuid import UUID

from muster.ground.accounts.models import Account, Post
from muster.ground.accounts.problems import (
    ActNotYours,
    ConfirmFirst,
    GrantIncomplete,
    GrantTooLong,
    GrantToOneself,
    PostsExclude,
    RoleMisplaced,
    RoleNotGrantable,
)
from muster.ground.accounts.roles import Role, all_roles, in_words
from muster.ground.rows.actor import Actor

CONFIRMED_FOR = timedelta(minutes=5)
ADMINISTRATION = ("account.create", "account.enable", "post.grant")
LEVEL_WORDS = {"county": "县", "township": "乡镇", "village": "村（社区）"}
NEED_WORDS = {"organisation": "所属单位", "person": "对应人员", "end": "失效日期"}


def check_may(actor: Actor, act: str) -> None:
    """Refuse an act that the post does not include."""
    if not actor.may(act):
        raise ActNotYours(post=actor.post_label, act=in_words(all_roles().acts[act]))


def may_administer(actor: Actor) -> bool:
    """Return whether the post manages accounts in some way."""
    return any(actor.may(act) for act in ADMINISTRATION)


def check_may_administer(actor: Actor) -> None:
    """Refuse the account pages to everybody but the two administrators who keep accounts."""
    if not may_administer(actor):
        raise ActNotYours(post=actor.post_label, act="账号管理")


def check_confirmed(confirmed_at: datetime | None, *, at: datetime) -> None:
    """Refuse a weighty step where the password was not given within the last five minutes."""
    if confirmed_at is None or not timedelta(0) <= at - confirmed_at <= CONFIRMED_FOR:
        raise ConfirmFirst


def check_not_oneself(actor: Actor, account: Account) -> None:
    """Refuse to raise oneself, also through a second account of the same person."""
    same_person: bool = actor.person is not None and actor.person == account.person_id
    if actor.account == account.pk or same_person:
        raise GrantToOneself


def grantable_role(code: str) -> Role:
    """Return a role that is granted on screen; refuse any other."""
    role = all_roles().roles.get(code)
    if role is None or not role.grantable:
        raise RoleNotGrantable(role=code)
    return role


def check_grant(role: Role, post: Post, account: Account) -> None:
    """Refuse a post at the wrong level, without what the role needs, or for too long."""
    if post.level not in role.levels:
        raise RoleMisplaced(role=role.label, levels="、".join(LEVEL_WORDS[x] for x in role.levels))
    given: dict[str, UUID | object | None] = {
        "organisation": post.organisation_id, "person": account.person_id, "end": post.valid_to,
    }  # fmt: skip
    missing = [NEED_WORDS[need] for need in role.needs if not given[need]]
    if missing:
        raise GrantIncomplete(role=role.label, missing="、".join(missing))
    if role.most_days and post.valid_to and (post.valid_to - post.valid_from).days > role.most_days:
        raise GrantTooLong(role=role.label, days=role.most_days)


def check_together(role: Role, held: Post, *, same_account: bool) -> None:
    """Refuse a role beside a post already held, where the catalogue keeps the two apart."""
    roles = all_roles()
    if held.role not in roles.roles:
        return
    why = roles.clash(role.code, held.role, same_account=same_account)
    if why:
        raise PostsExclude(one=role.label, other=roles[held.role].label, why=why)
