"""`muster formation solve` and `check`: status, one JSON object, files."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bench.formation_instances import make
from muster.config.commands.formation import app
from tests.core.formation.builders import person, problem, slot, unit

RUNNER = CliRunner()


def run(*arguments: str | Path) -> tuple[int, Any, str]:
    done = RUNNER.invoke(app, [str(argument) for argument in arguments])
    return (
        done.exit_code,
        json.loads(done.stdout) if "--json" in arguments else done.stdout,
        done.stderr,
    )


def saved(folder: Path, data: Any, name: str = "problem.json") -> Path:
    path = folder / name
    text = json.dumps(data).encode()
    path.write_bytes(gzip.compress(text) if name.endswith(".gz") else text)
    return path


@pytest.mark.parametrize("name", ["problem.json", "problem.json.gz"])
def test_solve_writes_a_result_that_check_accepts(tmp_path: Path, name: str) -> None:
    source, out = saved(tmp_path, make("XS", seed=1), name), tmp_path / "result.json"

    status, summary, progress = run("solve", source, "--out", out, "--json")
    verdict = run("check", source, out, "--json")

    result = json.loads(out.read_text())
    assert status == 0 and "%" in progress
    assert result["format"] == "formation-result/1"
    assert summary["objective"] == result["objective"]
    assert verdict[0] == 0 and verdict[1]["sound"] is True
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, "result.json"])


def test_check_finds_a_changed_result(tmp_path: Path) -> None:
    source, out = saved(tmp_path, make("XS", seed=1)), tmp_path / "result.json"
    run("solve", source, "--out", out)
    result = json.loads(out.read_text())
    result["assignments"][0]["slot"] = result["assignments"][-1]["slot"]

    status, verdict, _ = run("check", source, saved(tmp_path, result, "changed.json"), "--json")

    assert status == 1 and not verdict["sound"] and verdict["broken"]


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        ({"format": "other/1"}, 2, "formation.unreadable"),
        (problem([person("A", age=-1)], [unit("U", slot("U-1"))]), 1, "formation.faulty"),
        (
            problem(
                [person("A", member_of="U-1"), person("B", member_of="U-1")],
                [unit("U", slot("U-1"), keep_min_pct=100)],
            ),
            1,
            "formation.infeasible",
        ),
    ],
)
def test_a_refusal_is_one_object_and_leaves_no_file(
    tmp_path: Path, data: Any, status: int, code: str
) -> None:
    source, out = saved(tmp_path, data), tmp_path / "result.json"

    found, refusal, _ = run("solve", source, "--out", out, "--json")

    assert (found, refusal["problem"]) == (status, code)
    assert refusal["message"] and "facts" in refusal
    assert not out.exists()


def test_a_missing_file_and_wrong_arguments_have_status_2(tmp_path: Path) -> None:
    assert run("solve", tmp_path / "none.json", "--out", tmp_path / "r.json", "--json")[0] == 2
    assert RUNNER.invoke(app, ["solve"]).exit_code == 2
    assert (
        run("check", saved(tmp_path, make("XS", seed=1)), saved(tmp_path, [], "r.json"), "--json")[
            0
        ]
        == 2
    )


def test_people_read_a_sentence(tmp_path: Path) -> None:
    source, out = saved(tmp_path, make("XS", seed=1)), tmp_path / "result.json"

    assert "编入 19 人" in run("solve", source, "--out", out)[1]
    assert "没有违反规则" in run("check", source, out)[1]
