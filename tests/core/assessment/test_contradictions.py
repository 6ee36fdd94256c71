"""What sheets say against themselves, each with its place and its numbers."""

from typing import Any

import pytest

from muster.core.assessment import contradictions, from_entry, highest
from tests.core.assessment.builders import entry, item, quarters, rule, sheet
from tests.core.assessment.test_scoring import VETO


def _headings(*rows: tuple[int | None, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    return [
        {"code": str(n), "title": f"大项{n}", "points": points, "items": items}
        for n, (points, items) in enumerate(rows, start=1)
    ]


def _bands(*rows: tuple[str, object, object]) -> list[dict[str, Any]]:
    return [{"code": n, "name": n, "at_least": low, "up_to": high} for n, low, high in rows]


TABLE: list[tuple[dict[str, Any], list[str]]] = [
    (entry(headings=_headings((10, [item("1.1", 30)]), (None, [item("2.1", 5)]))),
     ["1：“大项1”标明 10 分，下面各项加起来是 30 分。"]),
    (entry(headings=_headings((10, [item("1.1", 10)])), points=100),
     ["测试考评表：全表标明 100 分，各项加起来是 10 分。", "测试考评表：全表标明 100 分，各大项标明的分加起来是 10 分。"]),
    (entry(item("1.1", 5, rule("add", points=0.5, most=2))),
     ["1.1：“项目1.1”是 5 分，按它的规则最多只能得 2 分。"]),
    (entry(item("1.1", 5, rule("ratio", full=100, points=4))),
     ["1.1：“项目1.1”是 5 分，按它的规则最多只能得 4 分。"]),
    (entry(item("1.1", 5, rule("ratio", full=120, unit="%"))),
     ["1.1：“项目1.1”是 5 分，按它的规则最多只能得 4 分。"]),
    (entry(item("1.1", 5, rule("threshold", steps=[{"limit": 90, "points": 8}]))),
     ["1.1：“项目1.1”最多 5 分，按它的规则可以到 8 分，多出的不会计入。"]),
    (entry(item("1.1", 2, rule("deduct", points=3))), ["1.1：“项目1.1”只有 2 分，规则却可以扣 3 分。"]),
    (entry(item("1.1", 2, rule("deduct", points=1, most=4))), ["1.1：“项目1.1”只有 2 分，规则却可以扣 4 分。"]),
    (entry(item("1.1", 2, rule("deduct", points=1, most=4), least=-2)), []),
    (entry(item("1.1", 2), item("1.1", 3)), ["1.1：编号“1.1”用了 2 次：“项目1.1”、“项目1.1”。"]),
    (entry(item("1.1", 100), bands=_bands(("优", 90, None), ("良", 80, 88), ("差", 0, 80))),
     ["良：“差”到 80 分，“良”从 80 分起，重叠的分数有两个等次。", "优：“良”到 88 分为止，“优”从 90 分起，中间的分数没有等次。"]),
    (entry(item("1.1", 100), bands=_bands(("优", 90, 95), ("差", 60, None))),
     ["差：最低的“差”从 60 分起，再低的分数没有等次。", "优：最高的“优”到 95 分为止，全表最多可得 100 分。"]),
    (entry(item("1.1", 50), bands=_bands(("优", 90, 80), ("差", 0, None), ("劣", 0, None))),
     ["劣：“差”和“劣”都从 0 分起。", "优：“优”从 90 分起，到 80 分为止，起点高于终点。",
      "优：“优”从 90 分起，全表最多只能得 50 分。"]),
    (entry(item("1.1", 50), bands=_bands(("优", None, None), ("差", 0, None))), []),
    (entry(item("1.1", 50), stars=_bands(("五星", 45, None), ("四星", 40, None))), []),
    (entry(item("1.1", 5), vetoes=[{**VETO, "item": ""}, {**VETO, "code": "w", "item": "7.7"}]),
     ["v：一票否决“责任退兵”没有说明针对哪一项。", "w：一票否决“责任退兵”针对的“7.7”不在表上。"]),
]  # fmt: skip


@pytest.mark.parametrize(("written", "said"), TABLE)
def test_a_contradiction_is_named_with_place_and_numbers(
    written: dict[str, Any], said: list[str]
) -> None:
    assert [one.text for one in contradictions(from_entry(written))] == said


def test_a_known_sheet_whose_headings_and_items_disagree_is_reported() -> None:
    # A street's sheet seen in the field: the items add up to 100, three headings say otherwise.
    rows = [(10, 30), (20, 20), (20, 20), (30, 10), (30, 20)]
    made = from_entry(
        entry(headings=_headings(*((said, [item(f"{n}.1", is_)]) for n, (said, is_) in enumerate(rows, start=1))), points=100)
    )  # fmt: skip

    found = contradictions(made)

    assert [one.place for one in found] == ["测试考评表", "1", "4", "5"]
    assert found[0].text.endswith("各大项标明的分加起来是 110 分。")


def test_a_bonus_heading_is_on_top_and_may_offer_more_than_its_cap() -> None:
    bonus = {"code": "2", "title": "加分项", "points": 3, "bonus": True,
             "items": [item("2.1", 2), item("2.2", 2)]}  # fmt: skip
    made = from_entry(entry(headings=[*_headings((10, [item("1.1", 10)])), bonus], points=10))

    assert contradictions(made) == ()
    assert highest(made) == quarters(13)
    assert highest(sheet(item("1.1", 10), most=8)) == quarters(8)
