"""Writing activities: planning, recording, attendance, photos, the numbers of a year."""

from muster.engines.activities.actions.attendance import add_person, attend, remove_person
from muster.engines.activities.actions.bases import set_base
from muster.engines.activities.actions.holding import (
    amounts_of,
    cancel,
    change,
    count,
    plan,
    record_done,
    undo,
)
from muster.engines.activities.actions.photos import add_photo, drop_photo

__all__ = [
    "add_person", "add_photo", "amounts_of", "attend", "cancel", "change", "count", "drop_photo", "plan",
    "record_done", "remove_person", "set_base", "undo",
]  # fmt: skip
