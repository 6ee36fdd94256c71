import pytest
import system_packages
from system_packages import Need

ABSENT = Need("chromium", "browser tests", lambda: False)
PRESENT = Need("make", "everything", lambda: True)


def test_only_what_is_missing_is_asked_for() -> None:
    assert system_packages.missing((ABSENT, PRESENT)) == [ABSENT]


def test_a_person_without_root_gets_the_exact_line_and_status_2(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as leaving:
        system_packages.install([ABSENT], root=False)

    assert leaving.value.code == 2
    line = "sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends chromium'"
    assert line in capsys.readouterr().out
