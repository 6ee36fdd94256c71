"""Keeping files sealed, and letting them go when their time is over."""

import base64
import hashlib
from datetime import date, datetime, timedelta

from muster.ground.files.models import StoredFile, of_area
from muster.ground.files.problems import FileChanged, FileGone
from muster.ground.journal.actions import record
from muster.ground.rows.sealing import seal, unseal

PLACE = "files_storedfile.body"
UNDO_DAYS = 90


def keep(name: str, body: bytes, *, purpose: str, division: str, at: datetime,
         media_type: str = "application/octet-stream", holds_area: str = "register",
         days: int | None = None) -> StoredFile:  # fmt: skip
    """Return the stored file, sealed and bound to its row; deleted after ``days`` if given."""
    file = of_area(holds_area)(
        division=division, name=name[:200], purpose=purpose, media_type=media_type,
        holds_area=holds_area, size=len(body), sha256=hashlib.sha256(body).hexdigest(), kept_at=at,
        delete_after=at.date() + timedelta(days=days) if days is not None else None,
    )  # fmt: skip
    file.body = seal(base64.b64encode(body).decode(), place=PLACE, row=file.pk)
    file.save()
    record("file.kept", file, facts={"purpose": purpose, "size": len(body), "sha256": file.sha256})
    return file


def open_body(file: StoredFile) -> bytes:
    """Return the bytes; refuse where they are gone or changed."""
    if file.deleted_at or not file.body:
        raise FileGone(name=file.name)
    body = base64.b64decode(unseal(file.body, place=PLACE, row=file.pk))
    if hashlib.sha256(body).hexdigest() != file.sha256:
        raise FileChanged(name=file.name)
    return body


def let_go(*, today: date, at: datetime) -> int:
    """Empty the bodies whose time is over; return how many."""
    due = StoredFile.objects.filter(delete_after__lt=today, deleted_at=None)
    count = 0
    for file in due:
        empty(file, at=at)
        count += 1
    return count


def empty(file: StoredFile, *, at: datetime) -> None:
    """Empty one body now (its time is over, or it was kept by mistake); the facts stay."""
    file.body, file.deleted_at = b"", at
    # Not save(): of a proxy it writes through the base model, whose area the post may not see.
    of_area(file.holds_area).objects.filter(pk=file.pk).update(body=b"", deleted_at=at)
    record("file.let_go", file)
