"""Writing the journal: inside the business transaction, or a look of its own."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from muster.ground.journal.chain import GENESIS, LOOKED, links, statement_of
from muster.ground.journal.models import Anchor, Entry
from muster.ground.rows.keys import ring
from muster.ground.rows.scope import current_actor
from muster.ground.rows.sealing import keyed_hash
from muster.ground.rows.suites import SUITES

LOCK = 7_410_113
_looks: ContextVar[list[dict[str, Any]] | None] = ContextVar("muster_looks", default=None)
_address: ContextVar[str] = ContextVar("muster_address", default="")


@contextmanager
def came_from(address: str) -> Iterator[None]:
    """File what nobody signed in does under the address it came from."""
    token = _address.set(address)
    try:
        yield
    finally:
        _address.reset(token)


def record(
    action: str,
    row: models.Model | None = None,
    *,
    facts: dict[str, Any] | None = None,
    hashed: dict[str, str] | None = None,
    reason: str = "",
    result: str = "done",
) -> Entry:
    """Append one act to the chain, in the transaction of the act itself.

    ``facts`` must hold no personal value; give those in ``hashed`` and only keyed hashes are kept.
    """
    kept = dict(facts or {})
    if hashed:
        kept["hashes"] = {name: keyed_hash(value) for name, value in hashed.items()}
    with transaction.atomic():
        return _append(_who(action, row) | {"facts": kept, "reason": reason, "result": result})


def look(action: str, *, kind: str, ids: Iterable[Any] = (), count: int = 0, reason: str = "",
         at_once: bool = False) -> None:  # fmt: skip
    """Journal a look at personal data.

    In a request it is queued, and written before the answer leaves, in a transaction of its own
    that stands even where the request fails; elsewhere it is written now. ``at_once`` only says
    that the caller relies on this.
    """
    keys = [str(i) for i in ids]
    facts: dict[str, Any] = {"count": count or len(keys)}
    if 0 < len(keys) <= 200:
        facts["ids"] = keys
    entry = _who(action, None) | {
        "kind": kind, "facts": facts, "reason": reason, "result": LOOKED,
        "object": keys[0] if len(keys) == 1 else "",
    }  # fmt: skip
    waiting = _looks.get()
    if waiting is None:
        with transaction.atomic():
            _append(entry)
    else:
        waiting.append(entry)


@contextmanager
def looks_collected() -> Iterator[list[dict[str, Any]]]:
    """Collect the looks of a request; the caller writes them with write_looks."""
    token = _looks.set([])
    try:
        yield _looks.get() or []
    finally:
        _looks.reset(token)


def pending_looks() -> list[dict[str, Any]]:
    """Return and empty the queue of looks."""
    waiting = _looks.get()
    taken = list(waiting or [])
    if waiting:
        waiting.clear()
    return taken


def write_looks(entries: list[dict[str, Any]]) -> None:
    """Write queued looks in one short transaction of their own."""
    if entries:
        with transaction.atomic():
            for entry in entries:
                _append(entry)


def _who(action: str, row: models.Model | None) -> dict[str, Any]:
    actor = current_actor()
    division = getattr(row, "division", "") or (actor.division if actor else "")
    address = actor.address if actor and actor.address else _address.get()
    return {
        "action": action,
        "county": division[:6],
        "division": division,
        "account": actor.account if actor else None,
        "person": actor.person if actor else None,
        "role": actor.role if actor else "system",
        "session": actor.session if actor else "",
        "address": address[:45],
        "kind": row._meta.label_lower if row else "",
        "object": str(row.pk) if row else "",
    }


def _append(values: dict[str, Any]) -> Entry:
    _hold_the_head()
    head = Entry.objects.order_by("-sequence").values_list("sequence", "mac", "digest").first()
    sequence, mac, digest = head or (0, GENESIS, GENESIS)
    row = values | {"sequence": sequence + 1, "at": timezone.now()}
    row["reason"] = str(row.get("reason") or "")[:200]
    new_mac, new_digest = links(row, previous_mac=mac, previous_digest=digest)
    entry = Entry(**row, previous_mac=mac, mac=new_mac, previous_digest=digest, digest=new_digest)
    entry.save(force_insert=True)
    return entry


def _hold_the_head() -> None:
    # SQLite transactions begin IMMEDIATE and so are alone already.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def anchor(*, at: datetime, epoch: int = 1) -> Anchor | None:
    """Sign the head of the chain; None where the journal is empty or already anchored there."""
    with transaction.atomic():
        _hold_the_head()
        head = Entry.objects.order_by("-sequence").first()
        if head is None or Anchor.objects.filter(pk=head.sequence).exists():
            return None
        key = ring().active("anchor")
        suite = SUITES[key.suite]
        statement = statement_of(head.sequence, head.digest, epoch, at)
        return Anchor.objects.create(
            sequence=head.sequence, at=at, count=head.sequence, digest=head.digest, mac=head.mac,
            epoch=epoch, public_key=suite.public(key.material).hex(),
            signature=suite.sign(key.material, statement).hex(),
        )  # fmt: skip
