"""Figures that meetings give: counted by hand beside them, opened to the meetings behind them."""

from datetime import date

import pytest

from muster.core.kernel import Period
from muster.engines.meetings import actions
from muster.ground.rows.scope import acting
from muster.overview.indicators import queries, records
from tests.engines.meetings.laying import ON, director, held, office, planned, with_minutes
from tests.factories import COUNTY, OTHER_TOWN, TOWN, actor, tree

YEAR, ASKED = Period.year(2026), date(2026, 12, 1)


@pytest.fixture(autouse=True)
def _county(db: None) -> None:
    tree()


def value(code: str, place: str = TOWN, period: Period = YEAR) -> str | None:
    return queries.ask(code, place, period, on=ASKED).value


def test_without_any_meeting_there_is_no_figure_and_with_one_there_is() -> None:
    with acting(actor()):
        assert [value(c) for c in ("I-01", "I-64", "I-65", "I-81", "I-82")] == [None] * 5
        giver = office()
        planned(organisation=giver)
        assert value("I-01") is None
        held("publicity_education", giver)
        assert [value(c) for c in ("I-01", "I-64", "I-81", "I-82")] == ["0"] * 4
        assert value("I-65") is None


@pytest.mark.requirement("GOV-01")
def test_meetings_are_counted_by_kind_place_and_quarter() -> None:
    with acting(actor("county_armed_department", COUNTY)):
        party, other = office(), office(division=OTHER_TOWN)
        for month in (2, 5, 6):
            held(organisation=party, on=date(2026, month, 12))
        held(organisation=other)
        actions.take_back_hold(held(organisation=other, title="误登"))
        held("conscription_special", party)

        assert (value("I-01"), value("I-01", OTHER_TOWN), value("I-01", COUNTY)) == ("3", "1", "4")
        assert value("I-01", TOWN, queries.period_of("2026Q2")) == "2"
        assert (value("I-13"), value("I-12"), value("I-64")) == ("1", "0", "0")


@pytest.mark.requirement("GOV-02", "GOV-03")
def test_minutes_and_months_are_counted_apart() -> None:
    with acting(actor()):
        giver, desk = office("government"), office("mutual_support_office")
        director(desk)
        with_minutes(held("mutual_support_group", giver, title="第一次"))
        held("mutual_support_group", giver, title="第二次")
        for day in (date(2026, 3, 2), date(2026, 3, 30), date(2026, 4, 1)):
            held("mutual_support_office", desk, on=day)
        held("mutual_support_office", office("mutual_support_office"), on=date(2026, 3, 2))

        assert (value("I-81"), value("I-81.minutes"), value("I-82")) == ("2", "1", "2")


@pytest.mark.requirement("SHR-06")
def test_decisions_with_feedback_are_a_share_that_opens_to_them() -> None:
    with acting(actor()):
        meeting = held()
        rows = [
            actions.add_resolution(meeting, words=w, owner=meeting.organisation, due=ON)
            for w in ("甲", "乙", "丙")
        ]
        actions.hand_out(meeting)
        actions.feed_back(rows[0], "已办", on=ON)
        answer = queries.ask("I-65", TOWN, YEAR, on=ASKED)

        assert (answer.value, answer.part, answer.whole) == ("33.3", 1, 3)
        behind = records.read("resolution", [r.pk.hex for r in rows], today=ON)
        assert {(r.name, r.said, r.now) for r in behind} == {
            ("甲", "已办", "已办结"), ("乙", "", "未办"), ("丙", "", "未办"),
        }  # fmt: skip
        told = records.read("meeting", [meeting.pk.hex], today=ON)[0]
        assert (told.name, told.now) == ("党委议军会", "纪要未定稿")
