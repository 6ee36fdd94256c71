"""Which tables a request wrote to, and whether rows that nobody there may write have changed."""

import hashlib
import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection

from muster.ground.rows.models import CountyRow, HistoryRow
from tests.factories import everything
from tests.matrix.expectation import Eyes
from tests.matrix.recipes import RECIPES

WRITING = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+"?(\w+)', re.IGNORECASE)
# What every post, also a read-only one, may leave behind: its session, its own account, the journal.
ALWAYS = frozenset({"journal_entry", "django_session", "accounts_session", "accounts_account",
                    "accounts_signinattempt"})  # fmt: skip
Row = dict[str, Any]
Stored = tuple[str, Row]
Changed = dict[str, tuple[Stored | None, Stored | None]]
# (kind, role) of rows that the office itself writes for a role that does not write their area.
BY_THE_OFFICE: frozenset[tuple[str, str]] = frozenset()


class Watcher:
    """Notes every table that is written to while it listens."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.tables: set[str] = set()

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        """Run a statement and note the table it writes."""
        found = WRITING.match(sql)
        if found:
            self.tables.add(found[1])
        return execute(sql, params, many, context)


def table_labels() -> dict[str, str]:
    """Return table → label of the county rows in it; a proxy's rows count as its area says."""
    found = {}
    for recipe in RECIPES:
        model = apps.get_model(recipe.label)
        found.setdefault(model._meta.db_table, recipe.label)
    return found


def county_models() -> list[Any]:
    """Return every model of scoped rows, histories apart."""
    return [
        m for m in apps.get_models() if issubclass(m, CountyRow) and not issubclass(m, HistoryRow)
    ]


def rows_of(table: str) -> dict[str, tuple[str, Row]]:
    """Return key → (digest, row) of a table, past the scope."""
    with everything(), connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]
    return {_key(row): (_digest(row), row) for row in rows}


def _key(row: Row) -> str:
    return str(row.get("id", row.get("history_id"))).replace("-", "")


def _digest(row: Row) -> str:
    values = [bytes(v) if isinstance(v, memoryview) else v for v in row.values()]
    return hashlib.sha256(repr(values).encode()).hexdigest()


def label_of(table: str, row: Row) -> str:
    """Return the kind of a stored row."""
    if table == "files_storedfile" and row["holds_area"] in ("governance", "education"):
        return f"files.{row['holds_area'].title()}File"
    return table_labels()[table]


def changes(
    table: str, before: dict[str, Stored]
) -> dict[str, tuple[Stored | None, Stored | None]]:
    """Return key → (before, after) of the rows of a table that are not what they were."""
    after = rows_of(table)
    pairs = {key: (before.get(key), after.get(key)) for key in before.keys() | after.keys()}
    return {
        k: (old, new) for k, (old, new) in pairs.items() if not (old and new and old[0] == new[0])
    }


def trespasses(eyes: Eyes, table: str, changed: Changed) -> list[str]:
    """Return what changed among rows that this desk may not write, or was put there."""
    found = []
    for key, (old, new) in changed.items():
        for end in filter(None, (old, new)):
            row = end[1]
            label = label_of(table, row)
            if (label, eyes.role) not in BY_THE_OFFICE and not eyes.writes(
                label, row["division"], row
            ):
                what = "changed" if old and new else "deleted" if old else "made"
                found.append(f"{what} {label} at {row['division']}: {key}")
    return sorted(set(found))


def taken_in(prober: Any, table: str, changed: Changed, sent: set[str]) -> list[str]:
    """Return which rows took in a key that was sent and whose row the desk does not see."""
    hidden = {}
    for key in sent:
        row = prober.keys.get(UUID(key))
        if row is not None and not prober.desk.eyes.sees(row):
            hidden[key.replace("-", "")] = row
    found = []
    for _, new in changed.values():
        for column, value in (new[1] if new else {}).items():
            row = hidden.get(str(value).replace("-", ""))
            if row is not None:
                found.append(f"took the key of {row.label} of {row.place} into {table}.{column}")
    return sorted(set(found))
