"""The stated first and last day of the whole work."""

import re

from muster.core.plans.dates import Mention
from muster.core.plans.outline import lines_of
from muster.core.plans.paper import Paper
from muster.core.plans.values import PlanPeriod, Span

_FIELD = re.compile(
    r"(?:[^\s,。;:]{0,8})(?:时间|日期|起止时间|期限)(?:安排)?(?:为|是|定为|:|定于)[\s:]*(?:从|自|于|在)?[^\d一二三四五六七八九十。;]{0,6}$"
)
_LABEL = re.compile(
    r"(?:活动|演练|整组|征兵|训练|实施|调查|工作|起止|登记|教育|集训|组织)?(?:时间|日期)(?:(?:和|与|及|、)?地点)?$"
)
_WHOLE = re.compile(
    r"(?:工作|活动|整组|征兵|征集|演练|调查|行动|训练|集训|教育月?|方案|宣传月)[^。;\d]{0,12}$"
)


def read_period(paper: Paper, before: list[Span]) -> PlanPeriod:
    """Return the period that the text states outright; phases do not make one."""
    for mention in paper.mentions:
        if any(span.start <= mention.start < span.end for span in before):
            continue
        if mention.bound == "within" and _states(paper, mention):
            return _period(paper, mention)
    return PlanPeriod()


def _states(paper: Paper, mention: Mention) -> bool:
    line = max(_line_start(paper.view, mention.start), mention.start - 120)
    lead = paper.view[line : mention.start]
    sentence = re.split(r"[。;!?]", lead)[-1]
    if mention.first.whole_year and not mention.ranged:
        return False
    if _FIELD.search(sentence) and not re.search(
        r"截止|报到|上报|报送|集合|出发|报名|考核|检查|验收|会议|完成", sentence
    ):
        return mention.ranged or mention.first.exact or mention.first.low != mention.first.high
    if not mention.ranged:
        return _under_heading(paper, mention, lead)
    words = paper.view[mention.start : mention.end]
    spans_work = bool(
        re.search(r"开始|启动|起|结束|止", words + paper.view[mention.end : mention.end + 6])
    )
    return (
        bool(_WHOLE.search(re.sub(r"(?:从|自|于|在|为|定于)\s*$", "", sentence)))
        and (spans_work or _counted(paper, mention))
    ) or _under_heading(paper, mention, lead)


def _counted(paper: Paper, mention: Mention) -> bool:
    return bool(
        re.match(
            r"[^。;]{0,10}(?:分|共|历时|为期|集中|进行|开展|实施)",
            paper.view[mention.end : mention.end + 24],
        )
    )


def _under_heading(paper: Paper, mention: Mention, lead: str) -> bool:
    """Return whether the date opens the words under a heading like 活动时间."""
    if re.sub(r"[\s从自于在:(]|今年", "", lead) and not _heading_inline(lead):
        return False
    for top in paper.nodes:
        for node in top.walk():
            title = paper.view[node.title.start : node.title.end]
            if node.start <= mention.start < node.own_end and _LABEL.search(title):
                words = paper.view[node.title.end : mention.start]
                return len(re.sub(r"\s|[:。从自]", "", words)) <= 12
    return False


def _heading_inline(lead: str) -> bool:
    return bool(re.search(r"(?:时间|日期)[:。 ]*(?:从|自|于)?$", lead))


def _line_start(view: str, at: int) -> int:
    return view.rfind("\n", 0, at) + 1


def _period(paper: Paper, mention: Mention) -> PlanPeriod:
    start, end = paper.days(mention)
    return PlanPeriod(
        start, end, paper.raw(mention.start, mention.end), Span(mention.start, mention.end)
    )


def line_around(view: str, at: int) -> tuple[int, int]:
    """Return the line that holds an offset."""
    for start, end in lines_of(view, _line_start(view, at)):
        return start, end
    return at, at
