"""Which line of work a paper belongs to, by its title first."""

import re

# 公民兵役 holds the letters 民兵 by accident: the word is taken out before anything is looked for.
_NOT_MILITIA = re.compile(r"公民兵役")
_TITLE = (
    ("duty_report", r"述职"),
    ("drill", r"演练|演习|拉动|拉练|预案推演|推演"),
    ("enlistment", r"征兵|兵役登记|新兵征集|兵员征集|征集(?:新兵|工作)|应征|兵役"),
    ("defence_education", r"国防教育"),
    ("mutual_support", r"双拥|拥军|拥政爱民|优抚|军民共建|走访慰问|优属"),
    (
        "militia_reorganisation",
        r"民兵.{0,8}(?:整组|组织整顿|编组|编建|整编|调整改革|点验)|整组|民兵组织",
    ),
    ("mobilisation", r"国防动员|动员潜力|潜力(?:调查|统计|核查)|国动|经济动员|动员准备|动员"),
)
_BODY = (
    ("enlistment", r"征兵工作|兵役登记|体格检查|应征青年|定兵"),
    ("militia_reorganisation", r"民兵整组|整组工作|编组配干|编兵"),
    ("mutual_support", r"双拥工作|双拥|优抚对象"),
    ("defence_education", r"国防教育"),
    ("drill", r"演练(?:科目|目的|时间|地点|方案|程序|总指挥)"),
    ("mobilisation", r"动员潜力|潜力调查|潜力数据|国防动员"),
)


_PLAIN = re.compile(
    r"^.{0,16}?[镇乡县市区村省]|街道|办事处|(?:20|二).{2,3}年度?|年度?|关于|印发|开展|做好|上半年|下半年|的|范[例文]"
    r"|实施|工作|活动|方案|计划|安排|要点|意见|通知|总结|报告|[^\u4e00-\u9fff]"
)


def kind_of(title: str | None, body: str) -> str:
    """Return the kind in the words of the formats; ``other`` where neither title nor text says."""
    found = _first(_TITLE, _NOT_MILITIA.sub("兵役", title or ""))
    if found:
        return found
    silent = title is not None and len(_PLAIN.sub("", title)) < 3
    return _by_weight(_NOT_MILITIA.sub("兵役", body)) if silent else "other"


def _first(words: tuple[tuple[str, str], ...], text: str) -> str | None:
    return next((kind for kind, pattern in words if re.search(pattern, text)), None)


def _by_weight(body: str) -> str:
    """Return the kind whose words stand at least four times and twice as often as any other's."""
    weights = sorted(
        ((len(re.findall(pattern, body)), kind) for kind, pattern in _BODY), reverse=True
    )
    (most, kind), (next_most, _) = weights[0], weights[1]
    return kind if most >= 4 and most >= 2 * next_most else "other"
