"""Columns of the militia's lists: the same for screen, print and workbook."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from muster.ground.register.queries import masked_phone
from muster.web.tables import Column, Tag

UNITS = [
    Column("name", _("分队"), href=lambda x: reverse("militia:unit", args=[x.pk])),
    Column("level", _("层级"), value=lambda x: x.unit.get_level_display(), phone=False),
    Column("category", _("类别"), value=lambda x: x.unit.get_category_display(), phone=False),
    Column("force", _("力量"), value=lambda x: x.unit.get_force_display(), phone=False),
    Column("primary", _("基干／普通"), phone=False,
           value=lambda x: Tag(_("基干"), "blue") if x.unit.primary else Tag(_("普通"), "grey")),
    Column("authorised", _("编制"), kind="number", value=lambda x: x.strength.authorised or None),
    Column("assigned", _("任务数"), kind="number", value=lambda x: x.strength.assigned, phone=False),
    Column("actual", _("现有"), kind="number", value=lambda x: x.strength.actual),
    Column("vacant", _("缺编"), kind="number", value=lambda x: x.strength.vacant or None),
    Column("surplus", _("超编"), kind="number", value=lambda x: x.strength.surplus or None),
    Column("contributed", _("下级抽组来"), kind="number", phone=False,
           value=lambda x: x.strength.contributed or None),
    Column("fills", _("抽组到上级"), phone=False),
]  # fmt: skip


ROSTER = [
    Column("name", _("姓名"), sort="name", width_class="m-w-s",
           href=lambda x: reverse("militia:member", args=[x.pk])),
    Column("unit_name", _("分队"), sort="unit_name"),
    Column("post_name", _("岗位"), sort="post_name", phone=False),
    Column("village", _("村（社区）"), sort="village", phone=False),
    Column("age", _("年龄"), kind="number", sort="age", phone=False),
    Column("phone", _("联系电话"), kind="masked", value=lambda x: masked_phone(x.person)),
    Column("skills", _("专业特长"), value=lambda x: x.person.skills_text, phone=False),
    Column("politics", _("政治面貌"), value=lambda x: x.person.get_politics_display(), phone=False),
    Column("veteran", _("退役军人"), value=lambda x: _("是") if x.person.veteran else "", phone=False),
    Column("joined", _("入队日期"), kind="date", sort="joined", phone=False),
    Column("vetting", _("政审结论"), sort="vetting", phone=False),
    Column("away", _("在位情况"), sort="away",
           value=lambda x: Tag(_("外出"), "amber") if x.away else Tag(_("在位"), "green")),
]  # fmt: skip
MEMBERS = [c for c in ROSTER if c.key not in {"unit_name", "politics"}]


def _kind(row: Any) -> Tag:
    if row.reverses_id:
        return Tag(_("冲销"), "grey")
    tones = {"in": "green", "out": "red", "move": "blue"}
    return Tag(row.get_kind_display(), tones[row.kind])


def _reversed(row: Any) -> str:
    return "" if row.reverses_id or not hasattr(row, "reversed_by") else str(_("已冲销"))


def _remark(row: Any) -> str:
    return "；".join(filter(None, (_reversed(row), row.note)))


TRANSFERS = [
    Column("on", _("日期"), kind="date", sort="on"),
    Column("person", _("姓名"), value=lambda t: t.person.name, width_class="m-w-s",
           href=lambda t: reverse("militia:member", args=[t.person_id])),
    Column("kind", _("类别"), kind="tag", value=_kind),
    Column("from", _("原分队、岗位"), phone=False,
           value=lambda t: " ".join(str(x) for x in (t.from_unit, t.from_post) if x)),
    Column("to", _("现分队、岗位"), phone=False,
           value=lambda t: " ".join(str(x) for x in (t.to_unit, t.to_post) if x)),
    Column("reason", _("原因"), value=lambda t: t.get_reason_display()),
    Column("approver", _("批准人"), phone=False),
    Column("approved_on", _("批准日期"), kind="date", phone=False),
    Column("remark", _("备注"), value=_remark, phone=False),
]  # fmt: skip


def _length(row: Any) -> Tag:
    return Tag(_("已返回"), "green") if row.back_on else Tag(_("外出中"), "amber")


ABSENCES = [
    Column("person", _("姓名"), value=lambda a: a.person.name, width_class="m-w-s",
           href=lambda a: reverse("militia:member", args=[a.person_id])),
    Column("unit", _("分队"), value=lambda a: getattr(a, "unit_name", ""), phone=False),
    Column("destination", _("去向（到县）"), sort="destination"),
    Column("reason", _("事由"), value=lambda a: a.get_reason_display(), phone=False),
    Column("left_on", _("外出日期"), kind="date", sort="left_on", phone=False),
    Column("expected_back", _("预计返回"), kind="date", sort="expected_back", phone=False),
    Column("hours", _("几小时能到"), kind="number", value=lambda a: a.hours_to_return, phone=False),
    Column("phone", _("联系电话"), kind="masked", value=lambda a: masked_phone(a.person)),
    Column("back_on", _("返回日期"), kind="date", sort="back_on", phone=False),
    Column("state", _("状态"), kind="tag", value=_length,
           href=lambda a: reverse("militia:absence", args=[a.pk])),
]  # fmt: skip

CALLS = [
    Column("title", _("点验"), sort="title", href=lambda c: reverse("militia:roll-call", args=[c.pk])),
    Column("kind", _("类型"), value=lambda c: c.get_kind_display(), phone=False),
    Column("on", _("日期"), kind="date", sort="on"),
    Column("place", _("地点"), phone=False),
    Column("state", _("状态"), kind="tag", sort="state",
           value=lambda c: Tag(c.get_state_display(), "green" if c.state == "closed" else "amber")),
]  # fmt: skip

FROZEN = [
    Column("title", _("名称"), sort="title", href=lambda r: reverse("militia:frozen", args=[r.pk])),
    Column("year", _("年度"), kind="number", sort="year"),
    Column("as_of", _("截至日期"), kind="date", sort="as_of"),
    Column("members", _("人数"), kind="number"),
    Column("frozen_at", _("封存时间"), kind="moment", phone=False),
]  # fmt: skip
FROZEN_LINES = [
    Column("unit_name", _("分队"), sort="unit_name"),
    Column("post_name", _("岗位"), sort="post_name"),
    Column("person_name", _("姓名"), sort="person_name"),
    Column("primary", _("基干／普通"), value=lambda r: _("基干") if r.primary else _("普通")),
    Column("away", _("在位情况"), value=lambda r: _("外出") if r.away else _("在位")),
]  # fmt: skip
