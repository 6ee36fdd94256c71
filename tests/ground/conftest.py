"""What tests of the ground share: a laid-out county, quick password hashes."""

from collections.abc import Iterator

import pytest
from django.db import connection

from muster.ground.accounts.backend import OfficeArgon2Hasher
from tests import factories


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(OfficeArgon2Hasher, "memory_cost", 1024)
    monkeypatch.setattr(OfficeArgon2Hasher, "time_cost", 1)


@pytest.fixture
def county(db: None) -> None:
    """Lay out the divisions."""
    factories.tree()


@pytest.fixture
def committed_county(transactional_db: None) -> Iterator[None]:
    """Lay out the divisions where transactions are real; the journal lets itself be emptied after."""
    factories.tree()
    yield
    let_the_journal_be_emptied()


def let_the_journal_be_emptied() -> None:
    """Drop the triggers that keep the journal; the flush after the test installs them again."""
    names = ("journal_no_update", "journal_no_delete")
    statements = [f"DROP TRIGGER IF EXISTS {name}" for name in names]
    if connection.vendor == "postgresql":
        statements = ["DROP TRIGGER IF EXISTS journal_append_only ON journal_entry"]
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
