"""Repairing one faulty row on the screen."""

from datetime import datetime
from typing import Any

from django.db import transaction

from muster.engines.imports import queries
from muster.engines.imports.actions.writing import recount, row_written, turn_away
from muster.engines.imports.kinds import Checking, Context, Draft
from muster.engines.imports.models import Import, ImportRow
from muster.engines.imports.problems import ImportNotReady, RowNotFaulty
from muster.engines.imports.rowstore import keep, opened
from muster.ground.journal.actions import record
from muster.ground.rows.clock import today

REPAIRABLE = (Import.State.CHECKED, Import.State.WRITTEN)


@transaction.atomic
def repair_row(job: Import, row: ImportRow, values: dict[str, Any], *, at: datetime) -> ImportRow:
    """Judge one faulty row again with corrected cells; written at once if the import was."""
    now = Import.objects.select_for_update().get(pk=job.pk)
    row = ImportRow.objects.select_for_update().get(pk=row.pk)
    if now.state not in REPAIRABLE or (now.position and now.state == Import.State.CHECKED):
        raise ImportNotReady(state=now.get_state_display())
    if row.outcome not in ("rejected", "held") or row.state != ImportRow.State.PLAIN:
        raise RowNotFaulty(row=row.number)
    kind = queries.kind(job.kind)
    before = opened(row)
    draft = Draft(row.place, row.sheet, row.number, before.raw | values, origin=row.origin,
                  labels=queries.labels_of(now, row.sheet), pk=row.pk)  # fmt: skip
    checking = kind.begin(Context(job.division, today()))
    _know_others(checking, job, row)
    checking.take([draft])
    keep(row, draft)
    if now.state == Import.State.WRITTEN and row.outcome in ("new", "changed"):
        turned = row_written(kind, row.pk, draft, at)
        if turned:
            turn_away(row, turned[row.pk])
        else:
            row.state = ImportRow.State.WRITTEN
            row.save(update_fields=["state"])
    recount(now)
    now.save(update_fields=["counts"])
    job.counts, job.state = now.counts, now.state
    record("import.row_repaired", job, facts={"row": row.number, "outcome": row.outcome})
    return row


def _know_others(checking: Checking, job: Import, row: ImportRow) -> None:
    """Tell the check of one row which numbers the other rows of the file have."""
    others = ImportRow.objects.filter(of=job).exclude(pk=row.pk).exclude(index="")
    good = others.exclude(outcome="rejected").values_list("index", "sheet", "number")
    checking.know({index: (sheet, number) for index, sheet, number in good})
