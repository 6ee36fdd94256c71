"""Scoring texts as offices write them: understood whole, or kept for people."""

import pytest

from muster.core.assessment import Add, Deduct, Ratio, Rule, Threshold, in_words
from muster.core.assessment.clauses import clauses_of
from tests.core.assessment.builders import quarters


def _words(rule: Rule) -> str:
    """Return a rule in short: kind, points per step, cap, what is counted."""
    name, unit = rule.measure.name, rule.measure.unit
    if isinstance(rule, Add | Deduct):
        kind = "+" if isinstance(rule, Add) else "-"
        most = "" if rule.most is None else f"≤{in_words(rule.most)}"
        return f"{kind}{in_words(rule.points)}/{rule.each}{unit}{most} {name}"
    if isinstance(rule, Ratio):
        return f"×{in_words(rule.points)}/{rule.full}{unit} {name}"
    assert isinstance(rule, Threshold)
    return "≥" + ",".join(f"{s.limit}:{in_words(s.points)}" for s in rule.steps) + f"{unit} {name}"


UNDERSTOOD = [
    ("每次加0.5分，最多2分", ["+0.5/1次≤2 每次加0.5分，最多2分"]),
    ("每开展1次得0.5分，最高2分", ["+0.5/1次≤2 每开展1次得0.5分，最高2分"]),
    ("获得县级表彰，每项加1分，累计不超过3分", ["+1/1项≤3 获得县级表彰"]),
    ("每输送两名大学生加0.5分", ["+0.5/2名 输送大学生"]),
    ("未开展的扣1分", ["-1/1≤1 未开展"]),
    (
        "没有方案扣0.5分；每少一项扣0.25分，扣完为止",
        ["-0.5/1≤0.5 没有方案", "-0.25/1项≤5 每少一项扣0.25分，扣完为止"],
    ),
    ("1.未制定计划的，扣2分。\n2.资料不全的扣1分。", ["-2/1≤2 未制定计划", "-1/1≤1 资料不全"]),
    ("登记率每低1个百分点扣1分", ["-1/1个百分点 登记率低"]),
    ("达到96%以上得5分；90%以上得3分；低于90%不得分", ["≥96:5,90:3% 达到96%以上得5分"]),
    ("完成的得5分，", ["≥1:5 完成"]),
    ("全部完成得满分；未完成不得分", ["≥1:5 全部完成"]),
    ("按完成比例得分", ["×5/100% 完成"]),
    ("到点率×分值", ["×5/100% 到点率"]),
    ("加强领导，落实责任", []),
    ("领导分工明确，分管负责", []),
]
KEPT = [
    "酌情扣分",
    "视情给1-3分",
    "较好得4分；一般得3分",  # alternatives: seen by the item, as both are rules alone
    "每高1个百分点加5分",  # above which value?
    "每少1人扣0.1分",  # no quarter
    "扣完为止",
    "每少一至两项扣1分",
    "每少十几项扣1分",
    "完成任务90%得4分",  # exactly, at least?
    "每次加0.5分，最多2分；其余按县里规定扣分",
    "低于80%的不得分",
    "未开展的扣1分，情节严重的扣2分",
]


@pytest.mark.parametrize(("text", "rules"), UNDERSTOOD)
def test_a_text_is_read_as_its_rules(text: str, rules: list[str]) -> None:
    read = clauses_of(text, quarters(5), "1.1")

    assert [_words(rule) for rule in read.rules] == rules
    assert read.unclear == ()


@pytest.mark.parametrize("text", [text for text in KEPT if "较好" not in text])
def test_a_text_that_is_not_understood_whole_gives_no_rule(text: str) -> None:
    read = clauses_of(text, quarters(5), "1.1")

    assert read.rules == ()
    assert read.unclear


@pytest.mark.parametrize(
    ("text", "title"),
    [("一票否决", "一票否决"), ("发生责任退兵的，实行一票否决。", "发生责任退兵的，实行一票否决"),
     ("酌情扣分；弄虚作假的，该项一票否决", "弄虚作假的，该项一票否决")],
)  # fmt: skip
def test_a_veto_is_kept_even_beside_what_is_unclear(text: str, title: str) -> None:
    assert clauses_of(text, quarters(5), "1.1").vetoes == (title,)


def test_what_a_text_counts_is_entered_by_hand_until_somebody_binds_it() -> None:
    read = clauses_of("未开展的扣1分；每少1次扣0.5分", quarters(5), "2.3")

    assert [(r.measure.source, r.measure.code) for r in read.rules] == [
        ("hand", "2.3#1"),
        ("hand", "2.3#2"),
    ]
