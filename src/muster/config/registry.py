"""The one composition root: what the apps offer is handed down to the engines here."""

from collections.abc import Callable
from datetime import datetime, timedelta

SCHEDULES: list[tuple[str, timedelta, Callable[[datetime], object]]] = []


def fill() -> None:
    """Fill the engines' tables. Called once, when Django is ready."""
    _imports()
    _names()
    _schedules()


def _imports() -> None:
    from muster.engines.imports import handlers
    from muster.engines.imports.kinds import KINDS
    from muster.engines.imports.peoplekind import PeopleKind
    from muster.ground.jobs.actions import KINDS as JOBS

    people = PeopleKind()
    KINDS[people.code] = people
    JOBS.update({kind.code: kind for kind in handlers.JOB_KINDS})


def _names() -> None:
    from muster.ground.accounts.queries import account_name
    from muster.ground.register.queries import NAMES

    NAMES["account"] = account_name


def _schedules() -> None:
    from muster.ground.files.actions import let_go
    from muster.ground.journal.actions import anchor
    from muster.ground.rows.clock import today
    from muster.ground.rows.scope import system_scope

    def drop_originals(now: datetime) -> None:
        with system_scope("originals are deleted when their time is over"):
            let_go(today=today(), at=now)

    SCHEDULES[:] = [
        ("journal.anchor", timedelta(hours=1), lambda now: anchor(at=now)),
        ("files.let_go", timedelta(hours=12), drop_originals),
    ]
