"""Hand-made papers are read as a person would read them."""

from typing import Any

import pytest

from muster.core.plans import read_text
from tests.core.plans.papers import PAPERS


def _simple(read: dict[str, Any]) -> dict[str, Any]:
    return {
        **{key: read[key] for key in ("title", "kind", "issuer", "period")},
        "year": read["year"],
        "phases": [(p["name"], p["start"], p["end"]) for p in read["phases"]],
        "milestones": [(m["name"], m["by"]) for m in read["milestones"]],
        "quotas": [(q["value"], q["unit"], q["of"]) for q in read["quotas"]],
        "bodies": [
            (b["name"], [(s["role"], s["holder"]) for s in b["seats"]]) for b in read["bodies"]
        ],
        "warnings": [w["code"] for w in read["warnings"]],
    }


def differences(paper: dict[str, Any]) -> list[str]:
    """Return what the reader says other than expected, in words."""
    read = _simple(read_text(paper["text"], year=paper["year"]).to_json())
    expected = dict(paper["expected"])
    codes = expected.pop("warning_codes", None)
    if "year_expected" in expected:
        expected["year"] = expected.pop("year_expected")
    wrong = [
        f"{key}: expected {want!r}, read {read[key]!r}"
        for key, want in expected.items()
        if read[key] != want
    ]
    if codes is not None and not codes <= set(read["warnings"]):
        wrong.append(f"warnings: expected {codes}, read {read['warnings']}")
    return wrong


@pytest.mark.parametrize("name", list(PAPERS))
def test_the_paper_is_read_as_a_person_would(name: str) -> None:
    assert differences(PAPERS[name]) == []
