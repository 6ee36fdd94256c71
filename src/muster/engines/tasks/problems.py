"""Refusals of tasks."""

from muster.core.kernel import Problem


class TaskClosed(Problem):
    """The task is done or cancelled already."""

    code = "task.closed"
    template = "任务“{title}”已经是“{state}”，不能再改。需要重办时，请由核查人退回。"


class ReportMissing(Problem):
    """A task is closed by one line."""

    code = "task.report_missing"
    status = 422
    template = "请写一句办理情况，例如“已于6月8日完成”，任务才能办结。"


class OwnCheck(Problem):
    """The one who reported does not check."""

    code = "task.own_check"
    status = 403
    template = "任务由您报告办结，核查要由另一个人来做。"


class MayNotWork(Problem):
    """The post reads tasks only."""

    code = "task.not_allowed"
    status = 403
    template = "您的岗位（{post}）只能查看任务，不能登记办理情况。"
