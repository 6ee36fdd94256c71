"""Refusals of the register."""

from datetime import date

from muster.core.kernel import Problem


def said(day: date) -> str:
    """Return a day as a sentence says it."""
    return f"{day.year}年{day.month}月{day.day}日"


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
    template = "{label}填得不对：{message}"


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


class DivisionExists(Problem):
    """The code stands already."""

    code = "division.exists"
    template = "行政区划代码 {code} 已登记为“{name}”。请核对代码；名称变了请用“更名”。"


class DivisionCodeRefused(Problem):
    """The code is no code, or hangs on nothing."""

    code = "division.code_refused"
    status = 422
    template = "行政区划代码“{code}”不能用：{why}。请填 12 位统计用区划代码，例如本镇的村以本镇前 9 位开头。"


class DatesReversed(Problem):
    """Something would end before it began."""

    code = "register.dates_reversed"
    status = 422
    template = "{what}的日期（{day}）早于{before}（{since}）。请核对日期。"


class OrganisationExists(Problem):
    """The name stands already at this division."""

    code = "organisation.exists"
    template = "“{name}”在{division}已经登记过。请直接打开它；确是另一个单位的，请写明全称。"


class OrganisationInUse(Problem):
    """Something still hangs on the organisation."""

    code = "organisation.in_use"
    template = "“{name}”还不能撤销：{why}。请先办理这些，再撤销单位。"


class ParentLoop(Problem):
    """The superior would be below its own subordinate."""

    code = "organisation.parent_loop"
    status = 422
    template = "“{parent}”是“{name}”自己或它的下级，不能作它的上级单位。请另选。"


class AppointmentTaken(Problem):
    """The post is held by somebody who began later."""

    code = "appointment.taken"
    template = "“{post}”自 {since} 起由{holder}担任，晚于您填的日期。请核对任职日期。"


class FirstResponsibleMisplaced(Problem):
    """Only a township's party committee has the first responsible person (ORG-03)."""

    code = "appointment.first_responsible_misplaced"
    status = 422
    template = "第一责任人只能是乡镇（街道）党委（党工委）书记。请在本乡镇党委下登记任职。"


class FirstResponsibleTaken(Problem):
    """There is exactly one in a township (ORG-03)."""

    code = "appointment.first_responsible_taken"
    template = "{division}的第一责任人现为{post}{holder}，一个乡镇只有一名。请先登记他（她）离任。"


class BodyExists(Problem):
    """A body of this name stands at this division."""

    code = "body.exists"
    template = "“{name}”已经成立。请直接打开它；重新成立的，请换一个名称或先撤销原机构。"


class BodyClosed(Problem):
    """The body was dissolved."""

    code = "body.closed"
    template = "“{name}”已于 {day} 撤销，不能再改组成人员。"


class SeatOverlaps(Problem):
    """The seat was still held on that day."""

    code = "seat.overlaps"
    template = "“{role}”席位到 {until} 仍由{holder}担任。新人选的任职日期不能早于这一天。"


class HoldingEnded(Problem):
    """The holder left already."""

    code = "seat.ended"
    template = "{holder}已于 {day} 离任，不必再次登记。"


class PersonInUse(Problem):
    """Somebody registered by mistake is used elsewhere."""

    code = "person.in_use"
    template = (
        "“{name}”不能撤销登记：{why}。确属登记有误的，请先办理这些；去世或迁出的，请改“状态”。"
    )


class PersonWithdrawn(Problem):
    """The person was withdrawn and can only be taken back."""

    code = "person.withdrawn"
    template = "“{name}”已撤销登记。需要改动的，请先恢复。"


class RestoreTooLate(Problem):
    """The recycle bin keeps thirty days."""

    code = "person.restore_too_late"
    template = "“{name}”撤销登记已超过 {days} 天，不能直接恢复。请重新登记。"
