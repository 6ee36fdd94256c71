"""Fixtures of the militia tests."""

from collections.abc import Iterator

import pytest

from muster.ground.rows.actor import Actor
from muster.ground.rows.scope import acting
from tests.domains.militia import building


@pytest.fixture
def desk(db: None) -> Iterator[Actor]:
    """The county's armed-forces department, over the invented divisions."""
    with acting(building.county_desk()) as actor:
        building.found_divisions()
        yield actor
