"""The small office, open in a browser."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page

from muster.ground.accounts.backend import OfficeArgon2Hasher
from tests.ground.conftest import let_the_journal_be_emptied
from tests.overview.browser import small_office
from tests.overview.browser.small_office import Office


@dataclass(frozen=True, slots=True)
class Seat:
    """A browser at the small office: the page, the address, what stands in the office."""

    page: Page
    site: str
    office: Office

    def open(self, path: str) -> None:
        """Show a page and wait for it."""
        self.page.goto(self.site + path)

    def press(self, name: str) -> None:
        """Press the button or follow the link of this name in the page's main part."""
        main = self.page.locator("main")
        found = main.get_by_role("button", name=name, exact=True).or_(
            main.get_by_role("link", name=name, exact=True)
        )
        found.first.click()

    def text(self) -> str:
        """Return the words of the page's main part."""
        return self.page.locator("main").inner_text()


@pytest.fixture
def closed_office(
    live_server: Any, page: Page, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Seat]:
    """Yield the office with nobody signed in."""
    monkeypatch.setattr(OfficeArgon2Hasher, "memory_cost", 1024)
    monkeypatch.setattr(OfficeArgon2Hasher, "time_cost", 1)
    settings.MUSTER_TODAY = small_office.TODAY
    yield Seat(page, live_server.url, small_office.lay_out())
    page.goto("about:blank")
    let_the_journal_be_emptied()


@pytest.fixture
def seat(closed_office: Seat) -> Seat:
    """Return the office with the township's armed-forces head signed in through the form."""
    small_office.sign_in(closed_office.page, closed_office.site)
    return closed_office
