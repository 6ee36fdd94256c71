"""Triggers that refuse two posts which exclude each other, whatever code writes them."""

from typing import Any

from django.db import connections

from muster.ground.accounts.roles import Roles, all_roles

NAME = "accounts_posts_exclude"
MESSAGE = "these posts exclude each other"


def clash_condition(roles: Roles, *, far: str) -> str:
    """Return the SQL that finds a held post which excludes the NEW one; ``far`` is a late date."""
    mine = "p.account_id = NEW.account_id"
    same = f"({mine} OR (a.person_id IS NOT NULL AND a.person_id = me.person_id))"
    kinds = ", ".join(f"'{role.code}'" for role in roles.administrators)
    pairs = [f"({mine} AND (p.role IN ({kinds})) <> (NEW.role IN ({kinds})))"]
    for rule in roles.exclusions:
        who = same if rule.per == "person" else mine
        for one, other in ((rule.first, rule.second), (rule.second, rule.first)):
            pairs.append(f"({who} AND p.role = '{one}' AND NEW.role = '{other}')")
    return (
        "EXISTS (SELECT 1 FROM accounts_post p JOIN accounts_account a ON a.id = p.account_id"  # noqa: S608
        " JOIN accounts_account me ON me.id = NEW.account_id WHERE p.id <> NEW.id"
        " AND a.state <> 'closed'"
        f" AND p.valid_from <= COALESCE(NEW.valid_to, {far})"
        f" AND COALESCE(p.valid_to, {far}) >= NEW.valid_from AND ({' OR '.join(pairs)}))"
    )


def sqlite_statements(roles: Roles) -> list[str]:
    """Return the triggers for SQLite."""
    condition = clash_condition(roles, far="'9999-12-31'")
    found = []
    for moment in ("INSERT", "UPDATE"):
        name = f"{NAME}_{moment.lower()}"
        found.append(f"DROP TRIGGER IF EXISTS {name}")
        found.append(
            f"CREATE TRIGGER {name} BEFORE {moment} ON accounts_post WHEN {condition}"
            f" BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        )
    return found


def postgres_statements(roles: Roles) -> list[str]:
    """Return the trigger for PostgreSQL."""
    condition = clash_condition(roles, far="'infinity'::date")
    return [
        f"CREATE OR REPLACE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF {condition} THEN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'check_violation';"
        " END IF; RETURN NEW; END $$",
        f"DROP TRIGGER IF EXISTS {NAME} ON accounts_post",
        f"CREATE TRIGGER {NAME} BEFORE INSERT OR UPDATE ON accounts_post"
        f" FOR EACH ROW EXECUTE FUNCTION {NAME}()",
    ]


def install_guards(using: str = "default", **_: Any) -> None:
    """Install the triggers of this database from the catalogue's exclusions."""
    connection = connections[using]
    if "accounts_post" not in connection.introspection.table_names():
        return
    roles = all_roles()
    sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        for statement in sqlite_statements(roles) if sqlite else postgres_statements(roles):
            cursor.execute(statement)
