"""Refusals of campaigns."""

from muster.core.kernel import Problem


class PhasesBroken(Problem):
    """Phases overlap, leave a gap, or end before they start."""

    code = "campaign.phases_broken"
    status = 422
    template = "各阶段的日期接不上：{faults}。请按文件改正后再确认。"


class DatesMissing(Problem):
    """A phase has no start or end; dates are never guessed."""

    code = "campaign.dates_missing"
    status = 422
    template = "“{phase}”缺少{what}日期。文件里没有写的日期不会代填，请按实际安排填写。"


class TasksWithoutOwner(Problem):
    """A campaign starts only when each task has an owner and a date."""

    code = "campaign.tasks_without_owner"
    template = "还有 {count} 项任务没有责任单位或截止日期，例如“{example}”。请补齐后再启动。"


class EvidenceMissing(Problem):
    """A phase closes only with its evidence."""

    code = "phase.evidence_missing"
    template = "“{phase}”还缺 {count} 项佐证：{items}。补齐后才能结束本阶段。"


class PaperDecided(Problem):
    """The plan was confirmed or dropped already."""

    code = "plan.decided"
    template = "“{name}”已经{state}，不能再确认一次。请打开由它生成的专项工作。"


class CampaignExists(Problem):
    """There is one of this title and year here."""

    code = "campaign.exists"
    template = "{year}年已有“{title}”。请直接打开它；如要另建，请改一个名称。"


class MayNotRun(Problem):
    """The post does not confirm plans or close phases."""

    code = "campaign.not_allowed"
    status = 403
    template = "您的岗位（{post}）不能{act}。请由负责这项工作的人员办理。"


class DeadlineUndated(Problem):
    """A deadline is kept without its day; days are never guessed."""

    code = "campaign.deadline_undated"
    status = 422
    template = "时限“{name}”没有日期。请填上日期；不需要的，取消勾选。"


class CampaignState(Problem):
    """The step does not fit where the campaign stands."""

    code = "campaign.state"
    template = "“{title}”现在是“{state}”，不能{act}。{todo}"


class PhaseState(Problem):
    """The phase is closed already, or open already."""

    code = "phase.state"
    template = "“{phase}”已经{state}，不必再办一次。"


class PhaseInUse(Problem):
    """Evidence or reports hang on the phase."""

    code = "phase.in_use"
    template = "“{phase}”已有{what}，不能删除。请改它的名称或日期；确要删除的，先收回这些。"
