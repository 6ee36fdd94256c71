"""Attendance by person comes from the roster of the day; minors are counted, never named."""

from datetime import date, timedelta

import pytest

from muster.domains.militia.actions.transfers import enter
from muster.domains.militia.models import Unit
from muster.engines.activities import actions
from muster.engines.activities.models import Participation
from muster.engines.activities.problems import AgeNotKnown, MinorNamed, NotByName, NotOnRoster
from muster.engines.activities.queries import activities as queries
from muster.engines.activities.queries import overviews
from muster.engines.activities.written import Count
from muster.ground.register.models import Person
from muster.ground.rows.problems import MayNotWriteThere, NotInScope
from muster.ground.rows.scope import acting
from tests.engines.activities.office import ADULT, CHILD, OFFICER, fresh, plan, unit
from tests.factories import (
    COUNTY,
    DAY,
    FAR_VILLAGE,
    NEXT_VILLAGE,
    NOON,
    PersonFactory,
    actor,
)

pytestmark = pytest.mark.usefixtures("county")


def test_attendance_is_taken_from_the_roster_of_the_day() -> None:
    team, people = unit(members=4)
    one = plan("instructor_course", level="city", hours=8)

    with acting(OFFICER):
        actions.attend(one, team.pk, [p.pk for p in people[:3]], instructors=[people[0].pk])
        actions.record_done(one, today=DAY, at=NOON)
        view, rows = queries.shown(queries.activity(one.pk)), queries.attendants(one)

    assert (view.came, view.to_come, view.rate, view.hours) == (3, 4, 75, 24)
    assert fresh(one).named == {"militia": [3, 4]}
    assert {r.row.unit_name for r in rows} == {team.name}
    assert [r.name for r in rows if r.row.role == "instructor"] == [people[0].name]
    assert [r.name for r in rows if not r.row.present] == [people[3].name]


def test_who_was_not_yet_on_the_roster_that_day_is_not_offered_and_not_taken() -> None:
    team, people = unit()
    before = plan(on=date(2025, 12, 31))

    with acting(OFFICER), pytest.raises(NotInScope):
        actions.attend(before, team.pk, [people[0].pk])


def test_strangers_to_the_unit_are_refused_and_nothing_is_written() -> None:
    team, people = unit()
    stranger = PersonFactory.create(birth_date=ADULT)
    one = plan()

    with acting(OFFICER), pytest.raises(NotOnRoster):
        actions.attend(one, team.pk, [people[0].pk, stranger.pk])
    with acting(OFFICER):
        assert not Participation.objects.exists()


def test_attendance_written_again_replaces_what_was_written() -> None:
    team, people = unit()
    one = plan()

    with acting(OFFICER):
        actions.attend(one, team.pk, [p.pk for p in people])
        actions.attend(one, team.pk, [people[0].pk])
        assert Participation.objects.count() == 3
    assert fresh(one).named == {"militia": [1, 3]}


def test_a_minor_on_the_roster_is_refused_by_name_and_left_out_unticked() -> None:
    team, people = unit(members=1)
    child = PersonFactory.create(birth_date=CHILD)
    _put_in(team, child)
    one = plan()

    with acting(OFFICER):
        with pytest.raises(MinorNamed):
            actions.attend(one, team.pk, [people[0].pk, child.pk])
        actions.attend(one, team.pk, [people[0].pk])
        assert not Participation.objects.filter(person=child).exists()


def _put_in(team: Unit, child: Person) -> None:
    with acting(actor("county_armed_department", COUNTY)):
        enter(child, team, None, on=date(2026, 1, 1), reason="eligible", at=NOON)


@pytest.mark.parametrize(("years", "allowed"), [(18, True), (17, False)])
def test_a_single_person_is_named_from_the_eighteenth_birthday_on(
    years: int, *, allowed: bool
) -> None:
    born = DAY.replace(year=DAY.year - years)
    person, one = PersonFactory.create(birth_date=born), plan()

    with acting(OFFICER):
        if allowed:
            actions.add_person(one, person, audience="militia")
        else:
            with pytest.raises(MinorNamed):
                actions.add_person(one, person, audience="militia")
        assert Participation.objects.exists() is allowed


def test_somebody_whose_age_is_not_known_is_not_named() -> None:
    person, one = PersonFactory.create(birth_date=None), plan()

    with acting(OFFICER), pytest.raises(AgeNotKnown):
        actions.add_person(one, person, audience="militia")


@pytest.mark.parametrize(
    ("kind", "audience"),
    [("education_day", "students"), ("drill", "cadres"), ("barracks_visit", "students")],
)
def test_classes_and_kinds_without_names_are_refused(kind: str, audience: str) -> None:
    person, one = PersonFactory.create(birth_date=ADULT), plan(kind)

    with acting(OFFICER), pytest.raises(NotByName):
        actions.add_person(one, person, audience=audience)


def test_a_person_taken_out_again_lowers_the_numbers() -> None:
    person, one = PersonFactory.create(birth_date=ADULT), plan()

    with acting(OFFICER):
        actions.add_person(one, person, audience="militia")
        actions.remove_person(one, person.pk)
        with pytest.raises(NotInScope):
            actions.remove_person(one, person.pk)
    assert fresh(one).named == {}


def test_posts_without_rosters_see_the_number_and_no_name() -> None:
    team, people = unit()
    one = plan()
    with acting(OFFICER):
        actions.attend(one, team.pk, [p.pk for p in people])

    with acting(actor("support_office_staff")):
        found = queries.activity(one.pk)
        assert queries.attendants(found) == []
        assert queries.shown(found).came == 3
        with pytest.raises((MayNotWriteThere, NotInScope)):
            actions.add_person(found, people[0], audience="militia")


def test_a_village_sees_its_own_people_in_the_township_s_attendance() -> None:
    team, people = unit(members=1)
    one = plan()
    with acting(OFFICER):
        actions.attend(one, team.pk, [people[0].pk])
        elsewhere = PersonFactory.create(division=NEXT_VILLAGE, birth_date=ADULT)
        actions.add_person(one, elsewhere, audience="militia")

    with acting(actor("village_company_leader", NEXT_VILLAGE)):
        assert [r.name for r in queries.attendants(queries.activity(one.pk))] == [elsewhere.name]


def test_a_desk_that_sees_part_of_the_people_does_not_lose_the_others_from_the_numbers() -> None:
    team, people = unit(members=2)
    county = actor("county_armed_department", COUNTY)
    one = plan()
    stranger = PersonFactory.create(division=FAR_VILLAGE, birth_date=ADULT)
    with acting(county):
        actions.add_person(one, stranger, audience="militia")
    with acting(OFFICER):
        actions.attend(one, team.pk, [people[0].pk])

    assert fresh(one).named == {"militia": [2, 3]}


def test_a_person_s_record_lists_what_was_held_and_whether_he_came() -> None:
    team, people = unit(members=2)
    came, missed, planned = plan(), plan(on=DAY - timedelta(days=30)), plan()
    with acting(OFFICER):
        actions.attend(came, team.pk, [people[0].pk])
        actions.attend(missed, team.pk, [people[1].pk])
        actions.attend(planned, team.pk, [people[0].pk])
        for one in (came, missed):
            actions.record_done(one, today=DAY, at=NOON)
        lines = queries.lines_of_person(people[0].pk)

    assert [(a.pk, p.present) for a, p in lines] == [(came.pk, True), (missed.pk, False)]


@pytest.mark.requirement("TRN-08")
def test_months_without_training_are_shown_for_each_unit() -> None:
    busy, people = unit(members=2)
    idle, _ = unit("青溪镇工兵排", members=1)
    for on in (date(2026, 1, 5), date(2026, 1, 25), date(2026, 4, 2)):
        one = plan(on=on)
        with acting(OFFICER):
            actions.attend(one, busy.pk, [people[0].pk])
            actions.record_done(one, today=DAY, at=NOON)
    counted = plan("cadre_study", on=date(2026, 2, 2))
    with acting(OFFICER):
        actions.count(counted, {"cadres": Count(5)})
        actions.record_done(counted, today=DAY, at=NOON)
        years = {y.pk: y for y in overviews.unit_years(2026, today=DAY)}

    assert [m.number for m in years[busy.pk].months if m.empty] == [2, 3, 5]
    assert (years[busy.pk].trained, years[busy.pk].size, years[busy.pk].rate) == (1, 2, 50)
    assert years[idle.pk].empty_months == 5
