"""Which tables a request wrote to, and whether rows that nobody there may write have changed."""

import hashlib
import re
from collections.abc import Callable
from typing import Any

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
    if table == "files_storedfile" and row["holds_area"] == "governance":
        return "files.GovernanceFile"
    return table_labels()[table]


def trespasses(eyes: Eyes, table: str, before: dict[str, tuple[str, Row]]) -> list[str]:
    """Return what changed in a table among rows that this desk may not write, or was put there."""
    after = rows_of(table)
    found = []
    for key in before.keys() | after.keys():
        old, new = before.get(key), after.get(key)
        if old and new and old[0] == new[0]:
            continue
        for end in filter(None, (old, new)):
            row = end[1]
            if not eyes.writes(label_of(table, row), row["division"], row):
                what = "changed" if old and new else "deleted" if old else "made"
                found.append(f"{what} {table} {key} at {row['division']}")
    return sorted(set(found))
