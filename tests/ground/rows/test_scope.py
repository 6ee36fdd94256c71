"""The manager: no scope, no query; the subtree, ancestors, arms; writes stay inside."""

import pytest
from django.db import models
from django.test.utils import isolate_apps

from muster.ground.register.models import Division, Organisation, Person, Skill
from muster.ground.rows.ids import uuid7
from muster.ground.rows.models import CountyRow
from muster.ground.rows.problems import MayNotWriteThere, NotInScope, ScopeNotSet
from muster.ground.rows.scope import acting, current_scope, system_scope
from tests.factories import (
    COUNTY,
    FAR_VILLAGE,
    FOREIGN_TOWN,
    NEXT_VILLAGE,
    OTHER_COUNTY,
    OTHER_TOWN,
    TOWN,
    VILLAGE,
    OrganisationFactory,
    PersonFactory,
    actor,
    everything,
)

pytestmark = pytest.mark.usefixtures("county")


def codes(rows: models.QuerySet[CountyRow]) -> set[str]:
    return set(rows.values_list("division", flat=True))


def test_without_a_scope_every_query_is_a_bug() -> None:
    with pytest.raises(ScopeNotSet):
        Person.objects.count()
    with pytest.raises(ScopeNotSet):
        Person.objects.create(division=VILLAGE, name="无")
    with pytest.raises(ScopeNotSet):
        Person.history.count()


def test_the_scope_ends_with_its_block_even_after_an_error() -> None:
    with pytest.raises(ZeroDivisionError), acting(actor()):
        1 / 0  # noqa: B018

    with pytest.raises(ScopeNotSet):
        current_scope()


def test_posts_of_governing_work_read_which_organisations_there_are_and_write_none() -> None:
    """docs/decisions/0002: the county mobilisation office confirms campaigns but sees no roster."""
    for place in (VILLAGE, OTHER_TOWN, FOREIGN_TOWN):
        OrganisationFactory.create(division=place)
        PersonFactory.create(division=place)

    with acting(actor("county_mobilisation_office", COUNTY)):
        assert codes(Organisation.objects.all()) == {VILLAGE, OTHER_TOWN}
        assert not Person.objects.exists()
        assert not Organisation.history.exists()
        with pytest.raises(MayNotWriteThere):
            Organisation.objects.create(division=TOWN, name="新单位", kind="department")
        with pytest.raises(MayNotWriteThere):
            Organisation.objects.update(name="改名")
    with acting(actor("finance", TOWN)):
        assert not Organisation.objects.exists()


@pytest.mark.requirement("SYS-02")
@pytest.mark.parametrize(
    ("division", "seen"),
    [
        (COUNTY, {VILLAGE, NEXT_VILLAGE, FAR_VILLAGE, TOWN}),
        (TOWN, {VILLAGE, NEXT_VILLAGE, TOWN}),
        (VILLAGE, {VILLAGE}),
        (OTHER_COUNTY, {FOREIGN_TOWN}),
    ],
)
def test_people_are_seen_in_the_subtree_and_nowhere_else(division: str, seen: set[str]) -> None:
    for place in (TOWN, VILLAGE, NEXT_VILLAGE, FAR_VILLAGE, FOREIGN_TOWN):
        PersonFactory.create(division=place)

    with acting(actor("county_armed_department", division)):
        assert codes(Person.objects.all()) == seen


def test_reference_rows_of_the_levels_above_are_read_and_not_those_beside() -> None:
    with acting(actor("village_company_leader", VILLAGE)):
        assert codes(Division.objects.all()) == {VILLAGE, TOWN, COUNTY}
    with acting(actor("armed_officer", TOWN)):
        assert codes(Division.objects.all()) == {TOWN, VILLAGE, NEXT_VILLAGE, COUNTY}


def test_reference_rows_above_are_not_written() -> None:
    above = OrganisationFactory.create(division=COUNTY, name="县人武部")

    with acting(actor("armed_officer", TOWN)):
        row = Organisation.objects.fetch(above.pk)
        assert Organisation.objects.filter(pk=above.pk).update(name="改") == 0
        assert Organisation.objects.filter(pk=above.pk).delete()[0] == 0
        with pytest.raises(MayNotWriteThere):
            row.save()
        with pytest.raises(MayNotWriteThere):
            row.delete()
        row.division = TOWN  # pulled down into what the post may write
        with pytest.raises(MayNotWriteThere):
            row.save()
    with everything():
        assert Organisation.objects.get(pk=above.pk).name == "县人武部"


def test_an_area_that_the_post_does_not_read_is_empty() -> None:
    PersonFactory.create()

    with acting(actor("finance", TOWN)):
        assert not Person.objects.exists()
    with acting(actor("system_administrator", COUNTY)):
        assert not Person.objects.exists()


def test_the_organisation_reach_sees_no_people_and_only_its_own_place_by_reference() -> None:
    PersonFactory.create(division=TOWN)
    mine = OrganisationFactory.create(division=TOWN)

    with acting(actor("member_department", TOWN, organisations=(mine.pk,))):
        assert not Person.objects.exists()
        assert codes(Division.objects.all()) == {TOWN, COUNTY}


@isolate_apps("muster.ground.register")
def test_the_arms_reach_rows_of_my_organisation_assigned_to_me_and_my_own() -> None:
    class Armed(CountyRow):
        organisation_arm = "organisation_id"
        assigned_arm = "assigned_id"
        organisation_id = models.UUIDField()
        assigned_id = models.UUIDField()

        class Meta:
            app_label = "register"

    mine, me, other = uuid7(), uuid7(), uuid7()
    role = actor("member_department", TOWN, organisations=(mine,), person=me, writes={"register"})

    with acting(role):
        sql = str(Armed.objects.all().query)
        for_me = Armed(division=FAR_VILLAGE, organisation_id=other, assigned_id=me)
        for_us = Armed(division=FAR_VILLAGE, organisation_id=mine, assigned_id=other)
        for_others = Armed(division=FAR_VILLAGE, organisation_id=other, assigned_id=other)

        assert mine.hex in sql.replace("-", "") and me.hex in sql.replace("-", "")
        for row in (for_me, for_us):
            row.check_home()
        with pytest.raises(MayNotWriteThere):
            for_others.check_home()


def test_a_row_outside_the_scope_is_refused_with_one_constant_answer() -> None:
    hidden = PersonFactory.create(division=FAR_VILLAGE)

    with acting(actor("armed_officer", TOWN)):
        answers = []
        for key in (hidden.pk, "0190aaaa-0000-7000-8000-000000000000", "nonsense", ""):
            with pytest.raises(NotInScope) as refused:
                Person.objects.fetch(key)
            answers.append(refused.value.as_json())

    assert answers.count(answers[0]) == len(answers)


def test_foreign_keys_and_reverse_links_obey_the_scope() -> None:
    hidden = PersonFactory.create(division=FAR_VILLAGE)
    with everything():
        skill = Skill.objects.create(division=VILLAGE, person=hidden, skill="驾驶")

    with acting(actor("armed_officer", TOWN)):
        row = Skill.objects.get(pk=skill.pk)
        with pytest.raises(Person.DoesNotExist):
            _ = row.person
    with acting(actor("armed_officer", OTHER_TOWN)):
        assert not Person.objects.get(pk=hidden.pk).skills.exists()


@pytest.mark.requirement("SYS-02")
def test_writes_outside_the_scope_are_refused() -> None:
    inside, outside = PersonFactory.create(), PersonFactory.create(division=FAR_VILLAGE)

    with acting(actor("armed_officer", TOWN)):
        for refused in (
            lambda: Person.objects.create(division=FAR_VILLAGE, name="外"),
            lambda: Person.objects.bulk_create([Person(division=FAR_VILLAGE, name="外")]),
            outside.save,
            outside.delete,
        ):
            with pytest.raises(MayNotWriteThere):
                refused()
        inside.division = FAR_VILLAGE
        with pytest.raises(MayNotWriteThere):
            inside.save()
        assert Person.objects.filter(pk=outside.pk).update(name="改") == 0


def test_a_post_that_only_reads_an_area_writes_nothing_there() -> None:
    person = PersonFactory.create()

    with acting(actor("village_secretary", VILLAGE)):
        seen = Person.objects.fetch(person.pk)
        for refused in (
            seen.save,
            seen.delete,
            lambda: Person.objects.update(name="改"),
            lambda: Person.objects.all().delete(),
            lambda: Person.objects.bulk_create([Person(division=VILLAGE, name="新")]),
        ):
            with pytest.raises(MayNotWriteThere):
                refused()


def test_home_never_changes_in_bulk_and_never_leaves_the_county() -> None:
    person = PersonFactory.create()

    with acting(actor("armed_officer", TOWN)):
        with pytest.raises(ValueError, match="never change by update"):
            Person.objects.update(division=NEXT_VILLAGE)
        with pytest.raises(ValueError, match="never change by update"):
            Person.objects.bulk_update([person], ["division"])
    with everything():
        person.division = FOREIGN_TOWN
        with pytest.raises(ValueError, match="between counties"):
            person.save()


def test_a_row_moves_within_the_scope() -> None:
    person = PersonFactory.create(division=VILLAGE)

    with acting(actor("armed_officer", TOWN)):
        row = Person.objects.fetch(person.pk)
        row.division = NEXT_VILLAGE
        row.save()
        row.save()

        assert Person.objects.get(pk=person.pk).division == NEXT_VILLAGE


def test_a_partly_loaded_row_is_checked_where_it_really_stands() -> None:
    above = OrganisationFactory.create(division=COUNTY)

    with acting(actor("armed_officer", TOWN)):
        row = Organisation.objects.only("name").get(pk=above.pk)
        row.division = TOWN
        with pytest.raises(MayNotWriteThere):
            row.save()


def test_upserts_raw_sql_and_deleting_a_whole_table_are_refused() -> None:
    with acting(actor("armed_officer", TOWN)):
        with pytest.raises(ValueError, match="upsert"):
            Person.objects.bulk_create([], update_conflicts=True)
        with pytest.raises(ValueError, match="raw SQL"):
            Person.objects.raw("SELECT 1")
        assert not hasattr(Person.objects, "delete")


def test_history_is_as_narrow_as_the_rows() -> None:
    with everything():
        for place in (VILLAGE, FAR_VILLAGE):
            PersonFactory.create(division=place).save()

    with acting(actor("armed_officer", TOWN)):
        assert set(Person.history.values_list("division", flat=True)) == {VILLAGE}
    with acting(actor("finance", TOWN)):
        assert not Person.history.exists()


def test_system_scope_opens_everything_and_closes_again() -> None:
    PersonFactory.create(division=FAR_VILLAGE)

    with acting(actor("armed_officer", TOWN)):
        with system_scope("a test"):
            assert Person.objects.count() == 1
        assert Person.objects.count() == 0


def test_every_scoped_model_goes_through_the_scoped_manager() -> None:
    from django.apps import apps

    from muster.ground.rows.models import HistoryRow, ScopedManager

    for model in apps.get_models():
        if issubclass(model, CountyRow | HistoryRow):
            assert isinstance(model._default_manager, ScopedManager), model
        if issubclass(model, CountyRow):
            assert isinstance(model._base_manager, ScopedManager), model
