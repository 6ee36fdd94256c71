"""Kills an import at random points: ``python -m tests.engines.imports.killing SEED TRIALS ROWS``.

Works in the office that MUSTER_HOME names. Every trial lays the same office out anew, lets a forked
process do a job, kills it with SIGKILL, looks at what stands on the disc, lets the reaper find the
job and a fresh process end it, and looks again. Prints one JSON line a trial.
"""

import json
import os
import random
import shutil
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

STEPS = ("check", "write", "undo")
ORDER = ("check", "write", "write", "undo", "check", "write")
HEAD = (
    "姓名",
    "身份证号",
    "联系电话",
    "所属村（社区）",
    "专业特长",
    "退役军人",
    "入伍时间",
    "退役时间",
)


def main(seed: int, trials: int, rows: int) -> None:
    """Run the trials."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "muster.config.settings")
    import django

    django.setup()
    from django.conf import settings

    dice = random.Random(seed)
    home = Path(settings.MUSTER_HOME)
    stages = _lay_out(home, rows)
    took: dict[str, float] = {}
    for trial in range(trials):
        step = ORDER[trial % len(ORDER)]
        job = _restore(home, stages[step])
        if step not in took:
            took[step] = _in_fork(lambda: _work(job), home)  # noqa: B023
            job = _restore(home, stages[step])
        moments = [dice.uniform(0, took[step]) for _ in range(1 + (dice.random() < 0.3))]
        found: dict[str, Any] = {"step": step, "at": [round(m, 3) for m in moments], "faults": []}
        for number, moment in enumerate(moments):
            work = (lambda: _work(job)) if number == 0 else (lambda: _resume(job))  # noqa: B023
            _in_fork(work, home, kill_after=moment)
            found["faults"] += looked_at(home / "muster.sqlite3")
        _in_fork(lambda: _resume(job), home)  # noqa: B023
        found["faults"] += looked_at(home / "muster.sqlite3") + _ended(home, step, rows)
        sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
        sys.stdout.flush()


def _in_fork(work: Callable[[], None], home: Path, *, kill_after: float | None = None) -> float:
    """Run the work in a process of its own; return the seconds it took."""
    began = time.monotonic()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            work()
            status = 0
        finally:
            (home / "died").write_text(str(status))
            os._exit(status)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return time.monotonic() - began


def _restore(home: Path, stage: tuple[Path, str]) -> str:
    folder, job = stage
    for name in ("muster.sqlite3", "muster.sqlite3-wal", "muster.sqlite3-shm"):
        (home / name).unlink(missing_ok=True)
    shutil.copy(folder, home / "muster.sqlite3")
    return job


def _lay_out(home: Path, rows: int) -> dict[str, tuple[Path, str]]:
    """Make the office; return step → (database, job) with that step asked for."""
    from django.db import connection

    from muster.config.start import prepare_office

    prepare_office()
    connection.close()
    found = {}
    for step in STEPS:
        job = home / f"{step}.job"
        _in_fork(lambda: job.write_text(_ask(step, rows)), home)  # noqa: B023
        copy = home / f"{step}.sqlite3"
        shutil.copy(home / "muster.sqlite3", copy)
        found[step] = (copy, job.read_text())
    return found


def _ask(step: str, rows: int) -> str:
    """Bring the office to where the step is asked for; return the key of its job."""
    from django.db import connection
    from django.utils import timezone

    from muster.engines.imports import actions, queries
    from muster.ground.jobs.models import Job
    from muster.ground.rows.scope import acting
    from tests import factories

    now = timezone.now()

    if step == "check":
        factories.tree()
    with acting(factories.actor()):
        if step == "check":
            job = actions.take_file("名册.xlsx", roster(rows), kind="people",
                                    division=factories.TOWN, at=now)  # fmt: skip
        else:
            job = queries.imports_visible().get()
            Job.objects.filter(pk=job.work).update(state=Job.State.DONE, ended_at=now)
            (actions.check if step == "write" else actions.write)(job, at=now)
        job = actions.ask_work(f"import.{step}", job, title=step, at=now)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return str(job.work)


def roster(rows: int) -> bytes:
    """Return a roster whose rows each touch several tables; every fiftieth is wrong."""
    from tests.engines.imports.bringing import book, person

    lines = []
    for n in range(1, rows + 1):
        cells = person(n)[:4]
        cells[1] = "1" if n % 50 == 0 else cells[1]
        served = ["是", "2010-12-01", "2012-12-01"] if n % 10 == 1 else ["否", "", ""]
        lines.append([*cells, "驾驶、医疗救护", *served])
    return book(lines, HEAD)


def _work(job: str) -> None:
    from uuid import UUID

    from muster.ground.jobs.actions import run

    run(UUID(job))


def _resume(job: str) -> None:
    """Do what the office does at its next start: reap, then work."""
    from django.utils import timezone

    from muster.ground.jobs.actions import reap

    reap(now=timezone.now() + timedelta(seconds=200))
    _work(job)


def looked_at(path: Path) -> list[str]:
    """Return what is wrong on the disc, read without the program: rows are whole or absent."""
    book = sqlite3.connect(path)
    try:
        one = lambda sql: book.execute(sql).fetchone()[0]  # noqa: E731
        living = "state <> 'withdrawn'"
        checks = {
            "integrity": one("PRAGMA integrity_check") == "ok",
            "foreign keys": not book.execute("PRAGMA foreign_key_check").fetchall(),
            "a number stands once": not one(
                "SELECT count(*) FROM (SELECT id_index FROM register_person"
                f" WHERE {living} GROUP BY county, id_index HAVING count(*) > 1)"
            ),
            "sealed values stand": not one(
                "SELECT count(*) FROM register_person WHERE length(id_sealed) = 0"
            ),
            "skills stand": not one(
                "SELECT count(*) FROM register_person p WHERE"
                " (SELECT count(*) FROM register_skill s WHERE s.person_id = p.id) <> 2"
            ),
            "service stands": not one(
                "SELECT count(*) FROM register_person p WHERE (SELECT count(*) FROM"
                f" register_service s WHERE s.person_id = p.id) <> (p.{living} AND p.veteran)"
            ),
            "no row doubled": not one(
                "SELECT count(*) FROM (SELECT of_id, place FROM imports_importrow"
                " GROUP BY of_id, place HAVING count(*) > 1)"
            ),
            "written up to the position": one(
                "SELECT count(*) FROM imports_importrow r JOIN imports_import i ON i.id = r.of_id"
                " WHERE r.outcome = 'new' AND r.place <= i.position AND r.state <> 'reversed'"
            ) == one(f"SELECT count(*) FROM register_person WHERE {living}"),
        }  # fmt: skip
    finally:
        book.close()
    return [name for name, right in checks.items() if not right]


def _ended(home: Path, step: str, rows: int) -> list[str]:
    """Return what is wrong after the restart: everything is done, counted and reported."""
    book = sqlite3.connect(home / "muster.sqlite3")
    try:
        state, counts, undone = book.execute(
            "SELECT state, counts, undo_counts FROM imports_import"
        ).fetchone()
        jobs = book.execute("SELECT state FROM jobs_job ORDER BY asked_at, id").fetchall()
        living = book.execute(
            "SELECT count(*) FROM register_person WHERE state <> 'withdrawn'"
        ).fetchone()[0]
        kept = book.execute("SELECT count(*) FROM imports_importrow").fetchone()[0]
    finally:
        book.close()
    good = rows - rows // 50
    found, reversed_rows = json.loads(counts), json.loads(undone).get("reversed")
    checks = {
        f"state {state}": state == {"check": "checked", "write": "written", "undo": "undone"}[step],
        f"jobs {jobs}": all(row == ("done",) for row in jobs),
        f"people {living}": living == (good if step == "write" else 0),
        f"rows kept {kept}": kept == rows,
        f"counts {found}": (found["new"], found["rejected"], found["rows"]) == (good, rows - good, rows),
        f"reversed {reversed_rows}": step != "undo" or reversed_rows == good,
    }  # fmt: skip
    return [name for name, right in checks.items() if not right]


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]))
