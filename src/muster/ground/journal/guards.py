"""Triggers that refuse to change or delete journal entries, on both databases."""

from typing import Any

from django.db import connections

SQLITE = (
    "CREATE TRIGGER IF NOT EXISTS journal_no_update BEFORE UPDATE ON journal_entry"
    " BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END",
    "CREATE TRIGGER IF NOT EXISTS journal_no_delete BEFORE DELETE ON journal_entry"
    " BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END",
)
POSTGRES = (
    "CREATE OR REPLACE FUNCTION journal_append_only() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$",
    "DROP TRIGGER IF EXISTS journal_append_only ON journal_entry",
    "CREATE TRIGGER journal_append_only BEFORE UPDATE OR DELETE ON journal_entry"
    " FOR EACH ROW EXECUTE FUNCTION journal_append_only()",
)


def install_guards(using: str = "default", **_: Any) -> None:
    """Install the triggers of this database."""
    connection = connections[using]
    if "journal_entry" not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for statement in SQLITE if connection.vendor == "sqlite" else POSTGRES:
            cursor.execute(statement)
