"""Reading and verifying the journal."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from muster.ground.journal.actions import statement_of
from muster.ground.journal.chain import CHAINED, GENESIS, links
from muster.ground.journal.models import Anchor, Entry
from muster.ground.rows.scope import current_scope
from muster.ground.rows.suites import SUITES


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What walking the chain found."""

    entries: int
    broken_at: int | None
    truncated: bool
    rolled_back: bool
    last_anchor: int | None

    @property
    def sound(self) -> bool:
        """Return whether nothing was found."""
        return self.broken_at is None and not (self.truncated or self.rolled_back)


def entries_visible() -> QuerySet[Entry]:
    """Return the journal entries of the scope, for auditors only."""
    scope = current_scope()
    if scope.everything:
        return Entry.objects.all()
    if "audit" not in scope.reads:
        return Entry.objects.none()
    return Entry.objects.filter(division__gte=scope.low, division__lte=scope.high)


def entries_about(key: Any) -> QuerySet[Entry]:
    """Return the entries about one row; the caller has read that row within its scope."""
    return Entry.objects.filter(object=str(key)).order_by("-sequence")


def verify(anchors_file: Path | None = None) -> ChainReport:
    """Walk both chains and compare with the anchors kept here or brought in a file."""
    count, broken, digests = _walk()
    anchors = _anchors_of(anchors_file) if anchors_file else _own_anchors()
    truncated = any(a["sequence"] > count for a in anchors)
    rolled_back = False
    for item in anchors:
        known = digests.get(item["sequence"])
        wrong = known is not None and known != item["digest"]
        if wrong or not _signed(item):
            rolled_back = True
            broken = broken or item["sequence"]
    last = max((a["sequence"] for a in anchors), default=None)
    return ChainReport(count, broken, truncated, rolled_back, last)


def _walk() -> tuple[int, int | None, dict[int, str]]:
    mac = digest = GENESIS
    expected, broken = 1, None
    digests: dict[int, str] = {}
    for entry in Entry.objects.order_by("sequence").iterator(2000):
        row = {name: getattr(entry, name) for name in CHAINED}
        right = links(row, previous_mac=mac, previous_digest=digest)
        whole = (entry.previous_mac, entry.previous_digest) == (mac, digest)
        if broken is None and not (
            whole and right == (entry.mac, entry.digest) and entry.sequence == expected
        ):
            broken = expected
        mac, digest, expected = entry.mac, entry.digest, entry.sequence + 1
        digests[entry.sequence] = digest
    return expected - 1, broken, digests


def _own_anchors() -> list[dict[str, Any]]:
    return list(
        Anchor.objects.values("sequence", "digest", "epoch", "at", "public_key", "signature")
    )


def _anchors_of(path: Path) -> list[dict[str, Any]]:
    return [
        item | {"at": datetime.fromisoformat(item["at"])}
        for item in json.loads(path.read_text(encoding="utf-8"))["anchors"]
    ]


def _signed(item: dict[str, Any]) -> bool:
    statement = statement_of(item["sequence"], item["digest"], item["epoch"], item["at"])
    public, signature = bytes.fromhex(item["public_key"]), bytes.fromhex(item["signature"])
    return SUITES[1].verify(public, signature, statement)


def anchors_as_json() -> dict[str, Any]:
    """Return the anchors in the form of a file to carry away."""
    rows = [a | {"at": a["at"].isoformat()} for a in _own_anchors()]
    return {"format": "muster-anchors/1", "anchors": rows}
