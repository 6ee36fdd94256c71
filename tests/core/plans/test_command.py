"""``muster plan read`` as people and programs call it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from muster.config.commands.plan import app

PLAN = "民兵整组工作方案\n一、实施步骤\n（一）准备阶段（3月1日至3月10日）。召开会议。\n（二）编组阶段（3月11日至4月底）。登记核对。\n"
KEYS = [
    "title",
    "kind",
    "issuer",
    "year",
    "period",
    "phases",
    "milestones",
    "quotas",
    "bodies",
    "outline",
    "warnings",
]


@pytest.fixture
def plan_file(tmp_path: Path) -> Path:
    path = tmp_path / "方案.txt"
    path.write_text(PLAN, encoding="gb18030")
    return path


def test_json_is_one_object_with_the_agreed_keys(plan_file: Path) -> None:
    result = CliRunner().invoke(app, ["read", str(plan_file), "--year", "2026", "--json"])

    read = json.loads(result.stdout)
    assert result.exit_code == 0
    assert list(read) == KEYS
    assert read["phases"][0] == {
        "name": "准备阶段",
        "start": "2026-03-01",
        "end": "2026-03-10",
        "raw": "（一）准备阶段（3月1日至3月10日）",
        "tasks": ["召开会议"],
    }


def test_without_a_year_dates_stay_null_and_say_why(plan_file: Path) -> None:
    read = json.loads(CliRunner().invoke(app, ["read", str(plan_file), "--json"]).stdout)

    assert [(p["start"], p["end"]) for p in read["phases"]] == [(None, None), (None, None)]
    assert {w["code"] for w in read["warnings"]} >= {"year.missing", "phase.undated"}


def test_people_get_a_summary(plan_file: Path) -> None:
    result = CliRunner().invoke(app, ["read", str(plan_file), "--year", "2026"])

    assert result.exit_code == 0
    assert "准备阶段" in result.stdout
    assert "2026-03-01 至 2026-03-10" in result.stdout


@pytest.mark.parametrize(
    ("words", "code", "status"),
    [("秘密★1年\n" + PLAN, "plan.classified", 1), ("", "plan.empty", 2)],
)
def test_a_refusal_is_an_object_too(tmp_path: Path, words: str, code: str, status: int) -> None:
    path = tmp_path / "a.txt"
    path.write_text(words, encoding="utf-8")

    result = CliRunner().invoke(app, ["read", str(path), "--json"])

    assert result.exit_code == status
    assert json.loads(result.stdout)["problem"] == code


def test_wrong_arguments_and_missing_files_exit_with_two(tmp_path: Path) -> None:
    assert CliRunner().invoke(app, ["read"]).exit_code == 2
    assert CliRunner().invoke(app, ["read", str(tmp_path / "none.docx"), "--json"]).exit_code == 2
