"""Taking a file in, and the work that is queued for it."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import IO

from django.db import transaction

from muster.core.kernel import Problem
from muster.core.sheets import FileProblem, Workbook, run_in_child
from muster.core.sheets.guard import MAX_BYTES
from muster.core.sheets.problems import FileEmpty, FileTooLarge
from muster.core.sheets.process import ask_child, raise_reported
from muster.engines.imports import queries
from muster.engines.imports.models import Import
from muster.ground.files.actions import UNDO_DAYS, open_body
from muster.ground.files.actions import keep as keep_file
from muster.ground.jobs.actions import ask, ask_cancel
from muster.ground.journal.actions import look, record
from muster.ground.rows.scope import current_actor

Tell = Callable[[float, str], None]
LIMITS = {"memory_mb": 1024, "cpu_s": 60}


def quiet(_share: float, _doing: str) -> None:
    """Say nothing: for callers who wait themselves."""


def refuse_unreadable(name: str, data: bytes) -> None:
    """Read the file in a child process and raise what is wrong with it as a whole.

    For what must be known before anything is stored: a file that bears a mark of state secrets
    never enters the database, sealed or not. Nothing of the file stays in this process.
    """
    if not data:
        raise FileEmpty
    if len(data) > MAX_BYTES:
        raise FileTooLarge(size_mb=round(len(data) / 2**20, 1), limit_mb=MAX_BYTES // 2**20)
    order = {"task": "read", "filename": name, **LIMITS}
    with _refusal_filed(data):
        ask_child(order, data, wall_s=120, take=_drained)


def read_first(name: str, data: bytes) -> Workbook:
    """Return the workbook, read before anything is stored, for callers who check it themselves."""
    with _refusal_filed(data):
        return run_in_child(data, name)


@contextmanager
def _refusal_filed(data: bytes) -> Iterator[None]:
    try:
        yield
    except FileProblem as problem:
        digest = hashlib.sha256(data).hexdigest()
        record("import.refused", facts={"code": problem.code, "sha256": digest}, result="refused")
        raise


def _drained(out: IO[bytes]) -> bool | None:
    """Read the child's answer without building it; True when it came to its end."""
    last = b""
    for line in out:
        raise_reported(line)
        last = line
    return True if last.rstrip() == b'"end"' else None


@transaction.atomic
def take_file(name: str, data: bytes, *, kind: str, division: str, at: datetime,
              mode: str = Import.Mode.GOOD_NOW, follows: Import | None = None) -> Import:  # fmt: skip
    """Return a new import of a file, its original kept sealed for the undo window."""
    queries.kind(kind)
    queries.place(division)
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
    """Queue checking, writing or undoing of an import and remember which work it is.

    Work of the same import that waits or runs is left alone: a second click starts nothing.
    """
    with transaction.atomic():
        job = Import.objects.select_for_update().get(pk=job.pk)
        running = queries.work_of(job)
        if running is None or running.ended_at is not None:
            parameters = {"import": str(job.pk)}
            work = ask(kind, title=title[:120], parameters=parameters, at=at, division=job.division)
            job.work = work.pk
            job.save(update_fields=["work"])
    return job


def stop_work(job: Import) -> None:
    """Ask the running work of an import to stop at its next safe point."""
    work = queries.work_of(job)
    if work is not None and work.ended_at is None:
        ask_cancel(work)


def open_original(job: Import) -> bytes:
    """Return the file as it was uploaded; the look is journalled."""
    body = open_body(queries.original_of(job))
    look("import.original_opened", kind="imports.import", ids=[job.pk], count=1)
    return body


def drop_original(job: Import, problem: Problem, *, at: datetime) -> None:
    """Empty the stored original of a file that may not be kept."""
    file = job.file
    if file is not None and file.body:
        file.body, file.deleted_at = b"", at
        file.save(update_fields=["body", "deleted_at"])
        record("file.let_go", file, facts={"code": problem.code})
