"""muster indicators and muster document, as formats.md says."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from muster.config.cli import app
from tests.factories import COUNTY, OTHER_TOWN, TOWN, AccountFactory, PostFactory
from tests.overview.indicators.town import Town, joins
from tests.overview.reports.test_issue_and_verify import altered


@pytest.fixture(autouse=True)
def console(town: Town, settings: object) -> Iterator[None]:
    settings.MUSTER_TODAY = "2026-05-20"  # type: ignore[attr-defined]
    account = AccountFactory.create(login="console", console=True)
    PostFactory.create(account=account, role="console_operator", division=COUNTY)
    clerk = AccountFactory.create(login="qx-officer")
    PostFactory.create(account=clerk, role="armed_officer", division=TOWN)
    return


def run(*words: str) -> tuple[int, dict[str, object]]:
    result = CliRunner().invoke(app, [*words, "--json"])
    return result.exit_code, json.loads(result.stdout)


def issue(out: Path, *more: str) -> tuple[int, dict[str, object]]:
    return run("document", "issue", "reorganisation_report", "--division", TOWN, "--year", "2026",
               "--out", str(out), *more)  # fmt: skip


def test_the_list_names_every_indicator_and_what_it_waits_for() -> None:
    status, answer = run("indicators", "list")

    found = {i["code"]: i["waits_for"] for i in answer["indicators"]}  # type: ignore[attr-defined]
    assert status == 0 and len(found) >= 94
    assert found["I-03"] is None and found["I-21"] == "应征报名"


def test_show_gives_the_value_and_with_rows_the_keys_behind_it() -> None:
    status, answer = run("indicators", "show", "I-03", "--division", TOWN, "--period", "2026",
                         "--rows")  # fmt: skip

    assert (status, answer["value"], len(answer["rows"])) == (0, 6, 6)  # type: ignore[arg-type]
    assert answer["as_of"] == "2026-05-20"


def test_an_indicator_without_records_answers_no_source_and_never_zero() -> None:
    status, answer = run("indicators", "show", "I-21", "--division", TOWN, "--period", "2026")

    assert status == 0 and answer["value"] is None and "应征报名" in str(answer["no_source"])


def test_a_division_outside_the_scope_of_as_is_refused() -> None:
    status, answer = run("indicators", "show", "I-03", "--division", OTHER_TOWN, "--period", "2026",
                         "--as", "qx-officer")  # fmt: skip

    assert (status, answer["problem"]) == (1, "indicators.division_outside")


def test_a_period_that_cannot_be_read_is_a_wrong_argument() -> None:
    status, answer = run("indicators", "show", "I-03", "--period", "去年")

    assert (status, answer["problem"]) == (2, "indicators.period_malformed")


def test_a_report_is_issued_to_a_file_and_verified(tmp_path: Path) -> None:
    out = tmp_path / "报告.docx"
    status, answer = issue(out, "--agency", "青武", "--as", "qx-officer")

    assert status == 0 and out.read_bytes().startswith(b"PK")
    assert answer["number"] == "青武〔2026〕1号"
    status, verified = run("document", "verify", str(out))
    assert status == 0
    assert verified["figures"] == verified["unchanged"] == len(answer["figures"])  # type: ignore[arg-type]
    assert set(verified) == {"figures", "unchanged", "changed", "tampered"}


def test_a_changed_or_tampered_file_leaves_with_status_one(tmp_path: Path, town: Town) -> None:
    out = tmp_path / "报告.docx"
    issue(out)
    out.write_bytes(altered(out.read_bytes(), ">20<", ">23<"))
    joins(town.camouflage, 1)

    status, verified = run("document", "verify", str(out))

    assert status == 1
    assert [t["code"] for t in verified["tampered"]] == ["I-07"]  # type: ignore[attr-defined]
    assert {"I-04", "I-07"} <= {c["code"] for c in verified["changed"]}  # type: ignore[attr-defined]


def test_what_is_no_document_or_no_kind_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(b"nothing")

    assert run("document", "verify", str(file))[0] == 2
    assert CliRunner().invoke(app, ["document", "verify", str(tmp_path / "b.docx")]).exit_code == 2
    status, answer = run("document", "issue", "letter", "--year", "2026", "--out", str(file))
    assert (status, answer["problem"]) == (1, "documents.kind_unknown")
