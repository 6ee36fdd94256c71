"""Refusals of the register."""

from muster.core.kernel import Problem


class PersonExists(Problem):
    """Somebody in my scope already has this identity number."""

    code = "person.exists"
    template = (
        "身份证号 {masked} 已登记为“{name}”（{division}）。请直接打开该人员补充，不要重复登记。"
    )


class PersonElsewhere(Problem):
    """The identity number stands outside my scope: one constant answer."""

    code = "person.held"
    template = "这个身份证号需要县级核对后才能登记。请保留本条，等待县级回复，其余人员不受影响。"


class PersonChanged(Problem):
    """Somebody changed the person after this form was opened."""

    code = "person.changed_since"
    template = "您打开后，{who}已修改过“{name}”。为免覆盖，请核对下面的最新内容后再保存。"


class ValueRefused(Problem):
    """A value of the form is not acceptable."""

    code = "person.value_refused"
    status = 422
    template = "{label}：{message}"


class UnknownDivision(Problem):
    """The division code is not in the tree."""

    code = "division.unknown"
    status = 422
    template = (
        "行政区划代码 {code} 不在本县区划表里。请核对代码，或请县级管理员先登记该村（社区）。"
    )


class SeatTaken(Problem):
    """The seat has a holder."""

    code = "seat.taken"
    template = "“{role}”席位现由{holder}担任。请先登记离任日期，再登记新的人选。"


class MayNotRegister(Problem):
    """The post may not do this in the register."""

    code = "register.not_allowed"
    status = 403
    template = "您的岗位（{post}）不能{act}。请由本单位负责登记的人员办理。"


class ReasonMissing(Problem):
    """A look at whole numbers needs a reason."""

    code = "person.reason_missing"
    status = 422
    template = "请先写明查看完整证件号的理由，例如“核对身份证复印件”。"
