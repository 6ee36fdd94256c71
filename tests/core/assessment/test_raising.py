"""What would raise a score: every change named gains exactly what it says, and nothing is missed."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings

from muster.core.assessment import Facts, Mark, Reading, ScoreSheet, raise_next, score
from tests.core.assessment.builders import item, quarters, rule, sheet, values
from tests.core.assessment.test_scoring import VETO, facts, sheets

STEPS = [{"limit": 96, "points": 10}, {"limit": 90, "points": 8}, {"limit": 80, "points": 4}]
TABLE: list[tuple[dict[str, Any], int | str, tuple[str, str], tuple[str, str]]] = [
    (rule("add", points=0.5, most=2), 1, ("2", "0.5"), ("4", "1.5")),
    (rule("add", points=1, each=3), 4, ("6", "1"), ("30", "9")),
    (rule("deduct", points=1), 3, ("2", "1"), ("0", "3")),
    (rule("deduct", points=1, each=5), 12, ("9", "1"), ("4", "2")),
    (rule("deduct", points=1, most=2), 9, ("1", "1"), ("0", "2")),
    (rule("deduct", points=1, below=96, unit="%", begun=True), "94.5", ("95", "1"), ("96", "2")),
    (rule("ratio", full=40), 10, ("11", "0.25"), ("40", "7.5")),
    (rule("ratio", full=100, unit="%"), "97", ("97.5", "0.25"), ("100", "0.5")),
    (rule("threshold", steps=STEPS), 85, ("90", "4"), ("96", "6")),
    (rule("threshold", side="at_most", steps=[{"limit": 0, "points": 10}, {"limit": 2, "points": 5}]), 4,
     ("2", "5"), ("0", "10")),
]  # fmt: skip


@pytest.mark.parametrize(("given_rule", "now", "smallest", "best"), TABLE)
def test_the_smallest_and_the_best_change_are_named(
    given_rule: dict[str, Any], now: int | str, smallest: tuple[str, str], best: tuple[str, str]
) -> None:
    (found,) = raise_next(sheet(item("1.1", 10, given_rule)), values(n=now))

    assert found.next and (found.next.needed, found.next.gain) == _change(smallest)
    assert found.best and (found.best.needed, found.best.gain) == _change(best)
    assert found.gain == quarters(best[1])


def _change(words: tuple[str, str]) -> tuple[Fraction, int]:
    return Fraction(words[0]), quarters(words[1])


def test_the_list_begins_with_vetoes_then_with_the_most_points() -> None:
    made = sheet(
        item("1.1", 10, rule("ratio", full=100, count="a")), item("1.2", 20, rule("ratio", full=100, count="b")),
        item("1.3", 3), item("1.4", 5, rule("add", points=1, count="later")), item("1.5", 4, needs_evidence=True),
        vetoes=[{**VETO, "item": "1.1", "effect": "item"}],
    )  # fmt: skip
    known = Facts(values(a=100, b=50, v=2).values, {"1.5": Mark(quarters(4))})

    found = raise_next(made, known)

    assert [(one.kind, one.item and one.item.code, one.gain) for one in found] == [
        ("veto", "1.1", quarters(10)), ("change", "1.2", quarters(10)), ("evidence", "1.5", quarters(4)),
        ("mark", "1.3", quarters(3)), ("record", "1.4", quarters(5)),
    ]  # fmt: skip
    assert found[0].sentence.text == (
        "“责任退兵”：责任退兵现在是 2人，变为 0人 就不再触发一票否决，可多得 10 分。"
    )
    assert found[1].sentence.text == "“项目1.2”：数量从 50 提高到 100，可多得 10 分。"


def test_a_reviewed_or_full_item_is_not_listed() -> None:
    made = sheet(item("1.1", 10, rule("ratio", full=100)), item("1.2", 5, rule("ratio", full=10)))
    known = Facts({"n": Reading(10)}, {"1.1": Mark(None, quarters(3))})

    assert raise_next(made, known) == ()


def test_a_percentage_is_never_asked_above_a_hundred() -> None:
    extra = rule("add", points=5, above=96, unit="%")

    found = raise_next(sheet(item("1.1", 10, extra, most=100)), values(n="98.5"))

    assert [one.best.needed for one in found if one.best] == [99]


@settings(max_examples=60)
@given(sheets(), facts)
def test_each_change_gains_exactly_what_it_says(made: ScoreSheet, known: Facts) -> None:
    before = score(made, known).points

    for one in raise_next(made, known):
        for change in (one.best, one.next):
            if change:
                after = score(made, known.changed(change.measure.code, change.needed)).points
                assert after - before == change.gain > 0
                assert change.now == known.reading(change.measure.code).exact
        assert one.sentence.text


@settings(max_examples=60)
@given(sheets(), facts)
def test_where_no_change_is_named_every_computed_item_is_as_high_as_one_rule_can_bring_it(
    made: ScoreSheet, known: Facts
) -> None:
    single = replace(made, headings=tuple(
        replace(h, items=tuple(replace(i, rules=i.rules[:1]) for i in h.items)) for h in made.headings
    ))  # fmt: skip
    named = {one.item.code for one in raise_next(single, known) if one.item}

    for row in score(single, known).items:
        if row.points is not None and row.item.code not in named and len(row.item.measures) == 1:
            code = row.item.measures[0].code
            tried = [
                score(single, known.changed(code, Fraction(n))).points for n in (0, 50, 200, 900)
            ]
            here = score(single, known).points
            assert max(tried) <= here or _moves_others(single, code, row.item.code)


def _moves_others(made: ScoreSheet, code: str, own: str) -> bool:
    """Return whether other items read the same number: what helps one may cost another."""
    return any(code == m.code for i in made.items if i.code != own for m in i.measures)
