"""Keeping accounts: made disabled by one administrator, enabled and given posts by another."""

import re
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest

from muster.ground.accounts import policies, queries
from muster.ground.accounts.actions.attempts import forget_all_attempts
from muster.ground.accounts.actions.sessions import end_sessions_of
from muster.ground.accounts.models import Account, Post, Session, folded_login
from muster.ground.accounts.passwords import one_time
from muster.ground.accounts.problems import (
    AccountState,
    DivisionOutside,
    LastAdministrator,
    LoginMalformed,
    LoginTaken,
    PostStands,
)
from muster.ground.accounts.roles import all_roles
from muster.ground.journal.actions import record
from muster.ground.rows.actor import Actor

INITIAL_FOR = timedelta(days=7)
LOGIN = re.compile(r"^[\w.-]{3,40}$")


def check_login(login: str) -> str:
    """Return the login name as it is kept; refuse a malformed or taken one."""
    folded = folded_login(login)
    if not LOGIN.match(folded):
        raise LoginMalformed
    if Account.objects.filter(login=folded).exists():
        raise LoginTaken(login=folded)
    return folded


@transaction.atomic
def create_account(by: Actor, *, login: str, name: str, person: UUID | None = None) -> Account:
    """Return a new account, disabled and without password or post."""
    policies.check_may(by, "account.create")
    account = Account.objects.create_account(
        check_login(login), name.strip(), county=by.division[:6], person_id=person,
        state=Account.State.DISABLED,
    )  # fmt: skip
    record("account.created", account, facts={"login": account.login})
    return account


@transaction.atomic
def enable_account(by: Actor, key: UUID, *, at: datetime) -> tuple[Account, str]:
    """Enable a disabled account; return it and its one-time password, which is shown once."""
    account = _locked(by, key, act="account.enable")
    policies.check_not_oneself(by, account)
    _check_state(account, Account.State.DISABLED)
    account.state = Account.State.ACTIVE
    password = _set_one_time(account, at=at)
    record("account.enabled", account)
    return account, password


@transaction.atomic
def renew_password(by: Actor, key: UUID, *, at: datetime) -> tuple[Account, str]:
    """Give an account a new one-time password, for who forgot the old; its sessions end."""
    account = _locked(by, key, act="account.unlock")
    policies.check_not_oneself(by, account)
    _check_state(account, Account.State.ACTIVE)
    password = _set_one_time(account, at=at)
    forget_all_attempts(account.login)
    end_sessions_of(account, Session.End.PASSWORD, at=at)
    record("account.password_renewed", account)
    return account, password


def _set_one_time(account: Account, *, at: datetime) -> str:
    password = one_time()
    account.set_password(password)
    account.must_change_password, account.initial_until = True, at + INITIAL_FOR
    account.save()
    return password


@transaction.atomic
def unlock_account(by: Actor, key: UUID) -> Account:
    """Lift every delay that failed sign-ins have put on an account."""
    account = _locked(by, key, act="account.unlock")
    sources = forget_all_attempts(account.login)
    record("account.unlocked", account, facts={"sources": sources})
    return account


@transaction.atomic
def close_account(by: Actor, key: UUID, *, today: date, at: datetime) -> Account:
    """Close an account for good: its posts end, its sessions end, its name stays in the records."""
    account = _locked(by, key, act="account.close")
    policies.check_not_oneself(by, account)
    if account.state == Account.State.CLOSED or account.console:
        raise AccountState(state=account.get_state_display())
    for post in queries.posts_of(account, today=today):
        _end(post, today=today)
    account.state = Account.State.CLOSED
    account.set_unusable_password()
    account.save()
    end_sessions_of(account, Session.End.CLOSED, at=at)
    record("account.closed", account)
    return account


@transaction.atomic
def grant_post(by: Actor, key: UUID, post: Post, *, at: datetime) -> Post:
    """Grant an unsaved post (role, division, organisation, dates) to an account.

    Its holder signs in again, so that nobody acts on with the rights of before.
    """
    account = _locked(by, key, act="post.grant")
    policies.check_not_oneself(by, account)
    if account.state == Account.State.CLOSED or account.console:
        raise AccountState(state=account.get_state_display())
    _check_place(by, post)
    post.account, post.county, post.granted_by = account, account.county, by.account
    put_post(post)
    end_sessions_of(account, Session.End.POSTS, at=at)
    return post


def put_post(post: Post) -> Post:
    """Store a post after every rule of its role; the database keeps the exclusions too."""
    role = policies.grantable_role(post.role)
    policies.check_grant(role, post, post.account)
    for held, same_account in queries.posts_held_beside(post):
        policies.check_together(role, held, same_account=same_account)
        if same_account and (held.role, held.division) == (post.role, post.division):
            raise PostStands(role=role.label)
    post.save()
    record("account.post_granted", post.account, facts=_facts(post))
    return post


def _check_place(by: Actor, post: Post) -> None:
    inside = post.division[:6] == by.division[:6]
    if not inside or queries.place_name(post.division) == post.division:
        raise DivisionOutside(division=post.division)


@transaction.atomic
def end_post(by: Actor, key: UUID, *, today: date, at: datetime) -> Post:
    """End a post at once; its holder signs in again, now without it."""
    found = queries.post_of(by, key)
    account = _locked(by, found.account_id, act="post.grant")
    policies.check_not_oneself(by, account)
    if account.console or not found.in_force(today):
        raise AccountState(state=account.get_state_display())
    _end(found, today=today)
    end_sessions_of(account, Session.End.POSTS, at=at)
    return found


def _end(post: Post, *, today: date) -> None:
    role = all_roles()[post.role]
    others = queries.holders(post.county, post.role, today=today).exclude(account=post.account)
    if role.administrator and not others.exists():
        raise LastAdministrator(role=role.label)
    post.valid_to = today - timedelta(days=1)
    post.save(update_fields=["valid_to"])
    record("account.post_ended", post.account, facts=_facts(post))


def _facts(post: Post) -> dict[str, str]:
    facts = {"role": post.role, "division": post.division, "from": post.valid_from.isoformat()}
    if post.valid_to:
        facts["to"] = post.valid_to.isoformat()
    return facts


def _locked(by: Actor, key: UUID, *, act: str) -> Account:
    policies.check_may(by, act)
    account = queries.account_of(by, key)
    # All accounts of the person, so that two grants at once cannot make a forbidden pair.
    same = Account.objects.filter(person=account.person_id) if account.person_id else None
    list((same or Account.objects.filter(pk=account.pk)).order_by("pk").select_for_update())
    return account


def _check_state(account: Account, wanted: Account.State) -> None:
    if account.state != wanted or account.console:
        raise AccountState(state=account.get_state_display())


def keep_language(request: HttpRequest, code: str) -> None:
    """Keep the chosen language with the account that is signed in (handed to web by the roof)."""
    if request.user.is_authenticated:
        Account.objects.filter(pk=request.user.pk).update(language=code)
