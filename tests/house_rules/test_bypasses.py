"""Ways round the scope are few, listed, and each has a reason."""

import ast

from tests.house_rules.support import approved, calls, python_files, relative

RAW_SQL = frozenset(
    {"execute", "executemany", "executescript", "callproc", "raw", "extra", "RawSQL"}
)


def _uses(names: frozenset[str]) -> dict[str, ast.Call]:
    """Return the calls by place; a second call in one function is named ``place#2``."""
    found: dict[str, ast.Call] = {}
    for path in python_files("src"):
        if "core" in path.parts:  # plain Python without a database
            continue
        for owner, called, call in calls(path):
            if called in names:
                place = f"{relative(path)}::{owner}"
                nth = sum(1 for other in found if other.split("#")[0] == place) + 1
                found[place if nth == 1 else f"{place}#{nth}"] = call
    return found


def test_the_whole_register_is_opened_only_where_approved() -> None:
    assert set(_uses(frozenset({"system_scope"}))) == set(approved("system_scope.txt"))


def test_each_opening_of_the_whole_register_says_why() -> None:
    for place, call in _uses(frozenset({"system_scope"})).items():
        reason = call.args[0] if call.args else None
        assert isinstance(reason, ast.Constant | ast.JoinedStr), f"{place} gives no reason"


def test_raw_sql_stands_only_where_approved() -> None:
    assert set(_uses(RAW_SQL)) == set(approved("raw_sql.txt"))


def test_scoped_reads_do_not_go_through_the_unscoped_manager() -> None:
    allowed = set(approved("base_manager.txt"))
    found = {
        f"{relative(path)}::{owner}"
        for path in python_files("src")
        for owner, called, _ in calls(path)
        if called == "_base_manager"
    }

    assert found <= allowed
