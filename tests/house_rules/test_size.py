"""Files and functions stay small enough to read."""

from tests.house_rules.support import functions, python_files, relative

LONGEST_FILE = 400
LONGEST_FUNCTION = 60


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    lengths = {relative(p): len(p.read_text(encoding="utf-8").splitlines()) for p in python_files()}

    assert {path: n for path, n in lengths.items() if n > LONGEST_FILE} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    lengths = {
        f"{relative(path)}::{name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path in python_files()
        for name, node in functions(path)
    }

    assert {place: n for place, n in lengths.items() if n > LONGEST_FUNCTION} == {}
