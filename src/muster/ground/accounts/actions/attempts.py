"""Slowing down guesses of a password, on real time, without locking anybody out for good.

An attempt is counted before the password is looked at, so that many at once count as many.
A browser that has signed in before carries a signed device cookie and counts for itself: a
stranger who hammers a login name delays strangers, not its holder.
"""

from datetime import datetime, timedelta

from django.core import signing
from django.db import transaction
from django.utils.translation import ngettext

from muster.ground.accounts.models import SignInAttempt, folded_login, hashed, subject_of
from muster.ground.accounts.problems import TooManyTries

FREE_PER_SOURCE = 5
FREE_PER_LOGIN = 20
FIRST_DELAY = timedelta(seconds=30)
LONGEST_DELAY = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=24)
DEVICE_COOKIE = "muster_device"
DEVICE_DAYS = 180
_SALT = "muster.device"


def device_cookie(login: str) -> str:
    """Return the signed mark of a browser that has signed in to this login."""
    return signing.dumps(subject_of(login), salt=_SALT)


def knows_device(cookie: str, login: str) -> bool:
    """Return whether the browser has signed in to this login before."""
    try:
        marked = signing.loads(cookie, salt=_SALT, max_age=timedelta(days=DEVICE_DAYS))
    except signing.BadSignature:
        return False
    return bool(marked == subject_of(login))


def count_attempt(login: str, *, address: str, device: str, at: datetime) -> None:
    """Count one attempt before it is judged; refuse while a delay runs."""
    keys = _keys(login, address=address, device=device)
    subject = subject_of(login)
    with transaction.atomic():
        SignInAttempt.objects.filter(last_at__lt=at - FORGOTTEN_AFTER).delete()
        rows = [_row(key, subject, at) for key in keys]
        until = max((r.locked_until for r in rows if r.locked_until), default=None)
        if until and until > at:
            raise TooManyTries(wait=in_minutes(until - at))
        for row, free in zip(rows, keys.values(), strict=True):
            row.failures += 1
            row.last_at = at
            row.locked_until = at + delay_after(row.failures, free=free)
            row.save()


def _keys(login: str, *, address: str, device: str) -> dict[str, int]:
    """Return hashed key → attempts that cost nothing, in the order in which rows are taken."""
    folded = folded_login(login)
    if knows_device(device, folded):
        return {hashed(f"device|{folded}|{device}"): FREE_PER_SOURCE}
    keys = {
        hashed(f"source|{folded}|{address}"): FREE_PER_SOURCE,
        hashed(f"login|{folded}"): FREE_PER_LOGIN,
    }
    return dict(sorted(keys.items()))


def _row(key: str, subject: str, at: datetime) -> SignInAttempt:
    SignInAttempt.objects.get_or_create(key=key, defaults={"subject": subject, "last_at": at})
    return SignInAttempt.objects.select_for_update().get(key=key)


def delay_after(failures: int, *, free: int) -> timedelta:
    """Return how long to wait after so many failures: nothing, then doubling up to a limit."""
    if failures < free:
        return timedelta(0)
    doublings: int = min(failures - free, 10)
    return min(LONGEST_DELAY, FIRST_DELAY * (1 << doublings))


def forget_attempts(login: str, *, address: str, device: str) -> None:
    """Forget the failures of this source after the right password was given."""
    keys = _keys(login, address=address, device=device)
    SignInAttempt.objects.filter(key__in=keys).delete()


def forget_all_attempts(login: str) -> int:
    """Forget every failure of a login name, wherever it came from; return how many sources."""
    rows = SignInAttempt.objects.filter(subject=subject_of(login))
    return rows.delete()[0]


def in_minutes(wait: timedelta) -> str:
    """Return a waiting time in words, rounded up."""
    seconds = int(wait.total_seconds()) + 1
    if seconds < 60:
        return ngettext("{n} 秒", "{n} 秒", seconds).format(n=seconds)
    minutes = -(-seconds // 60)
    return ngettext("{n} 分钟", "{n} 分钟", minutes).format(n=minutes)
