"""Ledgers by subject, series, form and month; instructors; assemblies against the standard."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from muster.engines.activities import actions
from muster.engines.activities.models import Activity
from muster.engines.activities.queries import activities as queries
from muster.engines.activities.queries import overviews
from muster.engines.activities.written import Count
from muster.ground.rows.scope import acting
from muster.ground.rulebook.actions import change
from tests.engines.activities.office import OFFICER, held, plan, unit
from tests.factories import COUNTY, DAY, NOON, actor, desk, signed_in

pytestmark = pytest.mark.usefixtures("county")
TAUGHT = {"counts": {"students": Count(30)}}


def table(menu: str) -> dict[str, overviews.Part]:
    with acting(OFFICER):
        return {p.pk: p for p in overviews.parts(menu, year=2026)}


@pytest.mark.requirement("TRN-02")
def test_drills_are_counted_by_subject_and_the_ledger_keeps_place_lead_and_result() -> None:
    for subject in ("forest_fire", "forest_fire", "urban_rural_fire", "geological_flood"):
        held("drill", subject=subject, counts={"militia": Count(20)}, place="北山林场",
             lead="陈部长", result="按时到位")  # fmt: skip

    found = table("training")
    assert found["drill"].done == 4
    assert {k.rpartition("-")[2]: p.done for k, p in found.items() if k.startswith("drill-")} == {
        "forest_fire": 2, "urban_rural_fire": 1, "geological_flood": 1, "event_security": 0,
    }  # fmt: skip
    with acting(OFFICER):
        rows = queries.listed("training", year=2026, kind="drill")
        assert {(a.place, a.lead, a.result) for a in rows} == {("北山林场", "陈部长", "按时到位")}


@pytest.mark.requirement("TRN-03")
def test_education_sessions_are_counted_by_series_with_their_attendance_rate() -> None:
    team, people = unit(members=4)
    for month, series, came in ((3, "defence", 4), (4, "situation", 3), (5, "situation", 2)):
        one = plan("militia_education", on=date(2026, month, 1), subject=series)
        with acting(OFFICER):
            actions.attend(one, team.pk, [p.pk for p in people[:came]])
            actions.record_done(one, today=DAY, at=NOON)

    found = table("education")
    situation = found["militia_education-subject-situation"]
    assert (situation.months, situation.done, situation.people) == ({4: 1, 5: 1}, 2, 5)
    assert (situation.rate, found["militia_education"].rate) == (62, 75)
    assert found["militia_education-subject-current_affairs"].rate is None


@pytest.mark.requirement("TRN-01")
def test_events_are_counted_by_type_and_instructors_are_listed_with_their_school(
    client: Client,
) -> None:
    team, people = unit(members=3)
    for kind, times in (("rotation_training", 2), ("muster_inspection", 3)):
        for _ in range(times):
            held(kind, level="city", counts={"militia": Count(10)})
    course = plan("student_training", place="青禾县第二中学")
    with acting(OFFICER):
        actions.attend(course, team.pk, [p.pk for p in people], instructors=[people[0].pk])
        actions.count(course, {"students": Count(300)})
        actions.record_done(course, today=DAY, at=NOON)
        found = overviews.instructors(2026)

    counted = table("training")
    assert [counted[k].done for k in ("rotation_training", "muster_inspection")] == [2, 3]
    assert [(t.name, t.activity.place) for t in found] == [(people[0].name, "青禾县第二中学")]
    signed_in(client, desk())
    page = client.get("/activity/year/instructors", {"year": 2026}).content.decode()
    assert people[0].name in page and "青禾县第二中学" in page


@pytest.mark.requirement("TRN-07")
@pytest.mark.parametrize(("minutes", "reached"), [(60, True), (61, False)])
def test_an_assembly_is_timed_against_the_standard_of_the_county(
    minutes: int, *, reached: bool
) -> None:
    with acting(actor("county_armed_department", COUNTY)):
        change("training.assembly.minutes", division=COUNTY, value=60, status="practice",
               source="青禾县集结规定", on=date(2026, 1, 1))  # fmt: skip
    one = held("rapid_assembly", notified_at=NOON, assembled_at=NOON + timedelta(minutes=minutes),
               expected=50, counts={"militia": Count(45)})  # fmt: skip

    with acting(OFFICER):
        view = queries.shown(queries.activity(one.pk))
    assert view.assembly is not None
    assert (view.assembly.minutes, view.assembly.reached) == (minutes, reached)
    assert (view.came, view.to_come, view.rate) == (45, 50, 90)


@pytest.mark.requirement("COB-03")
def test_co_building_is_counted_by_type_and_month_and_names_its_organiser() -> None:
    for month, form in ((1, "gala"), (8, "gala"), (8, "seminar")):
        held("cobuilding_activity", on=date(2026, month, 1), form=form, result="圆满")

    found = table("cobuilding")
    assert found["cobuilding_activity"].months == {1: 1, 8: 2}
    assert found["cobuilding_activity-form-gala"].months == {1: 1, 8: 1}
    required = {f.name for f in Activity._meta.get_fields() if not getattr(f, "null", True)}
    assert {"organiser", "on"} <= required


@pytest.mark.parametrize(
    ("kind", "facts", "line"),
    [
        pytest.param("cadre_study", {"subject": "law", "counts": {"cadres": Count(30)}}, "cadre_study-subject-law",
                     marks=pytest.mark.requirement("EDU-05")),
        pytest.param("law_study", {"subject": "military_service", "counts": {"cadres": Count(30)}},
                     "law_study-subject-military_service", marks=pytest.mark.requirement("EDU-05")),
        pytest.param("education_day", {"form": "memorial", **TAUGHT}, "education_day-form-memorial",
                     marks=pytest.mark.requirement("EDU-07")),
        pytest.param("knowledge_contest", {"result": "三队获奖", **TAUGHT}, "knowledge_contest",
                     marks=pytest.mark.requirement("EDU-09")),
        pytest.param("tradition_talk", {"lead": "某部首长", **TAUGHT}, "tradition_talk",
                     marks=pytest.mark.requirement("EDU-10")),
    ],
)  # fmt: skip
def test_education_is_counted_by_topic_law_and_form(
    kind: str, facts: dict[str, Any], line: str
) -> None:
    held(kind, on=date(2026, 4, 1), **facts)

    found = table("education")
    assert (found[line].months, found[line].people) == ({4: 1}, 30)
    others = [p.done for k, p in found.items() if k.startswith(f"{kind}-") and k != line]
    assert not any(others)
