"""Refusals of the militia: units, transfers, absence, roll calls."""

from muster.core.kernel import Problem


class AlreadyInUnit(Problem):
    """One person, one place."""

    code = "militia.already_in_unit"
    template = (
        "“{person}”{since}起已编在{unit}，一人只能编一个分队。要换分队请办“转队”，或先办“出队”。"
    )


class HeldElsewhere(Problem):
    """The person stands in a unit outside my scope: one constant answer."""

    code = "militia.held_elsewhere"
    template = "这名人员的编组情况需要上级核对后才能办理。请联系乡镇或县人武部。"


class NotInUnit(Problem):
    """Somebody who stands in no unit cannot leave or move."""

    code = "militia.not_in_unit"
    template = "“{person}”在{day}不在任何分队，不能办理出队或转队。请先核对日期，或办“入队”。"


class TransferOutOfOrder(Problem):
    """Transfers of one person follow one another in time."""

    code = "militia.transfer_out_of_order"
    status = 422
    template = (
        "“{person}”最近一次变动的日期是{last}，这次填的{day}不能更早（出队不能在入队当天）。"
        "日期填错的，请先冲销最近一次变动。"
    )


class DateImplausible(Problem):
    """The date lies before the person could serve, or far ahead."""

    code = "militia.date_implausible"
    status = 422
    template = "日期{day}不合理：{why}。请核对日期。"


class UnitClosed(Problem):
    """The unit does not exist on that day."""

    code = "militia.unit_closed"
    template = "{unit}在{day}不存在（{from_day}组建{to_words}），不能编入。请改日期或换分队。"


class AgeOutside(Problem):
    """The age rule in force does not admit this person."""

    code = "militia.age_outside"
    status = 422
    template = (
        "{day}时{age}周岁，不符合入队年龄{bounds}，不能新编入队。依据：{basis}。"
        "年龄规则有变的，请在“规则”页更新后再办。"
    )


class ReasonNeeded(Problem):
    """A person outside the primary militia enters an emergency unit: say why."""

    code = "militia.reason_needed"
    status = 422
    template = (
        "应急分队人员应从基干民兵中选编，“{person}”目前不是基干民兵。可以编入，但请在“说明”里写明理由。"
        "依据：{basis}。"
    )


class NotTheLatest(Problem):
    """Only the latest transfer of a person is reversed."""

    code = "militia.not_the_latest"
    template = "这不是该人员最近一次变动，不能直接冲销。请从最近一次开始依次冲销。"


class TransfersCollide(Problem):
    """Two entries of one batch are about the same person."""

    code = "militia.transfers_collide"
    template = "这一批里有{count}人已编在分队或重复出现，因此一人也没有编入。请核对名单后再办。"


class UnitNameTaken(Problem):
    """Two open units of a place share no name."""

    code = "militia.unit_name_taken"
    template = "{place}已有叫“{name}”的分队。请换一个名称，或直接修改原来的分队。"


class UnitLoops(Problem):
    """A unit cannot stand below itself."""

    code = "militia.unit_loops"
    status = 422
    template = "“{unit}”不能隶属于自己或自己的下级。请重新选上级分队。"


class UnitNotEmpty(Problem):
    """A unit is closed when nobody stands in it."""

    code = "militia.unit_not_empty"
    template = "{unit}还有{count}人在队、{below}个下级分队，不能撤销。请先办理出队或转队。"


class PostInUse(Problem):
    """A post with holders stays."""

    code = "militia.post_in_use"
    template = "岗位“{post}”现有{count}人，不能删除。请先调整这些人的岗位。"


class QuotaTooSmall(Problem):
    """What is handed down must not exceed what was assigned."""

    code = "militia.quota_exceeded"
    status = 422
    template = (
        "下达给各下级的任务数合计{handed}，超过{unit}的任务数{number}。请核对，或先提高上级任务数。"
    )


class AlreadyAway(Problem):
    """One open absence a person."""

    code = "militia.already_away"
    template = "“{person}”{since}起已登记外出，尚未登记返回。请先登记返回，再登记新的外出。"


class NotAway(Problem):
    """There is no open absence to close."""

    code = "militia.not_away"
    template = "这条外出登记已经办过返回（{day}），不用再办。"


class ReturnTooEarly(Problem):
    """Nobody returns before leaving."""

    code = "militia.return_too_early"
    status = 422
    template = "返回日期{day}早于外出日期{left}。请核对。"


class PlaceTooExact(Problem):
    """A destination is kept to the county level only."""

    code = "militia.place_too_exact"
    status = 422
    template = (
        "去向只登记到县（市、区）一级，“{place}”写得太细。请只写到县，例如“临江市望海区”。"
        "依据：只收本人申报的大致去向，不记行踪。"
    )


class CallClosed(Problem):
    """An archived roll call does not change."""

    code = "militia.call_closed"
    template = "“{title}”已归档，不能再改。请查看点验报告。"


class CallEmpty(Problem):
    """Nobody stands on the roster of the units on that day."""

    code = "militia.call_empty"
    status = 422
    template = "所选分队在{day}花名册上没有人，无法点验。请核对日期和分队。"


class CallUnfinished(Problem):
    """Every expected person must be marked before a roll call is archived."""

    code = "militia.call_unfinished"
    template = "还有{count}人没有点，不能归档。请逐人登记到、请假或缺席。"


class CodeUnknown(Problem):
    """No line of this roll call has that code."""

    code = "militia.code_unknown"
    status = 404
    template = "本次点验没有签到码“{code}”。请核对签到表上的码，或按姓名登记。"


class AbsentReasonMissing(Problem):
    """Absent only with a reason."""

    code = "militia.absent_reason_missing"
    status = 422
    template = "没有到场的要写明原因（请假或缺席的缘由）。请补填后再登记。"


class RosterFrozenAlready(Problem):
    """A frozen roster of that name exists."""

    code = "militia.roster_frozen_already"
    template = "{year}年已有封存花名册“{title}”（截至{day}）。同一年只封存一份，请直接使用。"
