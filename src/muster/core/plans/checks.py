"""Contradictions of a paper, as warnings with the text that caused them."""

import re
from datetime import timedelta
from itertools import pairwise

from muster.core.plans.head import Head
from muster.core.plans.numerals import number
from muster.core.plans.paper import Paper
from muster.core.plans.tables import Table
from muster.core.plans.totals import check_totals
from muster.core.plans.values import Phase, PlanPeriod, Span

_LENGTH = re.compile(r"(?:共计?|为期|历时|用时)? *(?P<n>\d{1,3}) *天")
_STAGES = re.compile(r"分(?:为|成)?(?P<n>[二两三四五六七八九\d])个?(?:阶段|步)")
_CUT = re.compile(r"省略 *\d+ *字|未完,全文|正式会员|全文共 *\d+ *字|此处省略")
_SEVERAL = re.compile(r"(?m)^.{0,30}篇 ?(?:\d{1,2}|[一二三四五六七八九十]{1,2}) *:?.{0,20}$")
_INTERNAL = re.compile(
    r"(?m)^ *(?:内部(?:资料|文件|材料|使用)?|工作秘密|内部资料.{0,8})(?: *[★*].{0,8})? *$"
)


def check(
    paper: Paper,
    head: Head,
    period: PlanPeriod,
    phases: list[Phase],
    grids: list[Table],
    *,
    given: int | None,
) -> None:
    """Note every contradiction; nothing that was read is changed."""
    _years(paper, head, phases, given)
    _period(paper, period)
    for phase in phases:
        _phase(paper, phase, period)
    for before, after in pairwise(phases):
        _neighbours(paper, before, after)
    _lengths(paper, period, phases)
    _stages(paper, phases)
    check_totals(paper, grids)
    _source(paper)


def _years(paper: Paper, head: Head, phases: list[Phase], given: int | None) -> None:
    masked = re.search(r"(?:20)?[Xx*]{2,4} *年", paper.view)
    if masked and head.year_span is None:
        paper.remark(
            "year.masked",
            "文中的年份被遮盖（如 20XX 年），没有推测；请补填年份。",
            Span(*masked.span()),
        )
    if head.year is None:
        paper.remark(
            "year.missing", "标题、落款都没有年份，年度未填；请补填年份。", head.title_span
        )
    signed = head.signed.year if head.signed else None
    if (
        head.signed
        and signed
        and head.year
        and not _may_sign(signed, head.signed.first.low[0], head.year)
    ):
        paper.remark(
            "year.conflict",
            f"标题是 {head.year} 年，落款却是 {signed} 年；请核对。",
            Span(head.signed.start, head.signed.end),
        )
    if given and head.year and given != head.year:
        paper.remark(
            "year.conflict",
            f"指定的年份是 {given} 年，文中写的是 {head.year} 年，以文中为准。",
            head.year_span,
        )
    for phase in phases:
        if (
            head.year
            and phase.start
            and not _may_fall(phase.start.year, phase.start.month, head.year)
        ):
            paper.remark(
                "year.conflict",
                f"“{phase.name}”写在 {phase.start.year} 年，与本文年度 {head.year} 年不一致；请核对。",
                phase.span,
            )


def _may_sign(signed: int, month: int, year: int) -> bool:
    return (
        signed == year or (signed == year - 1 and month >= 9) or (signed == year + 1 and month <= 3)
    )


def _may_fall(found: int, month: int, year: int) -> bool:
    return found == year or (found == year - 1 and month >= 9) or (found == year + 1 and month <= 4)


def _period(paper: Paper, period: PlanPeriod) -> None:
    if period.start and period.end and period.end < period.start:
        paper.remark(
            "period.reversed", f"起止时间倒置：{period.start} 至 {period.end}。", period.span
        )


def _phase(paper: Paper, phase: Phase, period: PlanPeriod) -> None:
    if phase.start is None and phase.end is None:
        paper.remark("phase.undated", f"“{phase.name}”没有能确定的起止时间。", phase.span)
    if phase.start and phase.end and phase.end < phase.start:
        paper.remark(
            "phase.reversed",
            f"“{phase.name}”结束早于开始：{phase.start} 至 {phase.end}。",
            phase.span,
        )
    early = phase.start and period.start and phase.start < period.start
    late = phase.end and period.end and phase.end > period.end
    if early or late:
        paper.remark(
            "phase.outside_period",
            f"“{phase.name}”超出总的起止时间（{period.start} 至 {period.end}）。",
            phase.span,
        )


def _neighbours(paper: Paper, before: Phase, after: Phase) -> None:
    if before.end is None or after.start is None or (before.start and before.end < before.start):
        return
    if after.start <= before.end:
        paper.remark(
            "phase.overlap",
            f"“{after.name}”开始于 {after.start}，“{before.name}”到 {before.end} 才结束，时间重叠。",
            after.span,
        )
    elif after.start > before.end + timedelta(days=1):
        days = (after.start - before.end).days - 1
        paper.remark(
            "phase.gap", f"“{before.name}”与“{after.name}”之间空着 {days} 天。", after.span
        )


def _lengths(paper: Paper, period: PlanPeriod, phases: list[Phase]) -> None:
    dated = [(p.start, p.end, p.span, dict(p.places).get("end") or p.span) for p in phases]
    if period.span:
        dated.append((period.start, period.end, period.span, period.span))
    for start, end, span, last in dated:
        if start is None or end is None:
            continue
        stop = min(
            [i for i in (paper.view.find(c, last.end) for c in "。;\n") if i >= 0]
            or [last.end + 16]
        )
        stated = _LENGTH.search(paper.view, last.end, min(stop, last.end + 16))
        days = (end - start).days + 1
        if stated and int(stated["n"]) != days:
            paper.remark(
                "days.mismatch",
                f"写的是 {stated['n']} 天，起止日期算来是 {days} 天。",
                Span(span.start, stated.end()),
            )


def _stages(paper: Paper, phases: list[Phase]) -> None:
    stated = _STAGES.search(paper.view)
    if stated and phases and number(stated["n"]) != len(phases):
        paper.remark(
            "phases.count",
            f"文中说分 {number(stated['n'])} 个阶段，读到 {len(phases)} 个。",
            Span(*stated.span()),
        )


def _source(paper: Paper) -> None:
    if cut := _CUT.search(paper.view):
        paper.remark(
            "text.truncated",
            "原文有省略或未完的标记，读到的内容不全；请取得全文。",
            Span(*cut.span()),
        )
    several = list(_SEVERAL.finditer(paper.view))
    if len(several) > 1:
        paper.remark(
            "plan.several",
            f"文中似有 {len(several)} 篇材料；请拆开，一次读一篇。",
            Span(*several[0].span()),
        )
    if internal := _INTERNAL.search(paper.view):
        paper.remark(
            "marking.internal",
            "文上标有内部或工作秘密字样，请按规定范围使用。",
            Span(*internal.span()),
        )
