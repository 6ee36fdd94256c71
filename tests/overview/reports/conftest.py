"""Fixtures of the report tests."""

import pytest

from tests.overview.indicators.town import Town, joins, roll_call


@pytest.fixture
def town(db: None) -> Town:
    """A town whose year has members, movement and a closed roll call."""
    made = Town()
    platoon = joins(made.emergency, 6)
    joins(made.camouflage, 4)
    joins(made.city, 2)
    joins(made.first, 8)
    roll_call({"present": [(p, made.emergency) for p in platoon[:5]],
               "absent": [(platoon[5], made.emergency)]})  # fmt: skip
    return made
