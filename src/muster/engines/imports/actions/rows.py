"""Repairing faulty rows on the screen: one by itself, or all that bear the same wrong word."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from muster.core.sheets import cell_text
from muster.engines.imports import queries
from muster.engines.imports.actions.words import remember_word
from muster.engines.imports.actions.writing import recount, row_written, turn_away
from muster.engines.imports.kinds import Checking, Context, Draft, ImportKind
from muster.engines.imports.models import Import, ImportRow
from muster.engines.imports.problems import ImportNotReady, RowNotFaulty
from muster.engines.imports.rowstore import drafts_of, keep
from muster.ground.journal.actions import record
from muster.ground.rows.clock import today

REPAIRABLE = (Import.State.CHECKED, Import.State.WRITTEN)
Values = Mapping[str, str]


@transaction.atomic
def repair_row(job: Import, row: ImportRow, values: Values, *, at: datetime) -> ImportRow:
    """Judge one faulty row again with corrected cells; written at once if the import was."""
    return _repair(job, {row.pk: values}, at)[0]


@transaction.atomic
def repair_alike(
    job: Import, row: ImportRow, values: Values, keys: Sequence[str], *, at: datetime,
    remember: bool = False,
) -> list[ImportRow]:  # fmt: skip
    """Repair a row, and in all faulty rows with the same wrong word in these columns correct it too.

    Returns the rows judged, the row itself first. With ``remember`` the words of names nobody knew
    are read so from now on.
    """
    before = queries.draft_of(job, row)
    changes: dict[UUID, dict[str, str]] = {row.pk: dict(values)}
    for key in keys:
        for other in queries.rows_alike(job, row, key) if key in values else ():
            changes.setdefault(other, {})[key] = values[key]
    unknown = queries.unknown_words(row)
    done = _repair(job, changes, at)
    wrong = {f["key"] for f in done[0].faults}
    for key in keys if remember else ():
        if key in unknown and key in values and key not in wrong:
            remember_word(job, key, cell_text(before.raw.get(key)), values[key], at=at)
    return done


def _repair(job: Import, changes: Mapping[UUID, Values], at: datetime) -> list[ImportRow]:
    """Judge rows again with corrected cells, and those that wait for another row.

    Returned in the order of ``changes``, the waiting ones last.
    """
    now = Import.objects.select_for_update().get(pk=job.pk)
    if now.state not in REPAIRABLE or (now.position and now.state == Import.State.CHECKED):
        raise ImportNotReady(state=now.get_state_display())
    kind = queries.kind(job.kind)
    changes = {**changes, **{pk: {} for pk in _waiting(now, kind) if pk not in changes}}
    rows = _held(now, list(changes))
    drafts = [_corrected(now, row, changes[row.pk]) for row in rows]
    checking = kind.begin(Context(job.division, today()))
    _know_others(checking, kind, job, rows)
    # In the order of the file: a row that waits comes after the one it waits for.
    checking.take(sorted(drafts, key=lambda draft: draft.place))
    for row, draft in zip(rows, drafts, strict=True):
        keep(row, draft)
        if now.state == Import.State.WRITTEN and row.outcome in ("new", "changed"):
            _write(now, kind, row, draft, at)
        record("import.row_repaired", job, facts={"row": row.number, "outcome": row.outcome})
    recount(now)
    now.save(update_fields=["counts"])
    job.counts, job.state = now.counts, now.state
    return rows


def _held(job: Import, keys: Sequence[UUID]) -> list[ImportRow]:
    """Return the rows, held for this transaction; refuse one that cannot be repaired now."""
    rows: dict[UUID, ImportRow] = {}
    for start in range(0, len(keys), 500):
        part = ImportRow.objects.select_for_update().filter(pk__in=keys[start : start + 500])
        rows |= {row.pk: row for row in part.order_by("pk")}
    for row in rows.values():
        if not queries.is_repairable(job, row):
            raise RowNotFaulty(row=row.number)
    return [rows[key] for key in keys if key in rows]


def _corrected(job: Import, row: ImportRow, values: Values) -> Draft:
    """Return the row as a draft; a cell posted as it was shown stays as the sheet has it."""
    before = queries.draft_of(job, row)
    changed = {k: v for k, v in values.items() if v != cell_text(before.raw.get(k))}
    return Draft(row.place, row.sheet, row.number, before.raw | changed, origin=row.origin,
                 labels=queries.labels_of(job, row.sheet), pk=row.pk,
                 edits=before.edits | changed)  # fmt: skip


def _write(job: Import, kind: ImportKind, row: ImportRow, draft: Draft, at: datetime) -> None:
    turned = row_written(kind, row.pk, draft, at)
    if turned:
        turn_away(job, row, turned[row.pk])
    else:
        row.state = ImportRow.State.WRITTEN
        row.save(update_fields=["state"])


def _know_others(
    checking: Checking, kind: ImportKind, job: Import, mine: Sequence[ImportRow]
) -> None:
    """Tell the check of some rows what the other rows of the file are."""
    keys = {row.pk for row in mine}
    others = ImportRow.objects.filter(of=job).exclude(index="").exclude(outcome="rejected")
    good = others.values_list("pk", "index", "sheet", "number")
    checking.know({index: (sheet, row) for pk, index, sheet, row in good if pk not in keys})
    if kind.waits:
        first = min(row.place for row in mine)
        rows = ImportRow.objects.filter(of=job)
        near = rows.filter(Q(place__lt=first) | Q(outcome="rejected"))
        checking.know_rows([draft for draft in drafts_of(near) if draft.pk not in keys])


def _waiting(job: Import, kind: ImportKind) -> list[UUID]:
    """Return the faulty rows in which nothing is wrong but another row."""
    if not kind.waits:
        return []
    rows = queries.faulty_rows(job).order_by("place").values_list("pk", "faults")
    return [pk for pk, faults in rows if any(f["code"] == kind.waits for f in faults)]
