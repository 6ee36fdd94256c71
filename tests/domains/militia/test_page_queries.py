"""A list of many rows asks the database no more often than a list of one."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from muster.domains.militia.actions import call_together, enter, go_away, leave, move
from muster.domains.militia.models import Unit
from muster.domains.militia.queries.rosters import joined_on
from muster.ground.rows.actor import Actor
from tests.domains.militia.building import NOON, VILLAGE, person, post, unit

DAY = date(2024, 5, 21)


def add_member(company: Unit) -> None:
    one = person()
    enter(one, company, company.posts.first(), on=DAY, reason="opening", at=NOON)
    go_away(one, left_on=DAY, destination="东屏县", reason="work", at=NOON)


def count(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return sum(1 for q in seen.captured_queries if q["sql"].startswith("SELECT"))


def test_the_day_of_joining_survives_moves_and_begins_anew_after_leaving(desk: Actor) -> None:
    one, first, second = person(), unit("一连"), unit("二连")
    for company in (first, second):
        post(company)
    enter(one, first, first.posts.first(), on=date(2023, 1, 5), reason="opening", at=NOON)
    move(one, second, second.posts.first(), on=date(2023, 6, 1), at=NOON)
    assert joined_on([one.pk], DAY) == {one.pk: date(2023, 1, 5)}
    leave(one, on=date(2023, 9, 1), reason="over_age", at=NOON)
    enter(one, first, first.posts.first(), on=date(2023, 9, 3), reason="eligible", at=NOON)
    assert joined_on([one.pk], DAY) == {one.pk: date(2023, 9, 3)}


@pytest.mark.parametrize("name", ["units", "unit", "roster", "transfers", "absences", "roll-call"])
def test_three_rows_take_as_many_queries_as_one(
    desk: Actor, sign_in: Callable[..., Client], settings: object, name: str
) -> None:
    settings.MUSTER_TODAY = "2024-06-01"  # type: ignore[attr-defined]
    company = unit("一连", division=VILLAGE)
    post(company)
    add_member(company)
    client = sign_in()

    def url() -> str:
        if name == "roll-call":
            call = call_together("点验", kind="assembly", on=DAY, units=[company])
            return reverse("militia:roll-call", args=[call.pk])
        return reverse(f"militia:{name}", args=[company.pk] if name == "unit" else [])

    first = count(client, url())
    add_member(company)
    add_member(company)

    assert count(client, url()) == first
