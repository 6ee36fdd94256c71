"""Refusals of tasks."""

from muster.core.kernel import Problem


class TaskClosed(Problem):
    """The task is done or cancelled already."""

    code = "task.closed"
    template = (
        "任务“{title}”已经是“{state}”，不能再改。报错了的请先“收回”；需要重办的，由核查人退回。"
    )


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


class NotReported(Problem):
    """Only a reported task is checked or taken back."""

    code = "task.not_reported"
    template = "任务“{title}”现在是“{state}”，没有可核查或收回的办理情况。请先登记办理情况。"


class TaskChecked(Problem):
    """Somebody else checked the task already."""

    code = "task.checked_already"
    template = "任务“{title}”已经核查通过，不能自行收回。确需重办的，请另建一项任务。"


class MayNotWork(Problem):
    """The post reads tasks only."""

    code = "task.not_allowed"
    status = 403
    template = "您的岗位（{post}）只能查看任务，不能登记办理情况。"
