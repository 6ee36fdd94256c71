"""Row-level security of PostgreSQL, derived from the models: the second layer of scope."""

from typing import Any

from django.apps import apps
from django.db import connections

from muster.ground.rows.models import CountyRow, HistoryRow
from muster.ground.rows.scope import APP_ROLE

INSIDE = (
    "current_setting('muster.all', true) = 'on'"
    " OR (division COLLATE \"C\" >= current_setting('muster.low', true)"
    " AND division COLLATE \"C\" <= current_setting('muster.high', true))"
)
# A setting made LOCAL reads as '' after its transaction, which is no array: NULL shows nothing.
ANCESTORS = " OR division = ANY(NULLIF(current_setting('muster.ancestors', true), '')::text[])"


def install_row_security(using: str = "default", **_: Any) -> None:
    """Enable and force row-level security on every scoped table; grant the app role its rights."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        return
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if issubclass(model, CountyRow | HistoryRow) and model._meta.db_table in tables:
                _secure(cursor, model)
        _grant(cursor)


def _secure(cursor: Any, model: Any) -> None:
    table = model._meta.db_table
    inside = INSIDE + _arms(model)
    readable = inside + (ANCESTORS if model.reference else "")
    for statement in (
        f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
        f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
        f'DROP POLICY IF EXISTS muster_read ON "{table}"',
        f'DROP POLICY IF EXISTS muster_write ON "{table}"',
        f'CREATE POLICY muster_read ON "{table}" FOR SELECT USING ({readable})',
        f'CREATE POLICY muster_write ON "{table}" FOR ALL USING ({inside}) WITH CHECK ({inside})',
        f'CREATE INDEX IF NOT EXISTS "{table[:56]}_scope" ON "{table}" (division COLLATE "C")',
    ):
        cursor.execute(statement)


def _arms(model: Any) -> str:
    arms = ""
    if model.organisation_arm:
        arms += (
            f" OR {model.organisation_arm}"
            " = ANY(NULLIF(current_setting('muster.organisations', true), '')::uuid[])"
        )
    for arm in filter(None, (model.assigned_arm, model.self_arm)):
        arms += f" OR {arm}::text = current_setting('muster.person', true)"
    return arms


def _grant(cursor: Any) -> None:
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APP_ROLE])
    if not cursor.fetchone():
        return
    for statement in (
        f"GRANT USAGE ON SCHEMA public TO {APP_ROLE}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {APP_ROLE}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {APP_ROLE}",
        f"REVOKE UPDATE, DELETE, TRUNCATE ON journal_entry FROM {APP_ROLE}",
    ):
        if "journal_entry" in statement and "journal_entry" not in _tables(cursor):
            continue
        cursor.execute(statement)


def _tables(cursor: Any) -> set[str]:
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    return {row[0] for row in cursor.fetchall()}
