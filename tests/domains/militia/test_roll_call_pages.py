"""What a township clerk stumbled over at a roll call: refusals in the row, who is away, papers."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from muster.domains.militia.actions import call_together, enter, go_away
from muster.domains.militia.models import RollCall, Unit
from muster.ground.register.models import Person
from muster.ground.rows.actor import Actor
from muster.ground.rows.scope import acting
from tests.domains.militia.building import (
    NOON,
    TOWN,
    VILLAGE,
    VILLAGE_2,
    actor_of,
    person,
    post,
    unit,
)

DAY = date(2024, 5, 21)
SignIn = Callable[..., Client]


@pytest.fixture(autouse=True)
def business_day(settings: object) -> None:
    settings.MUSTER_TODAY = "2024-06-01"  # type: ignore[attr-defined]


@pytest.fixture
def company(desk: Actor) -> Unit:
    """A company with two members, one away."""
    made = unit("柳树村民兵连", division=VILLAGE)
    soldier = post(made, places=3)
    for name in ("张立", "李明"):
        enter(person(name), made, soldier, on=DAY, reason="opening", at=NOON)
    went = Person.objects.get(name="李明")
    go_away(went, left_on=DAY, destination="临江市望海区", reason="work", at=NOON)
    return made


def called(*units: Unit) -> RollCall:
    with acting(actor_of("armed_officer", TOWN)):
        return call_together("六月点验", kind="assembly", on=date(2024, 6, 1), units=units)


def page(client: Client, name: str, *args: object, **query: str) -> str:
    return client.get(reverse(f"militia:{name}", args=args), query).content.decode()


@pytest.mark.parametrize("headers", [{"HX-Request": "true"}, {}])
def test_absent_without_a_reason_keeps_the_row_what_was_typed_and_says_why(
    company: Unit, sign_in: SignIn, headers: dict[str, str]
) -> None:
    client, call = sign_in(), called(company)
    line = call.lines.get(person__name="张立")
    mark = reverse("militia:roll-call-mark", args=[call.pk, line.pk])

    answer = client.post(mark, {"presence": "absent", "reason": "   ", "query": "q=zhangli"},
                         headers=headers)  # fmt: skip
    text = answer.content.decode()

    assert answer.status_code == 422 and f'id="line-{line.pk}"' in text
    assert 'value="absent"' in text and 'value="present"' in text and "details open" in text
    assert f'id="refused-{line.pk}"' in text and "没有到场的要写明原因" in text
    assert 'value="   "' in text and 'value="q=zhangli"' in text
    assert ("李明" in text) is False and ("<h1>" in text) is not bool(headers)


def test_who_is_registered_away_and_namesakes_are_told_apart_on_list_and_sheet(
    company: Unit, sign_in: SignIn
) -> None:
    for division, born in ((VILLAGE, date(1993, 1, 2)), (VILLAGE_2, date(1998, 1, 2))):
        enter(person("张立", division=division, born=born), company, None, on=DAY,
              reason="opening", at=NOON)  # fmt: skip
    client, call = sign_in(), called(company)

    for name in ("roll-call", "roll-call-sheet"):
        text = page(client, name, call.pk)
        assert "柳树村 95年生" in text and "柳树村 93年生" in text and "大桥村 98年生" in text
        assert text.count("临江市望海区") == 1 and "外出" in text


def test_papers_of_a_roll_call_name_the_unit_or_the_place_called(
    company: Unit, sign_in: SignIn, settings: object
) -> None:
    settings.MUSTER_OFFICE = "青禾县"  # type: ignore[attr-defined]
    client, call = sign_in(), called(company)
    other = unit("大桥村民兵连", division=VILLAGE_2)
    enter(person("王五"), other, None, on=DAY, reason="opening", at=NOON)
    with acting(actor_of("armed_officer", TOWN)):
        both = call_together(
            "全镇点验", kind="assembly", on=date(2024, 6, 1), units=[company, other]
        )

    for name in ("roll-call-sheet", "roll-call-report"):
        assert "单位：柳树村民兵连" in page(client, name, call.pk)
        assert "单位：青溪镇" in page(client, name, both.pk)
    assert "单位：大桥村民兵连" in page(client, "roll-call-sheet", both.pk, unit=str(other.pk))


def test_archiving_says_so_on_the_page_that_follows_and_nowhere_later(
    company: Unit, sign_in: SignIn
) -> None:
    client, call = sign_in(), called(company)
    close = reverse("militia:roll-call-close", args=[call.pk])
    early = client.post(close)
    assert early.status_code == 409 and "还有2人没有点" in early.content.decode()
    call.lines.update(presence="present")

    answer = client.post(close, follow=True)

    assert "点验已归档" in answer.content.decode()
    assert "点验已归档" not in page(client, "units")
