"""The year of 青溪镇, told by the command line and over HTTP, on files, as a clerk would do it."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import URLError

from muster.overview.story.browsing import Clerk, Page
from muster.overview.story.desks import PASSWORD

Say = Callable[[str], None]


class StoryBroke(RuntimeError):
    """A step did not do what it must; the message says which."""


@dataclass(slots=True)
class Stage:
    """Where the story plays: the office's address, a folder for files, what has happened."""

    base: str
    folder: Path
    say: Say
    told: dict[str, Any] = field(default_factory=dict)
    clerks: dict[str, Clerk] = field(default_factory=dict)

    def muster(self, *words: str, may_fault: bool = False) -> dict[str, Any]:
        """Run a command with --json and return its object; 1 is allowed where faults are expected."""
        command = [sys.executable, "-m", "muster.config", *words, "--json"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
        if done.returncode not in ((0, 1) if may_fault else (0,)):
            raise StoryBroke(
                f"muster {' '.join(words)}: {done.stdout[-400:]} {done.stderr[-1200:]}"
            )
        try:
            return json.loads(done.stdout)  # type: ignore[no-any-return]
        except ValueError as error:
            raise StoryBroke(f"muster {' '.join(words)}: {done.stderr[-1500:]}") from error

    def clerk(self, login: str) -> Clerk:
        """Return the browser of a login, signed in."""
        if login not in self.clerks:
            clerk = self.clerks[login] = Clerk(self.base)
            must(clerk.sign_in(login, PASSWORD), f"{login} 登录")
        return self.clerks[login]

    def tell(self, name: str, line: str, **facts: Any) -> None:
        """Say a line and keep its facts."""
        self.told[name] = facts
        self.say(line)


def must(page: Page, what: str) -> Page:
    """Return the page if the office accepted the step."""
    if page.status >= 400 or "/sign-in" in page.url:
        raise StoryBroke(f"{what}: {page.status} {page.url}\n{words_of(page)[:1500]}")
    return page


def words_of(page: Page) -> str:
    """Return the words of a page's main part."""
    import re

    main = page.text.partition("<main")[2] or page.text
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def wait_for(base: str, seconds: float = 90) -> None:
    """Wait until the office answers."""
    clerk, end = Clerk(base), time.monotonic() + seconds
    while True:
        try:
            if clerk.open("/sign-in").status == 200:
                return
        except (URLError, ConnectionError, TimeoutError):
            if time.monotonic() > end:
                raise StoryBroke("网页服务没有启动") from None
        time.sleep(0.4)


def wait_until(
    look: Callable[[], Page], done: Callable[[Page], bool], what: str, seconds: float = 240
) -> Page:
    """Open a page again until it shows what is waited for."""
    end = time.monotonic() + seconds
    while True:
        page = must(look(), what)
        if done(page):
            return page
        if time.monotonic() > end:
            raise StoryBroke(f"{what}：等待超时\n{words_of(page)[:800]}")
        time.sleep(0.5)


def expect(what: str, found: object, wanted: object) -> None:
    """Stop the story where a number is not what the truth says."""
    if found != wanted:
        raise StoryBroke(f"{what}：应为 {wanted}，实为 {found}")
