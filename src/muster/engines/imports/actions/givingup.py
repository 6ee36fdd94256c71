"""Giving rows up that nobody can mend, and taking them up again; nothing is deleted."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from muster.engines.imports import queries
from muster.engines.imports.actions.rows import REPAIRABLE
from muster.engines.imports.actions.writing import count_answers
from muster.engines.imports.models import Import, ImportRow
from muster.engines.imports.problems import (
    ImportNotReady,
    NoRowsChosen,
    RowNotFaulty,
    RowNotGivenUp,
)
from muster.ground.journal.actions import record

State = ImportRow.State
PART = 500  # keys in one statement


@transaction.atomic
def give_up_row(job: Import, row: ImportRow) -> ImportRow:
    """Leave one faulty or held row out for good; its outcome stays, so every sum still adds up."""
    now = _held(job)
    row = ImportRow.objects.select_for_update().get(pk=row.pk)
    if row.outcome not in queries.OPEN_OUTCOMES or row.state != State.PLAIN:
        raise RowNotFaulty(row=row.number)
    row.state = State.GIVEN_UP
    row.save(update_fields=["state"])
    _note(job, now, "import.row_given_up", {"row": row.number})
    return row


@transaction.atomic
def give_up_rows(job: Import, keys: Iterable[UUID] | None) -> int:
    """Leave these rows out, or every row still open where None is given; return how many."""
    now = _held(job)
    rows = queries.faulty_rows(job)
    open_keys = set(rows.values_list("pk", flat=True))
    wanted = sorted(open_keys if keys is None else open_keys & set(keys))
    if not wanted:
        raise NoRowsChosen
    for start in range(0, len(wanted), PART):
        part = ImportRow.objects.filter(pk__in=wanted[start : start + PART])
        part.update(state=State.GIVEN_UP)
    _note(job, now, "import.rows_given_up", {"count": len(wanted)})
    return len(wanted)


@transaction.atomic
def take_up_row(job: Import, row: ImportRow) -> ImportRow:
    """Open a row again that was given up: it waits for repair as before."""
    now = _held(job)
    row = ImportRow.objects.select_for_update().get(pk=row.pk)
    if row.state != State.GIVEN_UP:
        raise RowNotGivenUp(row=row.number)
    row.state = State.PLAIN
    row.save(update_fields=["state"])
    _note(job, now, "import.row_taken_up", {"row": row.number})
    return row


@transaction.atomic
def take_up_rows(job: Import) -> int:
    """Open all rows again that were given up; return how many."""
    now = _held(job)
    rows = ImportRow.objects.filter(of=job, state=State.GIVEN_UP)
    count = int(rows.update(state=State.PLAIN))
    _note(job, now, "import.rows_taken_up", {"count": count})
    return count


@transaction.atomic
def let_good_in(job: Import) -> Import:
    """Turn all-or-none into good-now, before anything is written."""
    now = _held(job)
    if now.state != Import.State.CHECKED:
        raise ImportNotReady(state=now.get_state_display())
    now.mode = job.mode = Import.Mode.GOOD_NOW
    now.save(update_fields=["mode"])
    record("import.mode_changed", job, facts={"mode": str(now.mode)})
    return now


def _held(job: Import) -> Import:
    """Return the import held for this transaction; refuse where its rows are being worked on."""
    now: Import = Import.objects.select_for_update().get(pk=job.pk)
    if now.state not in REPAIRABLE or (now.position and now.state == Import.State.CHECKED):
        raise ImportNotReady(state=now.get_state_display())
    return now


def _note(job: Import, now: Import, act: str, facts: dict[str, int]) -> None:
    count_answers(now)
    job.counts = now.counts
    record(act, job, facts=facts)
