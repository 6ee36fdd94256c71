"""Scores: rules by table, laws by Hypothesis, and what is said of what cannot be scored."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.core.assessment import Facts, Mark, Reading, ScoreSheet, from_entry, score
from tests.core.assessment.builders import entry, item, marks, quarters, rule, sheet, values

STEPS = [{"limit": 96, "points": 10}, {"limit": 90, "points": 8}]
TABLE: list[tuple[dict[str, Any], int | str, str]] = [
    (rule("add", points=0.5, most=2), 0, "0"),
    (rule("add", points=0.5, most=2), 3, "1.5"),
    (rule("add", points=0.5, most=2), 9, "2"),
    (rule("add", points=1, each=3, above=2), 7, "1"),
    (rule("add", points=1, each=3, above=2), 8, "2"),
    (rule("deduct", points=1), 0, "10"),
    (rule("deduct", points=1), 3, "7"),
    (rule("deduct", points=1), 99, "0"),
    (rule("deduct", points=1, most=2), 99, "8"),
    (rule("deduct", points=1, below=96, unit="%"), "95.5", "10"),
    (rule("deduct", points=1, below=96, unit="%", begun=True), "95.5", "9"),
    (rule("deduct", points=1, below=96, unit="%"), "94", "8"),
    (rule("ratio", full=100), 0, "0"),
    (rule("ratio", full=100), "83.3", "8.25"),
    (rule("ratio", full=100), 120, "10"),
    (rule("ratio", full=3, points=1), 1, "0.25"),
    (rule("threshold", steps=STEPS), 96, "10"),
    (rule("threshold", steps=STEPS), "95.9", "8"),
    (rule("threshold", steps=STEPS), 89, "0"),
    (rule("threshold", side="at_most", steps=[{"limit": 0, "points": 10}, {"limit": 2, "points": 5}]), 0, "10"),
    (rule("threshold", side="at_most", steps=[{"limit": 0, "points": 10}, {"limit": 2, "points": 5}]), 2, "5"),
]  # fmt: skip


@pytest.mark.parametrize(("given_rule", "value", "points"), TABLE)
def test_a_rule_gives_what_its_words_say(
    given_rule: dict[str, Any], value: int | str, points: str
) -> None:
    (found,) = score(sheet(item("1.1", 10, given_rule)), values(n=value)).items

    assert found.points == quarters(points)
    assert found.basis == "computed"
    assert any("数量" in reason.text for reason in found.reasons)


def test_rules_of_one_item_add_up_inside_its_bounds() -> None:
    made = sheet(
        item("1.1", 10, rule("threshold", steps=STEPS, count="a"), rule("add", points=5, count="b"),
             rule("deduct", points=3, count="c"), most=15, least=-2)
    )  # fmt: skip

    assert [score(made, values(a=a, b=b, c=c)).points for a, b, c in
            ((96, 0, 0), (96, 1, 1), (96, 9, 0), (0, 0, 9))] == [40, 48, 60, -8]  # fmt: skip
    assert score(made, values(a=96, b=9, c=0)).items[0].reasons[-1].code == "capped"
    assert score(made, values(a=0, b=0, c=9)).items[0].reasons[-1].code == "floored"


def test_what_has_no_source_yet_is_not_scored_and_says_so() -> None:
    made = sheet(
        item("1.1", 10, rule("ratio", full=100)), item("1.2", 5, rule("add", points=1, count="m"))
    )

    result = score(made, Facts({"n": Reading(None, "点验记录"), "m": Reading(2)}))

    assert [row.points for row in result.items] == [None, quarters(2)]
    assert result.points == quarters(2)
    assert not result.final
    assert "点验记录" in result.not_scored[0].reasons[0].text
    assert result.reasons[0].text == "还有 1 项没有计分（共 10 分），结果是暂时的。"


def test_a_review_counts_before_the_computation_and_that_before_a_self_score() -> None:
    made = sheet(item("1.1", 10, rule("ratio", full=100)), item("1.2", 5))
    facts = Facts({"n": Reading(50)}, {"1.1": Mark(quarters(10)), "1.2": Mark(quarters(4))})

    before = score(made, facts)
    after = score(
        made,
        Facts(
            facts.values,
            {"1.1": Mark(quarters(10), quarters(3)), "1.2": Mark(quarters(4), quarters(2))},
        ),
    )

    assert [(row.points, row.basis) for row in before.items] == [(20, "computed"), (16, "self")]
    assert [(row.points, row.basis) for row in after.items] == [(12, "review"), (8, "review")]
    assert after.items[0].reasons[-1].text == "按记录计算是 5 分，以考评分为准。"
    assert before.self_points == quarters(14)


def test_a_self_score_without_its_evidence_does_not_count() -> None:
    made = sheet(item("1.1", 10, needs_evidence=True))

    bare = score(made, marks(i1_1=Mark(quarters(8))))
    proved = score(made, marks(i1_1=Mark(quarters(8), None, 1)))

    assert (bare.points, bare.items[0].reasons[0].code) == (0, "no_evidence")
    assert proved.points == quarters(8)


VETO = {
    "code": "v",
    "title": "责任退兵",
    "item": "1.1",
    "count": "v",
    "name": "责任退兵",
    "unit": "人",
}
BANDS = [{"code": "a", "name": "达优", "at_least": 15}, {"code": "b", "name": "达标", "at_least": 10},
         {"code": "c", "name": "未达标", "at_least": 0}]  # fmt: skip


@pytest.mark.parametrize(
    ("effect", "points", "band"),
    [("item", 5, "未达标"), ("heading", 0, "未达标"), ("sheet", 15, "未达标")],
)
def test_a_veto_strikes_what_it_says(effect: str, points: int, band: str) -> None:
    items = (item("1.1", 10, rule("ratio", full=1)), item("1.2", 5, rule("ratio", full=1)))
    made = sheet(*items, bands=BANDS, stars=BANDS[:1], vetoes=[{**VETO, "effect": effect}])

    clear, struck = score(made, values(n=1, v=0)), score(made, values(n=1, v=1))
    unknown = score(made, values(n=1))

    assert (clear.points, clear.band.band and clear.band.band.name) == (quarters(15), "达优")
    assert (struck.points, struck.band.band and struck.band.band.name) == (quarters(points), band)
    assert struck.star.band is None
    assert struck.vetoes[0].sentence.text == "一票否决“责任退兵”成立：责任退兵 1人。"
    assert unknown.vetoes[0].holds is None
    assert not unknown.final


def test_a_cut_that_is_not_set_names_no_band() -> None:
    made = sheet(item("1.1", 10), bands=[{"code": "a", "name": "达标", "at_least": None}, BANDS[2]])

    level = score(made, Facts()).band

    assert level.band is None
    assert level.sentence.text == "“达标”的分数线还没有设定，不能评定。"


def test_a_total_between_two_bands_is_said_to_be_there() -> None:
    bands = [
        {"code": "a", "name": "达标", "at_least": 9},
        {"code": "b", "name": "差", "at_least": 0, "up_to": 8},
    ]
    made = sheet(item("1.1", 10), bands=bands)

    assert score(made, marks(i1_1=Mark(quarters("8.5")))).band.sentence.code == "level_gap"
    assert score(made, marks(i1_1=Mark(quarters("9")))).band.band == made.bands[0]


def test_a_bonus_heading_adds_up_to_its_cap() -> None:
    made = from_entry(
        entry(headings=[
            {"code": "1", "title": "基础", "points": 10, "items": [item("1.1", 10)]},
            {"code": "2", "title": "加分项", "points": 3, "bonus": True,
             "items": [item("2.1", 2, rule("add", points=1)), item("2.2", 2, rule("add", points=1))]},
        ])
    )  # fmt: skip

    result = score(made, values(n=5))

    assert [heading.points for heading in result.headings] == [0, quarters(3)]
    assert result.headings[1].reasons[0].text == "“加分项”合计 4 分，最多计 3 分。"


numbers = st.fractions(min_value=0, max_value=300, max_denominator=8)
points = st.integers(1, 80).map(lambda n: f"{n // 4}.{('00', '25', '50', '75')[n % 4]}")


@st.composite
def rules(
    draw: st.DrawFn, kinds: tuple[str, ...] = ("add", "deduct", "ratio", "threshold")
) -> dict[str, Any]:
    kind = draw(st.sampled_from(kinds))
    name = draw(st.sampled_from(("a", "b", "c")))
    if kind == "ratio":
        return rule(kind, count=name, full=draw(st.integers(1, 200)), points=draw(points))
    if kind == "threshold":
        levels = draw(st.lists(st.integers(0, 200), min_size=1, max_size=4, unique=True))
        rising = sorted(
            draw(st.lists(st.integers(0, 20), min_size=len(levels), max_size=len(levels)))
        )
        steps = [{"limit": x, "points": y} for x, y in zip(sorted(levels), rising, strict=True)]
        return rule(kind, count=name, steps=steps)
    limits = draw(st.sampled_from(({}, {"above": 3}, {"most": 2})))
    return rule(kind, count=name, points=draw(points), each=draw(st.integers(1, 9)), **limits)


@st.composite
def sheets(draw: st.DrawFn) -> ScoreSheet:
    headings = []
    for h in range(draw(st.integers(1, 3))):
        items = [
            item(f"{h}.{i}", draw(st.integers(0, 20)), *draw(st.lists(rules(), max_size=3)),
                 least=draw(st.sampled_from((0, -2))))
            for i in range(draw(st.integers(1, 3)))
        ]  # fmt: skip
        headings.append({"code": str(h), "title": f"大项{h}", "items": items})
    return from_entry(entry(headings=headings))


facts = st.fixed_dictionaries({}, optional=dict.fromkeys("abc", numbers)).map(
    lambda given: Facts({name: Reading(value) for name, value in given.items()})
)


@given(sheets(), facts)
def test_sums_are_the_sums_of_items_in_whole_quarters_inside_caps_and_floors(
    made: ScoreSheet, known: Facts
) -> None:
    result = score(made, known)

    for heading in result.headings:
        assert heading.points == sum(row.points or 0 for row in heading.items)
    assert result.points == sum(heading.points for heading in result.headings)
    for row in result.items:
        assert row.points is None or type(row.points) is int
        assert row.points is None or row.item.least <= row.points <= row.item.most
        assert (row.points is None) == bool(row.waits_for or row.item.by_hand)
        assert all(reason.text for reason in row.reasons)


@given(rules(kinds=("add", "ratio", "threshold")), numbers, numbers)
def test_more_achieved_never_lowers_a_score(
    more: dict[str, Any], one: Fraction, two: Fraction
) -> None:
    made = sheet(item("1.1", 15, more))
    name = more["count"]
    low, high = (score(made, Facts({name: Reading(v)})).points for v in sorted((one, two)))

    assert low <= high


@given(rules(kinds=("deduct",)), numbers, numbers)
def test_more_faults_never_raise_a_score_and_stop_at_the_floor(
    taken: dict[str, Any], one: Fraction, two: Fraction
) -> None:
    made = sheet(item("1.1", 15, taken, least=-1))
    name = taken["count"]
    few, many = (score(made, Facts({name: Reading(v)})).points for v in sorted((one, two)))

    assert few >= many >= -4
