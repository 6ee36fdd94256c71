"""Refusals of indicators."""

from muster.core.kernel import Problem


class IndicatorUnknown(Problem):
    """No indicator of this code."""

    code = "indicators.unknown"
    status = 404
    template = "没有代码为“{indicator}”的指标。请用 muster indicators list 或“指标”页查看全部代码。"


class DivisionOutside(Problem):
    """The division asked about lies outside what this post reaches."""

    code = "indicators.division_outside"
    status = 403
    template = "{division} 不在您的管辖范围内，不能查询它的指标。请改选本辖区，或请上级查询。"


class DivisionMalformed(Problem):
    """No 12-digit division code."""

    code = "indicators.division_malformed"
    status = 400
    template = "“{division}”不是 12 位行政区划代码。请从区划表中复制。"


class PeriodMalformed(Problem):
    """No year, month, quarter or pair of dates."""

    code = "indicators.period_malformed"
    status = 400
    template = "“{period}”看不懂。请写成 2026、2026-05、2026Q2 或 2026-01-01/2026-06-30。"


class AreaNotYours(Problem):
    """The post does not read the area of the records behind the indicator."""

    code = "indicators.area_not_yours"
    status = 403
    template = "您的岗位（{post}）不看{area}方面的记录，因此不能查看这个指标。"


class NoSource(Problem):
    """The records that would answer do not exist."""

    code = "indicators.no_source"
    template = "“{indicator}”尚无数据来源：{why}。没有记录就不给数字。"
