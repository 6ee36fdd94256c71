"""What keeps a demo and an office apart. No Django here: it runs before the settings are read."""

import json
import os
import shutil
from datetime import date
from pathlib import Path

from muster.core.kernel import Problem

DAY = date(2024, 6, 20)
DATABASE_MARK = "muster: demo"


class NotADemo(Problem):
    """The folder or database is an office's own; the demo keeps its hands off."""

    code = "demo.not_a_demo"
    template = (
        "{place} 里是正式的办公数据，演示不会碰它。要看演示，请换一个文件夹（设置 MUSTER_HOME）。"
    )


def kind_of(home: Path) -> str:
    """Return what a folder says it is: demo, office, or "" where it says nothing."""
    marker = home / "office.json"
    if not marker.exists():
        return ""
    return str(json.loads(marker.read_text(encoding="utf-8")).get("kind", ""))


def holds_own_rows(home: Path) -> None:
    """Refuse a place that is not a demo's: any database without the demo's mark is somebody's own."""
    kind = kind_of(home)
    own_file = (home / "muster.sqlite3").exists() and kind != "demo"
    if kind not in {"", "demo"} or own_file:
        raise NotADemo(place=str(home))
    url = os.environ.get("MUSTER_DATABASE_URL", "")
    if url and mark_of(url) not in {"", DATABASE_MARK}:
        raise NotADemo(place="MUSTER_DATABASE_URL 所指的数据库")


def remove_demo(home: Path) -> None:
    """Delete a demo's folder, keys and, on PostgreSQL, its tables."""
    shutil.rmtree(home, ignore_errors=True)
    keys = home.resolve().parent / "keys" / f"{home.resolve().name}.json"
    keys.unlink(missing_ok=True)
    _remove_tables()


def _remove_tables() -> None:
    url = os.environ.get("MUSTER_DATABASE_URL", "")
    if url and mark_of(url) == DATABASE_MARK:
        _empty(url)


def mark_of(url: str) -> str:
    """Return the mark a PostgreSQL database carries: "" where it is empty, "office" without one.

    The mark is a comment on a table, since row-level security hides the rows from who asks here.
    """
    import psycopg

    with psycopg.connect(url) as database:
        found = database.execute(
            "SELECT obj_description(to_regclass('django_migrations')),"
            " count(*) FROM pg_tables WHERE schemaname = current_schema()"
        ).fetchone()
    mark, tables = found or (None, 0)
    return (str(mark) if mark else "office") if tables else ""


def _empty(url: str) -> None:
    import psycopg

    with psycopg.connect(url) as database:
        # The name cannot be a parameter; it is the database's own word for its schema.
        database.execute("""DO $$ DECLARE here text := current_schema(); BEGIN
            EXECUTE format('DROP SCHEMA %I CASCADE', here);
            EXECUTE format('CREATE SCHEMA %I', here); END $$""")


def mark_demo(home: Path) -> None:
    """Mark a new folder as the demo's; refuse one that is an office's."""
    if kind_of(home) == "demo":
        return
    holds_own_rows(home)
    # A demo's tables whose folder is gone are a year told by nobody.
    _remove_tables()
    home.mkdir(parents=True, exist_ok=True)
    marker = {"kind": "demo", "name": "青禾县", "today": DAY.isoformat()}
    (home / "office.json").write_text(json.dumps(marker, ensure_ascii=False), encoding="utf-8")
