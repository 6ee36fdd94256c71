"""The two chains of the journal: one keyed, one open."""

from datetime import UTC, datetime
from typing import Any

import orjson

from muster.ground.rows.keys import ring
from muster.ground.rows.suites import SUITES

GENESIS = "0" * 64
LOOKED = "looked"
CHAINED = ("sequence", "at", "county", "division", "account", "person", "role", "session",
           "address", "action", "kind", "object", "facts", "reason", "result")  # fmt: skip


def canonical(row: dict[str, Any]) -> bytes:
    """Return the bytes that both chains cover, the same on every database."""
    plain = {name: _plain(row[name]) for name in CHAINED}
    return orjson.dumps(plain, option=orjson.OPT_SORT_KEYS)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return str(value) if value is not None and not isinstance(value, str | int | dict) else value


def links(row: dict[str, Any], *, previous_mac: str, previous_digest: str) -> tuple[str, str]:
    """Return (mac, digest) of a row that follows the given ones."""
    key = ring().active("journal")
    suite = SUITES[key.suite]
    body = canonical(row)
    mac = suite.mac(key.material, bytes.fromhex(previous_mac) + body).hex()
    digest = suite.digest(bytes.fromhex(previous_digest) + body).hex()
    return mac, digest


def statement_of(sequence: int, digest: str, epoch: int, at: datetime) -> bytes:
    """Return the bytes an anchor signs."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    return f"muster-anchor|{sequence}|{digest}|{epoch}|{moment}".encode()
