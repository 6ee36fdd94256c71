"""Hypothesis in two moods: the same examples each time, or, for a release, new ones."""

import pytest
from hypothesis import HealthCheck, settings

# A loaded machine must not turn a test red: slowness is measured in bench/.
PATIENT = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("steady", derandomize=True, **PATIENT)
settings.register_profile("searching", print_blob=True, **PATIENT)


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("searching" if config.getoption("--release") else "steady")
