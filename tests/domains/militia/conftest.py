"""Fixtures of the militia tests."""

from collections.abc import Iterator

import pytest
from django.test import Client

from muster.ground.accounts.backend import OfficeArgon2Hasher
from muster.ground.rows.actor import Actor
from muster.ground.rows.scope import acting
from tests import factories
from tests.domains.militia import building


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(OfficeArgon2Hasher, "memory_cost", 1024)
    monkeypatch.setattr(OfficeArgon2Hasher, "time_cost", 1)


@pytest.fixture
def desk(db: None) -> Iterator[Actor]:
    """The county's armed-forces department, over the invented divisions."""
    with acting(building.county_desk()) as actor:
        building.found_divisions()
        yield actor


@pytest.fixture
def sign_in(desk: Actor, client: Client) -> object:
    """Return how to sign the test client in to a post of a role."""

    def enter(role: str = "armed_officer", division: str = building.TOWN) -> Client:
        factories.signed_in(client, factories.desk(role, division))
        return client

    return enter
