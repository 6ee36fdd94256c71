"""Rows of an import between the sheet and the register: sealed by parts, opened, stored in bulk."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

import orjson
from django.db.models import Q, QuerySet

from muster.engines.imports.kinds import Draft
from muster.engines.imports.models import Import, ImportPart, ImportRow
from muster.ground.rows.bulk import insert_many
from muster.ground.rows.ids import uuid7, uuid7s
from muster.ground.rows.sealing import seal, unseal

COLUMNS = ("id", "division", "of_id", "place", "sheet", "number", "origin", "outcome", "target",
           "index", "revision")  # fmt: skip
OPENED = ("pk", "of_id", "place", "sheet", "number", "origin", "outcome", "target", "index",
          "revision", "body")  # fmt: skip
FIVE = ("new", "changed", "unchanged", "rejected", "held")
Body = list[Any]


def store(job: Import, drafts: Sequence[Draft]) -> None:
    """Insert checked drafts as rows of the import; whole parts only, except the last of the file."""
    insert_many(ImportPart, ("id", "division", "of_id", "number", "body"), _parts(job, drafts))
    for draft, key in zip(drafts, uuid7s(len(drafts)), strict=True):
        draft.pk = key
    # JSON of faults is only made where there are some.
    good = (_row(job, d) for d in drafts if not d.faults)
    bad = ((*_row(job, d), d.faults) for d in drafts if d.faults)
    insert_many(ImportRow, COLUMNS, good)
    insert_many(ImportRow, (*COLUMNS, "faults"), bad)


def _row(job: Import, draft: Draft) -> tuple[Any, ...]:
    return (draft.pk, job.division, job.pk, draft.place, draft.sheet[:80], draft.number, draft.origin,
            draft.outcome, draft.target, draft.index, draft.revision)  # fmt: skip


def part_of(place: int) -> int:
    """Return the number of the part that holds a place."""
    return (place - 1) // ImportPart.SIZE


def _parts(job: Import, drafts: Sequence[Draft]) -> Iterator[tuple[Any, ...]]:
    for number, group in groupby(drafts, key=lambda d: part_of(d.place)):
        key = uuid7()
        body = seal(_packed([_body(d) for d in group]), place=ImportPart.PLACE, row=key)
        yield key, job.division, job.pk, number, body


def _body(draft: Draft) -> Body:
    """Return what must be kept of a row: the cells as written only while they may be repaired."""
    raw = draft.raw if draft.outcome in ("rejected", "held") else None
    return [draft.division, draft.values, draft.before, draft.plans, raw]


def _packed(value: Any) -> str:
    return orjson.dumps(value, default=str).decode()


def keep(row: ImportRow, draft: Draft) -> None:
    """Store a draft that was judged again in its row."""
    row.outcome, row.target, row.index = draft.outcome, draft.target, draft.index
    row.revision, row.faults = draft.revision, draft.faults
    # A row mended on the screen keeps its cells whatever came of it: writing may throw it back.
    body = [draft.division, draft.values, draft.before, draft.plans, draft.raw, draft.edits]
    row.body = seal(_packed(body), place=ImportRow.PLACE, row=row.pk)
    row.save()


def opened(row: ImportRow) -> Draft:
    """Return the draft of a stored row."""
    draft = next(drafts_of(ImportRow.objects.filter(pk=row.pk)))
    draft.faults = row.faults
    return draft


def drafts_of(rows: QuerySet[ImportRow]) -> Iterator[Draft]:
    """Yield the drafts of stored rows in their order; each part is opened once in a run of places.

    ``pk`` is the row's key. Faults are left out: who repairs or shows a row reads them from it.
    """
    for number, group in groupby(rows.values_list(*OPENED), key=lambda line: part_of(line[2])):
        part: list[Body] | None = None
        for line in group:
            pk, job, place, sheet, row, origin, outcome, target, index, revision, own = line
            if own:
                body = orjson.loads(unseal(own, place=ImportRow.PLACE, row=pk))
            else:
                part = part if part is not None else _part(job, number)
                body = part[(place - 1) % ImportPart.SIZE]
            yield Draft(
                place, sheet, row, body[4] or {}, body[0], body[1], [], outcome, target,
                index, revision, body[2], body[3], pk, origin,
                edits=body[5] if len(body) > 5 else {},
            )  # fmt: skip


def _part(job: UUID, number: int) -> list[Body]:
    key, sealed = ImportPart.objects.filter(of=job, number=number).values_list("pk", "body").get()
    found: list[Body] = orjson.loads(unseal(sealed, place=ImportPart.PLACE, row=key))
    return found


def written_rows(job: Import) -> QuerySet[ImportRow]:
    """Return the rows of an import that stand written in the register now."""
    by_position = Q(state=ImportRow.State.PLAIN, place__lte=job.position)
    rows = ImportRow.objects.filter(of=job, outcome__in=("new", "changed"))
    return rows.filter(by_position | Q(state=ImportRow.State.WRITTEN))  # type: ignore[no-any-return]


def counts_of(rows: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Return the five counts, and rejected and accepted sums, from (outcome, n)."""
    found = dict.fromkeys(FIVE, 0)
    found.update(dict(rows))
    total = sum(found.values())
    return {"rows": total, "accepted": total - found["rejected"] - found["held"], **found}
