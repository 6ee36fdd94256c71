"""Undoing an import row by row: reversed, kept because used since, or failed with the reason."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from muster.core.kernel import Problem
from muster.engines.imports import queries
from muster.engines.imports.actions.taking import Tell, quiet
from muster.engines.imports.actions.writing import count_answers
from muster.engines.imports.kinds import Draft, Undoing, concerns_one_row
from muster.engines.imports.models import Import, ImportRow
from muster.engines.imports.problems import ImportNotReady, UndoWindowOver
from muster.engines.imports.rowstore import drafts_of, written_rows
from muster.ground.files.actions import UNDO_DAYS
from muster.ground.journal.actions import record

BATCH = 100
State = ImportRow.State
UNDOABLE = (Import.State.WRITTEN, Import.State.WRITING)
BROKEN = "登记库不接受撤销后的内容（可能与别的记录冲突），没有改动。请在人员页面更正。"


class _Kept(Exception):
    """A row that is to be kept; the savepoint rolls back whatever was reversed of it."""


def undo_preview(job: Import, *, at: datetime, tell: Tell = quiet) -> dict[str, Any]:
    """Return what undoing would do, in the three buckets, and leave everything as it is."""
    check_undoable(job, at)
    states: dict[UUID, tuple[str, str]] = {}
    keys = _written_keys(job)
    for start in range(0, len(keys), BATCH):
        with transaction.atomic():
            states |= _reverse(job, keys[start : start + BATCH], at)
            transaction.set_rollback(True)
        tell(start / len(keys), f"已试算 {start} 行")
    rows = list(ImportRow.objects.filter(of=job).exclude(outcome="rejected"))
    return _buckets([(row, *states[row.pk]) for row in rows if row.pk in states])


def undo(job: Import, *, at: datetime, tell: Tell = quiet) -> dict[str, Any]:
    """Reverse an import; safe to repeat after any interruption, and then it goes on."""
    check_undoable(job, at)
    keys = _written_keys(job)
    for start in range(0, len(keys), BATCH):
        with transaction.atomic():
            _hold(job)
            part = keys[start : start + BATCH]
            _keep_states(job, _reverse(job, part, at))
        tell((start + len(part)) / len(keys), f"已处理 {start + len(part)} 行")
    return _finish(job, at)


def check_undoable(job: Import, at: datetime) -> None:
    """Refuse an import that is not written, was undone, or is older than its original is kept."""
    if job.state not in UNDOABLE:
        raise ImportNotReady(state=job.get_state_display())
    if job.written_at and at - job.written_at > timedelta(days=UNDO_DAYS):
        raise UndoWindowOver(days=UNDO_DAYS)


def _hold(job: Import) -> None:
    """Take the import for this transaction, so that writing and undoing never interleave."""
    now = Import.objects.select_for_update().get(pk=job.pk)
    if now.state not in UNDOABLE:
        raise ImportNotReady(state=now.get_state_display())


def _written_keys(job: Import) -> list[UUID]:
    return list(written_rows(job).order_by("-place").values_list("pk", flat=True))


def _reverse(job: Import, keys: Sequence[UUID], at: datetime) -> dict[UUID, tuple[str, str]]:
    """Reverse rows, each in a savepoint of its own; return row → (state, why)."""
    since = job.written_at or job.checked_at
    rows = ImportRow.objects.filter(pk__in=keys).order_by("-place")
    drafts = list(drafts_of(rows))
    undoing = queries.kind(job.kind).begin_undo(drafts)
    states = {d.pk: _reversed(undoing, d.pk, d, at, since) for d in drafts if d.pk}
    undoing.finish()
    return states


def _reversed(
    undoing: Undoing, row: UUID, draft: Draft, at: datetime, since: datetime
) -> tuple[str, str]:
    try:
        with transaction.atomic():
            why = undoing.reverse(draft, row, at=at, since=since)
            if why:
                raise _Kept(why)
    except _Kept as kept:
        return State.KEPT, str(kept)[:200]
    except Problem as problem:
        if not concerns_one_row(problem):
            raise
        return State.FAILED, problem.message[:200]
    except IntegrityError:
        return State.FAILED, BROKEN
    return State.REVERSED, ""


def _keep_states(job: Import, states: dict[UUID, tuple[str, str]]) -> None:
    done = [pk for pk, (state, _) in states.items() if state == State.REVERSED]
    ImportRow.objects.filter(of=job, pk__in=done).update(state=State.REVERSED)
    for row in ImportRow.objects.filter(of=job, pk__in=set(states) - set(done)):
        row.state, row.why_kept = states[row.pk]
        row.save(update_fields=["state", "why_kept"])


def _finish(job: Import, at: datetime) -> dict[str, Any]:
    states = (State.REVERSED, State.KEPT, State.FAILED)
    rows = ImportRow.objects.filter(of=job, state__in=states)
    result = _buckets([(row, row.state, row.why_kept) for row in rows])
    with transaction.atomic():
        _hold(job)
        job.state, job.undone_at = Import.State.UNDONE, at
        job.undo_counts = {k: len(v) if isinstance(v, list) else v for k, v in result.items()}
        job.save(update_fields=["state", "undone_at", "undo_counts"])
        _reopen_followed(job)
        record("import.undone", job, facts=job.undo_counts)
    return result


def _buckets(rows: Sequence[tuple[ImportRow, str, str]]) -> dict[str, Any]:
    """Return the three buckets, rows in the order of the sheet."""
    result: dict[str, Any] = {"reversed": 0, "kept": [], "failed": []}
    for row, state, why in rows:
        if state == State.REVERSED:
            result["reversed"] += 1
        else:
            bucket = "kept" if state == State.KEPT else "failed"
            result[bucket].append({"row": row.number, "sheet": row.sheet, "why": why})
    return result


def _reopen_followed(job: Import) -> None:
    """Open the faulty rows of the earlier import again that this undone repair had answered."""
    parent = job.follows
    if parent is None:
        return
    undone = ImportRow.objects.filter(of=job, state=State.REVERSED).exclude(origin=None)
    keys = set(undone.values_list("sheet", "origin"))
    for row in ImportRow.objects.filter(of=parent, state=State.REPLACED):
        if (row.sheet, row.number) in keys:
            row.state = State.PLAIN
            row.save(update_fields=["state"])
    count_answers(parent)
