"""A real Chromium for tests: one per session, one clean profile and strict ears per test."""

import os
import shutil
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
OWN_HOSTS = frozenset({"localhost", "127.0.0.1", "testserver"})
DESK = {"width": 1440, "height": 900}


def chromium_path() -> str:
    """Return the installed Chromium; a machine without one fails rather than skips."""
    found = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if found is None:
        pytest.fail("no Chromium found: sudo apt-get install -y chromium", pytrace=False)
    return found


@pytest.fixture(scope="session")
def playwright_driver() -> Iterator[Playwright]:
    # Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright_driver: Playwright) -> Iterator[Browser]:
    """Yield the session's Chromium."""
    running = playwright_driver.chromium.launch(
        executable_path=chromium_path(), args=list(CHROMIUM_FLAGS)
    )
    yield running
    running.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Yield a clean profile: a Chinese desk in Chinese time."""
    fresh = browser.new_context(
        viewport=DESK, locale="zh-CN", timezone_id="Asia/Shanghai", accept_downloads=True
    )
    fresh.set_default_timeout(20_000)
    yield fresh
    fresh.close()


@pytest.fixture
def page_faults() -> list[str]:
    """Return what the page did wrong; a test that expects a refusal clears it."""
    return []


@pytest.fixture
def page(context: BrowserContext, page_faults: list[str]) -> Iterator[Page]:
    """Yield a page that fails its test on script errors, CSP violations and outside requests."""
    listen(context, page_faults)
    opened = context.new_page()
    yield opened
    opened.close()
    assert page_faults == []


def listen(context: BrowserContext, faults: list[str]) -> None:
    """Write every fault of every page of this profile into ``faults``."""
    context.on(
        "console",
        lambda message: message.type == "error" and faults.append(f"console: {message.text}"),
    )
    context.on("weberror", lambda error: faults.append(f"script: {error.error}"))
    context.on(
        "request",
        lambda request: is_outside(request.url) and faults.append(f"outside: {request.url}"),
    )


def is_outside(url: str) -> bool:
    """Return whether an address leaves this machine."""
    parts = urlsplit(url)
    return parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname not in OWN_HOSTS
