"""Testing a file where there is no office: every cell and every pair of rows, no register."""

from typing import Any

from muster.engines.imports.checking import read_file
from muster.engines.imports.kinds import Context, Draft
from muster.engines.imports.people import read_row
from muster.engines.imports.peoplekind import PeopleKind, plain_number, refuse_double
from muster.engines.imports.problems import NoSuchKind
from muster.ground.rows.clock import today

NOWHERE = "000000000000"


def check_file_alone(kind: str, name: str, data: bytes) -> dict[str, Any]:
    """Return the result of a check of the file alone; counts that need the register are null."""
    if kind != PeopleKind.code:
        raise NoSuchKind(kind=kind, known=PeopleKind.code)
    reading = read_file(data, name, PeopleKind().columns)
    names: dict[str, set[str]] = {}
    for batch in reading.drafts():
        for draft in batch:
            number = plain_number(draft.raw.get("id_number"))
            if number:
                names.setdefault(number, set()).add(str(draft.raw.get("name") or "").strip())
    errors: list[dict[str, Any]] = []
    first: dict[str, tuple[str, int]] = {}
    rejected = sum(
        _faulty(draft, first, names, errors) for batch in reading.drafts() for draft in batch
    )
    return {"job": None, "rows": len(reading), "accepted": len(reading) - rejected,
            "rejected": rejected, "new": None, "changed": None, "unchanged": None, "held": None,
            "absent": None, "errors": errors, "repair_file": None}  # fmt: skip


def _faulty(draft: Draft, first: dict[str, tuple[str, int]], names: dict[str, set[str]],
            errors: list[dict[str, Any]]) -> bool:  # fmt: skip
    read_row(draft, Context(NOWHERE, today()))
    draft.index = draft.values.get("id_number", "")
    refuse_double(draft, first, names)
    errors += [
        {"row": draft.number, "sheet": draft.sheet, "column": f["column"], "code": f["code"],
         "message": f["message"], "allowed": f["allowed"], "value_masked": f["value_masked"]}
        for f in draft.faults
    ]  # fmt: skip
    return bool(draft.faults)
