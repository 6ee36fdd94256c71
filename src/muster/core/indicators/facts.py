"""The published star schema: what an indicator may read. Only int64, date and string.

``id`` and references are 32 hexadecimal characters; ``division`` is the 12-digit code as int64, so
that a range never depends on a collation; yes and no are 1 and 0.
"""

from typing import Any

import ibis

_HOME = {"id": "string", "county": "int64", "division": "int64"}

# A spell in a unit, half-open: on the roster of d where valid_from <= d < valid_to (or no end).
# Reversed spells are not here. prev_* and next_* describe the adjoining spell of the same person.
MEMBERSHIP_COLUMNS = _HOME | {
    "person": "string", "unit": "string", "unit_kind": "string", "force": "string",
    "is_primary": "int64", "valid_from": "date", "valid_to": "date", "birth_ymd": "int64",
    "prev_division": "int64", "prev_unit": "string", "next_division": "int64",
    "next_unit": "string",
}  # fmt: skip
# Joining, leaving, moving; reversed transfers and reversals are not here.
TRANSFER_COLUMNS = _HOME | {
    "person": "string", "kind": "string", "day": "date", "from_unit": "string",
    "to_unit": "string", "reason": "string",
}  # fmt: skip
# One line of a frozen roster.
FROZEN_COLUMNS = _HOME | {
    "roster": "string", "person": "string", "unit": "string", "unit_kind": "string",
    "force": "string", "is_primary": "int64", "away": "int64", "year": "int64", "as_of": "date",
}  # fmt: skip
UNIT_COLUMNS = _HOME | {
    "unit_kind": "string", "force": "string", "is_primary": "int64", "level": "string",
    "contributed": "int64", "valid_from": "date", "valid_to": "date",
}  # fmt: skip
# A kind of post of a unit and how many places it has.
POST_COLUMNS = _HOME | {
    "unit": "string", "unit_kind": "string", "places": "int64", "valid_from": "date",
    "valid_to": "date",
}  # fmt: skip
# One expected person of a roll call.
ROLL_CALL_COLUMNS = _HOME | {
    "roll_call": "string", "person": "string", "unit": "string", "day": "date",
    "closed": "int64", "presence": "string", "is_primary": "int64",
}  # fmt: skip
# One required item of a phase; first_on is the day of its earliest evidence.
ITEM_COLUMNS = _HOME | {
    "phase": "string", "phase_order": "int64", "campaign": "string", "campaign_kind": "string",
    "year": "int64", "started": "int64", "first_on": "date",
}  # fmt: skip
# One meeting that was held; first_of_month: the first of its kind at its place in that month.
MEETING_COLUMNS = _HOME | {
    "kind": "string", "organisation": "string", "day": "date", "minutes_on": "date",
    "first_of_month": "int64",
}  # fmt: skip
# One thing that a held meeting decided; fed_back_on is the day of the feedback on its task.
RESOLUTION_COLUMNS = _HOME | {
    "meeting": "string", "kind": "string", "day": "date", "fed_back_on": "date",
}  # fmt: skip
# One activity that was held.
ACTIVITY_COLUMNS = _HOME | {
    "kind": "string", "subject": "string", "organisation": "string", "day": "date",
}  # fmt: skip
# So much through one channel in one activity that was held.
MEASURE_COLUMNS = _HOME | {
    "activity": "string", "kind": "string", "channel": "string", "organisation": "string",
    "day": "date", "quantity": "int64",
}  # fmt: skip
ABSENCE_COLUMNS = _HOME | {"person": "string", "left_on": "date", "back_on": "date"}
PERSON_COLUMNS = _HOME | {
    "sex": "string", "birth_ymd": "int64", "education": "int64", "veteran": "int64",
}  # fmt: skip

SCHEMA: dict[str, dict[str, str]] = {
    "facts_membership": MEMBERSHIP_COLUMNS,
    "facts_transfer": TRANSFER_COLUMNS,
    "facts_frozen_member": FROZEN_COLUMNS,
    "facts_unit": UNIT_COLUMNS,
    "facts_post": POST_COLUMNS,
    "facts_roll_call_line": ROLL_CALL_COLUMNS,
    "facts_phase_item": ITEM_COLUMNS,
    "facts_meeting": MEETING_COLUMNS,
    "facts_resolution": RESOLUTION_COLUMNS,
    "facts_activity": ACTIVITY_COLUMNS,
    "facts_measure": MEASURE_COLUMNS,
    "facts_absence": ABSENCE_COLUMNS,
    "facts_person": PERSON_COLUMNS,
}


def fact(name: str) -> Any:
    """Return an unbound table of the star schema."""
    return ibis.table(SCHEMA[name], name=name)


class Asked:
    """What is asked of an indicator: bound at run time, never written into the SQL."""

    low = ibis.param("int64")
    high = ibis.param("int64")
    start = ibis.param("date")
    end = ibis.param("date")
    before = ibis.param("date")
    as_of = ibis.param("date")
    as_of_ymd = ibis.param("int64")
    year_ago = ibis.param("date")
    year = ibis.param("int64")
    roster = ibis.param("string")
    part_of = ibis.param("string")

    NAMES = ("low", "high", "start", "end", "before", "as_of", "as_of_ymd", "year_ago", "year",
             "roster", "part_of")  # fmt: skip
