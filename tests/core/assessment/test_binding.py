"""A sheet that was read is bound to the records, and its cuts are set, without touching the rest."""

import pytest

from muster.core.assessment import (
    Measure,
    Reading,
    as_entry,
    bound,
    from_entry,
    read_sheet,
    score,
    with_cuts,
)
from muster.core.assessment.facts import Facts
from muster.core.kernel import Problem
from tests.core.assessment.builders import item, quarters, sheet

ROWS = [["考评内容", "分值", "评分标准"], ["点验", 10, "按到点率比例得分"]]


def test_a_number_entered_by_hand_becomes_an_indicator() -> None:
    made = bound(read_sheet(ROWS).sheet, "1.1#1", Measure("I-51", "点验到点率", "%"))

    result = score(made, Facts({"I-51": Reading(95)}))

    assert result.points == quarters("9.5")
    assert result.items[0].reasons[0].text == "点验到点率 95%，按 100% 得满分折算，得 9.5 分。"
    assert from_entry(as_entry(made)) == made


def test_cuts_are_set_and_taken_back() -> None:
    made = sheet(item(), bands=[{"code": "a", "name": "达标", "at_least": None}])

    assert with_cuts(made, {"a": quarters(8)}).bands[0].at_least == 32
    assert with_cuts(with_cuts(made, {"a": quarters(8)}), {"a": None}) == made


def test_what_the_sheet_does_not_have_is_refused() -> None:
    made = sheet(item())

    with pytest.raises(Problem) as measure:
        bound(made, "n", Measure("I-51", "x"))
    with pytest.raises(Problem) as level:
        with_cuts(made, {"a": None})

    assert (measure.value.code, level.value.code) == (
        "assessment.no_measure",
        "assessment.no_level",
    )
