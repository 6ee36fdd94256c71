"""Checking a file: every row judged and kept, nothing written to the register; repeatable."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count

from muster.core.kernel import Problem
from muster.core.sheets import Workbook
from muster.core.sheets.problems import FileClassified
from muster.engines.imports import queries
from muster.engines.imports.actions.taking import Tell, drop_original, quiet
from muster.engines.imports.actions.words import Reader, remembered_words
from muster.engines.imports.checking import Reading, read_file
from muster.engines.imports.kinds import Context, ImportKind
from muster.engines.imports.models import Import, ImportPart, ImportRow, Layout
from muster.engines.imports.problems import CountsDoNotAdd, ImportNotReady, NoSuchColumn
from muster.engines.imports.rowstore import counts_of, store
from muster.ground.files.actions import open_body
from muster.ground.journal.actions import record
from muster.ground.rows.clock import today


def check(
    job: Import, *, at: datetime, tell: Tell = quiet, workbook: Workbook | None = None
) -> Import:
    """Read and judge every row without writing to the register; ``workbook`` saves reading again."""
    kind = queries.kind(job.kind)
    _start_over(job)
    tell(0.02, "正在读取文件")
    memory = queries.remembered_columns(job.kind)
    try:
        body = b"" if workbook else open_body(queries.original_of(job))
        reading = read_file(body, job.file_name, kind.columns, memory, workbook=workbook)
    except Problem as problem:
        _refuse(job, problem, at)
        raise
    _follow(job, reading)
    found = _judge(job, kind, reading, tell)
    return _finish(job, reading, found, at)


def _refuse(job: Import, problem: Problem, at: datetime) -> None:
    with transaction.atomic():
        job.state, job.notes = Import.State.REFUSED, [problem.message]
        job.save(update_fields=["state", "notes"])
        if isinstance(problem, FileClassified):
            drop_original(job, problem, at=at)
        record("import.refused", job, facts={"code": problem.code}, result="refused")


@transaction.atomic
def _start_over(job: Import) -> None:
    """Forget the rows of a check that was cut off, or is done anew."""
    now = Import.objects.select_for_update().get(pk=job.pk)
    if now.state not in (Import.State.CHECKING, Import.State.CHECKED) or now.position:
        raise ImportNotReady(state=now.get_state_display())
    job.state = Import.State.CHECKING
    job.save(update_fields=["state"])
    ImportPart.objects.filter(of=job).delete()
    ImportRow.objects.filter(of=job).delete()


def _follow(job: Import, reading: Reading) -> None:
    """Tie a repair workbook that came back to the import it answers, if the scope sees that."""
    if reading.repair is None:
        return
    earlier = queries.import_or_none(reading.repair.job)
    if earlier is None or earlier.kind != job.kind or earlier.pk == job.pk:
        return
    job.follows = earlier
    if earlier.state == Import.State.CHECKED and earlier.mode == Import.Mode.ALL_OR_NONE:
        job.mode = Import.Mode.ALL_OR_NONE
    job.save(update_fields=["follows", "mode"])


def _judge(job: Import, kind: ImportKind, reading: Reading, tell: Tell) -> dict[str, Any]:
    """Judge and keep every row; return what a person should know of them before the import."""
    checking = kind.begin(Context(job.division, today()))
    checking.survey(reading)
    words = Reader(remembered_words(job.kind, job.division))
    done = 0
    for batch in reading.drafts():
        words.read(batch)
        checking.take(batch)
        with transaction.atomic():
            store(job, batch)
        done += len(batch)
        tell(0.05 + 0.9 * done / max(1, len(reading)), f"已核对 {done} 行")
    # A repair workbook holds some rows only: who is not in it says nothing.
    job.counts = {"absent": None if job.follows_id else checking.absent()}
    return {"notices": checking.notices(), "read_as": words.told()}


def _finish(job: Import, reading: Reading, found: dict[str, Any], at: datetime) -> Import:
    tally = ImportRow.objects.filter(of=job).values_list("outcome").annotate(n=Count("pk"))
    counts = counts_of(tally.order_by())
    if counts["rows"] != len(reading):
        raise CountsDoNotAdd(rows=len(reading), total=counts["rows"])
    with transaction.atomic():
        job.counts = counts | job.counts
        job.reading, job.notes = reading.columns | found, reading.notes
        job.state, job.checked_at = Import.State.CHECKED, at
        job.save(update_fields=["counts", "reading", "notes", "state", "checked_at"])
        _remember(job, at)
        record("import.checked", job, facts=job.counts)
    return job


def _remember(job: Import, at: datetime) -> None:
    """Keep how each form was matched; what a person chose for it stays."""
    for sheet in job.reading["sheets"]:
        matched = {m["text"]: m["key"] for m in sheet["matched"]}
        layout = _layout(job, sheet["fingerprint"], at)
        layout.columns = {"matched": matched, "chosen": layout.columns.get("chosen", {})}
        layout.used_at = at
        layout.save()


def _layout(job: Import, fingerprint: str, at: datetime) -> Layout:
    found, _ = Layout.objects.get_or_create(
        division=job.division, kind=job.kind, fingerprint=fingerprint, defaults={"used_at": at}
    )
    return found  # type: ignore[no-any-return]


@transaction.atomic
def rematch(job: Import, sheet: str, chosen: dict[str, str], *, at: datetime) -> Import:
    """Remember which column a person says a header is ("" leaves it out); the check follows anew."""
    known = {c.key for c in queries.kind(job.kind).columns} | {""}
    if wrong := sorted(set(chosen.values()) - known):
        raise NoSuchColumn(column=wrong[0])
    found = next((s for s in job.reading.get("sheets", []) if s["name"] == sheet), None)
    now = Import.objects.select_for_update().get(pk=job.pk)
    if found is None or now.state != Import.State.CHECKED or now.position:
        raise ImportNotReady(state=now.get_state_display())
    texts = {line["text"] for line in (*found["matched"], *found["unknown"])}
    texts |= set(found.get("left_out", []))
    layout = _layout(job, found["fingerprint"], at)
    kept = layout.columns.get("chosen", {}) | {t: k for t, k in chosen.items() if t in texts}
    layout.columns = {"matched": layout.columns.get("matched", {}), "chosen": kept}
    layout.used_at = at
    layout.save()
    record("import.columns_chosen", job, facts={"count": len(chosen)})
    return job
