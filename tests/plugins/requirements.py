"""Requirement markers: unknown identifiers stop the run; release tests need ``--release``."""

from pathlib import Path

import pytest
import yaml

CATALOGUE = Path(__file__).parents[2] / "docs" / "requirements.yaml"


def known_requirements() -> frozenset[str]:
    """Return the identifiers of the requirement catalogue."""
    entries = yaml.safe_load(CATALOGUE.read_text(encoding="utf-8"))["requirements"]
    return frozenset(entry["id"] for entry in entries)


def requirements_of(item: pytest.Item) -> frozenset[str]:
    """Return the identifiers that the markers of one test name."""
    return frozenset(name for mark in item.iter_markers("requirement") for name in mark.args)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--release", action="store_true", help="run the long release tests too")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    known = known_requirements()
    unknown = sorted(
        f"{item.nodeid} names {name}" for item in items for name in requirements_of(item) - known
    )
    if unknown:
        raise pytest.UsageError(
            "requirements that docs/requirements.yaml does not list:\n  " + "\n  ".join(unknown)
        )
    if config.getoption("--release"):
        return
    later = [item for item in items if item.get_closest_marker("release")]
    if later:
        config.hook.pytest_deselected(items=later)
        items[:] = [item for item in items if not item.get_closest_marker("release")]
