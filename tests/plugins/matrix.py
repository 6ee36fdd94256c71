"""One line at the end of a run: how much the scope matrix asked, and what it found."""

from typing import Any

import pytest

KEY = pytest.StashKey[list[dict[str, Any]]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[KEY] = []


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    sums = [
        value
        for reports in terminalreporter.stats.values()
        for report in reports
        if getattr(report, "when", "") == "teardown" or getattr(report, "when", "") == "call"
        for name, value in getattr(report, "user_properties", ())
        if name == "matrix"
    ]
    if sums:
        terminalreporter.write_line(line_of(sums))


def line_of(sums: list[dict[str, Any]]) -> str:
    """Return the sums of all tests in one line."""
    requests = sum(s["requests"] for s in sums)
    posts = {s["desk"] for s in sums if s["desk"]}
    routes = {r for s in sums for r in s["routes"]}
    objects = {o for s in sums for o in s["objects"]}
    own, leaks = sum(s["own"] for s in sums), sum(s["leaks"] for s in sums)
    return (
        f"scope matrix: {requests} requests, {len(posts)} posts of "
        f"{len({p.split(' at ')[0] for p in posts})} roles, {len(routes)} routes, "
        f"{len(objects)} rows asked for, {own} own marks seen, {leaks} leaks"
    )
