"""Refusals of long work."""

from muster.core.kernel import Problem


class JobCancelled(Problem):
    """Somebody asked to stop; nothing half-written stays."""

    code = "job.cancelled"
    template = "已按要求取消，没有留下写了一半的内容。需要时可以重新开始。"


class JobDied(Problem):
    """The worker stopped in the middle (power, restart)."""

    code = "job.died"
    template = "办理中途中断（可能是断电或程序重启）。已写入的完整内容保留，没有写了一半的记录；请重新执行，系统会接着办，不会重复。"


class JobTakenOver(Problem):
    """The work fell silent, the reaper gave it to somebody else, and now it spoke again."""

    code = "job.taken_over"
    template = "这项工作中断过久，已由系统重新安排；本次执行到此为止，不会重复写入。"


class UnknownJobKind(Problem):
    """No app offers this kind of work."""

    code = "job.unknown_kind"
    status = 500
    template = "程序里没有“{kind}”这种后台工作。请联系系统管理员升级程序。"
