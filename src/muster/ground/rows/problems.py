"""Refusals of the ground: scope, keys, sealed values."""

from muster.core.kernel import Problem


class ScopeNotSet(RuntimeError):
    """A scoped table was read before anybody said who is asking. Always a bug."""


class NotInScope(Problem):
    """The row does not exist for this actor: the same answer whether it exists elsewhere or not."""

    code = "scope.not_found"
    status = 404
    template = "没有找到这条记录，或者它不在您的管辖范围内。请从名单里重新打开；若确需查看，请找县级管理员。"


class MayNotWriteThere(Problem):
    """The row lies outside what this actor may write."""

    code = "scope.write_refused"
    status = 403
    template = "您的岗位（{post}）不能改动这里的记录。需要改动时，请由管这项工作的人员办理。"


class KeysMissing(Problem):
    """The key file is not where the settings say, or cannot be read."""

    code = "keys.missing"
    status = 500
    template = "找不到密钥文件 {path}，身份证号等加密内容无法打开。请插入密钥介质或从信封恢复密钥文件后再启动。"


class SealBroken(Problem):
    """A sealed value does not belong to this row, or was changed."""

    code = "seal.broken"
    status = 500
    template = (
        "{table} 的加密内容与本行不符，可能被改动过。请停止使用该记录，并通知安全审计员核对日志。"
    )
