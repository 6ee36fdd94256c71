"""Imports from the command line: as the console operator or a named login, and without an office."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from muster.engines.imports import actions, queries, repairing
from muster.engines.imports.alone import check_file_alone
from muster.engines.imports.models import Import
from muster.ground.accounts.queries import console_actor
from muster.ground.rows.scope import acting


def office_exists() -> bool:
    """Return whether there is an office here: its tables are made."""
    if not settings.MUSTER_DATABASE_URL and not (settings.MUSTER_HOME / "muster.sqlite3").exists():
        return False
    return "imports_import" in connection.introspection.table_names()


def check_alone(kind: str, name: str, data: bytes) -> dict[str, Any]:
    """Return the result of testing a file without any register."""
    return check_file_alone(kind, name, data)


def import_now(
    kind: str, name: str, data: bytes, *, division: str, login: str, write: bool,
    all_or_none: bool, folder: Path, tell: Callable[[float, str], None],
) -> dict[str, Any]:  # fmt: skip
    """Check a file, write its good rows unless only a check was asked, and return the result."""
    actor = console_actor(login or None)
    now = timezone.now()
    mode = Import.Mode.ALL_OR_NONE if all_or_none else Import.Mode.GOOD_NOW
    with acting(actor):
        job = actions.take_file(name, data, kind=kind, division=division or actor.division,
                                mode=mode, at=now)  # fmt: skip
        actions.check(job, at=now, tell=tell)
        if write:
            actions.write(job, at=timezone.now(), tell=tell)
        return _result(job, folder)


def _result(job: Import, folder: Path) -> dict[str, Any]:
    counts = job.counts
    names = ("rows", "accepted", "rejected", "new", "changed", "unchanged", "held", "absent")
    repair = ""
    if queries.faulty_rows(job).exists():
        repair_name, data = repairing.repair_file(job)
        path = folder / repair_name
        path.write_bytes(data)
        repair = str(path)
    return {"job": str(job.pk), **{n: counts[n] for n in names},
            "errors": queries.errors(job), "repair_file": repair or None}  # fmt: skip


def undo_now(pk: str, *, login: str) -> dict[str, Any]:
    """Undo an import and return the three buckets."""
    with acting(console_actor(login or None)):
        return actions.undo(queries.import_job(pk), at=timezone.now())
