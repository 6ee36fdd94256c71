"""One method of the import bench in a process of its own: ``python -m bench.import_methods``.

Takes a JSON order on stdin (method, path, rows, home) and prints CPU and wall seconds, peak memory
and what was written. Set-up (tables, places, imports of modules) is outside the timing.
"""

import json
import os
import resource
import sqlite3
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.roster_file import HEADERS, VILLAGES

Answer = dict[str, Any]
PEER_FIELDS = [f"c{number}" for number in range(len(HEADERS))]
NUMBER = "c3"


def measured(work: Callable[[], Answer]) -> Answer:
    """Run the work and add CPU (children counted), wall and peak memory."""
    cpu, wall = _cpu(), time.perf_counter()
    answer = work()
    usage = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    return answer | {"cpu_s": _cpu() - cpu, "wall_s": time.perf_counter() - wall,
                     "rss_mib": usage, "rss_reader_mib": child}  # fmt: skip


def _cpu() -> float:
    times = os.times()
    return time.process_time() + times.children_user + times.children_system


def muster(path: Path, home: Path) -> Answer:
    """Check and write the file into a fresh office, encryption on."""
    os.environ |= {"MUSTER_HOME": str(home / "office"), "MUSTER_KEYS_FILE": str(home / "keys.json"),
                   "DJANGO_SETTINGS_MODULE": "muster.config.settings",
                   "MUSTER_TODAY": "2026-05-20"}  # fmt: skip
    import django

    django.setup()
    from muster.config.start import prepare_office
    from muster.core.identity import search_key
    from muster.ground.register.models import Division
    from muster.ground.rows.actor import AREAS, Actor
    from muster.ground.rows.scope import acting, system_scope

    prepare_office()
    search_key("赵")  # its dictionaries load once a process
    town = "990101001000"
    with system_scope("bench"):
        for code, name, level in (
            ("990101000000", "青禾县", "county"),
            (town, "青溪镇", "township"),
        ):
            Division.objects.create(division=code, name=name, level=level)
        for number, name in enumerate(VILLAGES, start=1):
            Division.objects.create(division=f"990101001{number:03d}", name=name, level="village")
    everywhere = frozenset(AREAS)
    clerk = Actor(account=None, name="经办", role="armed_officer", post_label="武装干事", division=town,
                  reads=everywhere, writes=everywhere)  # fmt: skip
    with acting(clerk):
        return measured(lambda: _import(path, town))


def _import(path: Path, town: str) -> Answer:
    from muster.engines.imports import actions

    at = datetime(2026, 5, 20, 4, tzinfo=UTC)
    data, began = path.read_bytes(), _cpu()
    workbook = actions.read_first(path.name, data)
    job = actions.take_file(path.name, data, kind="people", division=town, at=at)
    read = _cpu()
    actions.check(job, at=at, workbook=workbook)
    del workbook
    checked = _cpu()
    actions.write(job, at=at)
    return {"new": job.counts["new"], "rejected": job.counts["rejected"],
            "stages": {"read": read - began, "check": checked - read, "write": _cpu() - checked}}  # fmt: skip


def limit(path: Path, home: Path) -> Answer:
    """Read with calamine and insert with executemany: no check, no encryption, no index."""
    import python_calamine

    base = sqlite3.connect(home / "limit.sqlite3")
    base.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;")
    base.execute(f"CREATE TABLE person (id TEXT PRIMARY KEY, {', '.join(PEER_FIELDS)})")
    places = ", ".join("?" * (len(PEER_FIELDS) + 1))

    def work() -> Answer:
        sheet = python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=True)[2:]
        with base:
            base.executemany(
                f"INSERT INTO person VALUES ({places})",
                ([str(n), *cells] for n, cells in enumerate(rows)),
            )
        return {"new": len(rows)}

    return measured(work)


def peer(path: Path, home: Path, *, bulk: bool) -> Answer:
    """Import with django-import-export, as it comes or in its bulk mode: one index, no encryption."""
    from django.conf import settings

    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": home / "peer.sqlite3",
                "OPTIONS": {"init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"}}  # fmt: skip
    settings.configure(DATABASES={"default": database}, INSTALLED_APPS=["import_export"],
                       USE_TZ=True, IMPORT_EXPORT_USE_TRANSACTIONS=True)  # fmt: skip
    import django

    django.setup()
    from django.db import connection, models
    from import_export.formats.base_formats import XLSX  # type: ignore[import-untyped]
    from import_export.resources import modelresource_factory  # type: ignore[import-untyped]

    fields: dict[str, Any] = {
        name: models.CharField(max_length=200, blank=True) for name in PEER_FIELDS
    }
    fields[NUMBER] = models.CharField(max_length=18, db_index=True)
    meta = type("Meta", (), {"app_label": "import_export"})
    model = type("Person", (models.Model,), {"__module__": __name__, "Meta": meta, **fields})
    with connection.schema_editor() as editor:
        editor.create_model(model)
    options = {"use_bulk": True, "skip_diff": True, "batch_size": 1000} if bulk else {}
    shape = {"import_id_fields": [NUMBER], "fields": PEER_FIELDS, "force_init_instance": bulk}
    resource_class = modelresource_factory(model, meta_options=shape | options)

    def work() -> Answer:
        found = XLSX().create_dataset(path.read_bytes())
        found.headers = PEER_FIELDS
        result = resource_class().import_data(found, dry_run=False, raise_errors=True)
        return {"new": result.total_rows}

    return measured(work)


METHODS: dict[str, Callable[[Path, Path], Answer]] = {
    "muster": muster,
    "limit": limit,
    "import-export": lambda path, home: peer(path, home, bulk=False),
    "import-export-bulk": lambda path, home: peer(path, home, bulk=True),
}


if __name__ == "__main__":
    order = json.load(sys.stdin)
    found = METHODS[order["method"]](Path(order["path"]), Path(order["home"]))
    sys.stdout.write(json.dumps(found))
