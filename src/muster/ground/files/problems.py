"""Refusals of kept files."""

from muster.core.kernel import Problem


class FileGone(Problem):
    """The body was deleted when its time was over; the facts stay."""

    code = "file.gone"
    status = 410
    template = "“{name}”已过保存期，原件已按规定删除；从中登记的内容仍在。"


class FileChanged(Problem):
    """The body no longer has the checksum it was stored with."""

    code = "file.changed"
    status = 500
    template = "“{name}”的内容与存入时的校验和不一致，请不要使用，并通知安全审计员。"
