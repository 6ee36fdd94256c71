"""Signing in and out, and changing one's password. Everything is journalled."""

from datetime import datetime

from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest

from muster.ground.accounts import queries
from muster.ground.accounts.actions.attempts import (
    DEVICE_COOKIE,
    count_attempt,
    forget_attempts,
)
from muster.ground.accounts.actions.sessions import (
    begin_session,
    end_session,
    end_sessions_of,
    stamp_of,
)
from muster.ground.accounts.models import Account, Session, folded_login
from muster.ground.accounts.passwords import faults
from muster.ground.accounts.problems import (
    PasswordTooWeak,
    PasswordWrong,
    SignInRefused,
    TooManyTries,
)
from muster.ground.journal.actions import record
from muster.ground.rows.scope import acting


def sign_in(request: HttpRequest, name: str, password: str, *, at: datetime) -> Account:
    """Return the account now signed in; refuse alike whatever was wrong, later with a delay."""
    address = request.META.get("REMOTE_ADDR", "")
    device = request.COOKIES.get(DEVICE_COOKIE, "")
    _count(name, address=address, device=device, at=at)
    account = authenticate(request, username=name, password=password)
    if not isinstance(account, Account) or _initial_is_over(account, at):
        _journal_refusal(name)
        raise SignInRefused
    forget_attempts(name, address=address, device=device)
    with transaction.atomic():
        _replace_session(request, at=at)
        login(request, account)
        session = begin_session(request, account, address=address, at=at)
        with acting(queries.holder_of(account, session=session.stamp, address=address)):
            record("account.signed_in", account, facts={"device": session.device})
    return account


def _count(name: str, *, address: str, device: str, at: datetime) -> None:
    try:
        count_attempt(name, address=address, device=device, at=at)
    except TooManyTries:
        record("account.sign_in_delayed", hashed={"login": folded_login(name)}, result="refused")
        raise


def _initial_is_over(account: Account, at: datetime) -> bool:
    until = account.initial_until
    return account.must_change_password and until is not None and at > until


def _journal_refusal(name: str) -> None:
    account = Account.objects.filter(login=folded_login(name)).first()
    record(
        "account.sign_in_refused",
        account,
        hashed={"login": folded_login(name)},
        result="refused",
    )


def _replace_session(request: HttpRequest, *, at: datetime) -> None:
    present = queries.open_session(request.session.session_key)
    if present:
        end_session(present, Session.End.REPLACED, at=at)


def sign_out(
    request: HttpRequest, *, at: datetime, why: Session.End = Session.End.SIGNED_OUT
) -> None:
    """End the present session; what the browser holds of it is worth nothing afterwards."""
    present = queries.open_session(request.session.session_key)
    with transaction.atomic():
        if present:
            end_session(present, why, at=at)
        logout(request)


def confirm_password(
    request: HttpRequest, session: Session, password: str, *, at: datetime
) -> None:
    """Note that the holder gave the password again; refuse a wrong one, later with a delay."""
    _judge(request, session.account, password, at=at)
    session.confirmed_at = at
    session.save(update_fields=["confirmed_at"])
    record("account.confirmed", session.account)


def _judge(request: HttpRequest, account: Account, password: str, *, at: datetime) -> None:
    """Refuse a wrong present password; guesses from inside a session are slowed down too."""
    address = request.META.get("REMOTE_ADDR", "")
    device = request.COOKIES.get(DEVICE_COOKIE, "")
    _count(account.login, address=address, device=device, at=at)
    if not account.check_password(password):
        record("account.confirm_refused", account, result="refused")
        raise PasswordWrong
    forget_attempts(account.login, address=address, device=device)


def change_password(request: HttpRequest, session: Session, *, present: str, new: str,
                    at: datetime) -> None:  # fmt: skip
    """Change one's password; other sessions end, the present one goes on under a new key."""
    account = session.account
    _judge(request, account, present, at=at)
    check_password_is_good(account, new, present=present)
    with transaction.atomic():
        account.set_password(new)
        account.must_change_password, account.initial_until = False, None
        account.save(update_fields=["password", "must_change_password", "initial_until"])
        end_sessions_of(account, Session.End.PASSWORD, at=at, but=session.pk)
        update_session_auth_hash(request, account)
        session.key = request.session.session_key or ""
        session.stamp, session.confirmed_at = stamp_of(session.key), at
        session.save(update_fields=["key", "stamp", "confirmed_at"])
        record("account.password_changed", account)


def check_password_is_good(account: Account, new: str, *, present: str = "") -> None:
    """Refuse a password that is weak, telling, or the old one again."""
    own = (account.login, account.name, queries.place_name(account.division))
    reasons = faults(new, own_words=own)
    if present and new == present:
        reasons.append("新密码不能和现在的一样。")
    if reasons:
        raise PasswordTooWeak(reasons=" ".join(reasons))
