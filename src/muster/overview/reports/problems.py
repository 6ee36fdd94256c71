"""Refusals of reports."""

from muster.core.kernel import Problem


class NoRecords(Problem):
    """No section of the report has records."""

    code = "reports.no_records"
    template = (
        "{place}{year}年度没有可以写进“{kind}”的记录，没有生成文件。请先登记有关工作，再起草。"
    )


class NotIssuedHere(Problem):
    """The file carries no document of this scope."""

    code = "reports.not_issued_here"
    template = (
        "这份文件不是本辖区用本系统印发的，或者文件里的编号已被删去，无法核对。请向印发单位核对。"
    )
