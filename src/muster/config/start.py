"""Bringing an office up: keys, tables, static files, schedules."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from muster.ground.rows.keys import create_key_file


def prepare_office() -> None:
    """Make keys where there are none and bring the tables up to date; safe to repeat."""
    settings.MUSTER_HOME.mkdir(parents=True, exist_ok=True)
    if not settings.MUSTER_KEYS_FILE.exists():
        create_key_file(Path(settings.MUSTER_KEYS_FILE))
    call_command("migrate", verbosity=0, interactive=False)


def mark_office(folder: Path, *, kind: str, name: str, today: str = "") -> None:
    """Write what this folder is, so that a demo is never taken for an office."""
    folder.mkdir(parents=True, exist_ok=True)
    marker = {"kind": kind, "name": name} | ({"today": today} if today else {})
    (folder / "office.json").write_text(json.dumps(marker, ensure_ascii=False), encoding="utf-8")


_last: dict[str, datetime] = {}


def run_due(now: datetime) -> None:
    """Run the schedules whose interval has passed since this process last ran them."""
    from muster.config.registry import SCHEDULES

    for name, every, work in SCHEDULES:
        last = _last.get(name)
        if last is None or now - last >= every:
            _last[name] = now
            work(now)


Schedule = tuple[str, timedelta, Callable[[datetime], object]]


def init_office(county: str, name: str, people: list[tuple[str, str, str]]) -> dict[str, object]:
    """Open the office of a county; return one-time passwords and where the keys are."""
    from django.utils import timezone

    from muster.ground.accounts.actions.office import NewAdministrator, open_office
    from muster.ground.rows.clock import today

    prepare_office()
    steps = [NewAdministrator(role, login, person) for role, login, person in people]
    opened = open_office(county, name, steps, today=today(), at=timezone.now())
    mark_office(Path(settings.MUSTER_HOME), kind="office", name=name)
    return {"county": opened.county, "name": name, "passwords": opened.passwords,
            "console": opened.console, "simplified": opened.simplified,
            "keys": str(settings.MUSTER_KEYS_FILE)}  # fmt: skip
