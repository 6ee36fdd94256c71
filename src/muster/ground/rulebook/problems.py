"""Refusals of the rulebook."""

from muster.core.kernel import Problem


class RuleUnknown(Problem):
    """The catalogue names no such rule."""

    code = "rule.unknown"
    status = 404
    template = "规则目录里没有“{key}”。请从规则页的清单里打开。"


class RuleFixed(Problem):
    """The principle behind this rule is not for changing."""

    code = "rule.fixed"
    template = "“{label}”是系统不可改的原则，不能修改。依据：{source}。"


class RuleValueRefused(Problem):
    """The value does not fit the kind of the rule."""

    code = "rule.value_refused"
    status = 422
    template = "“{label}”的取值不对：{why}。"


class RuleOutOfOrder(Problem):
    """A change takes effect after the value it replaces."""

    code = "rule.out_of_order"
    status = 422
    template = "“{label}”已有自{last}起生效的取值，新的生效日期{day}不能更早。"


class RuleSourceMissing(Problem):
    """A rule without its source cannot be explained."""

    code = "rule.source_missing"
    status = 422
    template = "请写明“{label}”的依据（文件名或上级通知），以后每个判断都要能说出依据。"


class RuleNotInForce(Problem):
    """There is nothing of one's own to end."""

    code = "rule.not_in_force"
    template = "“{label}”在{place}没有单独的取值，不需要停用。"


class MayNotChangeRules(Problem):
    """The post reads rules and does not change them."""

    code = "rule.may_not_change"
    status = 403
    template = "您的岗位可以查看规则，不能修改。需要调整时，请由县人武部办理。"
