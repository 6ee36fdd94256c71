"""The command line: the JSON of the format paper, exit status, and no file ever overwritten."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from typer.testing import CliRunner

from muster.config.cli import app
from muster.engines.imports.models import Import
from muster.ground.accounts.actions.office import NewAdministrator, open_office
from muster.ground.accounts.models import Account
from muster.ground.journal.models import Entry
from muster.ground.register.models import Division, Person
from tests import factories
from tests.engines.imports.bringing import book, corrected, people, person
from tests.factories import COUNTY, FAR_VILLAGE, NAMES, TOWN, PersonFactory, everything, id_number

KEYS = {"job", "rows", "accepted", "rejected", "new", "changed", "unchanged", "held", "absent",
        "errors", "repair_file"}  # fmt: skip
STEPS = [
    NewAdministrator("system_administrator", "xitong", "系统员", "correct horse battery 1"),
    NewAdministrator("security_administrator", "anquan", "安全员", "correct horse battery 2"),
    NewAdministrator("security_auditor", "shenji", "审计员", "correct horse battery 3"),
]
runner = CliRunner()


@pytest.fixture
def office(db: None, tmp_path: Path, settings: Any) -> Path:
    """An office with its console operator; its database file exists, as a real one's does."""
    settings.MUSTER_TODAY = factories.DAY.isoformat()
    settings.MUSTER_DATABASE_URL = settings.MUSTER_DATABASE_URL or "test"
    with everything():
        open_office(COUNTY, NAMES[COUNTY], STEPS, today=date(2026, 5, 1), at=timezone.now())
        for code in NAMES:
            if not Division.objects.filter(division=code).exists():
                factories.DivisionFactory.create(division=code)
    return tmp_path


def muster(*words: str) -> tuple[int, dict[str, Any]]:
    """Run a command and return its status and its object."""
    done = runner.invoke(app, [*words, "--json"])
    return done.exit_code, json.loads(done.stdout)


def saved(folder: Path, data: bytes, name: str = "名册.xlsx") -> str:
    path = folder / name
    path.write_bytes(data)
    return str(path)


@pytest.mark.requirement("SYS-07")
def test_the_result_is_the_object_of_the_format_paper(office: Path) -> None:
    file = saved(office, book([*people(2), person(3, id="1")]))

    status, found = muster("import", "people", file, "--division", TOWN)

    assert status == 1
    assert set(found) == KEYS
    assert [found[k] for k in ("rows", "accepted", "rejected", "new", "held", "absent")] == [
        3, 2, 1, 2, 0, 0,
    ]  # fmt: skip
    (error,) = found["errors"]
    assert {"row", "column", "code", "message", "value_masked"} <= set(error)
    assert (error["row"], error["column"], error["code"]) == (4, "身份证号", "id.length")
    assert Path(found["repair_file"]).exists()
    with everything():
        assert Person.objects.count() == 2
        entry = Entry.objects.filter(action="import.written").get()
        assert entry.account == Account.objects.get(console=True).pk


def test_good_files_end_with_status_0_and_no_repair_file(office: Path) -> None:
    status, found = muster("import", "people", saved(office, book(people(2))), "--division", TOWN)

    assert (status, found["repair_file"], found["errors"]) == (0, None, [])
    assert sum(found[k] for k in ("new", "changed", "unchanged", "rejected", "held")) == 2


def test_a_check_writes_nothing(office: Path) -> None:
    file = saved(office, book(people(2)))

    status, found = muster("import", "people", file, "--division", TOWN, "--check")

    assert (status, found["new"]) == (0, 2)
    with everything():
        assert Person.objects.count() == 0
        assert Import.objects.get().state == Import.State.CHECKED


def test_the_repair_file_comes_back_and_no_file_is_overwritten(office: Path) -> None:
    file = saved(office, book([person(1), person(2, id="1")]))
    _, first = muster("import", "people", file, "--division", TOWN)
    path = Path(first["repair_file"])
    before = path.read_bytes()

    _, second = muster("import", "people", file, "--division", TOWN)
    assert second["repair_file"] != first["repair_file"]
    assert path.read_bytes() == before
    path.write_bytes(corrected(before, {3: {"身份证号": id_number(2)}}))
    status, found = muster("import", "people", str(path), "--division", TOWN)

    assert (status, found["new"], found["absent"]) == (0, 1, None)


def test_all_or_none_refuses_with_what_must_be_mended(office: Path) -> None:
    file = saved(office, book([person(1), person(2, id="1")]))

    status, found = muster("import", "people", file, "--division", TOWN, "--all-or-none")

    assert (status, found["problem"]) == (1, "import.has_faults")
    assert found["facts"]["errors"][0]["row"] == 3
    assert Path(found["facts"]["repair_file"]).exists()
    with everything():
        assert Person.objects.count() == 0


def test_undo_prints_the_three_buckets_and_a_second_one_is_refused(office: Path) -> None:
    _, found = muster("import", "people", saved(office, book(people(3))), "--division", TOWN)

    preview = muster("import", "undo", found["job"], "--preview")
    done = muster("import", "undo", found["job"])
    again = muster("import", "undo", found["job"])

    assert preview == done == (0, {"reversed": 3, "kept": [], "failed": []})
    assert (again[0], again[1]["problem"]) == (1, "import.not_ready")


def test_a_held_row_says_nothing_of_the_other_place(office: Path) -> None:
    PersonFactory.create(id_number=id_number(1), division=FAR_VILLAGE)
    with everything():
        post = factories.desk(division=TOWN)
    file = saved(office, book(people(2)))

    _, found = muster("import", "people", file, "--as", post.account.login)

    assert (found["held"], found["new"], found["errors"]) == (1, 1, [])
    assert FAR_VILLAGE not in json.dumps(found)


@pytest.mark.parametrize(("name", "data", "status"), [
    ("名册.xlsx", b"", 2),
    ("名册.pdf", b"%PDF-1.4", 2),
    ("名册.xlsx", book([["甲"]], ("乙",)), 2),
    ("名册.xlsx", book([person(1)], title="绝密"), 2),
])  # fmt: skip
def test_files_that_cannot_be_read_end_with_status_2(
    office: Path, name: str, data: bytes, status: int
) -> None:
    code, found = muster("import", "people", saved(office, data, name), "--division", TOWN)

    assert code == status
    assert set(found) == {"problem", "message", "facts"}


def test_wrong_arguments_end_with_status_2(office: Path) -> None:
    assert runner.invoke(app, ["import", "people", str(office / "nichts.xlsx")]).exit_code == 2
    assert muster("import", "horses", saved(office, book(people(1))))[0] == 2
    assert muster("import", "people", saved(office, book(people(1))), "--as", "niemand")[0] == 1


def test_words_for_people_name_sheet_row_column_and_sums(office: Path) -> None:
    file = saved(office, book([person(1), person(2, id="1")]))

    done = runner.invoke(app, ["import", "people", file, "--division", TOWN])

    assert "共 2 行 = 新增 1" in done.stdout
    assert "花名册 第 3 行 身份证号" in done.stdout
    assert "待修正表" in done.stdout


def test_without_an_office_the_file_alone_is_tested(tmp_path: Path) -> None:
    file = saved(tmp_path, book([person(1), person(2, id="1")]))
    surroundings = {k: v for k, v in os.environ.items() if not k.startswith("MUSTER_")}
    surroundings |= {"MUSTER_HOME": str(tmp_path / "nowhere"), "MUSTER_TODAY": "2026-05-20"}

    done = subprocess.run(
        [sys.executable, "-m", "muster.config", "import", "people", file, "--check", "--json"],
        capture_output=True, env=surroundings, check=False,
    )  # fmt: skip

    found = json.loads(done.stdout)
    assert done.returncode == 1
    assert set(found) == KEYS
    unknown = ("job", "new", "changed", "unchanged", "held", "absent", "repair_file")
    assert [found[k] for k in unknown] == [None] * 7
    assert (found["rows"], found["accepted"], found["rejected"]) == (2, 1, 1)
