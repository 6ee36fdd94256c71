"""The gaps page on a phone: posts with nobody are one line that opens; the result of a choice fits."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from playwright.sync_api import Page

from muster.domains.militia.actions import enter
from muster.domains.militia.actions import formation as acts
from muster.domains.militia.models import FormationRun
from muster.ground.rows.scope import acting
from tests import factories
from tests.domains.militia.building import (
    NOON,
    TOWN,
    actor_of,
    county_desk,
    found_divisions,
    person,
    post,
    unit,
)
from tests.ground.conftest import let_the_journal_be_emptied


@pytest.fixture
def run(transactional_db: None, settings: object) -> Iterator[FormationRun]:
    settings.MUSTER_TODAY = "2024-06-01"  # type: ignore[attr-defined]
    with acting(county_desk()):
        found_divisions()
        squad = unit("青溪镇民兵应急班", level="squad", primary=True)
        soldier = post(squad, places=1, order=2)
        post(squad, "班长", places=1, role="squad_leader", order=1)
        post(squad, "驾驶员", places=13, skill="驾驶", skill_required=True, order=3)
        for name in ("甲一", "甲二"):
            enter(person(name), squad, soldier, on=date(2024, 5, 21), reason="opening", at=NOON)
        person("乙三")
    with acting(actor_of("township_armed_head", TOWN)):
        made = acts.begin(way="gaps", on=date(2024, 6, 1), division=TOWN, at=NOON)
        acts.propose(made)
        yield made
    let_the_journal_be_emptied()


@pytest.mark.browser
def test_on_a_phone_empty_posts_open_and_a_choice_is_told_and_taken_back(
    live_server: object, page: Page, run: FormationRun
) -> None:
    client = Client()
    factories.signed_in(client, factories.desk("township_armed_head", TOWN))
    address: str = live_server.url  # type: ignore[attr-defined]
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}/militia/formation/{run.pk}")
    line = page.get_by_text("还有 13 个空缺没有人选")

    assert page.locator("fieldset").count() == 1
    assert not page.get_by_text("缺 13 人").is_visible()
    line.click()
    assert page.get_by_text("缺 13 人").is_visible()
    page.get_by_label("乙三").check()
    page.get_by_role("button", name="保存人选").click()
    page.get_by_role("heading", name="刚才改选的结果").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert "现在没有岗位，将出队" in page.locator("main").inner_text()
    page.get_by_role("button", name="撤回这次改选").click()
    page.get_by_text("已撤回刚才的改选").wait_for()
    assert page.get_by_text("刚才改选的结果").count() == 0
