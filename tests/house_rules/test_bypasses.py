"""Ways round the scope are few, listed, and each has a reason."""

import ast

from tests.house_rules.support import approved, calls, python_files, relative

RAW_SQL = frozenset(
    {"execute", "executemany", "executescript", "callproc", "raw", "extra", "RawSQL"}
)


def _uses(names: frozenset[str]) -> dict[str, ast.Call]:
    return {
        f"{relative(path)}::{owner}": call
        for path in python_files("src")
        for owner, called, call in calls(path)
        if called in names
    }


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
