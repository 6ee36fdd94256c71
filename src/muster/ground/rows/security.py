"""Row-level security of PostgreSQL, derived from the models: the second layer of scope."""

import hashlib
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
JOURNAL = "journal_entry"
# What PostgreSQL made of a policy: a policy altered by hand no longer fits its note.
WORDS = (
    "md5(concat(pg_get_expr(p.polqual, p.polrelid), '/', pg_get_expr(p.polwithcheck, p.polrelid)))"
)


def install_row_security(using: str = "default", **_: Any) -> None:
    """Enable and force row-level security on every scoped table; grant the app role its rights.

    Tables that stand as the models say are left alone: each policy bears the digest of its words.
    """
    connection = connections[using]
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        tables, secured = _tables(cursor), _secured(cursor)
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            if issubclass(model, CountyRow | HistoryRow) and table in tables:
                statements = _statements(model)
                digest = _digest(statements)
                if secured.get(table) != digest:
                    _secure(cursor, table, statements, digest)
        _grant(cursor, tables)


def _secured(cursor: Any) -> dict[str, str]:
    """Return table → digest of those where both policies, force and index stand as installed."""
    cursor.execute(
        "SELECT c.relname, min(split_part(obj_description(p.oid, 'pg_policy'), ' ', 1))"  # noqa: S608
        " FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid"
        " WHERE c.relnamespace = 'public'::regnamespace"
        " AND c.relrowsecurity AND c.relforcerowsecurity"
        " AND EXISTS (SELECT FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid"
        "  WHERE i.indrelid = c.oid AND x.relname = left(c.relname::text, 56) || '_scope')"
        " GROUP BY c.relname HAVING count(*) = 2 AND bool_and("
        f" split_part(obj_description(p.oid, 'pg_policy'), ' ', 2) = {WORDS}) IS TRUE"
        " AND count(DISTINCT split_part(obj_description(p.oid, 'pg_policy'), ' ', 1)) = 1"
    )
    return dict(cursor.fetchall())


def _statements(model: Any) -> list[str]:
    table = model._meta.db_table
    inside = INSIDE + _arms(model)
    readable = inside + (ANCESTORS if model.reference else "")
    return [
        f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
        f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
        f'CREATE POLICY muster_read ON "{table}" FOR SELECT USING ({readable})',
        f'CREATE POLICY muster_write ON "{table}" FOR ALL USING ({inside}) WITH CHECK ({inside})',
        f'CREATE INDEX IF NOT EXISTS "{table[:56]}_scope" ON "{table}" (division COLLATE "C")',
    ]


def _digest(statements: list[str]) -> str:
    return hashlib.sha256("\n".join(statements).encode()).hexdigest()


def _secure(cursor: Any, table: str, statements: list[str], digest: str) -> None:
    cursor.execute("SELECT policyname FROM pg_policies WHERE tablename = %s", [table])
    for (name,) in cursor.fetchall():
        cursor.execute(f'DROP POLICY "{name}" ON "{table}"')
    for statement in statements:
        cursor.execute(statement)
    cursor.execute(
        f"SELECT polname, {WORDS} FROM pg_policy p WHERE polrelid = %s::regclass",  # noqa: S608
        [f'"{table}"'],
    )
    for name, words in cursor.fetchall():
        cursor.execute(f"COMMENT ON POLICY {name} ON \"{table}\" IS '{digest} {words}'")


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


def _grant(cursor: Any, tables: set[str]) -> None:
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APP_ROLE])
    if not cursor.fetchone() or _granted(cursor):
        return
    for statement in (
        f"GRANT USAGE ON SCHEMA public TO {APP_ROLE}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {APP_ROLE}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {APP_ROLE}",
    ):
        cursor.execute(statement)
    if JOURNAL in tables:
        cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {JOURNAL} FROM {APP_ROLE}")


def _granted(cursor: Any) -> bool:
    """Return whether the app role has its rights on every table and sequence, and no more on the journal."""
    cursor.execute(
        "SELECT coalesce(bool_and(CASE relkind"
        " WHEN 'S' THEN has_sequence_privilege(%(role)s, oid, 'USAGE')"
        "  AND has_sequence_privilege(%(role)s, oid, 'SELECT')"
        " ELSE has_table_privilege(%(role)s, oid, 'SELECT')"
        "  AND has_table_privilege(%(role)s, oid, 'INSERT')"
        "  AND has_table_privilege(%(role)s, oid, 'UPDATE') = (relname <> %(journal)s)"
        "  AND has_table_privilege(%(role)s, oid, 'DELETE') = (relname <> %(journal)s) END), false)"
        " AND has_schema_privilege(%(role)s, 'public', 'USAGE')"
        " FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'S')",
        {"role": APP_ROLE, "journal": JOURNAL},
    )
    return bool(cursor.fetchone()[0])


def _tables(cursor: Any) -> set[str]:
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    return {row[0] for row in cursor.fetchall()}
