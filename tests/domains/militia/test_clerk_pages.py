"""Units and transfers as a new clerk meets them: the first page, over strength, help, age rules."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from muster.domains.militia.actions import enter
from muster.domains.militia.models import Unit
from muster.domains.militia.queries import figures, rosters
from muster.ground.rows.actor import Actor
from muster.ground.rulebook.actions import change
from tests.domains.militia.building import COUNTY, NOON, VILLAGE, person, post, unit

DAY, JUNE = date(2024, 5, 21), date(2024, 6, 1)
SignIn = Callable[..., Client]


@pytest.fixture(autouse=True)
def business_day(settings: object) -> None:
    settings.MUSTER_TODAY = "2024-06-01"  # type: ignore[attr-defined]


def page(client: Client, name: str, *args: object, **query: str) -> str:
    answer = client.get(reverse(f"militia:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def platoon(desk: Actor) -> Unit:
    """A platoon with 5 plain members in 3 places, and no leader in 2."""
    made = unit("应急排", level="platoon")
    soldier = post(made, places=3)
    post(made, "班长", places=2, role="squad_leader")
    for _ in range(5):
        enter(person(), made, soldier, on=DAY, reason="opening", at=NOON)
    return made


def test_the_first_visit_says_there_is_no_unit_and_what_to_press(
    desk: Actor, sign_in: SignIn
) -> None:
    text = page(sign_in(), "units")

    assert "还没有分队" in text and "点“新建分队”" in text
    assert "没有符合条件的记录" not in text
    other_day = page(sign_in(), "units", day="2020-01-01")
    assert "没有符合条件的记录" in other_day


def test_a_unit_is_not_offered_itself_or_those_below_it(desk: Actor, sign_in: SignIn) -> None:
    battalion = unit("营", level="battalion")
    company = unit("一连", parent=battalion)
    squad, other = unit("一班", level="squad", parent=company), unit("二连")

    text = page(sign_in(), "unit-edit", company.pk)
    for name in ("parent", "contributes_to"):
        box = re.search(rf'<select name="{name}".*?</select>', text, re.DOTALL)
        assert box is not None
        offered = set(re.findall(r'value="([^"]+)"', box[0]))
        assert {str(battalion.pk), str(other.pk)} == offered
        assert str(squad.pk) not in offered


def test_over_strength_in_one_post_does_not_hide_that_another_is_empty(
    platoon: Unit, sign_in: SignIn
) -> None:
    found = figures.strength(platoon, JUNE)
    text = page(sign_in(), "unit", platoon.pk)

    assert (found.authorised, found.actual, found.vacant, found.surplus) == (5, 5, 2, 2)
    assert "有的岗位超编 2 人，有的岗位还空缺 2 人" in text and "超 2" in text
    total = rosters.sums(rosters.unit_lines(JUNE))
    assert (total["vacant"], total["surplus"]) == (2, 2)


def test_more_people_than_places_are_shown_as_over_strength_up_the_tree(desk: Actor) -> None:
    battalion = unit("营", level="battalion")
    company = unit("一连", parent=battalion)
    post(company, places=2)
    for _ in range(5):
        enter(person(), company, None, on=DAY, reason="opening", at=NOON)

    lines = {x.unit.name: x.strength for x in rosters.unit_lines(JUNE)}

    # Who has no post takes the empty places first: 5 people, 2 places.
    assert [(s.vacant, s.surplus) for s in lines.values()] == [(0, 3), (0, 3)]


@pytest.mark.parametrize("name", ["units", "roster", "transfers"])
def test_a_list_has_one_way_to_print_and_one_to_export(
    platoon: Unit, sign_in: SignIn, name: str
) -> None:
    text = page(sign_in(), name)

    assert text.count("导出 Excel") == 1 and text.count("打印名单") == 1
    link = re.search(r'href="([^"]*export=xlsx[^"]*)"', text)
    assert link is not None
    file = sign_in().get(link[1].replace("&amp;", "&"))
    assert "spreadsheetml" in file["Content-Type"]


def test_help_stands_where_it_is_needed(platoon: Unit, sign_in: SignIn) -> None:
    one, member = person("王五"), platoon.memberships.first().person  # type: ignore[attr-defined]

    assert "要编入应急分队的，在这里写明理由" in page(sign_in(), "enter", one.pk)
    assert "应急分队的" not in page(sign_in(), "leave", member.pk)


def test_a_rule_from_a_later_day_is_named_instead_of_not_configured(
    platoon: Unit, sign_in: SignIn
) -> None:
    for key, value in (("min", 18), ("max", 35)):
        change(f"militia.age.{key}", division=COUNTY, value=value, status="directive",
               source="年度整组通知", on=date(2024, 5, 1))  # fmt: skip
    one, company = person("王五"), unit("柳树村民兵连", division=VILLAGE)
    told = {"where": f"{company.pk}|", "reason": "eligible"}
    address = reverse("militia:enter", args=[one.pk])

    early = sign_in().post(address, {**told, "on": "2024-03-01"}).content.decode()

    assert "年龄规则从 2024-05-01 起才有，2024-03-01 还没有适用的规则" in early
    assert "未配置" not in early
    assert sign_in().post(address, {**told, "on": "2024-05-28"}).status_code == 302
