"""Runs the demo: lays the county if it is not there, starts the office, tells the year."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from muster.config.demoguard import DATABASE_MARK
from muster.config.start import prepare_office
from muster.ground.accounts.actions.office import NewAdministrator, open_office
from muster.ground.accounts.models import Account
from muster.ground.accounts.roles import all_roles
from muster.ground.rows.clock import today
from muster.overview.story.county import COUNTY
from muster.overview.story.desks import ADMINISTRATORS, DESKS, PASSWORD, open_desks
from muster.overview.story.foundation import lay_foundation
from muster.overview.story.telling import Stage, wait_for
from muster.overview.story.town import town
from muster.overview.story.year import SEED, STEPS

Say = Callable[[str], None]


def run_demo(out: Path, *, port: int, say: Say) -> dict[str, Any]:
    """Return what happened: lines, facts, logins; a demo told before is not told twice."""
    told = settings.MUSTER_HOME / "story.json"
    if not told.exists():
        lay_county(say)
        story = _tell(out, port, say)
        told.write_text(json.dumps(story, ensure_ascii=False, indent=1), encoding="utf-8")
    story = json.loads(told.read_text(encoding="utf-8"))
    roles = all_roles().roles
    logins = [
        {"login": d.login, "name": d.name, "post": roles[d.role].label}
        for d in (*DESKS, *ADMINISTRATORS)
    ]
    return story | {"password": PASSWORD, "logins": logins}  # type: ignore[no-any-return]


def lay_county(say: Say) -> None:
    """Make keys, tables, the county as it stood last year, and the demo's accounts."""
    prepare_office()
    _mark_database()
    if Account.objects.exists():
        return
    say("建立演示县（人员、单位都是虚构的）…")
    steps = [NewAdministrator(d.role, d.login, d.name, PASSWORD) for d in ADMINISTRATORS]
    now = timezone.now()
    open_office(COUNTY, "青禾县", steps, today=today(), at=now)
    made = lay_foundation(town(SEED), at=now)
    open_desks(today())
    say(f"上年底册：{made['people']} 人，其中在编 {made['members']} 人，{made['units']} 个分队。")


def _mark_database() -> None:
    """Say on PostgreSQL that these tables are a demo's: its folder alone could be mistaken."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"COMMENT ON TABLE django_migrations IS '{DATABASE_MARK}'")


def _tell(out: Path, port: int, say: Say) -> dict[str, Any]:
    out.mkdir(parents=True, exist_ok=True)
    server = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "muster.config", "serve", "--port", str(port)],
        stdout=subprocess.DEVNULL, stderr=(out / "server.log").open("wb"), env=os.environ | {"MUSTER_LOG": "WARNING"},
    )  # fmt: skip
    lines: list[str] = []

    def keep(line: str) -> None:
        lines.append(line)
        say(line)

    stage = Stage(base=f"http://127.0.0.1:{port}/", folder=out.resolve(), say=keep)
    try:
        wait_for(stage.base)
        everyone = town(SEED)
        for step in STEPS:
            step(stage, everyone)
    finally:
        server.terminate()
        server.wait(20)
    return {"lines": lines, "facts": stage.told, "folder": str(stage.folder)}
