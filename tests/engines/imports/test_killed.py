"""SIGKILL at random points of check, write and undo: nothing doubled, half-written, unreported."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
ROWS = 2000


@pytest.mark.requirement("SYS-07")
@pytest.mark.parametrize(("seed", "trials"), [
    (20260520, 21), pytest.param(7, 300, marks=pytest.mark.release),
])  # fmt: skip
def test_an_import_killed_anywhere_ends_whole_at_the_next_start(
    seed: int, trials: int, tmp_path: Path
) -> None:
    surroundings = {k: v for k, v in os.environ.items() if not k.startswith("MUSTER_")}
    surroundings |= {
        "MUSTER_HOME": str(tmp_path / "office"), "MUSTER_KEYS_FILE": str(tmp_path / "keys.json"),
        "MUSTER_TODAY": "2026-05-20", "MUSTER_LOG": "CRITICAL",
    }  # fmt: skip

    done = subprocess.run(
        [sys.executable, "-m", "tests.engines.imports.killing", str(seed), str(trials), str(ROWS)],
        cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False,
    )  # fmt: skip

    found: list[dict[str, Any]] = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, done.stderr[-3000:]
    assert [one for one in found if one["faults"]] == []
    assert len(found) == trials
