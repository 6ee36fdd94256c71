"""Testing a file where there is no office: every cell and every pair of rows, no register."""

from typing import Any

from muster.engines.imports import queries
from muster.engines.imports.checking import read_file
from muster.engines.imports.kinds import Context
from muster.engines.imports.queries import error_of
from muster.ground.rows.clock import today

NOWHERE = "000000000000"
UNKNOWN = ("new", "changed", "unchanged", "held", "absent")


def check_file_alone(kind: str, name: str, data: bytes) -> dict[str, Any]:
    """Return the result of a check of the file alone; counts that need the register are null."""
    found = queries.kind(kind)
    reading = read_file(data, name, found.columns)
    checking = found.begin_alone(Context(NOWHERE, today()))
    checking.survey(reading)
    errors: list[dict[str, Any]] = []
    rejected = 0
    for batch in reading.drafts():
        checking.take(batch)
        for draft in batch:
            rejected += bool(draft.faults)
            errors += [error_of(draft.number, draft.sheet, f) for f in draft.faults]
    return {"job": None, "rows": len(reading), "accepted": len(reading) - rejected,
            "rejected": rejected, **dict.fromkeys(UNKNOWN), "errors": errors,
            "repair_file": None}  # fmt: skip
