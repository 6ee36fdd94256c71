"""The cleaned paper that all finders share: text, folded view, dates, headings, years."""

from bisect import bisect_left, bisect_right
from datetime import date
from functools import cached_property

from muster.core.plans.clean import clean
from muster.core.plans.dates import Mention, mentions
from muster.core.plans.folding import fold
from muster.core.plans.mapped import Mapped
from muster.core.plans.outline import Node, tree
from muster.core.plans.values import Remark, Span
from muster.core.plans.years import Years

FAULTS = {
    "year.missing": "这个日期没有写年份，标题和落款也没有，无法确定是哪一年；请补填年份。",
    "date.vague": "这个时间写得笼统，不能确定到日，未填日期；请向发文单位确认。",
    "date.invalid": "日历上没有这一天，未填日期；请核对原文。",
    "date.lunar": "这是农历日期，未换算；请填公历日期。",
}


class Paper:
    """One paper being read. Offsets are those of ``text``; ``view`` is its folded twin."""

    def __init__(self, source: str) -> None:
        """Clean the source and fold it."""
        self.mapped: Mapped = clean(source)
        self.text = self.mapped.text
        self.view = fold(self.text)
        self.remarks: list[Remark] = []
        self.years = Years()
        self.claimed: list[Span] = []

    @cached_property
    def nodes(self) -> list[Node]:
        """Return the top headings."""
        return tree(self.view)

    @cached_property
    def mentions(self) -> list[Mention]:
        """Return all dates of the text."""
        return mentions(self.view)

    def within(self, start: int, end: int) -> list[Mention]:
        """Return the dates that lie wholly in a stretch."""
        low = bisect_left(self.mentions, start, key=lambda m: m.start)
        high = bisect_right(self.mentions, end, key=lambda m: m.end)
        return self.mentions[low:high]

    def raw(self, start: int, end: int) -> str:
        """Return the original characters of a stretch."""
        return self.mapped.raw(start, end)

    def days(self, mention: Mention) -> tuple[date | None, date | None]:
        """Return first and last day of a mention, noting why a bound stays unknown."""
        days = self.years.days(mention)
        for fault in days.faults:
            self.remark(fault, FAULTS[fault], Span(mention.start, mention.end))
        return days.start, days.end

    def remark(self, code: str, message: str, span: Span | None = None) -> None:
        """Note a warning once per place."""
        raw = self.raw(span.start, span.end) if span else ""
        remark = Remark(code, message, raw, span)
        if remark not in self.remarks:
            self.remarks.append(remark)

    def claim(self, start: int, end: int) -> None:
        """Mark a stretch as read, so that another finder does not read it again."""
        self.claimed.append(Span(start, end))

    def is_claimed(self, start: int, end: int) -> bool:
        """Return whether a stretch overlaps one already read."""
        return any(span.start < end and start < span.end for span in self.claimed)
