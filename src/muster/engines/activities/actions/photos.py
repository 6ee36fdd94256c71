"""Photos of an activity: optional, made anew before they are kept."""

from datetime import datetime
from pathlib import PurePath

from django.db import transaction

from muster.core.photos import clean_in_child
from muster.engines.activities.actions.holding import fresh
from muster.engines.activities.models import Activity, Photo
from muster.ground.files import queries as files
from muster.ground.files.actions import empty, keep
from muster.ground.journal.actions import record
from muster.ground.rows.scope import current_actor

AREA = "education"


def add_photo(activity: Activity, name: str, data: bytes, *, at: datetime,
              caption: str = "") -> Photo:  # fmt: skip
    """Return the photo kept with an activity: a fresh JPEG without place, time or device."""
    body = clean_in_child(name[:80], data)  # before the transaction: it takes a process of its own
    return _keep(
        activity, f"{PurePath(name).stem[:80] or '照片'}.jpg", body, at=at, caption=caption
    )


@transaction.atomic
def _keep(activity: Activity, name: str, body: bytes, *, at: datetime, caption: str) -> Photo:
    activity, actor = fresh(activity), current_actor()
    file = keep(name, body, purpose="evidence", division=activity.division, at=at,
                media_type="image/jpeg", holds_area=AREA)  # fmt: skip
    photo = Photo.objects.create(
        division=activity.division, activity=activity, file=file, caption=caption.strip()[:120],
        added_at=at, added_by=actor.account if actor else None,
    )  # fmt: skip
    record("activity.photo_added", activity)
    return photo  # type: ignore[no-any-return]


@transaction.atomic
def drop_photo(photo: Photo, *, at: datetime) -> None:
    """Remove a photo and empty its file."""
    kept, activity = photo.file_id, photo.activity
    photo.delete()
    empty(files.file(kept, area=AREA), at=at)
    record("activity.photo_dropped", activity)
