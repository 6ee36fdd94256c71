"""Files and functions stay small enough to read; a longer one is listed with its reason."""

from tests.house_rules.support import functions, python_files, relative

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
# Longer, and why.
PAPERS = {
    "tests/core/plans/papers.py": "whole plan papers as texts with what they must read as",
    "tests/core/plans/generator.py": "one maker of random papers; splitting it would hide its order",
}
ONE_DRAW = {
    "tests/core/plans/generator.py::Maker.make": "draws one paper in the order of its sections",
    "tests/core/documents/samples.py::reorganisation": "one whole report as data",
}


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    lengths = {relative(p): len(p.read_text(encoding="utf-8").splitlines()) for p in python_files()}

    assert {path: n for path, n in lengths.items() if n > LONGEST_FILE and path not in PAPERS} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    lengths = {
        f"{relative(path)}::{name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path in python_files()
        for name, node in functions(path)
    }

    assert {
        place: n for place, n in lengths.items() if n > LONGEST_FUNCTION and place not in ONE_DRAW
    } == {}
