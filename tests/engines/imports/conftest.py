"""Fixtures of the import tests."""

from collections.abc import Iterator

import pytest

from muster.ground.rows.actor import Actor
from muster.ground.rows.scope import acting
from tests import factories


@pytest.fixture
def town(db: None, settings: object) -> Iterator[Actor]:
    """The desk of the first township, over the invented divisions, on a fixed day."""
    settings.MUSTER_TODAY = factories.DAY.isoformat()  # type: ignore[attr-defined]
    factories.tree()
    with acting(factories.actor()) as actor:
        yield actor
