"""Dirty rosters in layouts of their own: every planted fault is found where it is, and no other."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.engines.imports.alone import check_file_alone
from muster.engines.imports.models import ImportRow
from muster.ground.rows.scope import acting
from muster.overview.story.random_rosters import random_dirty_roster
from muster.overview.story.truth import FileTruth
from tests import factories
from tests.engines.imports.bringing import brought

EXAMPLES, ROWS = 25, 40
# What the importer may say of a planted fault: a code that begins with one of these.
CODES = {
    "id": ("id.", "value.missing"), "name": ("name.", "value.missing"), "date": ("date.",),
    "birth": ("birth.differs",), "phone": ("phone.",), "duplicate": ("id.twice", "id.two_names"),
}  # fmt: skip


def check_errors(truth: FileTruth, errors: list[dict[str, object]]) -> None:
    """Assert that each planted fault was found at its sheet, row and column, and nothing else."""
    by_row: dict[int, list[tuple[str, str]]] = {}
    for error in errors:
        by_row.setdefault(error["row"], []).append((error["column"], error["code"]))  # type: ignore[arg-type,call-overload]
    planted = {row.row: row.faults for row in truth.rows if row.faults}

    assert sorted(by_row) == sorted(planted), truth.file
    for number, faults in planted.items():
        for fault in faults:
            column = "".join(fault.column.rpartition(" / ")[2].split())
            found = [
                code for told, code in by_row[number]
                if "".join(told.split()) == column and code.startswith(CODES[fault.family])
            ]  # fmt: skip
            assert found, (number, fault, by_row[number])


@pytest.mark.requirement("SYS-07")
@settings(max_examples=EXAMPLES)
@given(seed=st.integers(0, 10**6))
def test_every_planted_fault_is_found_without_an_office(seed: int) -> None:
    data, truth = random_dirty_roster(seed, rows=ROWS)

    result = check_file_alone("people", truth.file, data)

    assert result["rows"] == truth.first.rows
    assert result["rejected"] == truth.first.rejected
    check_errors(truth, result["errors"])


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(4))
def test_rows_are_written_or_reported_and_never_both(seed: int) -> None:
    factories.tree()
    data, truth = random_dirty_roster(1000 + seed, rows=120)

    with acting(factories.actor()):
        job = brought(data, truth.file)
        outcomes = dict(ImportRow.objects.filter(of=job).values_list("number", "outcome"))

    assert outcomes == {row.row: row.outcome for row in truth.rows}
    assert job.counts["rows"] == len(truth.rows)
