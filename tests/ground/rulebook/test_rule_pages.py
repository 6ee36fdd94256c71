"""The rule pages: what is in force, from where, and who may change it."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from muster.ground.rows.actor import Actor
from muster.ground.rulebook.actions import adopt_catalogue, change
from muster.ground.rulebook.entries import entries
from muster.ground.rulebook.queries import value_of
from tests.domains.militia.building import COUNTY, TOWN
from tests.domains.militia.conftest import desk, sign_in  # noqa: F401  (fixtures)

SPRING = date(2024, 3, 1)
SignIn = Callable[..., Client]


@pytest.fixture(autouse=True)
def business_day(settings: object) -> None:
    settings.MUSTER_TODAY = "2024-06-01"  # type: ignore[attr-defined]


def test_the_list_names_every_rule_its_source_and_what_is_missing(
    desk: Actor, sign_in: SignIn  # noqa: F811
) -> None:  # fmt: skip
    adopt_catalogue(COUNTY, SPRING)
    text = sign_in().get(reverse("rulebook:list")).content.decode()

    assert all(e.label in text for e in entries().values())
    assert "民兵整组工作方案 二.1" in text and "未配置" in text and "上级规定" in text


FORMS = [
    ("militia.age.max", "45", 45),
    ("militia.emergency.requires_primary", "no", False),
    ("office.posts", "主任\n副主任\n", ["主任", "副主任"]),
]


@pytest.mark.parametrize(("key", "told", "kept"), FORMS)
def test_the_county_changes_a_rule_by_its_form(
    desk: Actor, sign_in: SignIn, key: str, told: str, kept: object  # noqa: F811
) -> None:  # fmt: skip
    client = sign_in("county_armed_department", COUNTY)
    url = reverse("rulebook:rule", args=[key])
    form = {"value": told, "on": "2024-05-01", "division": TOWN, "status": "directive",
            "source": "县人武部通知", "clause": "二"}  # fmt: skip

    assert client.post(url, form | {"source": ""}).status_code == 422
    assert client.post(url, form).status_code == 302

    found = value_of(key, division=TOWN, on=date(2024, 6, 1))
    assert found is not None and (found.value, found.basis) == (kept, "县人武部通知 二")
    assert value_of(key, division=COUNTY, on=date(2024, 6, 1)) is None


def test_a_value_of_the_own_place_is_ended_and_stays_in_the_history(
    desk: Actor, sign_in: SignIn  # noqa: F811
) -> None:  # fmt: skip
    change(
        "militia.age.max", division=COUNTY, value=45, status="practice", source="旧通知", on=SPRING
    )
    client = sign_in("county_armed_department", COUNTY)

    client.post(reverse("rulebook:end", args=["militia.age.max"]))

    text = client.get(reverse("rulebook:rule", args=["militia.age.max"])).content.decode()
    assert value_of("militia.age.max", division=COUNTY, on=date(2024, 6, 1)) is None
    assert "旧通知" in text and "未配置" in text


def test_a_township_reads_rules_and_is_refused_a_change(
    desk: Actor, sign_in: SignIn  # noqa: F811
) -> None:  # fmt: skip
    client = sign_in()
    url = reverse("rulebook:rule", args=["militia.age.max"])

    assert "修改由县人武部办理" in client.get(url).content.decode()
    assert client.post(url, {"value": "45"}).status_code == 403
    assert client.post(reverse("rulebook:end", args=["militia.age.max"])).status_code == 403
    assert client.get(reverse("rulebook:rule", args=["no.such"])).status_code == 404
