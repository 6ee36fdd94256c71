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


@pytest.mark.browser
def test_the_codes_of_the_sheet_are_drawn_under_the_content_policy(
    live_server: object, page: Page, call: RollCall
) -> None:
    said: list[str] = []
    page.on("console", lambda told: said.append(told.text) if told.type == "error" else None)
    signed_in(page, live_server.url, call)  # type: ignore[attr-defined]
    page.get_by_role("link", name="打印签到表").click()
    codes = page.locator("svg.segno")

    assert codes.count() == 3 and not said
    for at in range(3):
        box = codes.nth(at).bounding_box()
        assert box is not None and box["width"] >= 40 and box["height"] >= 40
    # The dark squares are drawn: a path with a stroke of its own, not an empty picture.
    stroke = codes.first.locator("path").last.evaluate("p => getComputedStyle(p).stroke")
    assert stroke == "rgb(0, 0, 0)"


@pytest.mark.browser
def test_absent_without_a_reason_keeps_the_row_open_and_the_next_press_works(
    live_server: object, page: Page, call: RollCall, page_faults: list[str]
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    signed_in(page, live_server.url, call)  # type: ignore[attr-defined]
    line = call.lines.get(person__name="李明")
    row = page.locator(f"#line-{line.pk}")
    row.locator("summary").click()
    row.get_by_role("button", name="缺席").click()

    row.locator(".m-error").wait_for()
    assert "没有到场的要写明原因" in row.inner_text() and "李明" in row.inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    row.get_by_label("其他原因").fill("赶集")
    row.get_by_role("button", name="缺席").click()
    row.locator(".m-tag-red").wait_for()
    assert "赶集" in row.inner_text() and "缺席\n1" in page.locator("#counts").inner_text()
    # Chromium reports every refused request on the console; this one was meant.
    assert len(page_faults) == 1 and "422" in page_faults.pop()
