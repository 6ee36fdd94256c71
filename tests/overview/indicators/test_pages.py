"""Pages of indicators."""

import pytest
from django.test import Client

from muster.ground.journal.models import Entry
from tests.factories import OTHER_TOWN, VILLAGE, desk, signed_in
from tests.overview.indicators.town import Town, joins


@pytest.fixture
def clerk(town: Town, client: Client, settings: object) -> Client:
    settings.MUSTER_TODAY = "2026-05-20"  # type: ignore[attr-defined]
    joins(town.emergency, 3)
    joins(town.first, 4)
    signed_in(client, desk())
    return client


def test_the_list_gives_values_and_says_what_has_no_source(clerk: Client) -> None:
    page = clerk.get("/indicator/").content.decode()

    assert "应急排实力" in page and "<strong>3</strong>" in page
    assert "尚无数据来源" in page and "退兵人数" in page and "退兵记录" in page


def test_an_indicator_opens_to_definition_places_and_records(clerk: Client) -> None:
    page = clerk.get("/indicator/I-07").content.decode()
    rows = clerk.get("/indicator/I-07/records").content.decode()

    assert "柳湾村" in page and "青溪镇应急排" in page and "名册上的全部人数" in page
    assert rows.count("仍在") == 7
    assert clerk.get("/indicator/I-07/records.xlsx").content.startswith(b"PK")
    assert clerk.get("/indicator/I-07/records?print=1").status_code == 200


def test_a_look_at_the_people_behind_a_value_is_journalled(clerk: Client) -> None:
    clerk.get("/indicator/I-03/records")
    clerk.get("/indicator/I-03/records.xlsx")

    looks = Entry.objects.filter(action__startswith="indicator.").values_list("action", flat=True)
    assert set(looks) == {"indicator.opened", "indicator.exported"}


@pytest.mark.parametrize("path", ["", "I-03", "I-03/records", "I-03/records.xlsx"])
def test_a_division_outside_the_scope_is_refused_not_empty(clerk: Client, path: str) -> None:
    assert clerk.get(f"/indicator/{path}?division={OTHER_TOWN}").status_code == 403


def test_a_village_sees_its_own_part_only(clerk: Client) -> None:
    leader = Client()
    signed_in(leader, desk("village_company_leader", VILLAGE))

    assert "<strong>4</strong>" in leader.get("/indicator/").content.decode()
    assert leader.get("/indicator/I-07?division=990101001000").status_code == 403


def test_a_post_that_does_not_read_the_militia_gets_no_militia_figures(clerk: Client) -> None:
    staff = Client()
    signed_in(staff, desk("support_office_staff"))

    assert "应急排实力" not in staff.get("/indicator/").content.decode()
    assert staff.get("/indicator/I-03").status_code == 403


def test_an_unknown_code_is_refused(clerk: Client) -> None:
    assert clerk.get("/indicator/I-99").status_code == 404
