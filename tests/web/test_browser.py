from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
VENDOR = ROOT / "src" / "muster" / "web" / "static" / "vendor" / "tabler.min.css"

pytestmark = pytest.mark.browser


@pytest.fixture
def site(live_server, settings):
    settings.DEBUG = True
    assert AXE.exists() and VENDOR.exists(), "run python tools/assets.py first"
    return f"{live_server.url}/style"


@pytest.fixture
def desk(site, page):
    page.goto(site, wait_until="networkidle")
    return page


def axe_violations(page):
    page.evaluate(AXE.read_text(encoding="utf-8"))
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
    return page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})"
        ".then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html.slice(0, 120))]))",
        tags,
    )


def test_the_style_page_has_no_accessibility_faults_and_no_complaints(desk):
    assert axe_violations(desk) == []


def test_the_style_page_is_sound_on_a_phone(site, page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(site, wait_until="networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert axe_violations(page) == []
    page.click(".m-menu-button")
    assert page.is_visible(".m-nav-link.is-active")
    page.keyboard.press("Escape")
    assert not page.is_visible(".m-nav-link.is-active")
    height = page.evaluate("document.querySelector('.m-actions .btn-primary').offsetHeight")
    assert height >= 56


def test_a_filter_changes_the_table_and_the_address(desk):
    desk.select_option("#people-town", "青溪镇")
    desk.wait_for_selector(".m-words strong:text('青溪镇')")
    assert "town=" in desk.url and "61" in desk.inner_text(".m-words")
    desk.click("text=清空条件")
    desk.wait_for_selector(".m-words:has-text('244')")


def test_select_all_means_all_that_the_filter_shows(desk):
    desk.check("[data-pick-all]")
    assert desk.inner_text("[data-bulk-count]") == "12"
    desk.click("[data-bulk-all]")
    assert desk.inner_text("[data-bulk-count]") == "244"
    assert desk.input_value("[data-everything]") == "1"
    desk.uncheck("[data-pick] >> nth=0")
    assert desk.inner_text("[data-bulk-count]") == "11"
    assert desk.input_value("[data-everything]") == ""


def test_a_broken_line_keeps_what_was_typed_and_offers_to_try_again(desk, page_faults):
    desk.fill("#people-q", "张")
    desk.context.set_offline(True)
    desk.press("#people-q", "Enter")
    desk.wait_for_selector(".m-toast.is-bad")
    assert desk.input_value("#people-q") == "张"
    desk.context.set_offline(False)
    desk.click(".m-toast.is-bad button")
    desk.wait_for_selector(".m-words strong:text('张')")
    page_faults.clear()


def test_enter_goes_to_the_next_field(desk):
    desk.focus("#id_name")
    desk.keyboard.press("Enter")
    assert desk.evaluate("document.activeElement.id") == "id_identity"


def test_print_leaves_the_menu_away(desk):
    desk.emulate_media(media="print")
    assert not desk.is_visible(".m-side") and not desk.is_visible(".m-top")
    assert desk.is_visible("h1")


def test_the_focus_is_always_visible(desk):
    desk.keyboard.press("Tab")
    width = desk.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert width == "3px"
