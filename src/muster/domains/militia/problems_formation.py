"""Refusals of formation in the application."""

from muster.core.kernel import Problem


class NothingToForm(Problem):
    """There is no unit with posts in the chosen range."""

    code = "formation.nothing_to_form"
    status = 422
    template = "所选范围内没有设置岗位或任务数的分队，无法编组。请先在“分队”页建立分队和岗位。"


class FormationSameDay(Problem):
    """A formation of that day or a later one is confirmed: nobody leaves on the day of entering."""

    code = "formation.same_day"
    status = 422
    template = (
        "{day}的编组已经确认，当天编入的人当天不能再出队、转队。"
        "请把日期改为{next}或以后；要重来，请先打开那次编组点“撤销编组”。"
    )


class FormationRefused(Problem):
    """The solver refused: rules that cannot be kept together, or a lock that breaks one."""

    code = "formation.refused"
    template = "没有算出方案。{why}"


class FormationStopped(Problem):
    """The solving process died or took too long."""

    code = "formation.stopped"
    template = "编组没有算完：{why}。没有保存任何结果，请重新计算；仍不行时请缩小编组范围。"


class FormationNotProved(Problem):
    """The independent checker does not accept the plan, so nobody sees it."""

    code = "formation.not_proved"
    status = 500
    template = (
        "方案没有通过独立核对（{count} 处不符），因此不予显示。请重新计算，并把情况告诉系统管理员。"
    )


class FormationNotOpen(Problem):
    """The run is not at the step that this act belongs to."""

    code = "formation.not_open"
    template = "这次编组现在是“{state}”，不能做这一步。请回到编组页查看。"


class FormationStale(Problem):
    """Facts changed since the proposal was made."""

    code = "formation.stale"
    template = (
        "方案形成后有 {count} 人的情况变了（页面上标着“已变化”）。请重新计算；"
        "只是情况更新、仍要按方案办的，请逐人点“已知悉”后再确认。"
    )


class FormationOutdated(Problem):
    """Units, posts, conditions or rules changed since the proposal was made."""

    code = "formation.outdated"
    template = "方案形成后，分队、岗位、编组条件或规则有改动。请点“重新计算”，再确认编组。"


class FormationUnfit(Problem):
    """Somebody to be entered may not enter on that day."""

    code = "formation.unfit"
    status = 422
    template = (
        "有 {count} 名拟编入人员今天已不符合条件，不能编入（页面上标着“不符合”）。"
        "请重新计算或换人。"
    )


class FormationReasonNeeded(Problem):
    """People from outside the primary militia enter an emergency unit: say why (MIL-07)."""

    code = "formation.reason_needed"
    status = 422
    template = (
        "有 {count} 人目前不是基干民兵，拟编入应急分队。可以编入，但请在“编入应急分队的理由”里写明。"
        "依据：应急分队从基干民兵中选编的规定。"
    )


class FormationChoiceRefused(Problem):
    """A choice by hand that the rules do not allow."""

    code = "formation.choice_refused"
    status = 422
    template = "不能这样安排：{why}。"


class FormationUsed(Problem):
    """What the run wrote has been used since."""

    code = "formation.used"
    template = (
        "这次编组的结果后来已被使用（{what}），不能整批撤销。请对个别人员单独办理出队或转队。"
    )


class PlaceNameTaken(Problem):
    """Two assembly places of one division share no name."""

    code = "formation.place_name_taken"
    template = "这里已有叫“{name}”的集结点。请换一个名称，或直接修改原来的。"
