"""Rows of an import between the sheet and the register: sealed, opened, stored in bulk."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from muster.engines.imports.kinds import Draft
from muster.engines.imports.models import Import, ImportRow
from muster.ground.rows.bulk import as_json, insert_many
from muster.ground.rows.ids import uuid7
from muster.ground.rows.sealing import seal, unseal

COLUMNS = ("id", "division", "of_id", "place", "sheet", "number", "origin", "outcome", "target", "index",
           "revision", "faults", "body")  # fmt: skip


def store(job: Import, drafts: Sequence[Draft]) -> None:
    """Insert checked drafts as rows of the import."""
    insert_many(ImportRow, COLUMNS, (_row(job, d) for d in drafts))


def _row(job: Import, draft: Draft) -> tuple[Any, ...]:
    key = draft.pk = uuid7()
    body = seal(as_json(_body(draft)), place=ImportRow.PLACE, row=key)
    return (key, job.division, job.pk, draft.place, draft.sheet[:80], draft.number, draft.origin, draft.outcome,
            draft.target, draft.index, draft.revision, draft.faults, body)  # fmt: skip


def _body(draft: Draft) -> dict[str, Any]:
    body: dict[str, Any] = {"d": draft.division, "v": draft.values}
    if draft.before:
        body["b"] = draft.before
    if draft.plans:
        body["p"] = draft.plans
    if draft.outcome in ("rejected", "held"):
        body["raw"] = {k: _plain(v) for k, v in draft.raw.items()}
    return body


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def keep(row: ImportRow, draft: Draft) -> None:
    """Store a draft that was judged again in its row."""
    row.outcome, row.target, row.index = draft.outcome, draft.target, draft.index
    row.revision, row.faults = draft.revision, draft.faults
    row.body = seal(as_json(_body(draft)), place=ImportRow.PLACE, row=row.pk)
    row.save()


def opened(row: ImportRow) -> Draft:
    """Return the draft of a stored row."""
    body = json.loads(unseal(row.body, place=ImportRow.PLACE, row=row.pk))
    return Draft(
        place=row.place, sheet=row.sheet, number=row.number, raw=body.get("raw", {}),
        division=body["d"], values=body["v"], faults=row.faults, outcome=row.outcome,
        target=row.target, index=row.index, revision=row.revision, origin=row.origin, before=body.get("b", {}),
        plans=body.get("p", {}), pk=row.pk,
    )  # fmt: skip


def written_rows(job: Import) -> QuerySet[ImportRow]:
    """Return the rows of an import that stand written in the register now."""
    by_position = Q(state=ImportRow.State.PLAIN, place__lte=job.position)
    rows = ImportRow.objects.filter(of=job, outcome__in=("new", "changed"))
    return rows.filter(by_position | Q(state=ImportRow.State.WRITTEN))  # type: ignore[no-any-return]


def counts_of(rows: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Return the five counts, and rejected and accepted sums, from (outcome, n)."""
    found = dict.fromkeys(("new", "changed", "unchanged", "rejected", "held"), 0)
    found.update(dict(rows))
    total = sum(found.values())
    return {"rows": total, "accepted": total - found["rejected"] - found["held"], **found}
