"""The history of a row says who wrote it."""

from uuid import uuid4

import pytest

from muster.ground.register.actions import change_person, new_person
from muster.ground.rows.scope import acting
from tests.factories import TOWN, VILLAGE, actor, id_number, tree

pytestmark = pytest.mark.django_db


def test_each_change_keeps_the_account_that_made_it() -> None:
    tree()
    first, second = uuid4(), uuid4()
    with acting(actor(division=TOWN, account=first)):
        person = new_person(VILLAGE, "张立", id_number=id_number(7))
    with acting(actor(division=TOWN, account=second)):
        change_person(person, revision=1, employer="青禾农机")

        assert [h.history_user_id for h in person.history.all()] == [second, first]
