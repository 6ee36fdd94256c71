"""Pages of indicators and reports in Chromium: wide, on a phone, without accessibility faults."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page

from muster.core.kernel import Period
from muster.ground.rows.scope import acting
from muster.overview.indicators.actions import take
from muster.overview.reports import actions
from muster.overview.reports.gathering import Texts
from tests.factories import TOWN, actor, desk, signed_in
from tests.ground.conftest import let_the_journal_be_emptied
from tests.overview.indicators.town import DAY, NOON, Town, joins, roll_call

AXE = Path(__file__).resolve().parents[3] / "node_modules" / "axe-core" / "axe.min.js"
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHOICE = f"kind=reorganisation_report&division={TOWN}&year=2026"


@pytest.fixture
def office(live_server: Any, page: Page, settings: Any) -> Iterator[tuple[str, Page]]:
    settings.MUSTER_TODAY = "2026-05-20"
    client = Client()
    signed_in(client, desk("township_armed_head"))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([
        {"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}
    ])  # fmt: skip
    yield live_server.url, page
    let_the_journal_be_emptied()


def addresses() -> dict[str, str]:
    town = Town()
    platoon = joins(town.emergency, 6)
    joins(town.first, 8)
    roll_call({"present": [(p, town.emergency) for p in platoon]})
    with acting(actor("township_armed_head")):
        texts = Texts(issuer="青溪镇人民武装部")
        first = actions.draft("reorganisation_report", division=TOWN, year=2026, texts=texts,
                              on=DAY, at=NOON)  # fmt: skip
        paper = actions.draft("reorganisation_report", division=TOWN, year=2026, texts=texts,
                              on=DAY, at=NOON)  # fmt: skip
        actions.issue(paper, on=DAY, at=NOON)
        figure = take("I-07", TOWN, Period.year(2026), on=DAY, at=NOON)
    return {
        "indicators": "/indicator/", "indicator": "/indicator/I-07",
        "records": "/indicator/I-07/records", "figure": f"/indicator/figure/{figure.pk}",
        "reports": "/report/", "new": f"/report/new?{CHOICE}", "draft": f"/report/{first.pk}",
        "change": f"/report/{first.pk}/change", "issued": f"/report/{paper.pk}",
        "verify": "/report/verify", "templates": "/report/template",
    }  # fmt: skip


def faults(page: Page) -> Any:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    return page.evaluate(
        "axe.run(document, {runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21aa']}})"
        ".then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html.slice(0, 160))]))"
    )


def test_every_page_is_sound_at_a_desk_and_on_a_phone(office: tuple[str, Page]) -> None:
    site, page = office
    for name, path in addresses().items():
        page.set_viewport_size({"width": 1440, "height": 900})
        page.goto(site + path, wait_until="networkidle")
        assert faults(page) == [], name
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, name
