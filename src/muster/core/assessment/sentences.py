"""Sentences as a template and facts, so that another language can say them.

A reader calls ``text`` for Chinese; a screen translates ``template`` and fills in ``facts``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Sentence:
    """One thing that is said: a stable code, the Chinese template and what fills it."""

    code: str
    template: str
    facts: Mapping[str, Any]

    @property
    def text(self) -> str:
        """Return the Chinese sentence."""
        return self.template.format(**self.facts)

    def __str__(self) -> str:
        return self.text


def gettext_noop(text: str) -> str:
    """Return the text itself: the name marks it as a source string for translators."""
    return text


def say(code: str, /, **facts: Any) -> Sentence:
    """Return the sentence of a code; an unknown code is a bug."""
    if code not in TEMPLATES:
        raise ValueError(f"no sentence {code!r}")
    return Sentence(code, TEMPLATES[code], facts)


_RULES = {
    "starts": gettext_noop("基础分 {points} 分。"),
    "add": gettext_noop("{measure} {value}{unit}，加 {points} 分。"),
    "add_none": gettext_noop("{measure} {value}{unit}，不加分。"),
    "deduct": gettext_noop("{measure} {value}{unit}，扣 {points} 分。"),
    "deduct_none": gettext_noop("{measure} {value}{unit}，不扣分。"),
    "ratio": gettext_noop("{measure} {value}{unit}，按 {full}{unit} 得满分折算，得 {points} 分。"),
    "threshold": gettext_noop("{measure} {value}{unit}，达到 {limit}{unit} 这一档，得 {points} 分。"),
    "threshold_most": gettext_noop(
        "{measure} {value}{unit}，不超过 {limit}{unit} 这一档，得 {points} 分。"
    ),
    "threshold_none": gettext_noop("{measure} {value}{unit}，没有达到任何一档，得 0 分。"),
    "capped": gettext_noop("本项最多 {points} 分，多出的不计。"),
    "floored": gettext_noop("本项最低 {points} 分，扣到为止。"),
    "waits": gettext_noop("“{measure}”还没有数据，本项暂不计分。"),
    "waits_why": gettext_noop("“{measure}”还没有数据（{why}），本项暂不计分。"),
}  # fmt: skip
_HANDS = {
    "reviewed": gettext_noop("考评分 {points} 分。"),
    "self_scored": gettext_noop("自评分 {points} 分，还没有考评。"),
    "not_marked": gettext_noop("本项由人打分，还没有自评，也没有考评。"),
    "no_evidence": gettext_noop("自评 {points} 分，但没有佐证，暂不计分。"),
    "overruled": gettext_noop("按记录计算是 {points} 分，以考评分为准。"),
    "struck": gettext_noop("触发一票否决“{veto}”，本项记 0 分。"),
    "heading_capped": gettext_noop("“{heading}”合计 {sum} 分，最多计 {points} 分。"),
    "sheet_capped": gettext_noop("各项合计 {sum} 分，全表最多计 {points} 分。"),
}
_LEVELS = {
    "veto_holds": gettext_noop("一票否决“{veto}”成立：{measure} {value}{unit}。"),
    "veto_clear": gettext_noop("一票否决“{veto}”没有触发：{measure} {value}{unit}。"),
    "veto_waits": gettext_noop("一票否决“{veto}”还不能判断：“{measure}”还没有数据。"),
    "level": gettext_noop("{points} 分，达到“{level}”（{cut} 分起）。"),
    "level_vetoed": gettext_noop("一票否决成立，只能评为“{level}”。"),
    "level_vetoed_none": gettext_noop("一票否决成立，不能评定。"),
    "level_none": gettext_noop("{points} 分，没有达到任何一档。"),
    "level_gap": gettext_noop("{points} 分落在各档之间的空档里，请先修正分数线。"),
    "level_unset": gettext_noop("“{level}”的分数线还没有设定，不能评定。"),
    "level_empty": gettext_noop("这张考评表没有设等次。"),
    "provisional": gettext_noop("还有 {count} 项没有计分（共 {points} 分），结果是暂时的。"),
}
_RAISES = {
    "raise_up": gettext_noop(
        "“{item}”：{measure}从 {now}{unit} 提高到 {needed}{unit}，可多得 {gain} 分。"
    ),
    "raise_down": gettext_noop(
        "“{item}”：{measure}从 {now}{unit} 降到 {needed}{unit}，可多得 {gain} 分。"
    ),
    "raise_veto": gettext_noop(
        "“{item}”：{measure}现在是 {now}{unit}，变为 {needed}{unit} 就不再触发一票否决，"
        "可多得 {gain} 分。"
    ),
    "raise_record": gettext_noop("“{item}”：有了“{measure}”的数据才能计分，最多 {gain} 分。"),
    "raise_mark": gettext_noop("“{item}”：由人打分，自评后最多可得 {gain} 分。"),
    "raise_evidence": gettext_noop("“{item}”：补上佐证，自评的 {gain} 分才能计入。"),
    "raise_hand": gettext_noop("“{item}”：自评 {now} 分，按评分办法还可争取 {gain} 分。"),
}
_CONTRADICTIONS = {
    "heading_sum": gettext_noop("“{heading}”标明 {stated} 分，下面各项加起来是 {sum} 分。"),
    "subtotal_sum": gettext_noop("“{heading}”的小计写 {stated} 分，下面各项加起来是 {sum} 分。"),
    "sheet_sum": gettext_noop("全表标明 {stated} 分，各项加起来是 {sum} 分。"),
    "sheet_headings": gettext_noop("全表标明 {stated} 分，各大项标明的分加起来是 {sum} 分。"),
    "rule_short": gettext_noop("“{item}”是 {points} 分，按它的规则最多只能得 {reach} 分。"),
    "rule_over": gettext_noop("“{item}”最多 {points} 分，按它的规则可以到 {reach} 分，多出的不会计入。"),
    "deduct_over": gettext_noop("“{item}”只有 {points} 分，规则却可以扣 {deducted} 分。"),
    "code_twice": gettext_noop("编号“{code}”用了 {count} 次：{places}。"),
    "level_gap": gettext_noop("“{lower}”到 {low} 分为止，“{upper}”从 {high} 分起，中间的分数没有等次。"),
    "level_overlap": gettext_noop("“{lower}”到 {low} 分，“{upper}”从 {high} 分起，重叠的分数有两个等次。"),
    "level_twice": gettext_noop("“{lower}”和“{upper}”都从 {points} 分起。"),
    "level_bottom": gettext_noop("最低的“{level}”从 {points} 分起，再低的分数没有等次。"),
    "level_top": gettext_noop("最高的“{level}”到 {points} 分为止，全表最多可得 {reach} 分。"),
    "level_beyond": gettext_noop("“{level}”从 {points} 分起，全表最多只能得 {reach} 分。"),
    "level_backward": gettext_noop("“{level}”从 {low} 分起，到 {high} 分为止，起点高于终点。"),
    "veto_nothing": gettext_noop("一票否决“{veto}”没有说明针对哪一项。"),
    "veto_unknown": gettext_noop("一票否决“{veto}”针对的“{item}”不在表上。"),
}  # fmt: skip
_UNCLEAR = {
    "no_points": gettext_noop("没有写分值，按 0 分的手工项目保留。"),
    "bad_points": gettext_noop("分值写着“{found}”，读不出分数，按 0 分的手工项目保留。"),
    "points_step": gettext_noop("分值 {found} 不是 0.25 的整数倍，按 0 分的手工项目保留。"),
    "two_points": gettext_noop("分值列写 {column} 分，文字里写 {text} 分，按分值列读取。"),
    "shared_points": gettext_noop("{count} 行共用一个分值 {points} 分，合成一个手工项目。"),
    "clause": gettext_noop("“{text}”没有读懂，本项保留为手工项目。"),
    "clause_step": gettext_noop("“{text}”里的分数不是 0.25 的整数倍，本项保留为手工项目。"),
    "clauses_over": gettext_noop(
        "评分办法里各条得分加起来超过 {points} 分，可能是几选一，本项保留为手工项目。"
    ),
    "clause_worth": gettext_noop("“{text}”没有分值可以依照，本项保留为手工项目。"),
    "loose_row": gettext_noop("“{text}”不知道属于哪一项，没有读入。"),
    "bad_mark": gettext_noop("{column}写着“{found}”，读不出分数，没有读入。"),
    "mark_range": gettext_noop("{column}写 {found} 分，超出本项范围，没有读入。"),
}
TEMPLATES: dict[str, str] = _RULES | _HANDS | _LEVELS | _RAISES | {
    f"contradiction.{code}": text for code, text in _CONTRADICTIONS.items()
} | {f"unclear.{code}": text for code, text in _UNCLEAR.items()}  # fmt: skip
