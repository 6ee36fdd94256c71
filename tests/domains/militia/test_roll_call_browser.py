"""The tick screen in a real browser: one tap on a phone, one scan at a desk."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from playwright.sync_api import Page

from muster.domains.militia.actions import call_together, enter
from muster.domains.militia.models import RollCall
from muster.ground.rows.scope import acting
from tests import factories
from tests.domains.militia.building import NOON, TOWN, actor_of, county_desk, found_divisions
from tests.domains.militia.building import person as somebody
from tests.domains.militia.building import unit as some_unit
from tests.ground.conftest import let_the_journal_be_emptied

DAY = date(2024, 6, 1)


@pytest.fixture
def call(transactional_db: None, settings: object) -> Iterator[RollCall]:
    settings.MUSTER_TODAY = "2024-06-01"  # type: ignore[attr-defined]
    with acting(county_desk()):
        found_divisions()
        company = some_unit("应急排")
        for name in ("张立", "李明", "王强"):
            enter(somebody(name), company, None, on=DAY, reason="opening", at=NOON)
    with acting(actor_of("armed_officer", TOWN)):
        yield call_together("六月点验", kind="assembly", on=DAY, units=[company])
    let_the_journal_be_emptied()


def signed_in(page: Page, address: str, call: RollCall) -> None:
    client = Client()
    factories.signed_in(client, factories.desk("armed_officer", TOWN))
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    page.goto(f"{address}/militia/roll-call/{call.pk}")


@pytest.mark.browser
def test_one_tap_marks_present_on_a_phone(live_server: object, page: Page, call: RollCall) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    signed_in(page, live_server.url, call)  # type: ignore[attr-defined]
    line = call.lines.get(person__name="李明")
    button = page.get_by_role("button", name="李明 到")

    box = button.bounding_box()
    assert box is not None and box["height"] >= 48 and box["x"] + box["width"] <= 390
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    button.click()
    page.locator(f"#line-{line.pk} .m-tag").wait_for()

    assert "实到\n1" in page.locator("#counts").inner_text()
    page.get_by_role("button", name="撤回 李明").click()
    button.wait_for()
    assert "实到\n0" in page.locator("#counts").inner_text()


@pytest.mark.browser
def test_a_scanner_types_code_after_code_without_a_hand(
    live_server: object, page: Page, call: RollCall
) -> None:
    signed_in(page, live_server.url, call)  # type: ignore[attr-defined]
    lines = {line.code: line.person.name for line in call.lines.select_related("person")}

    for code, name in lines.items():
        page.keyboard.type(code)
        page.keyboard.press("Enter")
        page.locator("#code-box strong", has_text=name).wait_for()

    assert "实到\n3" in page.locator("#counts").inner_text()
    assert page.locator("tbody .m-tag-green").count() == 3
    page.keyboard.type("ZZZZZZ")
    page.keyboard.press("Enter")
    page.locator("#code-box strong", has_text="没有签到码").wait_for()
