"""Why an entry of the calendar is refused, or a date has no answer."""

from muster.core.kernel import Problem


class BadEntry(Problem):
    """An entry of a catalogue does not say what it must: where, why, and how to write it."""

    code = "calendar.bad_entry"
    status = 422
    template = "{where}：“{field}”不能用：{why}。{how}"


class YearNotInTable(Problem):
    """The lunar table does not hold the year, and nobody may guess a lunar date."""

    code = "calendar.year_not_in_table"
    status = 422
    template = (
        "农历年表只有 {first} 年至 {last} 年，没有 {year} 年，排不出这一天。请直接填写公历日期。"
    )


class NotConfigured(Problem):
    """A named day or season stands in no calendar, or its dates are not filled in."""

    code = "calendar.not_configured"
    status = 409
    template = "“{name}”还没有设定日期，相关工作没有排出。请在工作日历中填写起止日期。"
