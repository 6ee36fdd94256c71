"""What is due by a day, e.g. 12月31日前上报 or 5月底前完成."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from muster.core.plans.dates import Mention
from muster.core.plans.folding import fold
from muster.core.plans.paper import Paper
from muster.core.plans.tables import Table, cell_date, columns_of
from muster.core.plans.values import Milestone, Phase, Span

_STOP = re.compile(r"[。;!?,\n\t]")
_END = re.compile(r"[。;!?\n\t]")
_SUBJECT = re.compile(
    r"^.*?(?:各(?:村|镇|乡|单位|部门|社区|连|级|有关单位|成员单位|街道|学校)[^,]{0,12}?)?(?:(?:并|同时)?(?:要|应当|应|须|必须|务必|请|确保|力争|需|争取))?"
    r"(?:于|在|到|至|截至|截止|赶在)?$"
)
_MODAL = re.compile(r"^(?:[^,]{0,20}?(?:要|应当|应|须|必须|务必|请|确保|力争|需|争取)(?=于|在|$))")
_TRIM = ' ,，、:：;；。()（）"“”\n\t'
_ACT = re.compile(
    "报|完成|提交|交|送|填|建|制|召开|落实|结束|录入|到位|整改|反馈|汇总|组织|开展|办|发|验收|整理|归档|确定|登记|核|定|备案|入库|达|启动|公示|更新|成立|配|签|清|摸|补|做好|印|运|毕|走访|慰问|举|修|购|添|学|查|训|练|选|评|播|挂|贴|宣传|动员|体检|政审"
)


def read_milestones(paper: Paper, phases: list[Phase], tables: list[Table]) -> list[Milestone]:
    """Return the deadlines, except those that are the bound of a phase or of the period."""
    heads = [span for phase in phases for key, span in phase.places if key in ("start", "end")]
    found: list[Milestone] = []
    for mention in paper.mentions:
        inside = any(span.start <= mention.start < span.end for span in heads)
        tabled = any(t.start <= mention.start < t.end for t in tables)
        if (
            mention.bound == "before"
            and not inside
            and not tabled
            and not paper.is_claimed(mention.start, mention.end)
        ):
            one = _read(paper, mention)
            found += [_in_its_year(one, mention, phases)] if one else []
    for table in tables:
        found += _tabled(paper, table)
    return sorted(found, key=lambda one: one.span)


def _in_its_year(one: Milestone, mention: Mention, phases: list[Phase]) -> Milestone:
    """Return a deadline without a year of its own in the year of the phase it stands in.

    Work that runs over New Year is named after its second year; what is due before it is not.
    """
    if one.by is None or mention.first.year is not None or mention.first.shift is not None:
        return one
    above = [p for p in phases if p.span.start <= mention.start]
    for start, end in (*_stretch(above[-1:]), *_stretch(phases)):
        for day in _same_day(one.by):
            if start <= day <= end:
                return replace(one, by=day)
    return one


def _stretch(phases: list[Phase]) -> Iterator[tuple[date, date]]:
    """Yield first and last day of some phases, if all their days are known."""
    days = [(p.start, p.end) for p in phases]
    starts, ends = [s for s, _ in days if s], [e for _, e in days if e]
    if days and len(starts) == len(ends) == len(days):
        yield min(starts), max(ends)


def _same_day(day: date) -> Iterator[date]:
    for shift in (0, -1, 1):
        if (day.month, day.day) != (2, 29) or shift == 0:
            yield day.replace(year=day.year + shift)


def _read(paper: Paper, mention: Mention) -> Milestone | None:
    view = paper.view
    if _retrospective(view, mention):
        return None
    begin = max(
        [m.end() for m in _STOP.finditer(view, max(0, mention.start - 80), mention.start)]
        or [max(0, mention.start - 80)]
    )
    if (
        view[mention.start - 1 : mention.start] == "("
        and view[mention.end : mention.end + 1] == ")"
    ):
        return _made(
            paper, mention, Span(begin, mention.start - 1), Span(begin, mention.end + 1), ""
        )
    after = _after(view, mention.end)
    words = paper.text[after.start : after.end].strip(_TRIM)
    subject = _subject(paper, begin, mention.start)
    if not words:
        return (
            _made(paper, mention, Span(begin, mention.start), Span(begin, mention.end), "")
            if subject
            else None
        )
    if not _ACT.search(words):
        return None
    return _made(
        paper, mention, after, Span(begin, after.end), subject if _needs_subject(words) else ""
    )


def _after(view: str, at: int) -> Span:
    while at < len(view) and view[at] in " ,:":
        at += 1
    stop = _STOP.search(view, at)
    end = stop.start() if stop else len(view)
    if not _ACT.search(view[at:end]) and stop and stop[0] == ",":
        more = _STOP.search(view, end + 1)
        end = more.start() if more else len(view)
    return Span(at, end)


def _subject(paper: Paper, begin: int, end: int) -> str:
    """Return the thing named before the date, without who must do it."""
    words = paper.text[begin:end].strip(_TRIM)
    words = re.sub(
        r"(?:于|在|到|至|截至|截止|赶在|务必|请|确保|力争|应|须|必须|需|要|应当|时间为|时间是|为|并|同时|将)+$",
        "",
        words,
    )
    words = re.sub(
        r"^(?:[(（]?[一二三四五六七八九十\d]{1,2}[)）、.．]+|[一二三四五六]是)", "", words
    )
    if re.fullmatch(
        r"(?:请)?(?:各|全).{0,20}|.{0,6}(?:单位|部门|镇|村|社区|连)|其中|原则上|此项工作|该项工作",
        words,
    ):
        return ""
    return words if 2 <= len(words) <= 24 else ""


def _needs_subject(words: str) -> bool:
    return bool(
        re.match(
            r"(?:上?报(?:送|到|至|镇|县|乡|区|市|武|党|双|人|$)|完成(?:$|到位)|全部|提交(?:至|到|$)|送(?:达|到|至)|交(?:至|到)|结束|落实到位|到位|建成|录入|基本|截止)",
            words,
        )
    )


def _retrospective(view: str, mention: Mention) -> bool:
    """Return whether the words tell of the past or of ages, not of something due."""
    around = view[max(0, mention.start - 6) : mention.start] + view[mention.end : mention.end + 12]
    return (
        bool(
            re.search(
                r"出生|参军|入伍|退役|退伍|参加工作|毕业|年满|周岁|入职|实施的|以前的|之前的|服役",
                around,
            )
        )
        or mention.first.whole_year
    )


def _made(paper: Paper, mention: Mention, name: Span, span: Span, subject: str) -> Milestone | None:
    words = re.sub(r"\s+", "", paper.text[name.start : name.end]).strip(_TRIM)
    words = re.sub(
        r"^(?:[(（][一二三四五六七八九十\d]{1,2}[)）]|[一二三四五六七八九十\d]{1,2}[、.．]|[一二三四五六]是)",
        "",
        words,
    )
    words = re.sub(r"^(?:必须|务必|应当|全面|要|须|应|请|争取|力争|确保)(?=.{4})", "", words)
    words = (subject + _whole(words)).strip(_TRIM)
    if not 2 <= len(words) <= 60:
        return None
    start = span.start
    while start < span.end and paper.view[start] in " ,":
        start += 1
    _, by = paper.days(mention)
    places = (("name", name), ("by", Span(mention.start, mention.end)))
    return Milestone(
        words, by, paper.raw(start, span.end), Span(start, span.end), places if by else places[:1]
    )


def _whole(words: str) -> str:
    """Return the words without a bracket that the sentence leaves open."""
    view = fold(words)
    return words[: view.rindex("(")] if view.count("(") > view.count(")") else words


def _tabled(paper: Paper, table: Table) -> list[Milestone]:
    columns = columns_of(table)
    if columns is None or not columns.due or columns.matter is None:
        return []
    found: list[Milestone] = []
    for row in table.rows[columns.first :]:
        if len(row) <= max(columns.time, columns.matter) or not row.words[columns.matter]:
            continue
        mention = cell_date(paper, row.cells[columns.time])
        if mention is None:
            continue
        days = paper.days(mention)
        name, date = row.cells[columns.matter], row.cells[columns.time]
        span = Span(row.cells[0].start, row.cells[-1].end)
        found.append(
            Milestone(
                row.words[columns.matter].strip(_TRIM),
                days[1],
                paper.raw(span.start, span.end),
                span,
                (("name", name), ("by", date)),
            )
        )
    return found
