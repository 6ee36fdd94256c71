"""The second layer: PostgreSQL itself shows and takes only rows of the scope."""

from typing import Any

import pytest
from django.conf import LazySettings
from django.db import DatabaseError, connection, transaction

from muster.ground.register.models import Organisation, Person
from muster.ground.rows.problems import ScopeNotSet
from muster.ground.rows.scope import APP_ROLE, acting, reading_only, system_scope
from muster.ground.rows.security import install_row_security
from tests.factories import (
    COUNTY,
    FAR_VILLAGE,
    TOWN,
    VILLAGE,
    OrganisationFactory,
    PersonFactory,
    actor,
    everything,
)

pytestmark = [
    pytest.mark.usefixtures("county"),
    pytest.mark.skipif(
        "connection.vendor != 'postgresql'", reason="row-level security is PostgreSQL's"
    ),
]


@pytest.fixture(params=["on", "off"])
def _layer(request: Any, settings: LazySettings) -> None:
    """Run with the manager's filter on, and with it switched off."""
    settings.MUSTER_SCOPE_LAYER = request.param


def raw(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else []


def test_the_application_role_is_no_superuser_bypasses_nothing_and_owns_nothing() -> None:
    names = ("rolsuper", "rolbypassrls", "rolcreaterole", "rolcreatedb", "rolcanlogin")
    facts = raw(f"SELECT {', '.join(names)} FROM pg_roles WHERE rolname = %s", APP_ROLE)

    assert facts == [(False,) * 5]
    assert raw(
        "SELECT count(*) FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner"
        " WHERE r.rolname = %s",
        APP_ROLE,
    ) == [(0,)]
    with acting(actor()):
        assert raw("SELECT current_user") == [(APP_ROLE,)]


def test_every_scoped_table_forces_row_security() -> None:
    from django.apps import apps

    from muster.ground.rows.models import CountyRow, HistoryRow

    wanted = {m._meta.db_table for m in apps.get_models() if issubclass(m, CountyRow | HistoryRow)}
    forced = raw("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")

    assert wanted - {name for (name,) in forced} == set()


@pytest.mark.parametrize(
    "harm",
    [
        "DROP POLICY muster_read ON militia_unit",
        "ALTER TABLE militia_unit NO FORCE ROW LEVEL SECURITY",
        "ALTER POLICY muster_write ON militia_unit USING (true)",
        "CREATE POLICY open ON militia_unit USING (true)",
        f"REVOKE INSERT ON militia_unit FROM {APP_ROLE}",
        f"GRANT DELETE ON journal_entry TO {APP_ROLE}",
    ],
)
def test_installing_again_mends_what_was_changed_by_hand(harm: str) -> None:
    before = _standing()
    raw(harm)
    install_row_security()

    assert _standing() == before


def _standing() -> list[tuple[Any, ...]]:
    return [
        *raw("SELECT * FROM pg_policies WHERE tablename = 'militia_unit' ORDER BY policyname"),
        *raw("SELECT relforcerowsecurity FROM pg_class WHERE relname = 'militia_unit'"),
        *raw("SELECT has_table_privilege(%s, 'militia_unit', 'INSERT')", APP_ROLE),
        *raw("SELECT has_table_privilege(%s, 'journal_entry', 'DELETE')", APP_ROLE),
    ]


@pytest.mark.usefixtures("_layer")
@pytest.mark.requirement("SYS-02")
def test_sql_by_hand_sees_rows_of_the_scope_only() -> None:
    for place in (VILLAGE, FAR_VILLAGE):
        PersonFactory.create(division=place)

    with acting(actor("armed_officer", TOWN)):
        assert raw("SELECT division FROM register_person") == [(VILLAGE,)]
        assert raw("SELECT count(*) FROM register_historicalperson") == [(1,)]
        assert set(Person.objects.values_list("division", flat=True)) == {VILLAGE}
    with acting(actor("county_armed_department", COUNTY)):
        assert raw("SELECT count(*) FROM register_person") == [(2,)]


def test_reference_rows_above_are_seen_and_not_written() -> None:
    OrganisationFactory.create(division=COUNTY)

    with acting(actor("armed_officer", TOWN)):
        assert raw("SELECT count(*) FROM register_organisation") == [(1,)]
        raw("UPDATE register_organisation SET name = 'x'")
        raw("DELETE FROM register_organisation")
    with everything():
        assert Organisation.objects.exclude(name="x").count() == 1


@pytest.mark.parametrize(
    "sql",
    [
        f"UPDATE register_person SET division = '{FAR_VILLAGE}'",
        "INSERT INTO register_skill (id, county, division, person_id, skill, main)"
        f" SELECT gen_random_uuid(), '990101', '{FAR_VILLAGE}', id, 'x', false FROM register_person",
    ],
)
def test_rows_cannot_be_moved_or_put_outside(sql: str) -> None:
    PersonFactory.create(division=VILLAGE)

    with (
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
        acting(actor("armed_officer", TOWN)),
    ):
        raw(sql)


def test_without_the_first_layer_writes_outside_are_refused_by_the_database(
    settings: LazySettings,
) -> None:
    outside = PersonFactory.create(division=FAR_VILLAGE)
    settings.MUSTER_SCOPE_LAYER = "off"

    with acting(actor("armed_officer", TOWN)):
        assert Person.objects.filter(pk=outside.pk).update(name="改") == 0
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Person.objects.create(division=FAR_VILLAGE, name="外")


def test_without_a_scope_the_database_shows_nothing() -> None:
    PersonFactory.create()
    OrganisationFactory.create()

    with acting(actor()):
        pass

    for table in ("register_person", "register_organisation", "register_division"):
        assert raw(f"SELECT count(*) FROM {table}") == [(0,)]
    with pytest.raises(ScopeNotSet):
        Person.objects.count()


def test_the_first_layer_switched_off_still_wants_a_scope(settings: LazySettings) -> None:
    settings.MUSTER_SCOPE_LAYER = "off"

    with pytest.raises(ScopeNotSet):
        Person.objects.count()


def test_scopes_nest_and_each_end_restores_the_one_before() -> None:
    PersonFactory.create(division=VILLAGE)
    PersonFactory.create(division=FAR_VILLAGE)
    count = "SELECT count(*) FROM register_person"

    with acting(actor("armed_officer", TOWN)):
        with system_scope("a test"):
            assert raw(count) == [(2,)]
            with acting(actor("armed_officer", "990101002000")):
                assert raw("SELECT division FROM register_person") == [(FAR_VILLAGE,)]
            assert raw(count) == [(2,)]
        assert raw(count) == [(1,)]


def test_a_failed_statement_is_reported_as_what_it_is() -> None:
    with pytest.raises(DatabaseError, match="no_such_table"), transaction.atomic(), acting(actor()):
        raw("SELECT * FROM no_such_table")

    assert raw("SELECT count(*) FROM register_person") == [(0,)]


def test_reading_only_is_kept_by_the_database() -> None:
    with (
        acting(actor()),
        reading_only(),
        pytest.raises(DatabaseError, match="read-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE register_person SET name = 'x'")
    with acting(actor()):
        raw("UPDATE register_person SET name = 'x'")


def test_the_application_role_cannot_change_the_journal() -> None:
    with acting(actor()):
        for sql in (
            "UPDATE journal_entry SET reason = 'x'",
            "DELETE FROM journal_entry",
            "TRUNCATE journal_entry",
        ):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                raw(sql)
