"""What a year adds up to: coverage, channels, use of the militia, plan and done, duties' records."""

from datetime import date
from decimal import Decimal

import pytest

from muster.core.kernel import Period
from muster.engines.activities import actions, handlers
from muster.engines.activities.problems import NoPlaceForBase
from muster.engines.activities.queries import overviews, reaching
from muster.engines.activities.written import Amount, Count
from muster.ground.rows.scope import acting
from muster.ground.rulebook.actions import adopt_catalogue
from tests.engines.activities.office import OFFICER, held, organiser, plan, unit
from tests.factories import COUNTY, DAY, NOON, TOWN, VILLAGE, actor, everything
from tests.factories import actor as post

pytestmark = pytest.mark.usefixtures("county")
YEAR = Period.year(2026)


def row(code: str, *, by: object = OFFICER, division: str = TOWN) -> reaching.Coverage:
    with acting(by):  # type: ignore[arg-type]
        rows = reaching.coverage(2026, division=division, on=DAY)
    return next(r for r in rows if r.audience.code == code)


def rules() -> None:
    with everything():
        adopt_catalogue(COUNTY, date(2026, 1, 1))


@pytest.mark.requirement("EDU-01")
def test_coverage_counts_people_once_and_flags_classes_under_their_standard() -> None:
    rules()
    team, people = unit(members=4)
    for day, came in ((3, people[:2]), (9, people[1:3])):
        one = plan("militia_education", on=date(2026, 3, day), subject="defence")
        with acting(OFFICER):
            actions.attend(one, team.pk, [p.pk for p in came])
            actions.record_done(one, today=DAY, at=NOON)
    held(counts={"students": Count(90), "farmers": Count(10)})
    held(counts={"students": Count(60)})
    with acting(OFFICER):
        for code, size in (("students", 100), ("farmers", 100)):
            actions.set_base("size", code, size, year=2026, division=TOWN, source="统计表")

    militia, students, farmers = row("militia"), row("students"), row("farmers")
    assert (militia.reach.named, militia.size, militia.verdict) == (3, 4, "missed")
    assert (students.reach.at_least, students.reach.heads, students.verdict) == (90, 150, "reached")
    assert (farmers.least_percent, farmers.verdict) == (10, "missed")
    assert row("workers").verdict == "unknown"
    assert str(militia.standard.citation) if militia.standard else False


def test_training_is_no_education_and_plans_reach_nobody() -> None:
    held("drill", counts={"others": Count(50)})
    with acting(OFFICER):
        actions.count(plan("public_lecture"), {"others": Count(60)})

    assert row("others").reach.heads == 0


def test_a_post_that_sees_no_names_counts_the_named_as_heads() -> None:
    team, people = unit(members=3)
    for day in (3, 9):
        one = plan("militia_education", on=date(2026, 3, day))
        with acting(OFFICER):
            actions.attend(one, team.pk, [p.pk for p in people])
            actions.record_done(one, today=DAY, at=NOON)

    seen, unseen = row("militia").reach, row("militia", by=post("support_office_staff")).reach
    assert (seen.named, seen.at_least, seen.at_most) == (3, 3, 3)
    assert (unseen.named, unseen.heads, unseen.at_least, unseen.at_most) == (0, 6, 3, 6)


def test_a_number_of_the_year_is_set_changed_and_taken_out() -> None:
    with acting(OFFICER):
        for number in (100, 120):
            actions.set_base("size", "students", number, year=2026, division=TOWN)
        assert reaching.base_numbers("size", year=2026, division=TOWN)["students"].number == 120
        actions.set_base("size", "students", None, year=2026, division=TOWN)
        assert reaching.base_numbers("size", year=2026, division=TOWN) == {}
        with pytest.raises(NoPlaceForBase):
            actions.set_base("size", "martians", 1, year=2026, division=TOWN)


@pytest.mark.requirement("CON-09")
def test_conscription_publicity_adds_up_by_channel_and_place() -> None:
    held("conscription_publicity", amounts=[
        Amount("banner", 40, "community"), Amount("banner", 22, "school"), Amount("message", 50)])  # fmt: skip
    held("conscription_publicity", amounts=[Amount("banner", 3), Amount("household", 50)])
    held("support_publicity", amounts=[Amount("banner", 9)])

    with acting(OFFICER):
        table = overviews.channel_table(2026, by="place", line="conscription_publicity")
    found = {r.channel: (r.quantity, r.columns) for r in table.rows}
    assert found == {
        "banner": (65, {"community": 40, "school": 22, "": 3}),
        "message": (50, {"": 50}),
        "household": (50, {"": 50}),
    }
    assert [words for _, words in table.columns] == ["社区", "学校", "未注明"]


@pytest.mark.requirement("EDU-14")
def test_all_lines_of_work_are_summed_by_channel_month_and_line() -> None:
    held("conscription_publicity", on=date(2026, 3, 1), amounts=[Amount("banner", 5)])
    held("education_publicity", on=date(2026, 5, 1), amounts=[Amount("banner", 7)])
    plan("education_publicity", on=date(2026, 6, 1))

    with acting(OFFICER):
        months = overviews.channel_table(2026, by="month").rows
        lines = overviews.channel_table(2026, by="line").rows
    assert [(r.quantity, r.columns) for r in months] == [(12, {"3": 5, "5": 7})]
    assert lines[0].columns == {"conscription_publicity": 5, "education_publicity": 7}


@pytest.mark.requirement("TRN-06")
def test_use_of_the_militia_is_counted_by_task_and_mode_with_people_and_hours() -> None:
    paper = {"applicant": "青溪镇人民政府", "approver": "青禾县人武部", "approved_at": NOON,
             "approval_number": "青武〔2026〕7号"}  # fmt: skip
    for people, hours in ((20, Decimal("6.0")), (15, Decimal("2.5")), (5, None)):
        held("militia_task", subject="flood", mode="emergency", hours=hours,
             counts={"militia": Count(people)}, **paper)  # fmt: skip
    held("militia_task", subject="rural", mode="normal", hours=Decimal("4"),
         counts={"militia": Count(10)}, **paper)  # fmt: skip

    with acting(OFFICER):
        found = {(u.task, u.mode): (u.events, u.people, u.hours, u.without_hours)
                 for u in overviews.uses(2026)}  # fmt: skip
    assert found == {
        ("抗洪抢险", "急时应急"): (3, 40, Decimal("157.5"), 1),
        ("乡村振兴", "平时服务"): (1, 10, Decimal("40.0"), 0),
    }


@pytest.mark.requirement("TRN-04")
def test_the_programme_compares_what_was_planned_with_what_was_held() -> None:
    with acting(OFFICER):
        actions.set_base("planned", "drill", 4, year=2026, division=TOWN)
    held("drill", counts={"militia": Count(30)}, subject="forest_fire")
    held("drill", counts={"militia": Count(20)}, subject="event_security")
    plan("drill", on=date(2026, 9, 1))

    with acting(OFFICER):
        found = {p.pk: p for p in overviews.programme("training", year=2026, division=TOWN)}
    drill, contest = found["drill"], found["skills_contest"]
    assert (drill.planned, drill.done, drill.ahead, drill.people, drill.percent) == (
        4,
        2,
        1,
        50,
        50,
    )
    assert (contest.planned, contest.done, contest.percent) == (None, 0, None)


def test_records_for_duties_are_what_was_held_and_flip_when_it_is_taken_back() -> None:
    school = organiser()
    one = held("education_day", of=school, on=date(2026, 9, 19), counts={"students": Count(300)})
    held("drill", counts={"militia": Count(3)})
    plan("education_day", on=date(2026, 9, 20))

    with acting(OFFICER):
        found = handlers.records(YEAR, kinds=["education_day"])
        assert [(r.kind, r.of, r.day, r.subject) for r in found] == [
            ("activity", "education_day", date(2026, 9, 19), str(school.pk))
        ]
        assert handlers.records(YEAR, organisations=[school.pk]) == found
        assert handlers.records(Period.year(2025), kinds=["education_day"]) == []
        actions.undo(one)
        assert handlers.records(YEAR, kinds=["education_day"]) == []


def test_a_village_s_share_is_taken_of_its_own_events_only() -> None:
    held(counts={"farmers": Count(500)})
    leader = actor("village_company_leader", VILLAGE)
    held(by=leader, division=VILLAGE, of=organiser(VILLAGE), counts={"farmers": Count(60)})

    assert row("farmers", by=leader, division=VILLAGE).reach.heads == 60
    assert row("farmers").reach.heads == 560
