"""What the security auditor does: read, verify, carry anchors away. Each is journalled itself."""

import json
from datetime import datetime
from typing import Any

from django.db import transaction

from muster.ground.accounts import policies
from muster.ground.journal import queries as journal
from muster.ground.journal.actions import anchor, look, record
from muster.ground.journal.queries import ChainReport
from muster.ground.rows.actor import Actor


def look_at_journal(by: Actor, *, count: int, words: str) -> None:
    """Journal that the auditor reads the journal, with the filters in words."""
    policies.check_may(by, "journal.read")
    look("journal.read", kind="journal.entry", count=count, reason=words)


def verify_journal(by: Actor) -> ChainReport:
    """Return what walking the whole chain found; the check itself is journalled."""
    policies.check_may(by, "journal.verify")
    report = journal.verify()
    facts: dict[str, Any] = {"entries": report.entries, "broken_at": report.broken_at}
    record("journal.verified", facts=facts, result="done" if report.sound else "fault")
    return report


@transaction.atomic
def export_anchors(by: Actor, *, at: datetime) -> bytes:
    """Return the anchors as a file to keep away from this machine, the present head among them."""
    policies.check_may(by, "journal.anchor")
    anchor(at=at)
    data = journal.anchors_as_json()
    record("journal.anchors_exported", facts={"anchors": len(data["anchors"])})
    return json.dumps(data, ensure_ascii=False, indent=1).encode()
