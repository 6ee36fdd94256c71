"""Reading and verifying the journal."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from muster.ground.journal.chain import CHAINED, GENESIS, LOOKED, links, statement_of
from muster.ground.journal.models import Anchor, Entry
from muster.ground.rows.keys import ring
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
    inside = Q(division__gte=scope.low or "~", division__lte=scope.high)
    if scope.low.endswith("000000"):
        inside |= Q(division="")  # the office's own acts: sign-ins to unknown names, the system
    return Entry.objects.filter(inside)


def entries_about(key: Any) -> QuerySet[Entry]:
    """Return the entries about one row; the caller has read that row within its scope."""
    return Entry.objects.filter(object=str(key)).order_by("-sequence")


def entries_found(
    *, since: str = "", until: str = "", subject: str = "", account: str = "", result: str = ""
) -> QuerySet[Entry]:
    """Return the visible entries of a period (ISO days, both included), subject, account, result."""
    rows = entries_visible()
    start, end = _moment(since), _moment(until)
    if start:
        rows = rows.filter(at__gte=start)
    if end:
        rows = rows.filter(at__lt=end + timedelta(days=1))
    if subject:
        rows = rows.filter(action__startswith=f"{subject}.")
    if account:
        rows = rows.filter(account=account)
    return rows.filter(result=result) if result else rows


def _moment(day: str) -> datetime | None:
    try:
        return timezone.make_aware(datetime.fromisoformat(day)) if day else None
    except ValueError:
        return None


def looks_by_person(*, since: datetime) -> list[dict[str, Any]]:
    """Return account × record looked at since a moment: how often, when last, with which reasons."""
    rows = entries_visible().filter(result=LOOKED, at__gte=since).exclude(object="")
    found: dict[tuple[Any, str], dict[str, Any]] = {}
    for entry in rows.order_by("sequence").values("account", "role", "object", "at", "reason"):
        key = (entry["account"], entry["object"])
        row = found.setdefault(key, {**entry, "times": 0, "reasons": []})
        row["times"], row["last"] = row["times"] + 1, entry["at"]
        if entry["reason"] and entry["reason"] not in row["reasons"]:
            row["reasons"].append(entry["reason"])
    return sorted(found.values(), key=lambda row: (-row["times"], row["object"]))


def last_anchor() -> Anchor | None:
    """Return the newest anchor."""
    return Anchor.objects.order_by("-sequence").first()


def verify(anchors_file: Path | None = None) -> ChainReport:
    """Walk both chains and compare with the anchors kept here and those brought in a file.

    An anchor counts only under this office's own key: one signed by anybody else is an alarm.
    """
    anchors = _own_anchors() + (_anchors_of(anchors_file) if anchors_file else [])
    count, broken, digests = _walk({a["sequence"] for a in anchors})
    office = {
        SUITES[k.suite].public(k.material).hex() for k in ring().keys if k.purpose == "anchor"
    }
    truncated = any(a["sequence"] > count for a in anchors)
    rolled_back = False
    for item in anchors:
        known = digests.get(item["sequence"])
        wrong = known is not None and known != item["digest"]
        if wrong or not _signed(item, office):
            rolled_back = True
            broken = broken or item["sequence"]
    last = max((a["sequence"] for a in anchors), default=None)
    return ChainReport(count, broken, truncated, rolled_back, last)


def _walk(wanted: set[int]) -> tuple[int, int | None, dict[int, str]]:
    """Return the last sequence, the first fault, and the digests at the wanted sequences."""
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
        if entry.sequence in wanted:
            digests[entry.sequence] = digest
    return expected - 1, broken, digests


def _own_anchors() -> list[dict[str, Any]]:
    names = ("sequence", "digest", "epoch", "at", "public_key", "signature")
    return [dict(zip(names, row, strict=True)) for row in Anchor.objects.values_list(*names)]


def _anchors_of(path: Path) -> list[dict[str, Any]]:
    return [
        item | {"at": datetime.fromisoformat(item["at"])}
        for item in json.loads(path.read_text(encoding="utf-8"))["anchors"]
    ]


def _signed(item: dict[str, Any], office: set[str]) -> bool:
    if item["public_key"] not in office:
        return False
    statement = statement_of(item["sequence"], item["digest"], item["epoch"], item["at"])
    public, signature = bytes.fromhex(item["public_key"]), bytes.fromhex(item["signature"])
    return SUITES[1].verify(public, signature, statement)


def anchors_as_json() -> dict[str, Any]:
    """Return the anchors in the form of a file to carry away."""
    rows = [a | {"at": a["at"].isoformat()} for a in _own_anchors()]
    return {"format": "muster-anchors/1", "anchors": rows}
