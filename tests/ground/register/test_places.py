"""Divisions, organisations and posts: one tree, names by date, one first responsible person."""

from datetime import date, timedelta
from typing import Any

import pytest

from muster.core.kernel import Problem
from muster.ground.journal.models import Entry
from muster.ground.register import actions, places, queries
from muster.ground.register.models import Organisation
from muster.ground.register.problems import (
    AppointmentTaken,
    DatesReversed,
    DivisionCodeRefused,
    DivisionExists,
    FirstResponsibleMisplaced,
    FirstResponsibleTaken,
    HoldingEnded,
    OrganisationExists,
    OrganisationInUse,
    ParentLoop,
)
from muster.ground.rows.problems import MayNotWriteThere, NotInScope
from muster.ground.rows.scope import acting
from tests.factories import COUNTY, DAY, OTHER_TOWN, TOWN, VILLAGE, OrganisationFactory, actor

pytestmark = pytest.mark.usefixtures("county")
NEW_VILLAGE = "990101001009"
COUNTY_POST = "county_armed_department"


def county_desk() -> Any:
    return acting(actor(COUNTY_POST, COUNTY))


def committee(division: str = TOWN) -> Organisation:
    made: Organisation = OrganisationFactory.create(
        division=division, name="镇党委", kind="party_committee"
    )
    return made


# --- divisions ---


def test_the_county_adds_a_village_below_its_township() -> None:
    with county_desk():
        made = actions.new_division(NEW_VILLAGE, "新桥村", population=812)
        assert (made.level, made.population) == ("village", 812)
        assert made in list(places.children_of(queries.division(TOWN)))
        assert [d.level for d in places.children_of(queries.division(COUNTY))] == ["township"] * 2
    assert Entry.objects.get(action="division.created").object == str(made.pk)


@pytest.mark.parametrize(
    ("code", "refusal"),
    [(VILLAGE, DivisionExists), ("12345", DivisionCodeRefused), ("99010100100X", DivisionCodeRefused),
     ("990101003001", DivisionCodeRefused)],
)  # fmt: skip
def test_a_code_is_refused_that(code: str, refusal: type[Problem]) -> None:
    with county_desk(), pytest.raises(refusal):
        actions.new_division(code, "某村")


def test_a_township_cannot_add_a_division_next_to_itself() -> None:
    with acting(actor()), pytest.raises(MayNotWriteThere):
        actions.new_division("990101009000", "新镇")


def test_a_renamed_division_keeps_its_name_for_every_day_before() -> None:
    with county_desk():
        place = actions.rename_division(queries.division(VILLAGE), name="柳湾社区", since=DAY)
        place = actions.rename_division(place, name="柳湾新村", since=DAY + timedelta(days=10))

        names = [places.name_on(place, DAY + timedelta(days=n)) for n in (-1, 0, 9, 10, 900)]
        assert names == ["柳湾村", "柳湾社区", "柳湾社区", "柳湾新村", "柳湾新村"]
        with pytest.raises(DatesReversed):
            actions.rename_division(place, name="又名", since=DAY + timedelta(days=10))
    assert Entry.objects.filter(action="division.renamed").count() == 2


def test_population_is_counted_by_the_county_only() -> None:
    with county_desk():
        assert actions.count_population(queries.division(TOWN), 23_000).population == 23_000
        assert actions.count_population(queries.division(TOWN), None).population is None
    with acting(actor("village_company_leader", VILLAGE)), pytest.raises(MayNotWriteThere):
        actions.count_population(queries.division(TOWN), 1)


# --- organisations ---


def test_an_organisation_stands_once_at_a_division() -> None:
    with acting(actor()):
        made = actions.new_organisation(TOWN, "青溪镇中学", kind="school", short_name="中学")
        with pytest.raises(OrganisationExists):
            actions.new_organisation(TOWN, "青溪镇中学", kind="school")
        other = actions.new_organisation(VILLAGE, "青溪镇中学", kind="school", parent=made)
        assert list(made.children.all()) == [other]
        with pytest.raises(OrganisationExists):
            actions.change_organisation(actions.new_organisation(TOWN, "小学", kind="school"),
                                        name="青溪镇中学", kind="school")  # fmt: skip


def test_the_tree_of_organisations_has_no_loop() -> None:
    with acting(actor()):
        top = actions.new_organisation(TOWN, "镇武装部", kind="armed_forces_department")
        low = actions.new_organisation(VILLAGE, "民兵连", kind="militia_company", parent=top)
        for parent in (top, low):
            with pytest.raises(ParentLoop):
                actions.change_organisation(top, name=top.name, kind=top.kind, parent=parent)
        assert (
            actions.change_organisation(low, name="柳湾连", kind=low.kind, parent=top).name
            == "柳湾连"
        )


def test_an_organisation_closes_when_nothing_hangs_on_it_and_reopens() -> None:
    with acting(actor()):
        row = actions.new_organisation(
            TOWN, "镇武装部", kind="armed_forces_department", valid_from=DAY
        )
        low = actions.new_organisation(VILLAGE, "民兵连", kind="militia_company", parent=row)
        held = actions.appoint(row, post="部长", holder_name="仇砚秋", since=DAY)
        body = actions.form_body(row, "专班", kind="x", formed_on=DAY, seats=[("组长", "")])
        with pytest.raises(OrganisationInUse) as refusal:
            actions.close_organisation(row, on=DAY)
        assert refusal.value.message.count("；") == 2

        actions.close_organisation(low, on=DAY)
        actions.end_appointment(held, on=DAY)
        actions.close_body(body, on=DAY)
        with pytest.raises(DatesReversed):
            actions.close_organisation(row, on=DAY - timedelta(days=1))
        actions.close_organisation(row, on=DAY)
        assert row not in list(queries.organisations())
        actions.reopen_organisation(row)
        assert row in list(queries.organisations())


def test_county_organisations_are_seen_below_and_not_written() -> None:
    above, beside = (
        OrganisationFactory.create(division=COUNTY),
        OrganisationFactory.create(division=OTHER_TOWN),
    )
    with acting(actor()):
        assert queries.organisation(above.pk) == above
        with pytest.raises(MayNotWriteThere):
            actions.change_organisation(above, name="改名", kind="other")
        with pytest.raises(MayNotWriteThere):
            actions.appoint(above, post="主任", holder_name="某", since=DAY)
        with pytest.raises(NotInScope):
            queries.organisation(beside.pk)


# --- appointments ---


def test_a_new_holder_ends_the_one_before_the_day_before() -> None:
    office = committee()
    with acting(actor()):
        first = actions.appoint(office, post="武装部部长", holder_name="甲", since=date(2020, 1, 1))
        second = actions.appoint(office, post="武装部部长", holder_name="乙", since=DAY)
        deputy = actions.appoint(
            office, post="武装部部长", holder_name="丙", since=DAY, beside=True
        )
        first.refresh_from_db()

        assert first.valid_to == DAY - timedelta(days=1)
        current = set(office.appointments.filter(valid_to=None))
        assert current == {second, deputy}
        assert list(places.former_holders(office)) == [first]
        with pytest.raises(AppointmentTaken):
            actions.appoint(
                office, post="武装部部长", holder_name="丁", since=DAY - timedelta(days=5)
            )


def test_an_appointment_ends_once_and_not_before_it_began() -> None:
    with acting(actor()):
        row = actions.appoint(committee(), post="书记", holder_name="甲", since=DAY)
        with pytest.raises(DatesReversed):
            actions.end_appointment(row, on=DAY - timedelta(days=1))
        actions.end_appointment(row, on=DAY)
        with pytest.raises(HoldingEnded):
            actions.end_appointment(row, on=DAY)


def test_a_township_has_exactly_one_first_responsible_person() -> None:
    office = committee()
    with acting(actor()):
        first = actions.appoint(office, post="党委书记", holder_name="甲", since=date(2020, 1, 1),
                                first_responsible=True)  # fmt: skip
        assert places.first_responsible(VILLAGE) == first
        with pytest.raises(FirstResponsibleTaken):
            actions.appoint(
                office, post="党委副书记", holder_name="乙", since=DAY, first_responsible=True
            )

        second = actions.appoint(
            office, post="党委书记", holder_name="丙", since=DAY, first_responsible=True
        )
        assert places.first_responsible(TOWN) == second
        actions.end_appointment(second, on=DAY)
        assert places.first_responsible(TOWN) is None


@pytest.mark.parametrize(("kind", "division"), [("government", TOWN), ("party_committee", VILLAGE)])
def test_the_first_responsible_person_sits_in_the_townships_party_committee(
    kind: str, division: str
) -> None:
    office = OrganisationFactory.create(kind=kind, division=division)
    with acting(actor()), pytest.raises(FirstResponsibleMisplaced):
        actions.appoint(office, post="书记", holder_name="甲", since=DAY, first_responsible=True)
