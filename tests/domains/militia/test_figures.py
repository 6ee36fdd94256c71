"""Strength, quality, availability and flow in numbers."""

from datetime import date

import pytest

from muster.domains.militia.actions import (
    assign,
    call_together,
    come_back,
    enter,
    go_away,
    mark,
    record_vetting,
)
from muster.domains.militia.models import Absence, Vetting
from muster.domains.militia.queries import away, figures, members, quality, rosters
from muster.ground.accounts.problems import ActNotYours
from muster.ground.rows.actor import Actor
from muster.ground.rulebook.actions import change
from tests.domains.militia.building import (
    COUNTY,
    NOON,
    TOWN,
    VILLAGE,
    VILLAGE_2,
    as_role,
    person,
    post,
    unit,
)

DAY, JUNE = date(2024, 5, 21), date(2024, 6, 1)


@pytest.mark.requirement("MIL-06")
def test_a_contributed_member_counts_once_in_the_unit_he_belongs_to(desk: Actor) -> None:
    county_company = unit("县应急连", division=COUNTY, primary=True)
    platoon = unit("应急排", level="platoon", primary=True)
    lent = unit("县应急连抽组班", level="squad", primary=True, contributes_to=county_company)
    post(platoon, places=3)
    post(lent, places=2)
    post(county_company, places=5)
    for of, number in ((platoon, 30), (lent, 5)):
        assign(of, year=2024, number=number, source="县人武部通知")
    for of, count in ((platoon, 2), (lent, 1)):
        for _ in range(count):
            enter(person(), of, None, on=DAY, reason="opening", at=NOON)

    found = {s.unit.name: s for s in figures.strengths([county_company, platoon, lent], JUNE)}

    row = [(s.authorised, s.assigned, s.actual, s.contributed, s.vacant) for s in found.values()]
    assert row == [(5, None, 0, 1, 4), (3, 30, 2, 0, 1), (2, 5, 1, 0, 1)]
    assert figures.total_strength(JUNE) == figures.total_strength(JUNE, COUNTY) == 3
    assert rosters.sums(rosters.unit_lines(JUNE)) == {
        "authorised": 10, "assigned": 35, "actual": 3, "vacant": 6, "surplus": 0,
    }  # fmt: skip
    levels = {"squad", "platoon", "company", "battalion"}
    assert {str(k) for k, _ in type(platoon).Level.choices} == levels


def test_a_task_number_below_another_is_not_added_twice(desk: Actor) -> None:
    battalion = unit("营", level="battalion")
    companies = [unit(f"{n}连", parent=battalion) for n in "一二"]
    assign(battalion, year=2024, number=705)
    for company in companies:
        assign(company, year=2024, number=300)

    assert rosters.sums(rosters.unit_lines(JUNE))["assigned"] == 705


def test_a_unit_with_units_below_shows_them_together_and_the_sum_counts_nobody_twice(
    desk: Actor,
) -> None:
    battalion = unit("营", level="battalion")
    companies = [unit(f"{n}连", parent=battalion) for n in "一二"]
    for company in companies:
        post(company, places=3)
        enter(person(), company, None, on=DAY, reason="opening", at=NOON)

    lines = {x.unit.name: x for x in rosters.unit_lines(JUNE)}

    whole = lines["营"].strength
    assert (whole.authorised, whole.actual, whole.vacant) == (6, 2, 4)
    assert lines["营"].own.actual == 0
    assert rosters.sums(list(lines.values()))["actual"] == 2


def test_quality_counts_members_of_the_unit_only(desk: Actor) -> None:
    platoon, other = unit("应急排"), unit("二连")
    driver, leader = post(platoon, "驾驶员", skill="驾驶"), post(platoon, "排长", role="leader")
    people = [
        (person(born=date(1994, 6, 1), skills=["驾驶"], politics="party", veteran=True), driver),
        (person(born=date(1984, 6, 1), division=VILLAGE_2, education=2), driver),
        (person(born=date(2004, 6, 2), politics="probationary", sex="F"), leader),
    ]
    for one, place in people:
        enter(one, platoon, place, on=DAY, reason="opening", at=NOON)
    enter(person(), other, None, on=DAY, reason="opening", at=NOON)
    go_away(people[1][0], left_on=DAY, destination="东屏县", reason="work", at=NOON)

    found = quality.quality([platoon], JUNE)

    shares = (
        found.present,
        found.party,
        found.veterans,
        found.secondary,
        found.matched,
        found.cadres,
    )
    assert [(s.part, s.whole) for s in shares] == [(2, 3), (2, 3), (1, 3), (1, 3), (1, 2), (1, 10)]
    assert (found.average_age, found.away, found.over_age) == (29.7, 1, None)
    assert found.spread == (("柳树村", 2), ("大桥村", 1))
    empty = quality.quality([unit("空连")], JUNE)
    assert (empty.present.words, empty.average_age, empty.over_age) == ("—", None, 0)


def test_who_is_over_the_age_is_counted_once_the_rule_is_configured(desk: Actor) -> None:
    company = unit("一连")
    enter(person(born=date(1970, 1, 1)), company, None, on=DAY, reason="opening", at=NOON)
    assert quality.quality([company], JUNE).over_age is None

    change("militia.age.max", division=COUNTY, value=45, status="directive", source="通知", on=DAY)

    assert quality.quality([company], JUNE).over_age == 1


@pytest.mark.requirement("OUT-03")
def test_availability_and_flow_follow_departures_and_returns(desk: Actor) -> None:
    company = unit("一连")
    people = [person(skills=["驾驶"]) for _ in range(5)]
    for one in people:
        enter(one, company, None, on=DAY, reason="opening", at=NOON)
    near = go_away(people[0], left_on=DAY, destination="东屏县", reason="work", at=NOON,
                   hours_to_return=12)  # fmt: skip
    go_away(
        people[1], left_on=date(2024, 1, 1), destination="临江市望海区", reason="study", at=NOON
    )
    call = call_together("点验", kind="assembly", on=JUNE, units=[company])
    mark(call.lines.get(person=people[2]), "leave", at=NOON, reason="生病")

    def reach() -> tuple[int, int, int, int]:
        a = away.availability([company], JUNE)[company.pk]
        return a.roster, a.away, a.excused, a.available

    assert reach() == (5, 2, 1, 2)
    change("militia.absence.return_hours", division=COUNTY, value=24, status="practice",
           source="县里做法", on=DAY)  # fmt: skip
    assert reach() == (5, 2, 1, 3)
    flow = away.flow(JUNE)
    assert flow.destinations == (("东屏县", 1), ("临江市望海区", 1))
    assert flow.reasons == (("务工", 1), ("求学", 1))
    assert flow.trades == (("驾驶", 2),)
    assert flow.lengths == (("不满1个月", 1), ("3—6个月", 1))

    come_back(near, on=JUNE)

    assert reach() == (5, 1, 1, 3)
    assert away.flow(JUNE).total == 1
    assert members.roster_on(JUNE, division=TOWN).count() == 5


@pytest.mark.requirement("MIL-09")
def test_the_latest_vetting_result_stands_in_the_roster_and_nothing_else_is_kept(
    desk: Actor,
) -> None:
    company, one = unit("一连"), person()
    enter(one, company, None, on=DAY, reason="opening", at=NOON)
    record_vetting(one, result="pending", authority="镇派出所", on=DAY)
    record_vetting(one, result="pass", authority="县人武部", on=JUNE)

    line = rosters.roster_lines(members.roster_on(JUNE), JUNE)[0]

    assert line.vetting == "合格"
    with pytest.raises(ValueError, match="doubtful"):
        record_vetting(one, result="doubtful", authority="县人武部", on=JUNE)
    assert {f.name for f in Vetting._meta.get_fields()} == {
        "id", "county", "division", "person", "result", "authority", "on",
    }  # fmt: skip
    assert list(Vetting.Result.values) == ["pass", "fail", "pending"]


def test_acts_on_roll_calls_and_absences_are_refused_to_other_posts(desk: Actor) -> None:
    company, one = unit("一连", division=VILLAGE), person()
    enter(one, company, None, on=DAY, reason="opening", at=NOON)

    with as_role("township_secretary"):
        with pytest.raises(ActNotYours):
            call_together("点验", kind="assembly", on=JUNE, units=[company])
        with pytest.raises(ActNotYours):
            go_away(one, left_on=DAY, destination="东屏县", reason="work", at=NOON)
    with as_role("village_company_leader", VILLAGE):
        call = call_together("点验", kind="assembly", on=JUNE, units=[company])
        mark(call.lines.get(), "present", at=NOON)
        go_away(one, left_on=JUNE, destination="东屏县", reason="work", at=NOON)

    assert call.division == VILLAGE and Absence.objects.count() == 1
