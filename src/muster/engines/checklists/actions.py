"""Setting up required items and adding or taking back evidence."""

import mimetypes
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from muster.engines.checklists.models import Evidence, Item
from muster.engines.checklists.problems import EvidenceEmpty
from muster.ground.files import queries as files
from muster.ground.files.actions import empty, keep
from muster.ground.journal.actions import record
from muster.ground.rows.scope import current_actor


@transaction.atomic
def require(about: UUID, items: Sequence[tuple[str, str]], *, division: str) -> None:
    """Make (key, label) items required of a thing; items it has already stay."""
    known = set(Item.objects.filter(about=about).values_list("key", flat=True))
    for order, (key, label) in enumerate(items):
        if key not in known:
            Item.objects.create(division=division, about=about, key=key, label=label, order=order)


@transaction.atomic
def add_evidence(item: Item, *, on: date, at: datetime, note: str = "",
                 file: tuple[str, bytes] | None = None) -> Evidence:  # fmt: skip
    """Return evidence of an item: words, a file, or both; refuse nothing at all."""
    if not note.strip() and file is None:
        raise EvidenceEmpty(item=item.label)
    actor = current_actor()
    stored = None
    if file is not None:
        stored = keep(file[0], file[1], purpose="evidence", division=item.division, at=at,
                      holds_area="governance", media_type=_media_type(file[0]))  # fmt: skip
    row = Evidence.objects.create(
        division=item.division, item=item, on=on, note=note.strip()[:300], file=stored, added_at=at,
        added_by=actor.account if actor else None,
    )  # fmt: skip
    record("evidence.added", row, facts={"item": item.key})
    return row  # type: ignore[no-any-return]


def _media_type(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


@transaction.atomic
def take_back(evidence: Evidence, *, at: datetime) -> None:
    """Remove evidence that was added by mistake, its file too; what it proved is open again."""
    record("evidence.taken_back", evidence, facts={"item": str(evidence.item_id)})
    kept = evidence.file_id
    evidence.delete()
    if kept:
        empty(files.file(kept, area="governance"), at=at)
