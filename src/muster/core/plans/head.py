"""Title, issuer and year of a paper."""

import re
from dataclasses import dataclass, replace

from muster.core.plans.clean import TITLE_WORDS
from muster.core.plans.dates import Mention
from muster.core.plans.folding import fold
from muster.core.plans.numbering import number_at
from muster.core.plans.outline import lines_of
from muster.core.plans.paper import Paper
from muster.core.plans.values import Span
from muster.core.plans.years import Years

_TITLE_END = re.compile(
    rf"(?:{TITLE_WORDS})(?:\([^()]{{1,12}}\)|范例|范文|样本|模板|\d{{0,2}})?[\"]?(?: *篇 ?(?:\d{{1,2}}|[一二三四五六七八九十]{{1,2}}))?$"
)
_RED_HEAD = re.compile(r"([^\s,。;:]{4,40}?)文件$")
_DOC_NUMBER = re.compile(r"[^\s,。;:]{1,15}\[ ?(20\d\d) ?\] ?第?\d+ ?号")
_ORG = (
    r"(?:人民武装部|武装部|人武部|委员会|党委|党工委|工委|人民政府|政府|办事处|管委会|领导小组|领导小组办公室|双拥办|征兵办|征兵办公室|办公室"
    r"|国动办|国动委|指挥部|退役军人服务站|退役军人事务局|教育局|事务站|村委会|居委会|党支部|民兵营|民兵连|学校|中学|小学|公司)"
)
_ORG_LINE = re.compile(rf"[^\s,。;:、\d][^,。;:、]{{1,38}}{_ORG}(?: *\((?:盖?章|公章|印章?)\))?")
_TITLE_ISSUER = re.compile(rf"^((?:中共)?[^,。;:《》关]{{2,30}}?{_ORG})关于")
_SKIP = re.compile(r"^(?:附件?\d*:?|目录.*|文案大全.*|签发人.*|密级.*|主题词.*|抄送.*|第?\d+号?)$")


@dataclass(frozen=True, slots=True)
class Head:
    """What stands around the body: each value with its place, or None."""

    title: str | None = None
    title_span: Span | None = None
    issuer: str | None = None
    issuer_span: Span | None = None
    year: int | None = None
    year_span: Span | None = None
    signed: Mention | None = None
    body_start: int = 0


def read_head(paper: Paper, *, year: int | None) -> Head:
    """Return title, issuer and year, and give the paper its base year."""
    head = _title(paper)
    head = replace(head, signed=_signing(paper, head))
    head = _issuer(paper, head)
    return _year(paper, head, year)


def _title(paper: Paper) -> Head:
    view = paper.view
    lines = list(lines_of(view))[:30]
    for index, (start, end) in enumerate(lines):
        at = start + (re.match(r"[# ]*", view[start:end]) or [""])[0].__len__()
        line = view[at:end].strip()
        if (
            not 4 <= len(line) <= 80
            or _SKIP.match(line)
            or number_at(view, at, end)
            or _RED_HEAD.fullmatch(line)
        ):
            continue
        if not _TITLE_END.search(line) or re.search(r"[。;]|, *.*, *", line) or "\t" in line:
            continue
        begin = _wrapped_start(view, lines, index, at)
        return Head(
            _tidy(paper.text[begin:end]), Span(begin, end), body_start=min(end + 1, len(view))
        )
    return Head()


def _wrapped_start(view: str, lines: list[tuple[int, int]], index: int, at: int) -> int:
    """Return where a title begins that runs over two or three lines."""
    while index > 0:
        before = view[slice(*lines[index - 1])].strip()
        here = view[at : lines[index][1]].strip()
        opened = (
            re.search(r"(?:的|关于|年|年度|开展|做好|印发)$", before)
            or re.match(r"关于|的|工作|实施|20\d\d年|活动", here)
            or len(here) <= 6
        )
        whole = (
            _RED_HEAD.fullmatch(before)
            or _DOC_NUMBER.search(before)
            or _TITLE_END.search(before)
            or _SKIP.match(before)
        )
        if (
            not opened
            or whole
            or not 3 <= len(before) <= 40
            or re.search(r"[,。;:!?\t\d]{1}$|[。;:]", before)
        ):
            return at
        index -= 1
        at = lines[index][0]
    return at


def _tidy(title: str) -> str:
    """Return a title in one line, digits and letters in their plain form, without blanks beside Chinese."""
    title = re.sub(r"\s*\n\s*", "", title).strip(" #*\u3000\t")
    title = "".join(fold(char) if "０" <= char <= "ｚ" else char for char in title)
    title = re.sub(r"(?<=[^\x00-\x7f])[ \u3000]+|[ \u3000]+(?=[^\x00-\x7f])", "", title)
    title = re.sub(r"篇(?:\d{1,2}|[一二三四五六七八九十]{1,2})$", "", title)
    return title[1:-1] if title.startswith("《") and title.endswith("》") else title


def _signing(paper: Paper, head: Head) -> Mention | None:
    """Return the date of signing: a line of its own near the end, or in brackets under the title."""
    lines = list(lines_of(paper.view))
    near = lines[-12:][::-1] + [line for line in lines[:8] if line[0] >= head.body_start][:2]
    for start, end in near:
        for mention in paper.within(start, end):
            rest = (paper.view[start : mention.start] + paper.view[mention.end : end]).strip(" ()")
            alone = not rest or re.fullmatch(
                rf"{_ORG_LINE.pattern}|(?:日期|时间|印发日期):|.{{0,20}}印发|00:00:00.*", rest
            )
            if (
                alone
                and not mention.ranged
                and mention.first.exact
                and mention.bound == "within"
                and (mention.year or mention.first.masked)
            ):
                return mention
    return None


def _issuer(paper: Paper, head: Head) -> Head:
    for found in (_signatures(paper, head), _red_head(paper, head), _from_title(paper, head)):
        if found:
            return replace(head, issuer=found[0], issuer_span=found[1])
    return head


def _signatures(paper: Paper, head: Head) -> tuple[str, Span] | None:
    if head.signed is None or head.signed.start < head.body_start:
        return None
    lines = [line for line in lines_of(paper.view) if line[0] <= head.signed.start]
    names: list[str] = []
    first = last = 0
    for start, end in reversed(lines[-4:]):
        stop = min(end, head.signed.start)
        line = paper.view[start:stop].strip()
        if not line:
            continue
        if not _ORG_LINE.fullmatch(line) or number_at(paper.view, start, stop):
            break
        names.insert(
            0, re.sub(r"[((](?:盖?章|公章|印章?)[))]$", "", paper.text[start:stop].strip()).strip()
        )
        first, last = start, last or stop
    if not names:
        return None
    return "、".join(
        re.sub(r"\s+", "、" if " 中共" in n or "委员会 " in n else "", n) for n in names
    ), Span(first, last)


def _red_head(paper: Paper, head: Head) -> tuple[str, Span] | None:
    for start, end in list(lines_of(paper.view))[:6]:
        match = _RED_HEAD.fullmatch(paper.view[start:end].strip())
        if (
            match
            and re.search(_ORG + "$", match[1])
            and (head.title_span is None or start < head.title_span.start)
        ):
            return paper.text[start:end].strip()[: len(match[1])], Span(start, end)
    return None


def _from_title(paper: Paper, head: Head) -> tuple[str, Span] | None:
    match = _TITLE_ISSUER.match(head.title or "")
    if match is None or head.title_span is None:
        return None
    return match[1], head.title_span


def _year(paper: Paper, head: Head, given: int | None) -> Head:
    found = _title_year(paper, head) or _signed_year(head) or _numbered_year(paper, head)
    year, span = found or (given, None)
    head = replace(head, year=year, year_span=span)
    paper.years = Years(year)
    paper.years = Years(year, _sections(paper, year))
    return head


def _title_year(paper: Paper, head: Head) -> tuple[int, Span] | None:
    if head.title_span is None:
        return None
    for mention in paper.within(head.title_span.start, head.title_span.end):
        if mention.year:
            return mention.year, Span(mention.start, mention.end)
    loose = re.search(
        r"(?<!\d)20\d\d(?!\d)", paper.view[head.title_span.start : head.title_span.end]
    )
    return (int(loose[0]), head.title_span) if loose else None


def _signed_year(head: Head) -> tuple[int, Span] | None:
    if head.signed and head.signed.year:
        return head.signed.year, Span(head.signed.start, head.signed.end)
    return None


def _numbered_year(paper: Paper, head: Head) -> tuple[int, Span] | None:
    match = _DOC_NUMBER.search(paper.view, 0, (head.title_span.end if head.title_span else 0) + 60)
    return (int(match[1]), Span(match.start(), match.end())) if match else None


_LAW = re.compile(r"[^,。;]{0,12}(?:施行|印发|颁布|通过|修订|发布|公布|成立|以来|出台|下发|制定)")


def _sections(paper: Paper, base: int | None) -> tuple[tuple[int, int, int], ...]:
    """Return (start, end, year) where a heading or a first dated sentence gives a section its year."""
    found: list[tuple[int, int, int]] = []
    for top in paper.nodes:
        for node in top.walk():
            years = {
                m.year
                for m in paper.within(node.title.start, node.title.end)
                if m.year and not m.ranged
            }
            if len(years) == 1 and not paper.is_claimed(node.start, node.end):
                found.append((node.start, node.end, years.pop() or 0))
    return (*_running(paper, base), *found)


def _running(paper: Paper, base: int | None) -> tuple[tuple[int, int, int], ...]:
    """Let a full date speak for those after it in the same top section, if it fits the paper's year."""
    found: list[tuple[int, int, int]] = []
    for top in paper.nodes:
        for mention in paper.within(top.start, top.end):
            quoted = (
                _LAW.match(paper.view, mention.end)
                or paper.view[mention.start - 1 : mention.start] in "(《"
            )
            fits = base is None or abs((mention.year or 0) - base) <= 1
            if mention.year and mention.dated and mention.bound != "after" and fits and not quoted:
                ends = mention.last.year if mention.last and mention.last.year else mention.year
                found.append((mention.end, top.end, ends))
    return tuple(found)
