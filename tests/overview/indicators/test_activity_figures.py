"""Figures that activities give: counted by hand beside them, opened to the records behind them."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from muster.core.kernel import Period
from muster.engines.activities import actions
from muster.engines.activities.models import Activity, Measure
from muster.engines.activities.written import Amount, Count
from muster.ground.rows.scope import acting
from muster.overview.indicators import queries, records
from muster.overview.indicators.listing import HEADS
from tests.engines.activities.office import OFFICER, held, organiser, plan
from tests.factories import COUNTY, OTHER_TOWN, TOWN, actor, desk, signed_in, tree

YEAR, ASKED = Period.year(2026), date(2026, 12, 1)
CAME = {"counts": {"militia": Count(20)}}


@pytest.fixture(autouse=True)
def _county(db: None) -> None:
    tree()


def value(code: str, place: str = TOWN, period: Period = YEAR) -> str | None:
    return queries.ask(code, place, period, on=ASKED).value


def test_without_any_activity_there_is_no_figure_and_with_one_there_is() -> None:
    plan("drill")
    with acting(OFFICER):
        assert [value(c) for c in ("I-02", "I-11", "I-15")] == [None] * 3
    held("skills_contest", **CAME)
    with acting(OFFICER):
        assert [value(c) for c in ("I-02", "I-11", "I-15")] == ["0", "0", None]


def test_activities_are_counted_by_kind_place_and_quarter() -> None:
    county = actor("county_armed_department", COUNTY)
    for month in (2, 5, 6):
        held("drill", on=date(2026, month, 12), **CAME)
    held("drill", by=county, division=OTHER_TOWN, of=organiser(OTHER_TOWN), **CAME)
    taken_back = held("drill", **CAME)
    with acting(OFFICER):
        actions.undo(taken_back)

    with acting(county):
        assert [value("I-11", p) for p in (TOWN, OTHER_TOWN, COUNTY)] == ["3", "1", "4"]
        assert value("I-11", TOWN, queries.period_of("2026Q2")) == "2"
        assert value("I-08") == "0"
        told = records.read("activity", [r.pk.hex for r in Activity.objects.all()], today=ASKED)
    assert {r.said for r in told} == {"演练"}


def test_every_kind_of_record_behind_a_figure_has_its_columns() -> None:
    assert set(HEADS) >= set(records.READERS)


@pytest.mark.requirement("CON-09")
def test_conscription_publicity_is_summed_by_channel_and_opens_to_its_lines() -> None:
    held("conscription_publicity", amounts=[Amount("banner", 40), Amount("poster", 200)])
    held("conscription_publicity", amounts=[Amount("banner", 22, "school")])
    held("support_publicity", amounts=[Amount("banner", 9)])

    with acting(OFFICER):
        assert [value(c) for c in ("I-15", "I-17", "I-18")] == ["62", "200", "0"]
        rows = Measure.objects.filter(quantity=22)
        told = records.read("measure", [r.pk.hex for r in rows], today=ASKED)
    assert [(r.place, r.said, r.now) for r in told] == [("学校", "横幅", "22 条")]


def test_the_page_of_a_figure_opens_to_the_activities(client: Client) -> None:
    held("drill", title="北山防火演练", **CAME)
    signed_in(client, desk())

    answer = client.get(reverse("indicators:records", args=["I-11"]), {"period": "2026"})

    assert answer.status_code == 200 and "北山防火演练" in answer.content.decode()
