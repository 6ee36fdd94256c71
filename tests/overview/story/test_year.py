"""The whole year by command and over HTTP, in a folder of its own, as `make run` tells it."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

WAIT = 900
pytestmark = [
    pytest.mark.skipif(
        bool(os.environ.get("MUSTER_DATABASE_URL")),
        reason="the demo is an SQLite office; told once",
    ),
    pytest.mark.xdist_group("year"),
]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _demo(folder: Path, *words: str, home: str = "") -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("MUSTER_")}
    clean.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.run(
        [sys.executable, "-m", "muster.config", "demo", "--out", str(folder / "out"),
         "--port", str(_free_port()), "--json", *words],
        cwd=folder, env=clean | ({"MUSTER_HOME": home} if home else {}),
        capture_output=True, text=True, check=False, timeout=WAIT,
    )  # fmt: skip


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("year")
    done = _demo(folder)
    assert done.returncode == 0, done.stderr[-3000:]
    return folder, json.loads(done.stdout)


def test_the_year_ends_with_the_strength_that_was_asked_for(
    told: tuple[Path, dict[str, Any]],
) -> None:
    formation = told[1]["facts"]["formation"]

    assert [formation[c] for c in ("I-03", "I-04", "I-05", "I-06", "I-07")] == [30, 20, 5, 705, 760]


def test_every_roster_adds_up_and_is_wholly_repaired(told: tuple[Path, dict[str, Any]]) -> None:
    parts = ("new", "changed", "unchanged", "rejected", "held")

    for number in (1, 2, 3):
        roster = told[1]["facts"][f"roster_{number}"]
        assert sum(roster[p] for p in parts) == roster["rows"]
        assert 0 < roster["repaired"] <= roster["rejected"]


def test_the_reports_are_issued_and_a_changed_number_is_caught(
    told: tuple[Path, dict[str, Any]],
) -> None:
    folder, result = told

    assert (folder / "out" / "reorganisation_report.docx").read_bytes().startswith(b"PK")
    assert (folder / "out" / "duty_report.docx").exists()
    assert result["facts"]["reports"]["caught"] >= 1


def test_a_demo_told_before_is_not_told_twice(told: tuple[Path, dict[str, Any]]) -> None:
    folder, result = told

    again = _demo(folder)

    assert json.loads(again.stdout)["facts"] == result["facts"]


def test_the_demo_refuses_a_folder_that_is_an_offices_own(tmp_path: Path) -> None:
    office = tmp_path / "office"
    office.mkdir()
    (office / "muster.sqlite3").write_bytes(b"somebody's own")

    for words in ((), ("--reset",)):
        done = _demo(tmp_path, *words, home=str(office))
        assert done.returncode == 1
        assert json.loads(done.stdout)["problem"] == "demo.not_a_demo"
    assert (office / "muster.sqlite3").read_bytes() == b"somebody's own"
