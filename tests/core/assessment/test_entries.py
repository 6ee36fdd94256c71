"""Entries of score sheets: what is refused, where and why, and what comes back the same."""

from typing import Any

import pytest

from muster.core.assessment import (
    EntryRefused,
    Facts,
    Mark,
    Reading,
    as_entry,
    from_entry,
    mark_points,
)
from muster.core.kernel import Problem
from tests.core.assessment.builders import entry, item, quarters, rule, sheet

RATIO = rule("ratio", full=100)
BAD: list[tuple[dict[str, Any], str, str, str]] = [
    ({"format": "other/1"}, "assessment.format", "", "other/1"),
    (entry(item(), titel="x"), "assessment.field_unknown", "", "titel"),
    (entry(item(), code=7), "assessment.value", "code", "加引号"),
    (entry(item(), code=""), "assessment.field_missing", "", "code"),
    (entry(item(), headings=[]), "assessment.field_missing", "headings", "大项"),
    (entry(item(), headings="一"), "assessment.value", "headings", "列表"),
    (entry(item(points=0.3)), "assessment.step", "headings 1 › items 1.1 › points", "0.3"),
    (entry(item(points="十")), "assessment.value", "headings 1 › items 1.1 › points", "十"),
    (entry(item(points=None)), "assessment.field_missing", "headings 1 › items 1.1", "points"),
    (entry(item(points=-1)), "assessment.value", "headings 1 › items 1.1 › points", "不小于 0"),
    (entry(item(points=True)), "assessment.value", "headings 1 › items 1.1 › points", "True"),
    (entry(item(status="maybe")), "assessment.word", "headings 1 › items 1.1 › status", "maybe"),
    (entry(item("1.1", 5, "x")), "assessment.value", "headings 1 › items 1.1 › rules #1", "x"),  # type: ignore[arg-type]
    (entry(item("1.1", 5, rule("guess"))), "assessment.word", "rules #1 › kind", "guess"),
    (entry(item("1.1", 5, RATIO, rule("ratio", full=0))), "assessment.value", "rules #2 › full", "大于 0"),
    (entry(item("1.1", 5, rule("ratio"))), "assessment.field_missing", "rules #1", "full"),
    (entry(item("1.1", 5, rule("add"))), "assessment.field_missing", "rules #1", "points"),
    (entry(item("1.1", 5, rule("add", points=0))), "assessment.value", "rules #1 › points", "正的"),
    (entry(item("1.1", 5, rule("add", points=1, full=3))), "assessment.field_unknown", "rules #1", "full"),
    (entry(item("1.1", 5, rule("deduct", points=1, above=1, below=2))), "assessment.limit", "rules #1", "below"),
    (entry(item("1.1", 5, rule("ratio", full=1, indicator="I-1", count="n"))), "assessment.limit", "rules #1", "count"),
    (entry(item("1.1", 5, rule("threshold"))), "assessment.field_missing", "rules #1", "steps"),
    (entry(item("1.1", 5, rule("threshold", steps=[{"points": 1}]))), "assessment.field_missing",
     "rules #1 › steps #1", "limit"),
    (entry(item(), bands=[{"code": "a", "name": "达标", "at_least": "80.1"}]), "assessment.step", "bands a › at_least", "80.1"),
    (entry(item(), vetoes=[{"code": "v", "title": "否决", "count": "n", "name": "x", "effect": "all"}]),
     "assessment.word", "vetoes v › effect", "all"),
]  # fmt: skip


@pytest.mark.parametrize(("bad", "code", "where", "names"), BAD)
def test_a_bad_entry_is_refused_with_place_and_reason(
    bad: dict[str, Any], code: str, where: str, names: str
) -> None:
    with pytest.raises(EntryRefused) as refusal:
        from_entry(bad)

    assert refusal.value.code == code
    assert where in str(refusal.value.facts.get("where", ""))
    assert names in refusal.value.message


def test_an_entry_that_contradicts_itself_is_accepted() -> None:
    made = sheet(item("1.1", 5), item("1.1", 7), points=100)

    assert [one.points for one in made.items] == [quarters(5), quarters(7)]


def test_a_sheet_written_out_reads_back_the_same() -> None:
    made = from_entry(
        entry(
            item("1.1", "2.25", rule("add", points=0.5, each=2, above=1, most=2), least=-1),
            item("1.2", 5, rule("deduct", points=0.25, below="96.5", unit="%", begun=True, most=5)),
            item("1.3", 5, rule("threshold", side="at_most", steps=[{"limit": 0, "points": 5}])),
            item("1.4", 5, rule("ratio", full=90, unit="%", highest=0), evidence=["记录"], needs_evidence=True),
            points=100, most=105, ranking=True, source="某办法", clause="第三条", note="说明",
            bands=[{"code": "a", "name": "达标", "at_least": None}, {"code": "b", "name": "差", "at_least": 0, "up_to": 59.75}],
            stars=[{"code": "5", "name": "五星", "at_least": 95}],
            vetoes=[{"code": "v", "title": "否决", "item": "1.1", "hand": "v", "name": "发生", "at_most": 0, "effect": "item"}],
        )
    )  # fmt: skip

    assert from_entry(as_entry(made)) == made


@pytest.mark.parametrize(
    ("written", "code"), [("11", "assessment.mark"), ("-1", "assessment.mark"),
                          ("3.1", "assessment.mark_step"), ("优", "assessment.mark_step")],
)  # fmt: skip
def test_a_mark_outside_the_item_or_its_steps_is_refused(written: str, code: str) -> None:
    with pytest.raises(Problem) as refusal:
        mark_points(sheet(item("1.1", 10)), "1.1", written)

    assert refusal.value.code == code
    assert "1.1" in refusal.value.message


def test_a_mark_in_quarters_is_taken_and_an_unknown_item_refused() -> None:
    made = sheet(item("1.1", 10))

    assert mark_points(made, "1.1", "９.75") == 39
    with pytest.raises(Problem) as refusal:
        mark_points(made, "9.9", "1")
    assert refusal.value.code == "assessment.no_item"


def test_a_reading_is_never_a_float() -> None:
    with pytest.raises(ValueError, match="exact"):
        Reading(0.1)  # type: ignore[arg-type]

    assert Facts().reading("n") == Reading(None)
    assert Facts().mark("1.1") == Mark()
