"""Refusals of checklists."""

from muster.core.kernel import Problem


class EvidenceEmpty(Problem):
    """Neither words nor a file were given."""

    code = "evidence.empty"
    status = 422
    template = "“{item}”的佐证是空的。请写一句说明，或选一个文件。"
