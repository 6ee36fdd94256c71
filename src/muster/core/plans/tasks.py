"""The matters of a phase: one short string each."""

import re
from collections.abc import Iterator

from muster.core.plans.numbering import number_at
from muster.core.plans.outline import lines_of
from muster.core.plans.paper import Paper
from muster.core.plans.values import Span

_VERBS = (
    "成立|召开|传达|学习|制定|制订|拟制|拟定|明确|部署|组织|开展|利用|宣传|发动|发放|张贴|悬挂|建立|健全|完善|调整|确定|进行|搞好|做好|落实|深入|摸清"
    "|掌握|登记|核对|核查|审核|审查|汇总|上报|报送|整理|归档|总结|迎接|接受|检查|验收|考核|评比|表彰|通报|公示|公布|走访|慰问|举办|举行|印发|下发|签订|配备"
    "|选定|选拔|挑选|调配|动员|培训|训练|演练|点验|集合|填写|录入|完成|建成|收集|清点|修订|编制|编写|编组|研究|分析|讲评|复盘|整改|巩固|督导|督促|指导|协调"
    "|安排|邀请|参加|配合|抓好|推进|实施|启动|统计|筹备|准备|布置|张榜|体检|政审|定兵|欢送|交接|运送|设立|开设|播放|发布|推送|梳理|排查|更新|补充|选配|健全"
)
_SENTENCE = re.compile(r"[。;!?\n\u3000]+")
_CLAUSE = re.compile(rf",(?=(?:并|同时)?(?:{_VERBS}))")
_LABEL = re.compile(r"(?:主要|重点|具体)?(?:工作)?(?:任务|内容|工作|要求|措施|时间|目标)")
_LEAD = re.compile(
    r"[\s,:。、;.))\]\"]*(?:(?:这一|本|该)阶段)?(?:的)?(?:主要|重点|具体)?(?:工作任务|工作内容|任务|工作|内容|是)?(?:主要)?(?:是|为|有|:)?[\s:,]*"
    r"(?:一要|二要|三要|一是|二是|三是|四是|五是|六是|要)?[\s:,]*"
)


def tasks_in(paper: Paper, begin: int, end: int) -> Iterator[Span]:
    """Yield the places of the matters in the words below a phase's name."""
    view = paper.view
    for start, stop in lines_of(view, begin, end):
        if "\t" in view[start:stop]:
            continue
        number = number_at(view, start, stop)
        for piece in pieces(view, number.end if number else start, stop):
            if not _only_date(paper, piece) and not _LABEL.fullmatch(view, piece.start, piece.end):
                yield piece


def pieces(view: str, begin: int, end: int) -> Iterator[Span]:
    """Yield sentences, and clauses that open with a verb, without the words that lead in."""
    at = begin
    for stop in [*_SENTENCE.finditer(view, begin, end), None]:
        sentence_end = stop.start() if stop else end
        start = at
        for comma in _CLAUSE.finditer(view, at, sentence_end):
            yield from _piece(view, start, comma.start())
            start = comma.end()
        yield from _piece(view, start, sentence_end)
        at = stop.end() if stop else end


def _piece(view: str, start: int, end: int) -> Iterator[Span]:
    number = number_at(view, start, end)
    if number:
        start = number.end
    lead = _LEAD.match(view, start, end)
    if lead and lead.end() < end:
        start = lead.end()
    while end > start and view[end - 1] in " ,:、":
        end -= 1
    if end - start >= 2 and re.search(r"[\u4e00-\u9fff]{2}", view[start:end]):
        yield Span(start, end)


def _only_date(paper: Paper, piece: Span) -> bool:
    words = paper.view[piece.start : piece.end]
    for mention in reversed(paper.within(piece.start, piece.end)):
        words = words[: mention.start - piece.start] + words[mention.end - piece.start :]
    return len(re.sub(r"时间|安排|为|是|从|自|于|至|到|共|\d+天|[\s():,.]", "", words)) < 2
