"""Importing: take a file, check it, write it by whole rows, repair, undo in three buckets."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count

from muster.core.kernel import Problem
from muster.engines.imports import queries
from muster.engines.imports.checking import Reading, read_file
from muster.engines.imports.kinds import Context, Draft, ImportKind
from muster.engines.imports.models import Import, ImportRow, Layout
from muster.engines.imports.problems import (
    CountsDoNotAdd,
    ImportHasFaults,
    ImportNotReady,
    RowNotFaulty,
    UndoWindowOver,
)
from muster.engines.imports.rowstore import counts_of, keep, opened, store, written_rows
from muster.ground.files.actions import UNDO_DAYS, open_body
from muster.ground.files.actions import keep as keep_file
from muster.ground.jobs.actions import ask, ask_cancel
from muster.ground.journal.actions import record
from muster.ground.rows.clock import today
from muster.ground.rows.scope import current_actor

BATCH = 1000
Tell = Callable[[float, str], None]


def quiet(_share: float, _doing: str) -> None:
    """Say nothing: for callers who wait themselves."""


@transaction.atomic
def take_file(name: str, data: bytes, *, kind: str, division: str, at: datetime,
              mode: str = Import.Mode.GOOD_NOW, follows: Import | None = None) -> Import:  # fmt: skip
    """Return a new import of a file, its original kept sealed for the undo window."""
    queries.kind(kind)
    actor = current_actor()
    file = keep_file(name, data, purpose="import", division=division, at=at,
                     holds_area="imports", days=UNDO_DAYS)  # fmt: skip
    job = Import.objects.create(
        division=division, kind=kind, file=file, file_name=name[:200], mode=mode, checked_at=at,
        follows=follows, asked_by=actor.account if actor else None,
    )  # fmt: skip
    record("import.taken", job, facts={"kind": kind, "sha256": file.sha256, "size": file.size})
    return job  # type: ignore[no-any-return]


def ask_work(kind: str, job: Import, *, title: str, at: datetime) -> Import:
    """Queue checking, writing or undoing of an import and remember which work it is."""
    with transaction.atomic():
        work = ask(
            kind, title=title, parameters={"import": str(job.pk)}, at=at, division=job.division
        )
        job.work = work.pk
        job.save(update_fields=["work"])
    return job


def stop_work(job: Import) -> None:
    """Ask the running work of an import to stop at its next safe point."""
    work = queries.work_of(job)
    if work is not None and work.ended_at is None:
        ask_cancel(work)


def check(job: Import, *, at: datetime, tell: Tell = quiet) -> Import:
    """Read and judge every row of the file without writing to the register; repeatable."""
    kind = queries.kind(job.kind)
    tell(0.02, "正在读取文件")
    try:
        remembered = queries.remembered_columns(job.kind)
        reading = read_file(open_body(job.file), job.file_name, kind.columns, remembered)
    except Problem as problem:
        _refuse(job, problem)
        raise
    _start_over(job)
    _follow(job, reading)
    _judge(job, kind, reading, tell)
    return _finish_check(job, reading, at)


def _refuse(job: Import, problem: Problem) -> None:
    with transaction.atomic():
        job.state, job.notes = Import.State.REFUSED, [problem.message]
        job.save(update_fields=["state", "notes"])
        record("import.refused", job, facts={"code": problem.code}, result="refused")


@transaction.atomic
def _start_over(job: Import) -> None:
    """Forget rows of a check that was cut off before."""
    if job.state not in (Import.State.CHECKING, Import.State.CHECKED):
        raise ImportNotReady(state=job.get_state_display())
    ImportRow.objects.filter(of=job).delete()


def _follow(job: Import, reading: Reading) -> None:
    """Tie a repair workbook that came back to the import it answers, if the scope sees that."""
    if reading.repair is None:
        return
    job.follows = queries.import_or_none(reading.repair.job)
    job.save(update_fields=["follows"])


def _judge(job: Import, kind: ImportKind, reading: Reading, tell: Tell) -> None:
    checking = kind.begin(Context(job.division, today()))
    for batch in reading.drafts():
        checking.survey(batch)
    done = 0
    for batch in reading.drafts():
        checking.take(batch)
        with transaction.atomic():
            store(job, batch)
        done += len(batch)
        tell(0.05 + 0.9 * done / max(1, len(reading)), f"已核对 {done} 行")
    # A repair workbook holds some rows only: who is not in it says nothing.
    job.counts = {"absent": None if job.follows_id else checking.absent()}


def _finish_check(job: Import, reading: Reading, at: datetime) -> Import:
    tally = ImportRow.objects.filter(of=job).values_list("outcome").annotate(n=Count("pk"))
    counts = counts_of(tally.order_by())
    if counts["rows"] != len(reading):
        raise CountsDoNotAdd(rows=len(reading), total=counts["rows"])
    with transaction.atomic():
        job.counts = counts | job.counts
        job.reading, job.notes = reading.columns, reading.notes
        job.state, job.checked_at = Import.State.CHECKED, at
        job.save()
        _remember(job, at)
        record("import.checked", job, facts=job.counts)
    return job


def _remember(job: Import, at: datetime) -> None:
    for sheet in job.reading["sheets"]:
        columns = {m["text"]: m["key"] for m in sheet["matched"]}
        Layout.objects.update_or_create(
            division=job.division, kind=job.kind, fingerprint=sheet["fingerprint"],
            defaults={"columns": columns, "used_at": at},
        )  # fmt: skip


def write(job: Import, *, at: datetime, tell: Tell = quiet) -> Import:
    """Write the good rows in batches of whole rows; safe to repeat after any interruption."""
    kind = queries.kind(job.kind)
    _may_write(job)
    if job.mode == Import.Mode.ALL_OR_NONE:
        with transaction.atomic():
            _write_all(job, kind, at, quiet)
    else:
        _write_all(job, kind, at, tell)
    return job


def _may_write(job: Import) -> None:
    if job.state not in (Import.State.CHECKED, Import.State.WRITING):
        raise ImportNotReady(state=job.get_state_display())
    faulty = {k: job.counts[k] for k in ("rejected", "held")}
    if job.mode == Import.Mode.ALL_OR_NONE and any(faulty.values()):
        raise ImportHasFaults(**faulty)


def _write_all(job: Import, kind: ImportKind, at: datetime, tell: Tell) -> None:
    total = max(1, job.counts["rows"])
    while _write_batch(job, kind, at):
        tell(job.position / total, f"已写入到第 {job.position} 行")
    with transaction.atomic():
        job.state, job.written_at = Import.State.WRITTEN, at
        job.save(update_fields=["state", "written_at", "counts"])
        _replace_followed(job)
        record("import.written", job, facts=job.counts)


def _write_batch(job: Import, kind: ImportKind, at: datetime) -> bool:
    """Write the next rows and the position reached, in one transaction; False when none is left."""
    with transaction.atomic():
        locked = Import.objects.select_for_update().get(pk=job.pk)
        job.position = locked.position
        rows = list(ImportRow.objects.filter(of=job, place__gt=job.position)[:BATCH])
        if not rows:
            return False
        good = [(r.pk, opened(r)) for r in rows if r.outcome in ("new", "changed")]
        stale = set(kind.write(good, at))
        for row in rows:
            if row.pk in stale:
                _turn_stale(job, row)
        job.position, job.state = rows[-1].place, Import.State.WRITING
        job.save(update_fields=["position", "state", "counts"])
        record("import.batch_written", job, facts={"to": job.position, "rows": len(good)})
    return True


def _turn_stale(job: Import, row: ImportRow) -> None:
    job.counts[row.outcome] -= 1
    job.counts["accepted"] -= 1
    job.counts["rejected"] += 1
    row.outcome = ImportRow.Outcome.REJECTED
    row.faults = [{
        "column": "", "key": "", "code": "record.changed_since", "allowed": "", "suggestion": "",
        "value_masked": "", "message": "核对之后这条记录又有改动，为免覆盖没有写入。请重新核对本行。",
    }]  # fmt: skip
    row.save(update_fields=["outcome", "faults"])


def _replace_followed(job: Import) -> None:
    """Mark the faulty rows of the earlier import that this repair workbook answered."""
    if job.follows_id is None:
        return
    answered = ImportRow.objects.filter(of=job).exclude(outcome__in=("rejected", "held"))
    keys = set(answered.values_list("sheet", "origin"))
    for row in ImportRow.objects.filter(of=job.follows, outcome="rejected"):
        if (row.sheet, row.number) in keys:
            row.state = ImportRow.State.REPLACED
            row.save(update_fields=["state"])


def repair_row(job: Import, row: ImportRow, values: dict[str, Any], *, at: datetime) -> ImportRow:
    """Judge one faulty row again with corrected cells; written at once if the import was."""
    if row.outcome not in ("rejected", "held") or row.state != ImportRow.State.PLAIN:
        raise RowNotFaulty(row=row.number)
    kind = queries.kind(job.kind)
    before = opened(row)
    draft = Draft(row.place, row.sheet, row.number, before.raw | values)
    with transaction.atomic():
        checking = kind.begin(Context(job.division, today()))
        _know_others(checking, job, row)
        checking.take([draft])
        old = row.outcome
        keep(row, draft)
        _move_count(job, old, row.outcome)
        if job.state == Import.State.WRITTEN and row.outcome in ("new", "changed"):
            kind.write([(row.pk, draft)], at)
            row.state = ImportRow.State.WRITTEN
            row.save(update_fields=["state"])
        record("import.row_repaired", job, facts={"row": row.number, "outcome": row.outcome})
    return row


def _know_others(checking: Any, job: Import, row: ImportRow) -> None:
    """Tell the check of one row which numbers the other rows of the file have."""
    first = getattr(checking, "first", None)
    if first is not None:
        others = ImportRow.objects.filter(of=job).exclude(pk=row.pk).exclude(index="")
        first.update({i: (s, n) for i, s, n in others.exclude(outcome="rejected")
                      .values_list("index", "sheet", "number")})  # fmt: skip


def _move_count(job: Import, old: str, new: str) -> None:
    job.counts[old] -= 1
    job.counts[new] += 1
    job.counts["accepted"] = sum(job.counts[k] for k in ("new", "changed", "unchanged"))
    job.save(update_fields=["counts"])


def undo_preview(job: Import, *, at: datetime) -> dict[str, Any]:
    """Return what undoing would do, in the three buckets, and leave everything as it is."""
    with transaction.atomic():
        result = _undo_rows(job, at, quiet)
        transaction.set_rollback(True)
    return result


def undo(job: Import, *, at: datetime, tell: Tell = quiet) -> dict[str, Any]:
    """Reverse an import row by row: reversed, kept because used since, or failed with the reason."""
    if job.state not in (Import.State.WRITTEN, Import.State.WRITING):
        raise ImportNotReady(state=job.get_state_display())
    if job.written_at and at - job.written_at > timedelta(days=UNDO_DAYS):
        raise UndoWindowOver(days=UNDO_DAYS)
    result = _undo_rows(job, at, tell)
    with transaction.atomic():
        job.state, job.undone_at = Import.State.UNDONE, at
        job.undo_counts = {k: len(v) if isinstance(v, list) else v for k, v in result.items()}
        job.save(update_fields=["state", "undone_at", "undo_counts"])
        record("import.undone", job, facts=job.undo_counts)
    return result


def _undo_rows(job: Import, at: datetime, tell: Tell) -> dict[str, Any]:
    kind = queries.kind(job.kind)
    result: dict[str, Any] = {"reversed": 0, "kept": [], "failed": []}
    rows = list(written_rows(job).order_by("-place").values_list("pk", flat=True))
    for count, pk in enumerate(rows, start=1):
        _undo_row(kind, pk, at, result)
        if count % 50 == 0:
            tell(count / len(rows), f"已处理 {count} 行")
    earlier = ImportRow.objects.filter(of=job, state=ImportRow.State.REVERSED).count()
    result["reversed"] = earlier
    return result


def _undo_row(kind: ImportKind, pk: UUID, at: datetime, result: dict[str, Any]) -> None:
    row = ImportRow.objects.get(pk=pk)
    try:
        with transaction.atomic():
            why = kind.undo(opened(row), row.pk, at)
            row.state = ImportRow.State.KEPT if why else ImportRow.State.REVERSED
            row.why_kept = why[:200]
            row.save(update_fields=["state", "why_kept"])
    except Problem as problem:
        row.state, row.why_kept = ImportRow.State.FAILED, problem.message[:200]
        row.save(update_fields=["state", "why_kept"])
        result["failed"].append({"row": row.number, "sheet": row.sheet, "why": problem.message})
        return
    if why:
        result["kept"].append({"row": row.number, "sheet": row.sheet, "why": why})
