"""The world is laid out once per package and worker, and taken back after."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.template.base import Template
from django.test.utils import _TestState

from muster.ground.accounts.backend import OfficeArgon2Hasher
from tests.matrix import desks, probing
from tests.matrix.probing import Report, undone
from tests.matrix.world import World, lay_out

# Tests that use the world carry ``pytest.mark.django_db``: without one in the run, pytest-django makes
# no test database and the world would be laid out in the office that happens to lie here.


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Yield the laid-out world; nothing of it is ever committed."""
    patch = pytest.MonkeyPatch()
    patch.setattr(OfficeArgon2Hasher, "memory_cost", 1024)
    patch.setattr(OfficeArgon2Hasher, "time_cost", 1)
    # Nothing here looks at which templates were rendered; noting that costs a fifth of each page.
    patch.setattr(Template, "_render", _TestState.saved_data.template_render)
    with django_db_blocker.unblock(), transaction.atomic(), undone():
        assert Path(connection.settings_dict["NAME"]).name.startswith("test")
        laid = lay_out()
        laid.desks = {name: desks.sit(name, laid) for name in desks.names()}
        probing.remember_tables()
        yield laid
    patch.undo()


@pytest.fixture
def tally(record_property: Any) -> Iterator[Report]:
    """Yield a report whose sums reach the summary of the run (tests/plugins/matrix.py)."""
    report = Report()
    yield report
    record_property("matrix", report.summary())


@pytest.fixture
def _quiet() -> Iterator[None]:
    """Keep Django from logging each refusal: there are thousands."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)
