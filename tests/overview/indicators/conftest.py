"""Fixtures of the indicator tests."""

import pytest

from tests.overview.indicators.town import Town


@pytest.fixture
def town(db: None) -> Town:
    return Town()
