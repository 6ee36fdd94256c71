"""Fixtures of the formation tests: the town laid out and both proposals computed once a module."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from muster.domains.militia.actions import formation as acts
from muster.domains.militia.models import FormationRun
from muster.domains.militia.queries import formation as reading
from muster.ground.rows.scope import acting
from tests.domains.militia.building import actor_of
from tests.domains.militia.formation.helpers import Place
from tests.domains.militia.formation.settled import FORMATION_DAY, NOON, TOWN, settle


@pytest.fixture(scope="module")
def laid_out(django_db_setup: None, django_db_blocker: Any) -> Iterator[Place]:
    """Lay the town out once; what a test changes is rolled back to here."""
    with django_db_blocker.unblock():
        whole = transaction.atomic()
        whole.__enter__()
        try:
            everyone, rows = settle()
            with acting(actor_of("township_armed_head")):
                runs = {way: _proposed(way).pk for way in ("gaps", "full")}
            yield Place(everyone, rows, runs)
        finally:
            transaction.set_rollback(True)
            whole.__exit__(None, None, None)


def _proposed(way: str) -> FormationRun:
    run = acts.begin(way=way, on=FORMATION_DAY, division=TOWN, at=NOON)
    acts.propose(run)
    return run


@pytest.fixture
def place(laid_out: Place, db: None) -> Iterator[Place]:
    """Yield the town; the township's armed-forces head sits at the desk."""
    with acting(actor_of("township_armed_head")):
        yield laid_out


@pytest.fixture
def gaps(place: Place) -> FormationRun:
    """Return the computed proposal of 沿用上年、只补缺."""
    return reading.run(place.runs["gaps"])


@pytest.fixture
def full(place: Place) -> FormationRun:
    """Return the computed whole proposal."""
    return reading.run(place.runs["full"])
