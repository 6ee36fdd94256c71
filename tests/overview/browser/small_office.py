"""A small office for the browser: one town, one platoon with a gap, a roster, a plan to upload."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from playwright.sync_api import Page

from muster.domains.militia.actions import enter
from muster.domains.militia.models import Post, Unit
from muster.ground.jobs import actions as jobs
from muster.ground.jobs.models import Job
from muster.ground.register.models import Person
from muster.ground.rows.scope import acting
from muster.ground.rulebook.actions import adopt_catalogue, change
from tests import factories
from tests.engines.imports.bringing import book
from tests.engines.imports.bringing import person as roster_row
from tests.factories import COUNTY, NOON, TOWN, VILLAGE, everything

TODAY = "2026-05-20"
PASSWORD = "muster-of-a-small-office"
LONG_AGO = date(2020, 1, 1)
PLAN = """石桥镇2026年度民兵整组工作方案
一、工作步骤
（一）组织准备阶段（4月1日至5月10日）
1.成立领导小组。
（二）编组阶段（5月11日至5月31日）
1.办理出入转队。
"""


@dataclass(frozen=True, slots=True)
class Office:
    """What stands in the small office."""

    chief: Any
    platoon: Unit
    members: list[Person]


def lay_out() -> Office:
    """Write the town, its office, a platoon of a leader and three, one of them far too old."""
    factories.tree()
    factories.OrganisationFactory.create(name="青溪镇人民武装部", kind="armed_forces_department")
    account = factories.AccountFactory.create(login="wuzhuang", name="仇砚秋", password=PASSWORD)
    desk = factories.desk("township_armed_head", account=account)
    platoon, members = _platoon()
    _rules()
    return Office(desk, platoon, members)


def _platoon() -> tuple[Unit, list[Person]]:
    born = (date(1996, 2, 3), date(1997, 4, 5), date(1998, 6, 7), date(1960, 8, 9))
    people = [
        factories.PersonFactory.create(name=name, division=VILLAGE, birth_date=day)
        for name, day in zip(("张立", "李明", "王强", "陈老"), born, strict=True)
    ]
    # Two who could fill the gap.
    for name in ("周新", "吴青"):
        factories.PersonFactory.create(name=name, division=VILLAGE, birth_date=date(1999, 9, 9))
    with everything():
        platoon = Unit.objects.create(
            division=TOWN, name="青溪镇应急排", level="platoon", force="emergency", primary=True,
            valid_from=LONG_AGO,
        )  # fmt: skip
        leader = Post.objects.create(division=TOWN, unit=platoon, name="排长", duty="排长", count=1)
        soldier = Post.objects.create(division=TOWN, unit=platoon, name="战士", duty="战士", count=3,
                                      order=1)  # fmt: skip
        for person, post in zip(people, (leader, soldier, soldier, soldier), strict=True):
            enter(person, platoon, post, on=LONG_AGO, reason="opening", at=NOON)
    return platoon, people


def _rules() -> None:
    with acting(factories.actor("county_armed_department", COUNTY)):
        adopt_catalogue(COUNTY, LONG_AGO)
        for key, value in (("militia.age.min", 18), ("militia.age.max", 45),
                           ("militia.age.max_technical", 45)):  # fmt: skip
            change(key, division=COUNTY, value=value, status="directive", source="县里的通知",
                   on=LONG_AGO)  # fmt: skip


def roster() -> bytes:
    """Return a roster of three good rows and one whose phone is too short."""
    return book([*(roster_row(n) for n in (301, 302, 303)), roster_row(304, phone="12")], above=1)


def sign_in(page: Page, site: str, login: str = "wuzhuang", *, fetch: bool = True) -> None:
    """Sign in through the form; without ``fetch`` on the page that is shown already."""
    if fetch:
        page.goto(f"{site}/sign-in")
    page.locator("main input:not([type=hidden]):not([type=password])").fill(login)
    page.locator("main input[type=password]").fill(PASSWORD)
    page.locator("main button.btn-primary").click()
    page.locator("nav a.is-active").wait_for()


def work_off(page: Page) -> None:
    """Do the queued work as the worker would, then show the page anew."""
    address = page.url
    page.goto("about:blank")
    with everything():
        waiting = list(Job.objects.filter(state=Job.State.QUEUED).values_list("pk", flat=True))
    assert waiting, "nothing was asked for"
    for key in waiting:
        assert jobs.run(key) == "done"
    page.goto(address)
