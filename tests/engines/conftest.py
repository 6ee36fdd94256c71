"""What tests of the engines share: a laid-out county."""

import pytest

from tests import factories


@pytest.fixture
def county(db: None) -> None:
    """Lay out the divisions."""
    factories.tree()
