"""Sessions: begun at sign-in, seen, confirmed, ended by their holder, a limit or a change of post."""

import hashlib
import re
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.http import HttpRequest

from muster.ground.accounts import queries
from muster.ground.accounts.models import Account, Post, Session
from muster.ground.accounts.problems import PostNotInForce
from muster.ground.journal.actions import record
from muster.ground.rows.clock import today
from muster.ground.rows.problems import NotInScope

NOTED_EVERY = timedelta(seconds=60)
BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("MicroMessenger", "微信"),
            ("QQBrowser", "QQ"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))  # fmt: skip
SYSTEMS = (("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"),
           ("Macintosh", "macOS"), ("Linux", "Linux"))  # fmt: skip


def device_of(agent: str) -> str:
    """Return browser and system in two words, from what the browser says of itself."""
    browser = next((word for mark, word in BROWSERS if mark in agent), "")
    version = re.search(r"(?:Edg|Chrome|Firefox)/(\d+)", agent)
    system = next((word for mark, word in SYSTEMS if mark in agent), "")
    return " ".join(filter(None, (browser, version[1] if version else "", system)))[:80]


def stamp_of(key: str) -> str:
    """Return the short name of a session for the journal, from which the key cannot be had."""
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def begin_session(request: HttpRequest, account: Account, *, address: str, at: datetime) -> Session:
    """Return the row of a browser that has just signed in."""
    key = request.session.session_key or ""
    return Session.objects.create(
        account=account, key=key, stamp=stamp_of(key), address=address[:45],
        device=device_of(request.headers.get("User-Agent", "")),
        began_at=at, seen_at=at, confirmed_at=at,
    )  # fmt: skip


def note_seen(session: Session, *, at: datetime) -> None:
    """Note that the session is in use; at most one write a minute, off the path of reading."""
    if at - session.seen_at >= NOTED_EVERY:
        Session.objects.filter(pk=session.pk).update(seen_at=at)


def end_session(session: Session, why: Session.End, *, at: datetime) -> None:
    """End one session: its browser is out at its next request."""
    with transaction.atomic():
        rows = Session.objects.filter(pk=session.pk, ended_at=None)
        if rows.update(ended_at=at, ended_why=why):
            SessionStore(session.key).delete()
            record("account.session_ended", session.account, facts={"why": str(why)})


def end_passed_sessions(*, at: datetime) -> int:
    """End every session that has passed a limit and drop what browsers left; return how many."""
    found = queries.sessions_over(at=at)
    for session in found:
        end_session(session, Session.End(session.over(at)), at=at)
    SessionStore.clear_expired()
    return len(found)


def end_sessions_of(
    account: Account, why: Session.End, *, at: datetime, but: UUID | None = None
) -> int:
    """End the sessions of an account, all or all but one; return how many."""
    rows = Session.objects.filter(account=account, ended_at=None)
    found = [session for session in rows if session.pk != but]
    for session in found:
        end_session(session, why, at=at)
    return len(found)


def end_other_sessions(present: Session, *, at: datetime) -> int:
    """End every session of the holder but the present one; return how many."""
    return end_sessions_of(present.account, Session.End.ENDED, at=at, but=present.pk)


def end_own_session(account: UUID, key: UUID, *, at: datetime) -> None:
    """End one session of the holder; refuse any other with the constant answer."""
    session = Session.objects.filter(pk=key, account=account, ended_at=None).first()
    if session is None:
        raise NotInScope
    end_session(session, Session.End.ENDED, at=at)


@transaction.atomic
def switch_post(session: Session, key: UUID, *, at: datetime) -> Post:
    """Return the post the session acts in from now on; refuse one that is not in force."""
    posts = queries.posts_of(session.account, today=today())
    post = next((p for p in posts if p.pk == key), None)
    if post is None:
        raise PostNotInForce
    session.post, session.seen_at = post, at
    session.save(update_fields=["post", "seen_at"])
    record("account.post_switched", session.account, facts={"role": post.role})
    return post
