"""Imports from the command line: as the console operator or a named login, and without an office."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from muster.engines.imports import actions, policies, queries, repairing
from muster.engines.imports.alone import check_file_alone
from muster.engines.imports.models import Import
from muster.engines.imports.problems import ImportHasFaults
from muster.ground.accounts.queries import console_actor
from muster.ground.rows.scope import acting

COUNTED = ("rows", "accepted", "rejected", "new", "changed", "unchanged", "held", "absent")
Result = dict[str, Any]


def office_exists() -> bool:
    """Return whether there is an office here: its tables are made."""
    if not settings.MUSTER_DATABASE_URL and not (settings.MUSTER_HOME / "muster.sqlite3").exists():
        return False
    return "imports_import" in connection.introspection.table_names()


def check_alone(kind: str, name: str, data: bytes) -> Result:
    """Return the result of testing a file without any register."""
    return check_file_alone(kind, name, data)


def import_now(
    kind: str, name: str, data: bytes, *, division: str, login: str, write: bool,
    all_or_none: bool, folder: Path, tell: Callable[[float, str], None],
) -> Result:  # fmt: skip
    """Check a file, write its good rows unless only a check was asked, and return the result."""
    actor = console_actor(login or None)
    now = timezone.now()
    mode = Import.Mode.ALL_OR_NONE if all_or_none else Import.Mode.GOOD_NOW
    with acting(actor):
        policies.check_may_import(actor)
        queries.kind(kind)
        # Read before anything is stored, and only once.
        workbook = actions.read_first(name, data)
        job = actions.take_file(name, data, kind=kind, division=division or actor.division,
                                mode=mode, at=now)  # fmt: skip
        actions.check(job, at=now, tell=tell, workbook=workbook)
        if write:
            _write(job, folder, tell)
        return result_of(job, folder)


def _write(job: Import, folder: Path, tell: Callable[[float, str], None]) -> None:
    try:
        actions.write(job, at=timezone.now(), tell=tell)
    except ImportHasFaults as problem:
        # Nothing was written; what must be mended goes along with the refusal.
        found = result_of(job, folder)
        kept = {k: found[k] for k in ("job", "errors", "repair_file")}
        raise ImportHasFaults(**problem.facts, **kept) from problem


def result_of(job: Import, folder: Path) -> Result:
    """Return the result of an import as the command line prints it."""
    return {"job": str(job.pk), **{n: job.counts[n] for n in COUNTED},
            "errors": queries.errors(job), "repair_file": _repair_file(job, folder)}  # fmt: skip


def _repair_file(job: Import, folder: Path) -> str | None:
    """Write the repair workbook beside the file (else here), never over another; return its path."""
    if not queries.faulty_rows(job).exists():
        return None
    name, data = repairing.repair_file(job)
    place = folder if os.access(folder, os.W_OK) else Path.cwd()
    stem, count = name.removesuffix(".xlsx"), 1
    while True:
        path = place / (name if count == 1 else f"{stem} {count}.xlsx")
        try:
            with path.open("xb") as file:
                file.write(data)
        except FileExistsError:
            count += 1
        else:
            return str(path)


def undo_now(pk: str, *, login: str, preview: bool = False) -> Result:
    """Undo an import, or only try it out, and return the three buckets."""
    actor = console_actor(login or None)
    with acting(actor):
        policies.check_may_undo(actor)
        work = actions.undo_preview if preview else actions.undo
        return work(queries.import_job(pk), at=timezone.now())
