"""Forms of the militia."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from muster.domains.militia.models import (
    Absence,
    Post,
    RollCall,
    RollCallLine,
    Transfer,
    Unit,
    Vetting,
)
from muster.domains.militia.queries import units as reading
from muster.ground.register import queries as register
from muster.ground.register.models import Organisation
from muster.web.forms import Form
from muster.web.said import beside

NONE = ("", _("（无）"))
IN_REASONS = ("eligible", "discharged", "opening", "reorganised", "other")
OUT_REASONS = ("over_age", "enlisted", "reserve", "away", "moved", "health", "vetting", "deceased",
               "reorganised", "other")  # fmt: skip


def _reasons(keys: tuple[str, ...]) -> list[tuple[str, Any]]:
    labels = dict(Transfer.Reason.choices)
    return [(k, labels[k]) for k in keys]


def places(day: Any) -> list[tuple[str, Any]]:
    """Return a blank, then units with their posts as grouped choices; the value is ``unit|post``."""
    found: list[tuple[str, Any]] = [("", _("请选择分队和岗位"))]
    for unit in reading.own_units(day):
        posts = [(f"{unit.pk}|{p.pk}", f"{unit.name} {p.name}") for p in reading.posts_of(unit)]
        found.append((unit.name, [*posts, (f"{unit.pk}|", beside(unit.name, _("不分岗位")))]))
    return found


class _Paper(Form):
    """What every transfer states."""

    on = forms.DateField(label=_("日期"))
    approver = forms.CharField(label=_("批准人"), max_length=60, required=False)
    approved_on = forms.DateField(label=_("批准日期"), required=False)
    note = forms.CharField(label=_("说明"), max_length=200, required=False, widget=forms.Textarea)


class EnterForm(_Paper):
    """Where to, since when, why."""

    where = forms.ChoiceField(label=_("编入哪里"))
    reason = forms.ChoiceField(label=_("原因"), choices=_reasons(IN_REASONS))
    field_order = ["where", "on", "reason", "approver", "approved_on", "note"]

    def __init__(self, *args: Any, day: Any, **kwargs: Any) -> None:
        """Offer the units of the scope with their posts."""
        super().__init__(*args, **kwargs)
        self.fields["where"].choices = places(day)  # type: ignore[attr-defined]
        self.fields["note"].help_text = _("不是基干民兵、要编入应急分队的，在这里写明理由。")

    def clean(self) -> dict[str, Any]:
        """Return the values with unit and post in place of ``where``."""
        values: dict[str, Any] = super().clean() or {}
        unit, _bar, post = str(values.pop("where", "") or "|").partition("|")
        if unit:
            values["unit"] = reading.unit(unit)
            values["post"] = reading.post(post) if post else None
        return values


class MoveForm(EnterForm):
    """Where to next, since when, why."""

    reason = forms.ChoiceField(label=_("原因"), choices=_reasons(("reorganised", "moved", "other")))


class LeaveForm(_Paper):
    """Since when, why."""

    reason = forms.ChoiceField(label=_("原因"), choices=_reasons(OUT_REASONS))
    field_order = ["on", "reason", "approver", "approved_on", "note"]


class VettingForm(Form):
    """The authority's result, nothing else."""

    result = forms.ChoiceField(label=_("政审结论"), choices=Vetting.Result.choices)
    authority = forms.CharField(label=_("作出单位"), max_length=80)
    on = forms.DateField(label=_("日期"))


class UnitForm(Form):
    """What is said of a unit."""

    name = forms.CharField(label=_("分队名称"), max_length=80)
    division = forms.ChoiceField(label=_("所在地"))
    level = forms.ChoiceField(label=_("编制层级"), choices=Unit.Level.choices)
    category = forms.ChoiceField(label=_("队伍类别"), choices=Unit.Category.choices)
    force = forms.ChoiceField(label=_("力量类型"), choices=Unit.Force.choices)
    primary = forms.BooleanField(label=_("基干民兵分队"), required=False)
    parent = forms.ChoiceField(label=_("上级分队"), required=False)
    contributes_to = forms.ChoiceField(
        label=_("抽组到（本县的上级分队）"), required=False,
        help_text=_("本分队的人编入上级的分队时填写；人数只在本分队计一次。"),
    )  # fmt: skip
    contributes_to_name = forms.CharField(
        label=_("抽组到（县以上的分队）"), max_length=80, required=False
    )
    supported_by = forms.ChoiceField(label=_("依托单位"), required=False)
    valid_from = forms.DateField(label=_("组建日期"))

    def __init__(self, *args: Any, division: str, of: Unit | None = None, **kwargs: Any) -> None:
        """Offer divisions, units and organisations of the scope; never ``of`` or units below it."""
        super().__init__(*args, **kwargs)
        below = reading.below(of) if of else set()
        own = [NONE, *((str(u.pk), u.name) for u in reading.own_units() if u.pk not in below)]
        every = [NONE, *((str(u.pk), u.name) for u in reading.units() if u.pk not in below)]
        bodies = Organisation.objects.filter(valid_to=None)
        self._choose("division", [(d.division, d.name) for d in register.divisions_below(division)])
        self._choose("parent", own)
        self._choose("contributes_to", every)
        self._choose("supported_by", [NONE, *((str(o.pk), o.name) for o in bodies)])

    def _choose(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Return the values with rows in place of keys."""
        values: dict[str, Any] = super().clean() or {}
        for name in ("parent", "contributes_to"):
            values[name] = reading.unit(values[name]) if values.get(name) else None
        key = values.get("supported_by")
        values["supported_by"] = register.organisation(key) if key else None
        return values


class PostForm(Form):
    """One kind of post of a unit."""

    name = forms.CharField(label=_("岗位"), max_length=40)
    duty = forms.CharField(label=_("民兵职务"), max_length=20, required=False,
                           help_text=_("名册里“民兵职务”一列写的，如 战士、班长、排长。"))  # fmt: skip
    role = forms.ChoiceField(label=_("岗位性质"), choices=Post.Role.choices, initial="member")
    count = forms.IntegerField(label=_("编制数"), min_value=1, max_value=5000)
    skill = forms.CharField(label=_("所需专长"), max_length=40, required=False)
    skill_required = forms.BooleanField(label=_("必须具备这项专长"), required=False)
    min_education = forms.TypedChoiceField(
        label=_("最低文化程度"), coerce=int, empty_value="0", required=False,
        choices=[(0, _("不限")), (1, _("初中")), (2, _("高中")), (3, _("大专")), (4, _("本科"))],
    )  # fmt: skip
    order = forms.IntegerField(label=_("次序"), min_value=0, max_value=999, initial=0)

    def clean_min_education(self) -> int:
        """Return the level as a number."""
        return int(self.cleaned_data["min_education"] or 0)


class QuotaForm(Form):
    """The task number of a unit, and what is handed down to the units right below it."""

    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2100)
    number = forms.IntegerField(label=_("本分队任务数"), min_value=0, max_value=100_000)
    source = forms.CharField(label=_("下达依据"), max_length=160, required=False)

    def __init__(self, *args: Any, children: Any, **kwargs: Any) -> None:
        """Ask a number for each unit right below."""
        super().__init__(*args, **kwargs)
        self.children = list(children)
        for child in self.children:
            self.fields[f"child-{child.pk}"] = forms.IntegerField(
                label=child.name, min_value=0, max_value=100_000, required=False
            )

    def handed(self) -> dict[Any, int]:
        """Return child → number for those filled in."""
        values = {c.pk: self.cleaned_data.get(f"child-{c.pk}") for c in self.children}
        return {k: v for k, v in values.items() if v is not None}


class DayForm(Form):
    """One date."""

    on = forms.DateField(label=_("日期"))


class AbsenceForm(Form):
    """What a member tells when going away."""

    left_on = forms.DateField(label=_("外出日期"))
    destination = forms.CharField(label=_("去向"), max_length=60,
                                  help_text=_("只写到县（市、区），如：临江市望海区。"))  # fmt: skip
    reason = forms.ChoiceField(label=_("事由"), choices=Absence.Reason.choices)
    expected_back = forms.DateField(label=_("预计返回"), required=False)
    hours_to_return = forms.IntegerField(label=_("召回后几小时能到"), min_value=1, max_value=999,
                                         required=False)  # fmt: skip
    phone = forms.CharField(label=_("联系电话"), max_length=30, required=False,
                            help_text=_("与登记的不同才填。"))  # fmt: skip
    told = forms.BooleanField(
        label=_("本人申报，已告知用途：只用于联系和点验通知，不记行踪，本人可以查看和更正")
    )


class CallForm(Form):
    """A new roll call."""

    title = forms.CharField(label=_("名称"), max_length=120)
    kind = forms.ChoiceField(label=_("点验类型"), choices=RollCall.Kind.choices)
    on = forms.DateField(label=_("日期"))
    place = forms.CharField(label=_("地点"), max_length=120, required=False)
    units = forms.MultipleChoiceField(label=_("点验哪些分队"), widget=forms.CheckboxSelectMultiple,
                                      help_text=_("选上级分队，下级一并点验。"))  # fmt: skip

    def __init__(self, *args: Any, day: Any, **kwargs: Any) -> None:
        """Offer the units of the scope."""
        super().__init__(*args, **kwargs)
        own = [(str(u.pk), u.name) for u in reading.own_units(day)]
        self.fields["units"].choices = own  # type: ignore[attr-defined]


class FreezeForm(Form):
    """A roster to freeze."""

    title = forms.CharField(label=_("名称"), max_length=120)
    as_of = forms.DateField(label=_("截至日期"))


ABSENT_REASONS = (_("外出务工"), _("本单位有事"), _("生病"), _("家中有事"), _("联系不上"))
PRESENCES = tuple((str(k), str(v)) for k, v in RollCallLine.Presence.choices)
