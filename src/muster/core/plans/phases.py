"""Phases: from schedule sections, headings, running text and tables."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

from muster.core.plans.dates import Mention
from muster.core.plans.numbering import CN, number_at
from muster.core.plans.outline import Node, lines_of
from muster.core.plans.paper import Paper
from muster.core.plans.tasks import tasks_in
from muster.core.plans.values import Phase, Places, Span

SCHEDULE = re.compile(
    r"阶段|步骤|时间(?:和|与|及)?(?:安排|进度|节点|步骤|要求)|进度|日程|(?:工作|活动|实施|训练|演练|具体|任务|月度|全年|年度)安排|流程|时序|方法和?程序"
)
_NOT_A_PHASE = re.compile(
    r"要求|领导|保障|分工|原则|意义|思想|督导|纪律|经费|职责|目标$|附则|注意事项|科目$|地点|对象$"
)
_STAGE = re.compile(rf"第 ?(?:{CN}|\d{{1,2}}) ?(?:个?阶段|步)(?:\((?=.{{0,3}}阶段))?")
_STAGE_MARK = re.compile(
    rf"(?:(?<=[。;:,!\n(])|(?<=^)) *(第 ?(?:{CN}|\d{{1,2}}) ?(?:个?阶段|步))(?! ?[性的后前中]|工作)"
)
_NAMED_MARK = re.compile(
    r"(?:(?<=[。;:\n])|(?<=^)) *([^\s,。;:()、]{2,14}阶段)(?=\(|:|时间|从|自|为|安排在|定在|\d)"
)
_ITEM_MARK = re.compile(
    r"(?:(?<=[。;:\n])|(?<=^)) *([一二三四五六七八]是|\((?:[一二三四五六七八九]|\d)\)|[①②③④⑤⑥⑦⑧⑨]|\d[、.](?!\d))"
)
_GAP = re.compile(
    r"[\s((,:。、;\[\]\"]*(?:(?:活动|工作|具体|实施|起止)?(?:时间(?:安排|节点|为)?|日期|时限))?(?:为|是|定于|拟于|安排在|放在|集中在)?"
    r"[\s:,]*(?:从|自|于|在|每年|今年)?[\s:]*$"
)
_AFTER_DATE = re.compile(r"[\s))\]\",:。、;.]*(?:为|是|,|:)?[\s,:]*(?=\S)")
_NAME_END = re.compile(r"[。:;,((\n\t!?]")
_DURATION = re.compile(r"[,、 ]*(?:共|为期|历时|用时)? *\d{1,3} *(?:个工作日|天|日|周|个月)")
_EMPTY_BRACKETS = re.compile(r"\([^()]*$|\[[^\[\]]*$")
_WHOLE_WORK = re.compile(r"^(?:.{0,12}(?:工作|活动|整组|征兵|演练|行动|时间))$")


@dataclass(frozen=True, slots=True)
class Found:
    """A phase before its years are known."""

    start: int
    end: int
    name: Span
    label: str
    date: Mention | None
    body: int
    second: Mention | None = None
    matters: tuple[Span, ...] = ()


def headed(paper: Paper) -> list[Found]:
    """Return the phases that headings or running text name."""
    found: list[Found] = []
    for node in paper.nodes:
        found += _below(paper, node)
    if not found:
        found = _marked(paper, 0, len(paper.view), _STAGE_MARK)
    return found or _dated_family(paper, paper.nodes)


def _dated_family(paper: Paper, family: list[Node]) -> list[Found]:
    """Return sister headings of which three or more, and most, carry ranges beside their names."""
    read = [read_phase(paper, kid.start, kid.end, kid.number.end) for kid in family]
    dated = [one for one in read if one and one.date and one.date.start > one.name.start]
    if len(dated) >= 3 and 3 * len(dated) >= 2 * len(family):
        return dated
    return [one for kid in family for one in _dated_family(paper, kid.children)]


def _below(paper: Paper, node: Node) -> list[Found]:
    title = paper.view[node.title.start : node.title.end]
    if _is_phase(paper, node):
        one = read_phase(paper, node.start, node.end, node.number.end)
        return [one] if one else []
    if SCHEDULE.search(title):
        found = _scheduled(paper, node)
        if found:
            return found
    return [phase for child in node.children for phase in _below(paper, child)]


def _is_phase(paper: Paper, node: Node) -> bool:
    """Return whether a heading by itself is a phase, whatever section it stands in."""
    one = read_phase(paper, node.start, node.end, node.number.end)
    if one is None or one.name.start >= node.line_end or _NOT_A_PHASE.search(one.label):
        return False
    staged = node.style == "stage" or bool(_STAGE.match(paper.view, node.number.end))
    named = (
        one.label.endswith("阶段")
        and len(one.label) > 2
        and not re.search(r"分.{0,3}阶段$|各阶段$|个阶段$", one.label)
    )
    kin = node.parent.children if node.parent else paper.nodes
    if staged or not named or one.date is not None:
        return staged or named
    like = (k for k in kin if "阶段" in paper.view[k.title.start : k.title.end])
    return len(list(islice(like, 2))) == 2


def _scheduled(paper: Paper, node: Node) -> list[Found]:
    kids = [(kid, read_phase(paper, kid.start, kid.end, kid.number.end)) for kid in node.children]
    evident = [
        one
        for kid, one in kids
        if one
        and (one.date or one.label.endswith("阶段") or kid.style == "stage")
        and (one.date or not _NOT_A_PHASE.search(one.label))
    ]
    if evident and 2 * len(evident) >= len(kids):
        return [
            one
            for _, one in kids
            if one
            and (one in evident or (not _NOT_A_PHASE.search(one.label) and len(one.label) <= 16))
        ]
    if evident:
        return evident
    if node.children:
        return []
    for mark in (_STAGE_MARK, _ITEM_MARK, _NAMED_MARK):
        found = _marked(paper, node.title.end, node.end, mark)
        if len(found) > 1:
            return found
    return _by_line(paper, node)


def _marked(paper: Paper, begin: int, end: int, mark: re.Pattern[str]) -> list[Found]:
    """Return phases enumerated inside running text."""
    marks = list(mark.finditer(paper.view, begin, end))
    found: list[Found] = []
    for index, match in enumerate(marks):
        stop = (
            marks[index + 1].start()
            if index + 1 < len(marks)
            else _paragraph_end(paper, match.end(), end)
        )
        one = read_phase(
            paper, match.start(1), stop, match.end(1) if mark is _ITEM_MARK else match.start(1)
        )
        staged = mark is _STAGE_MARK
        if one and (one.date or one.label.endswith("阶段") or (staged and len(marks) > 1)):
            found.append(one)
    return found if len(found) > 1 or any(one.date for one in found) else []


def _paragraph_end(paper: Paper, at: int, end: int) -> int:
    stop = paper.view.find("\n", at, end)
    return end if stop < 0 else stop


def _by_line(paper: Paper, node: Node) -> list[Found]:
    """Return phases that stand one a line (or one a sentence) without numbers."""
    found: list[Found] = []
    for start, end in _dated_pieces(paper, node.title.end, node.end):
        one = read_phase(paper, start, end, start)
        if one and one.date and _stands_alone(paper, one):
            found.append(one)
    return found if len(found) > 1 or any(one.label.endswith("阶段") for one in found) else []


def _dated_pieces(paper: Paper, begin: int, stop: int) -> Iterator[tuple[int, int]]:
    """Yield lines, and within a line the sentences that open with a date."""
    starts = {m.start for m in paper.within(begin, stop)}
    for start, end in lines_of(paper.view, begin, stop):
        if "\t" in paper.view[start:end]:
            continue
        inside = [
            m.end()
            for m in re.compile(r"[。;] *(?:从|自)?").finditer(paper.view, start, end)
            if m.end() in starts
        ]
        yield from pairwise([start, *inside, end])


def _stands_alone(paper: Paper, one: Found) -> bool:
    if one.date is None or not one.label or _WHOLE_WORK.match(one.label):
        return False
    dated_first = one.date.start - one.start <= 3
    return dated_first or one.label.endswith("阶段") or len(one.label) <= 15


def read_phase(paper: Paper, start: int, end: int, after_number: int) -> Found | None:
    """Return the phase whose words begin after its numbering; None where there is no name."""
    view = paper.view
    at = after_number
    stage = _STAGE.match(view, start, end) or _STAGE.match(view, at, end)
    if stage and stage.end() > at:
        at = stage.end()
    at = _skip(view, at, end)
    date = _head_date(paper, at, end)
    if date is None:
        name = _clause(view, at, end)
        staged = view.find("阶段", at, name.end)
        if staged >= at + 2 and view[staged + 2 : staged + 3] not in "的性工时":
            name = Span(at, staged + 2)
        body = name.end
    elif _GAP.fullmatch(view, at, date.start):
        name, body = _name_after(paper, date, end)
    else:
        gap = _GAP.search(view, at, date.start)
        name = Span(at, gap.start() if gap else date.start)
        body = date.end
    label = _label(paper, name)
    if stage and (
        not label or (date and name.start >= date.end and not _closed_name(view, name, end))
    ):
        name, label, body = (
            Span(stage.start(), stage.end()),
            paper.text[stage.start() : stage.end()].replace(" ", ""),
            max(date.end if date else 0, stage.end()),
        )
    if not label and date is not None:
        name = Span(date.start, date.end)
        label = paper.text[date.start : date.end].strip()
        if date.ranged or date.first.exact:
            return None
    return Found(start, end, name, label, date, body) if label and len(label) <= 40 else None


def _skip(view: str, at: int, end: int) -> int:
    while at < end and view[at] in ' ::、,.。"[-':
        at += 1
    return at


def _head_date(paper: Paper, at: int, end: int) -> Mention | None:
    """Return the date that belongs to the name, not one from the sentences below it."""
    for mention in paper.within(at, min(end, at + 110)):
        if mention.first.whole_year and not mention.ranged:
            continue
        before = paper.view[at : mention.start]
        gap = _GAP.search(before)
        name = before[: gap.start()] if gap else before
        bracketed = bool(re.search(r"\([^()]*$", before))
        if bracketed:
            name = before[: before.rindex("(")]
        plain = (
            not re.search(r"[。;:!?]|\n", name)
            and (not re.search(r",", name) or bracketed)
            and len(name) <= 32
        )
        joined = bracketed or (gap is not None and (not name or _touches(paper, gap[0], name)))
        return mention if plain and joined else None
    return None


def _touches(paper: Paper, gap: str, name: str) -> bool:
    """Return whether only punctuation or 时间 words part a name from its date."""
    del paper
    return bool(gap.strip()) or name.endswith(("阶段", " ", "\t"))


def _clause(view: str, at: int, end: int) -> Span:
    stop = _NAME_END.search(view, at, end)
    return Span(at, stop.start() if stop else end)


def _name_after(paper: Paper, date: Mention, end: int) -> tuple[Span, int]:
    lead = _AFTER_DATE.match(paper.view, date.end, end)
    at = lead.end() if lead else date.end
    number = number_at(paper.view, at, end)
    if number and "\n" in paper.view[date.end : at]:
        return Span(date.end, date.end), date.end
    name = _clause(paper.view, at, end)
    staged = paper.view.find("阶段", name.start, name.end)
    if staged >= 0:
        name = Span(name.start, staged + 2)
    return name, name.end


def _closed_name(view: str, name: Span, end: int) -> bool:
    """Return whether the words after a stage's date are a name and not the first of its tasks."""
    closing = view[name.end : name.end + 1] if name.end < end else "\n"
    return view[name.start : name.end].endswith("阶段") or (
        closing in "。:\n(" and name.end - name.start <= 16
    )


def _label(paper: Paper, name: Span) -> str:
    text = paper.text[name.start : name.end]
    view = paper.view[name.start : name.end]
    if open_bracket := _EMPTY_BRACKETS.search(view):
        text = text[: open_bracket.start()]
    text = re.sub(r"[(（][^()（）]{0,12}(?:天|工作日)[)）]$", "", text)
    text = re.sub(r"\s+", "", text)
    return text.strip(' ，,：:。、；;（(）)【】[]“”"-—*#')


def to_phase(paper: Paper, found: Found) -> Phase:
    """Return the phase with its days, its tasks and the places of each."""
    start, end = paper.days(found.date) if found.date else (None, None)
    if found.date:
        paper.claim(found.date.start, found.date.end)
    if found.second:
        end = paper.days(found.second)[1]
    spans = found.matters or tuple(
        tasks_in(paper, min(_close(paper.view, found.body), found.end), found.end)
    )
    places: Places = (("name", found.name),)
    if found.date:
        date = Span(found.date.start, found.date.end)
        last = Span(found.second.start, found.second.end) if found.second else date
        places += tuple(
            (key, span) for key, span, day in (("start", date, start), ("end", last, end)) if day
        )
    places += tuple((f"tasks.{n}", span) for n, span in enumerate(spans))
    head_end = max(found.name.end, found.date.end if found.date else 0)
    head_end = _close(paper.view, head_end)
    span = Span(found.start, max(head_end, found.second.end if found.second else 0))
    return Phase(
        found.label,
        start,
        end,
        paper.raw(span.start, span.end),
        span,
        tuple(_words(paper, task) for task in spans),
        places,
    )


def _close(view: str, at: int) -> int:
    match = re.compile(r"(?:[^\n()。]{0,12})\)").match(view, at)
    return match.end() if match and "(" not in view[at : match.end()] else at


def _words(paper: Paper, span: Span) -> str:
    return re.sub(r"\s+", " ", paper.text[span.start : span.end]).strip()


def durations(view: str, at: int, end: int) -> Iterator[re.Match[str]]:
    """Yield stated lengths in days near a date."""
    yield from _DURATION.finditer(view, at, end)
