"""Refusals of the formation solver."""

from typing import ClassVar

from muster.core.kernel import Problem


class FormationUnreadable(Problem):
    """The file cannot be opened or holds no JSON object."""

    code: ClassVar[str] = "formation.unreadable"
    status: ClassVar[int] = 422
    template: ClassVar[str] = (
        "编组文件读不出来（{file}）：{why}。请选择正确的 .json 或 .json.gz 文件。"
    )


class FormationFaulty(Problem):
    """The input breaks the formation/1 format; every fault found is in the facts."""

    code: ClassVar[str] = "formation.faulty"
    status: ClassVar[int] = 422
    template: ClassVar[str] = (
        "编组数据有 {count} 处问题，没有计算。第一处：{where}：{what}。请{mend}。"
    )


class LockRefused(Problem):
    """A post locked by hand breaks a hard rule."""

    code: ClassVar[str] = "formation.lock_refused"
    template: ClassVar[str] = (
        "不能把 {candidate} 锁定在岗位 {slot}：{why}。请解除这条锁定，或先改变造成限制的情况。"
    )


class LockUnknown(Problem):
    """A lock or a ban names a candidate or a slot that the instance does not have."""

    code: ClassVar[str] = "formation.lock_unknown"
    status: ClassVar[int] = 422
    template: ClassVar[str] = "锁定或排除的 {what} {id} 不在本次编组中。请重新选择。"


class FormationInfeasible(Problem):
    """The rules that demand something cannot all be kept; names the smallest relaxation."""

    code: ClassVar[str] = "formation.infeasible"
    template: ClassVar[str] = "这些规则不能同时满足，没有形成方案：{why}。最小的放宽办法：{mend}。"


class FormationTimeout(Problem):
    """The time limit ended before any plan without a broken rule was found."""

    code: ClassVar[str] = "formation.timeout"
    template: ClassVar[str] = "时限内没有找到不违反规则的方案。请延长时限后重算。"


class FormationCancelled(Problem):
    """The person who started the run stopped it; nothing was kept."""

    code: ClassVar[str] = "formation.cancelled"
    template: ClassVar[str] = "编组计算已取消，没有保存任何结果。需要时可重新开始。"
