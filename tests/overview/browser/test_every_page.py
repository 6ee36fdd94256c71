"""Every page of the menu: no console error, no refused content, nothing wider than a phone."""

import re
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, Page

from tests.factories import desk, signed_in
from tests.overview.browser import small_office
from tests.overview.browser.conftest import Seat

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ROLES = ("township_armed_head", "village_company_leader", "security_auditor")
CHINESE = re.compile(r"[㐀-鿿]")
# What the switch to the other language is called, in that language.
EXPECTED = {"中文"}
CHROME = (
    "h1, h2, h3, th, label, legend, button, summary, nav a, header a, .btn, .m-lead, .m-hint, "
    ".m-stat-label, .m-tag, .m-empty, .m-words, .m-panel-note, dt"
)


def taken_by(context: BrowserContext, role: str, site: str) -> None:
    """Give the browser the session of a role."""
    place = "990101001001" if role.startswith("village") else "990101001000"
    place = "990101000000" if role.startswith("security") else place
    client = Client()
    signed_in(client, desk(role, place))
    cookie = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": site}])


def menu(page: Page) -> list[str]:
    """Return the addresses of the sidebar."""
    links = page.locator("#side nav a")
    return [str(links.nth(n).get_attribute("href")) for n in range(links.count())]


@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_the_menu_is_quiet_and_fits_a_phone(closed_office: Seat, role: str) -> None:
    page, site = closed_office.page, closed_office.site
    taken_by(page.context, role, site)
    page.goto(site + "/")
    paths = menu(page)
    assert len(paths) >= 2

    for path in [*paths, "/help", "/jobs", "/account"]:
        answer = page.goto(site + path, wait_until="networkidle")
        assert answer is not None and answer.status == 200, path
        assert page.title().strip() and page.locator("h1").inner_text().strip(), path
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
        page.set_viewport_size({"width": 1440, "height": 900})
    # The page fixture fails on whatever the console said meanwhile.


def test_printed_pages_carry_no_navigation(seat: Seat) -> None:
    page = seat.page
    for path in ("/", "/campaign/", "/indicator/", "/militia/", "/people"):
        seat.open(path)
        page.emulate_media(media="print")
        for part in (".m-side", ".m-top", ".m-actions"):
            assert not page.locator(part).first.is_visible(), (path, part)
        assert page.locator("h1").is_visible()
        page.emulate_media(media="screen")


def test_from_sign_in_to_report_in_english_no_chinese_is_left_in_the_chrome(
    closed_office: Seat,
) -> None:
    page, site = closed_office.page, closed_office.site
    page.goto(f"{site}/sign-in")
    page.get_by_role("button", name="English").click()
    left = {"/sign-in": chinese_in(page)}
    small_office.sign_in(page, site, fetch=False)
    for path in [*menu(page), "/campaign/plan/new", "/import/new", "/militia/formation/new",
                 "/militia/roll-call/new", "/account", "/jobs", "/people/new",
                 f"/militia/unit/{closed_office.office.platoon.pk}"]:  # fmt: skip
        page.goto(site + path)
        left[path] = chinese_in(page)
    left |= roll_called(page, site) | report_issued(page, site)

    assert {path: words for path, words in left.items() if words} == {}


def roll_called(page: Page, site: str) -> dict[str, list[str]]:
    """Call a roll and tick one person; return what each page has left in Chinese."""
    page.goto(f"{site}/militia/roll-call/new")
    page.locator("[name=title]").fill("May")
    page.get_by_label("青溪镇应急排").check()
    page.locator("main .btn-primary").click()
    page.locator("tbody .btn-primary").first.click()
    page.locator("tbody .m-tag-green").first.wait_for()
    return {"roll call": chinese_in(page)}


def report_issued(page: Page, site: str) -> dict[str, list[str]]:
    """Draft and issue a report and open a figure; return what each page has left in Chinese."""
    left = {}
    page.goto(f"{site}/report/new?kind=reorganisation_report&division=990101001000&year=2026")
    left["draft form"] = chinese_in(page)
    page.locator("[name=issuer]").fill("青溪镇人民武装部")
    page.locator("form[method=post] .m-form-end .btn-primary").click()
    page.locator("main details.m-confirm summary").first.wait_for()
    left["draft"] = chinese_in(page)
    page.locator("main details.m-confirm summary").first.click()
    page.locator(".m-confirm-box .btn-primary").first.click()
    page.locator("main td a").first.wait_for()
    left["issued"] = chinese_in(page)
    page.locator("main td a").first.click()
    page.locator("main h1").wait_for()
    left["figure"] = chinese_in(page)
    return left


def chinese_in(page: Page) -> list[str]:
    """Return the words of headings, labels, buttons and links that are Chinese and no data."""
    shown: list[str] = page.eval_on_selector_all(
        CHROME,
        "all => all.filter(e => e.getClientRects().length && !e.closest('[lang^=zh]'))"
        ".map(e => e.innerText)",
    )
    return sorted({w.strip() for w in shown if CHINESE.search(w) and not is_data(w)})


def is_data(words: str) -> bool:
    """Return whether the Chinese in the words is an invented name or the language switch."""
    for name in (*EXPECTED, *DATA):
        words = words.replace(name, "")
    return not CHINESE.search(words)


DATA: tuple[str, ...] = tuple(sorted(
    ("青溪镇关于2026年度民兵整组工作情况的报告",
            "青溪镇人民武装部", "青溪镇应急排", "青禾县", "青溪镇", "柳湾村", "杏坡村", "仇砚秋", "排长", "战士",
     "县里的通知"), key=len, reverse=True,
))  # fmt: skip


def test_essential_forms_work_without_scripts(browser: Any, closed_office: Seat) -> None:
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    try:
        small_office.sign_in(page, closed_office.site)
        page.locator(".m-search input").fill("张立")
        page.locator(".m-search input").press("Enter")
        assert "柳湾村" in page.locator("main").inner_text()
        page.goto(closed_office.site + "/campaign/plan/new")
        page.locator("input[type=file]").set_input_files(
            {"name": "方案.txt", "mimeType": "text/plain", "buffer": small_office.PLAN.encode()}
        )
        page.locator("main .btn-primary").click()
        page.locator("form [name=owner]").select_option(label="青溪镇人民武装部")
        page.locator(".m-form-end .btn-primary").click()
        assert "阶段进度" in page.locator("main").inner_text()
        page.goto(closed_office.site + "/militia/roll-call/new")
        page.get_by_label("青溪镇应急排").check()
        page.locator("main .btn-primary").click()
        page.get_by_role("button", name="李明 到").click()
        assert "实到\n1" in page.locator("#counts").inner_text()
        row = page.locator("main tr", has_text="王强")
        row.locator("summary").click()
        row.get_by_label("其他原因").fill("生病")
        row.get_by_role("button", name="请假").click()
        assert "生病" in page.locator("main tr", has_text="王强").inner_text()
        page.goto(closed_office.site + "/militia/")
        page.locator(".m-filters button").click()
        assert "青溪镇应急排" in page.locator("main").inner_text()
        page.locator(".m-top button[name=language]").click()
        assert page.locator("html").get_attribute("lang") == "en"
    finally:
        context.close()


def test_the_keyboard_alone_signs_in_and_reaches_the_work(closed_office: Seat) -> None:
    page, site = closed_office.page, closed_office.site
    page.goto(f"{site}/sign-in")
    focus(page, "input[type=text], input:not([type]), input[name=username]")
    page.keyboard.type("wuzhuang")
    page.keyboard.press("Tab")
    page.keyboard.type(small_office.PASSWORD)
    page.keyboard.press("Enter")
    page.locator("nav a.is-active").wait_for()

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "m-skip"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"
    page.reload()
    focus(page, "a[href='/militia/']")
    assert "3px" in page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    page.keyboard.press("Enter")
    page.locator("h1", has_text="分队").wait_for()
    focus(page, "main a.btn-primary")
    page.keyboard.press("Enter")
    page.locator("h1", has_text="新建分队").wait_for()


def focus(page: Page, selector: str) -> None:
    """Press Tab until what is looked for has the focus; fail after sixty."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"Tab never reaches {selector}")


def test_a_filter_keeps_the_focus_where_it_was(seat: Seat) -> None:
    page = seat.page
    seat.open("/people")
    chosen = page.locator(".m-filters select").first
    name = chosen.get_attribute("name")
    chosen.focus()
    with page.expect_response(lambda answer: f"{name}=" in answer.url):
        chosen.select_option(index=1)
    page.wait_for_function("!document.querySelector('.htmx-request')")
    assert page.evaluate("document.activeElement.name") == name
