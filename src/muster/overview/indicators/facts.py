"""The star schema as SQL views over the tables, the same text on SQLite and PostgreSQL.

Made after migrations and dropped before them, so that no migration meets a view. On PostgreSQL the
views run with the rights of who asks, so row-level security holds in them.
"""
# ruff: noqa: S608 - names and words of the SQL stand here and in our catalogue; nobody types them.

from typing import Any

from django.db import connections

from muster.ground.rows.catalogue import load
from muster.ground.rows.scope import APP_ROLE

TABLES = ("register_person", "militia_unit", "militia_post", "militia_membership", "militia_transfer",
          "militia_rollcall", "militia_rollcallline", "militia_frozenroster",
          "militia_frozenmember", "militia_absence", "campaigns_campaign", "campaigns_phase",
          "checklists_item", "checklists_evidence", "meetings_meeting", "meetings_resolution",
          "tasks_task", "activities_activity", "activities_measure")  # fmt: skip


def _key(column: str) -> str:
    return f"REPLACE(CAST({column} AS TEXT), '-', '')"


def _flag(condition: str) -> str:
    return f"CASE WHEN {condition} THEN 1 ELSE 0 END"


def _ymd(column: str) -> str:
    return f"CAST(REPLACE(CAST({column} AS TEXT), '-', '') AS BIGINT)"


def _home(alias: str) -> str:
    return (
        f"{_key(f'{alias}.id')} AS id, CAST({alias}.county AS BIGINT) AS county,"
        f" CAST({alias}.division AS BIGINT) AS division"
    )


CONTRIBUTED = "(u.contributes_to_id IS NOT NULL OR u.contributes_to_name <> '')"


def _kind(name: str, contributed: str, *, alias: str) -> str:
    """Return the CASE that names a unit's kind, as the catalogue says."""
    arms = [
        f"WHEN {_condition(kind['when'], name, contributed, alias)} THEN '{_plain(code)}'"
        for code, kind in load("indicators/unit_kinds.yaml")["kinds"].items()
        if kind["when"]
    ]
    return f"CASE {' '.join(arms)} ELSE 'other_primary' END"


def _condition(when: dict[str, Any], name: str, contributed: str, alias: str) -> str:
    parts = []
    if "contributed" in when:
        parts.append(contributed if when["contributed"] else f"NOT {contributed}")
    if "primary" in when:
        parts.append(f'{"" if when["primary"] else "NOT "}{alias}."primary"')
    if "force" in when:
        parts.append(f"{alias}.force IN ({', '.join(repr(_plain(f)) for f in when['force'])})")
    if "words" in when:
        words = (f"{name} LIKE '%{_plain(word)}%'" for word in when["words"])
        parts.append(f"({' OR '.join(words)})")
    return " AND ".join(parts)


def _plain(word: str) -> str:
    """Return a word of the catalogue that may stand in SQL; anything else is a bug."""
    if not word.replace("_", "").isalnum():
        raise ValueError(f"{word!r} may not stand in a catalogue of unit kinds")
    return word


def _neighbour(what: str, condition: str) -> str:
    return (
        f"(SELECT {what} FROM militia_membership n WHERE n.county = m.county"
        f" AND n.person_id = m.person_id AND {condition}"
        " AND (n.valid_to IS NULL OR n.valid_to > n.valid_from) LIMIT 1)"
    )


def views() -> dict[str, str]:
    """Return view name → its SELECT."""
    return _views_of_members() | _views_of_work() | _views_of_meetings() | _views_of_activities()


def _views_of_members() -> dict[str, str]:
    unit_kind = _kind("u.name", CONTRIBUTED, alias="u")
    frozen_kind = _kind("f.unit_name", "f.contributed", alias="f")
    # An adjoining spell begins the day this one ends; the one before ended the day this began.
    before, after = "n.valid_to = m.valid_from", "n.valid_from = m.valid_to"
    division = "CAST(n.division AS BIGINT)"
    return {
        "facts_membership": f"""
            SELECT {_home("m")}, {_key("m.person_id")} AS person, {_key("m.unit_id")} AS unit,
              {unit_kind} AS unit_kind, u.force AS force, {_flag('u."primary"')} AS is_primary,
              m.valid_from AS valid_from, m.valid_to AS valid_to, {_ymd("p.birth_date")} AS birth_ymd,
              {_neighbour(division, before)} AS prev_division,
              {_neighbour(_key("n.unit_id"), before)} AS prev_unit,
              {_neighbour(division, after)} AS next_division,
              {_neighbour(_key("n.unit_id"), after)} AS next_unit
            FROM militia_membership m
            JOIN militia_unit u ON u.county = m.county AND u.id = m.unit_id
            LEFT JOIN register_person p ON p.county = m.county AND p.id = m.person_id
            WHERE m.valid_to IS NULL OR m.valid_to > m.valid_from""",
        "facts_transfer": f"""
            SELECT {_home("t")}, {_key("t.person_id")} AS person, t.kind AS kind, t."on" AS day,
              {_key("t.from_unit_id")} AS from_unit, {_key("t.to_unit_id")} AS to_unit,
              t.reason AS reason
            FROM militia_transfer t
            WHERE t.reverses_id IS NULL AND NOT EXISTS (
              SELECT 1 FROM militia_transfer r WHERE r.county = t.county AND r.reverses_id = t.id)""",
        "facts_frozen_member": f"""
            SELECT {_home("f")}, {_key("f.roster_id")} AS roster, {_key("f.person_id")} AS person,
              {_key("f.unit_id")} AS unit, {frozen_kind} AS unit_kind, f.force AS force,
              {_flag('f."primary"')} AS is_primary, {_flag("f.away")} AS away,
              CAST(r.year AS BIGINT) AS year, r.as_of AS as_of
            FROM militia_frozenmember f
            JOIN militia_frozenroster r ON r.county = f.county AND r.id = f.roster_id""",
        "facts_unit": f"""
            SELECT {_home("u")}, {unit_kind} AS unit_kind, u.force AS force,
              {_flag('u."primary"')} AS is_primary, u.level AS level,
              {_flag(CONTRIBUTED)} AS contributed, u.valid_from AS valid_from,
              u.valid_to AS valid_to
            FROM militia_unit u""",
        "facts_post": f"""
            SELECT {_home("o")}, {_key("o.unit_id")} AS unit, {unit_kind} AS unit_kind,
              CAST(o.count AS BIGINT) AS places, u.valid_from AS valid_from,
              u.valid_to AS valid_to
            FROM militia_post o
            JOIN militia_unit u ON u.county = o.county AND u.id = o.unit_id""",
    }  # fmt: skip


def _views_of_work() -> dict[str, str]:
    return {
        "facts_roll_call_line": f"""
            SELECT {_home("l")}, {_key("l.call_id")} AS roll_call, {_key("l.person_id")} AS person,
              {_key("l.unit_id")} AS unit, c."on" AS day, {_flag("c.state = 'closed'")} AS closed,
              l.presence AS presence, {_flag('u."primary"')} AS is_primary
            FROM militia_rollcallline l
            JOIN militia_rollcall c ON c.county = l.county AND c.id = l.call_id
            JOIN militia_unit u ON u.county = l.county AND u.id = l.unit_id""",
        "facts_phase_item": f"""
            SELECT {_home("i")}, {_key("h.id")} AS phase, CAST(h."order" AS BIGINT) AS phase_order,
              {_key("c.id")} AS campaign, c.kind AS campaign_kind, CAST(c.year AS BIGINT) AS year,
              {_flag("c.state IN ('active', 'closed')")} AS started,
              (SELECT MIN(e."on") FROM checklists_evidence e
               WHERE e.county = i.county AND e.item_id = i.id) AS first_on
            FROM checklists_item i
            JOIN campaigns_phase h ON h.county = i.county AND h.id = i.about
            JOIN campaigns_campaign c ON c.county = h.county AND c.id = h.campaign_id
            WHERE i.required""",
        "facts_absence": f"""
            SELECT {_home("a")}, {_key("a.person_id")} AS person, a.left_on AS left_on,
              a.back_on AS back_on
            FROM militia_absence a""",
        "facts_person": f"""
            SELECT {_home("p")}, p.sex AS sex, {_ymd("p.birth_date")} AS birth_ymd,
              CAST(p.education AS BIGINT) AS education,
              CASE WHEN p.veteran THEN 1 WHEN NOT p.veteran THEN 0 END AS veteran
            FROM register_person p
            WHERE p.state <> 'withdrawn'""",
    }  # fmt: skip


def _views_of_meetings() -> dict[str, str]:
    mine, other = _ymd('m."on"'), _ymd('n."on"')
    same_month = f"{other} / 100 = {mine} / 100"
    earlier = (
        "SELECT 1 FROM meetings_meeting n WHERE n.county = m.county AND n.division = m.division"
        f" AND n.kind = m.kind AND n.state = 'held' AND {same_month}"
        ' AND (n."on" < m."on" OR (n."on" = m."on" AND n.id < m.id))'
    )
    return {
        "facts_meeting": f"""
            SELECT {_home("m")}, m.kind AS kind, {_key("m.organisation_id")} AS organisation,
              m."on" AS day, m.minutes_on AS minutes_on,
              {_flag(f"NOT EXISTS ({earlier})")} AS first_of_month
            FROM meetings_meeting m
            WHERE m.state = 'held'""",
        "facts_resolution": f"""
            SELECT {_home("r")}, {_key("m.id")} AS meeting, m.kind AS kind, m."on" AS day,
              t.reported_on AS fed_back_on
            FROM meetings_resolution r
            JOIN meetings_meeting m ON m.county = r.county AND m.id = r.meeting_id
            LEFT JOIN tasks_task t ON t.county = r.county AND t.id = r.task_id
            WHERE m.state = 'held'""",
    }  # fmt: skip


def _views_of_activities() -> dict[str, str]:
    return {
        "facts_activity": f"""
            SELECT {_home("a")}, a.kind AS kind, a.subject AS subject,
              {_key("a.organiser_id")} AS organisation, a."on" AS day
            FROM activities_activity a
            WHERE a.state = 'done'""",
        "facts_measure": f"""
            SELECT {_home("m")}, {_key("a.id")} AS activity, a.kind AS kind, m.channel AS channel,
              {_key("a.organiser_id")} AS organisation, a."on" AS day, m.quantity AS quantity
            FROM activities_measure m
            JOIN activities_activity a ON a.county = m.county AND a.id = m.activity_id
            WHERE a.state = 'done'""",
    }


def drop_views(using: str = "default", **_: Any) -> None:
    """Drop the views, so that migrations may change the tables below them."""
    with connections[using].cursor() as cursor:
        for name in views():
            cursor.execute(f"DROP VIEW IF EXISTS {name}")


def make_views(using: str = "default", **_: Any) -> None:
    """Make the views anew once every table they read exists."""
    connection = connections[using]
    if set(TABLES) - set(connection.introspection.table_names()):
        return
    drop_views(using)
    postgres = connection.vendor == "postgresql"
    rights = " WITH (security_invoker = true)" if postgres else ""
    with connection.cursor() as cursor:
        for name, select in views().items():
            cursor.execute(f"CREATE VIEW {name}{rights} AS {select}")
        if postgres:
            _grant(cursor)


def _grant(cursor: Any) -> None:
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APP_ROLE])
    if cursor.fetchone():
        for name in views():
            cursor.execute(f"GRANT SELECT ON {name} TO {APP_ROLE}")
