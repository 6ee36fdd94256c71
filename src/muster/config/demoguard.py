"""What keeps a demo and an office apart. No Django here: it runs before the settings are read."""

import json
import os
import shutil
from datetime import date
from pathlib import Path

from muster.core.kernel import Problem

DAY = date(2024, 6, 20)


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
    database = (home / "muster.sqlite3").exists() or bool(os.environ.get("MUSTER_DATABASE_URL"))
    if kind != "demo" and (kind or database):
        raise NotADemo(place=str(home))


def remove_demo(home: Path) -> None:
    """Delete a demo's folder and keys."""
    shutil.rmtree(home, ignore_errors=True)
    keys = home.resolve().parent / "keys" / f"{home.resolve().name}.json"
    keys.unlink(missing_ok=True)


def mark_demo(home: Path) -> None:
    """Mark a new folder as the demo's; refuse one that is an office's."""
    if kind_of(home) == "demo":
        return
    holds_own_rows(home)
    home.mkdir(parents=True, exist_ok=True)
    marker = {"kind": "demo", "name": "青禾县", "today": DAY.isoformat()}
    (home / "office.json").write_text(json.dumps(marker, ensure_ascii=False), encoding="utf-8")
