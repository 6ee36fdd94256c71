"""Numbers with a unit and what they count; dates, years, ages, law numbers and durations are not."""

import re

from muster.core.plans.numbering import number_at
from muster.core.plans.numerals import number
from muster.core.plans.paper import Paper
from muster.core.plans.tables import Row, Table, unnumbered
from muster.core.plans.values import Quota, Span

_UNITS = (
    "万元|亿元|万人次|万人|人次|课时|学时|平方米|公里|人|名|支|次|场|期|条|张|份|篇|辆|台|套|件|户|家|处|间|块|幅|面|批|所|座|艘|本|册|例|项|部|只|顶|具"
    "|箱|吨|亩|元|顿|床|架|副|组|个|天|%"
)
_AT_LEAST = r"不少于|不低于|不得少于|不得低于|至少|最少|达到|达|超过|不超过|控制在|保持在"
_VALUE = re.compile(
    rf"(?P<bound>{_AT_LEAST})? *"
    rf"(?:(?P<n>(?<![\d.第Xx/\-~])\d{{1,3}}(?:,\d{{3}})+|(?<![\d.第Xx/\-~])\d+(?:\.\d+)?)"
    rf" *(?P<big>万)?(?P<more>余|多)? *(?P<unit>{_UNITS})"
    rf"|百分之(?P<pc>[一二三四五六七八九十百\d.]+))"
)
_CHINESE = re.compile(
    rf"(?P<bound>{_AT_LEAST}) *(?P<n>[一二两三四五六七八九十]{{1,3}})(?P<more>余|多)? *(?P<unit>{_UNITS})"
)
_NOT_AFTER = re.compile(
    r" *(?:月|小时|工作日|阶段|方面|环节|步骤|年|百分点|星期|周|层次|代表|意识|自信|维护|确立|务必|坚持|以内|内(?!容|部|宣)|后|前(?!完))"
)
_DURATION_LEAD = re.compile(r"(?:为期|历时|共计?|用时|提前|期限|公示|时间|连续|\() *$")
# 应急连1个120人: both numbers count the same noun.
_EARLIER = re.compile(rf"\d+ *(?:{_UNITS}) *$")
_CONDITION = re.compile(r" *(?:\(含\))?以[上下](?:\(含\))?的")
_ORDINAL = re.compile(r"第 *$|[两几一二三四五]个$|[A-Za-z]$|《[^》]*$|同比.{0,4}$|\d *(?:至|到) *$")
_AFTER = re.compile(
    r"(?:以上|以下|左右|以内)?(?:的)?(?P<of>[\u4e00-\u9fff\"]{1,16}?)(?=[。;!?,:、\n\t)]|和|及|与|参加|分别|进行|以上|$|\d)"
)
_VERBS = re.compile(
    r"^(?:\"?八一\"?(?:建军节)?前|春节前|节前|[^,。;]{2,6}期间|[县市区]里?(?=下达|分配)|(?:下达|分配)给?(?:我[镇乡县])?|全年|全镇|全县|全乡|全街道|共|每年|每月|每季度|每村|计划|其中|和|及|与|以及|组织|完成|开展|举办|召开|悬挂|张贴|发放|发送|建立|建设|新建|组建|编组|编配|编实|配备"
    r"|配齐|购置|投入|安排|走访慰问|走访|慰问|征集|征召|出动|动员|设立|设置|确保|力争|实现|要求|保证|预计|累计|总计|合计|抽调|选派|选送|选配|落实|培训|本镇|本乡|我镇|我乡|今年|推荐|制作|下设|新设|设(?![立置施备])|建成|拟|筹集|[^,。;]{0,6}(?:任务|目标)(?:为|是)|对[^,。;]{1,10}?(?:开展|进行))+的?(?=.{2})"
)
_TAIL = re.compile(
    r"(?:不少于|不低于|至少|达到|达|超过|共计|共|为|有|约|各|总数|近|仅|只|按|占|到处|的|在|了|到|分别|已|编|和|及|与)+$"
)


def read_quotas(paper: Paper, tables: list[Table]) -> list[Quota]:
    """Return the quotas of the text and of its tables, in order."""
    found: list[Quota] = []
    matches = sorted(
        [*_VALUE.finditer(paper.view), *_CHINESE.finditer(paper.view)], key=lambda m: m.start()
    )
    for match in matches:
        inside = any(t.start <= match.start() < t.end and _quota_columns(t) for t in tables)
        if not inside and _counts(paper, match):
            found.append(_quota(paper, match))
    for table in tables:
        found += _tabled(paper, table)
    return sorted(found, key=lambda one: one.span)


def _counts(paper: Paper, match: re.Match[str]) -> bool:
    """Return whether a number is a quota and not part of a date, a duration, a law or a condition."""
    view = paper.view
    if any(m.start < match.end() and match.start() < m.end for m in paper.mentions):
        return False
    if match.groupdict().get("pc"):
        return True
    lead, after = (
        view[max(0, match.start() - 8) : match.start()],
        view[match.end() : match.end() + 12],
    )
    if match["unit"] == "%" and re.search(r"\d个$", lead):
        return False
    condition = _CONDITION.match(after) or _ORDINAL.search(lead) or _quoted(view, match)
    return not condition and not _measures_time(match, lead, after)


def _measures_time(match: re.Match[str], lead: str, after: str) -> bool:
    unit = match["unit"]
    if unit == "天" and (not match["bound"] or _DURATION_LEAD.search(lead)):
        return True
    if unit == "个" and re.match(r" *(?:月|小时|工作日)", after):
        return True
    if re.match(r"[数均员口]" if unit == "人" else r" *\d+%", after):
        return True
    return bool(_NOT_AFTER.match(after)) and unit != "%" and not match["bound"]


def _quoted(view: str, match: re.Match[str]) -> bool:
    line = view.rfind("\n", 0, match.start()) + 1
    before = view[line : match.start()]
    return before.rfind("《") > before.rfind("》")


def _quota(paper: Paper, match: re.Match[str]) -> Quota:
    value, unit = _amount(match)
    before = _before(paper, match.start())
    after = _AFTER.match(paper.view, match.end())
    of = _choose(paper, before, Span(after.start("of"), after.end("of")) if after else None, unit)
    span = Span(
        min(match.start(), of.start) if of else match.start(),
        max(match.end(), of.end) if of else match.end(),
    )
    words = re.sub(r"\s+", "", paper.text[of.start : of.end]).strip('“”" 、，') if of else None
    places = (("value", Span(match.start(), match.end())),) + ((("of", of),) if of else ())
    return Quota(value, unit, words or None, paper.raw(span.start, span.end), span, places)


def _amount(match: re.Match[str]) -> tuple[int | float, str]:
    got = match.groupdict()
    if got.get("pc"):
        text = got["pc"] or ""
        value = float(text) if re.fullmatch(r"[\d.]+", text) else float(number(text) or 0)
        return (int(value) if value.is_integer() else value), "%"
    text = (got["n"] or "").replace(",", "")
    plain = float(text) if text.replace(".", "", 1).isdigit() else float(number(text) or 0)
    unit = ("万" if got.get("big") else "") + (got["unit"] or "")
    return (int(plain) if plain.is_integer() else plain), unit


def _before(paper: Paper, at: int) -> Span | None:
    """Return the noun before a number: from the last break, without verbs in front and fillers behind."""
    end = at
    if earlier := _EARLIER.search(paper.view, max(0, at - 12), at):
        end = earlier.start()
    begin = _segment(paper, end)
    if tail := _TAIL.search(paper.view, begin, end):
        end = tail.start()
    while end > begin and paper.view[end - 1] in ' "、':
        end -= 1
    if lead := _VERBS.match(paper.view[begin:end]):
        begin += lead.end()
    while begin < end and paper.view[begin] in ' "、':
        begin += 1
    named = end - begin >= 2 and re.search(r"[\u4e00-\u9fff]", paper.view[begin:end])
    return Span(begin, end) if named else None


def _segment(paper: Paper, at: int) -> int:
    """Return where the words that belong to a number begin: after a stop, a number, or an open bracket."""
    view, low = paper.view, max(0, at - 36)
    dated = [m.end for m in paper.within(low, at)]
    begin = max([m.end() for m in re.finditer(r"[。;!?,:\n\t]", view[low:at])] or [0]) + low
    if numbered := number_at(view, begin, at):
        begin = numbered.end
    begin = max([begin, *dated])
    begin_after = begin
    for digit in re.finditer(rf"\d+(?:\.\d+)?%? *万?(?:余|多)? *(?:{_UNITS})?", view[begin:at]):
        begin_after = begin + digit.end()
    if begin_after < at:
        begin = begin_after
    return _segment_after(view, begin, at)


def _segment_after(view: str, begin: int, at: int) -> int:
    depth = 0
    for index in range(at - 1, begin - 1, -1):
        depth += (view[index] == ")") - (view[index] == "(")
        if depth < 0:
            return index + 1
    words = view[begin:at]
    return begin + words.rindex(")") + 1 if depth > 0 else begin


_NOT_COUNTED = re.compile(
    r"以上|以下|不等|左右|的|为|并|由|每|及|和|\(|参加|组成|进行|开展|到|在(?![乡校册编职岗读])|负责|前往|待命|分别|组织|以|用于|担任|值班|备勤|共|比|占|中"
)


_EMPTY = re.compile(
    r"(?:以上|以下|左右|含\)?|按|不少于|其中)|(?:投入|发放|组织|开展|完成|召开|安排|悬挂|张贴|筹集|拨付|落实|推荐|下设)$"
)


def _choose(paper: Paper, before: Span | None, after: Span | None, unit: str) -> Span | None:
    """Return what is counted: things follow their number, percentages and totals come after their noun."""
    if before and _EMPTY.match(paper.view[before.start : before.end]):
        before = None
    if after and paper.view[after.start - 1] == "的":
        return before
    if after and unit != "%" and after.end - after.start >= 2:
        return before if _NOT_COUNTED.match(paper.view, after.start) else after
    return before


_COUNT_HEAD = re.compile(
    r"(?:任务数?|名额|人数|指标|数量|计划数|编组数|分配数|应征数|总数)(?:\((?P<unit>[^()]{1,3})\))?$|^(?P<what>[^()]{1,10})\((?P<unit2>人|名|个|支|辆|台|套|份|件|户|次|场)\)$"
)


def _quota_columns(table: Table) -> dict[int, tuple[str, str]]:
    """Return column → (heading, unit) of the columns that hold counts."""
    found: dict[int, tuple[str, str]] = {}
    for column, word in enumerate(table.rows[0].words):
        match = _COUNT_HEAD.search(word)
        if match:
            unit = (
                match["unit"] or match["unit2"] or ("人" if re.search("人数|名额|兵", word) else "")
            )
            found[column] = (re.sub(r"\(.*\)$", "", word), unit)
    return found


def _tabled(paper: Paper, table: Table) -> list[Quota]:
    columns = _quota_columns(table)
    found: list[Quota] = []
    for row in table.rows[1:] if columns else ():
        label = _row_label(row, set(columns))
        for column, (heading, unit) in columns.items():
            match = (
                re.fullmatch(rf"(\d+(?:\.\d+)?)({_UNITS})?", row.words[column])
                if column < len(row)
                else None
            )
            if match is None or not label or not (unit or match[2]):
                continue
            value = float(match[1])
            cell = row.cells[column]
            span = Span(row.cells[0].start, max(cell.end, row.cells[0].end))
            found.append(
                Quota(
                    int(value) if value.is_integer() else value,
                    match[2] or unit,
                    f"{label} {heading}",
                    paper.raw(span.start, span.end),
                    span,
                    (("value", cell),),
                )
            )
    return found


def _row_label(row: Row, counted: set[int]) -> str:
    names = [row.words[n] for n in unnumbered(row) if n not in counted]
    return names[0] if names else ""
