"""Forms of the register."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from muster.core.identity import ValueFault, parse_person_name
from muster.ground.register import queries
from muster.ground.register.models import Organisation, Person
from muster.web.forms import Form
from muster.web.said import said

BLANK = ("", _("（未填）"))
# Withdrawing has its own page, because it asks why and can be taken back.
KEPT_STATES = [c for c in Person.State.choices if c[0] != Person.State.WITHDRAWN]


class PersonForm(Form):
    """One person; number and phone are filled only to set or change them."""

    name = forms.CharField(label=_("姓名"), max_length=60)
    id_number = forms.CharField(label=_("身份证号"), max_length=30, required=False,
                                help_text=_("18 位。已登记的不显示，不改就留空。"))  # fmt: skip
    division = forms.ChoiceField(label=_("所属村（社区）"))
    sex = forms.ChoiceField(label=_("性别"), choices=[BLANK, *Person.Sex.choices], required=False)
    phone = forms.CharField(label=_("联系电话"), max_length=30, required=False,
                            help_text=_("已登记的不显示，不改就留空。"))  # fmt: skip
    education = forms.TypedChoiceField(label=_("文化程度"), choices=[BLANK, *Person.Education.choices],
                                       required=False, coerce=int, empty_value=None)  # fmt: skip
    politics = forms.ChoiceField(
        label=_("政治面貌"), choices=[BLANK, *Person.Politics.choices], required=False
    )
    skills = forms.CharField(label=_("专业特长"), max_length=120, required=False,
                             help_text=_("多个用顿号分开，第一个是主要专长。"))  # fmt: skip
    employer = forms.CharField(label=_("工作单位"), max_length=120, required=False)
    address = forms.CharField(label=_("住址"), max_length=160, required=False)
    veteran = forms.TypedChoiceField(
        label=_("退役军人"), choices=[BLANK, ("1", _("是")), ("0", _("否"))], required=False,
        coerce=lambda v: v == "1", empty_value=None,
    )  # fmt: skip
    state = forms.ChoiceField(label=_("状态"), choices=KEPT_STATES, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, division: str, **kwargs: Any) -> None:
        """Offer the divisions of the actor's subtree."""
        super().__init__(*args, **kwargs)
        places = queries.divisions_below(division)
        self.fields["division"].choices = [(d.division, d.name) for d in places]  # type: ignore[attr-defined]
        if not self.initial.get("revision") and not self.data.get("revision"):
            for key in ("id_number", "phone"):  # of somebody new nothing is hidden yet
                self.fields[key].help_text = ""

    def clean_state(self) -> str:
        """Return the state; somebody newly registered is in the register."""
        return self.cleaned_data["state"] or Person.State.ACTIVE

    def clean_name(self) -> str:
        """Return the name without blanks; refuse placeholders."""
        try:
            return parse_person_name(self.cleaned_data["name"])
        except ValueFault as fault:
            raise forms.ValidationError(said(fault.message)) from fault


def day_field(label: Any, *, required: bool = True, hint: Any = "") -> forms.DateField:
    """Return a date field that the browser shows as a calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=hint, widget=widget)


class OrganisationForm(Form):
    """One organisation; its division is fixed once it stands."""

    name = forms.CharField(label=_("名称"), max_length=120)
    short_name = forms.CharField(label=_("简称"), max_length=40, required=False)
    kind = forms.ChoiceField(label=_("单位类别"))
    division = forms.ChoiceField(label=_("所在行政区划"))
    parent = forms.ChoiceField(label=_("上级单位"), required=False)

    def __init__(self, *args: Any, division: str, kinds: list[tuple[str, str]],
                 editing: Organisation | None = None, **kwargs: Any) -> None:  # fmt: skip
        """Offer the kinds of the catalogue and the divisions of the subtree."""
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        above = [(str(o.pk), o.name) for o in queries.organisations() if o != editing]
        self.fields["parent"].choices = [BLANK, *above]  # type: ignore[attr-defined]
        if editing is not None:
            del self.fields["division"]
            return
        places = queries.divisions_below(division)
        self.fields["division"].choices = [(d.division, d.name) for d in places]  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """Return what the actions take."""
        found = dict(self.cleaned_data)
        found["parent"] = queries.organisation(found["parent"]) if found["parent"] else None
        return found


class DivisionForm(Form):
    """A township or village that the county registers."""

    code = forms.CharField(label=_("行政区划代码"), max_length=12,
                           help_text=_("12 位统计用区划代码。乡镇后三位是 000，村（社区）以乡镇前 9 位开头。"),
                           widget=forms.TextInput(attrs={"inputmode": "numeric"}))  # fmt: skip
    name = forms.CharField(label=_("名称"), max_length=60)
    population = forms.IntegerField(
        label=_("常住人口"), required=False, min_value=0, max_value=99_999_999
    )


class RenameForm(Form):
    """A new name from a day on."""

    name = forms.CharField(label=_("新名称"), max_length=60)
    since = day_field(_("从哪天起"))


class PopulationForm(Form):
    """The resident population."""

    population = forms.IntegerField(
        label=_("常住人口"), required=False, min_value=0, max_value=99_999_999
    )


class AppointmentForm(Form):
    """Who takes which post, since when."""

    post = forms.CharField(label=_("职务"), max_length=60)
    holder_name = forms.CharField(label=_("姓名"), max_length=60)
    since = day_field(_("任职日期"))
    beside = forms.BooleanField(label=_("与现任并列（副职等可有多人）"), required=False)
    first_responsible = forms.BooleanField(label=_("第一责任人（党委书记）"), required=False)

    def __init__(self, *args: Any, first: bool, **kwargs: Any) -> None:
        """Ask for the first responsible person only where there can be one."""
        super().__init__(*args, **kwargs)
        if not first:
            del self.fields["first_responsible"]


class EndForm(Form):
    """The last day of somebody in a post or seat."""

    on = day_field(_("离任日期"))


class BodyForm(Form):
    """A body formed from a template: where, which seats, since when."""

    template = forms.ChoiceField(label=_("席位模板"))
    organisation = forms.ChoiceField(label=_("设立单位"))
    name = forms.CharField(label=_("名称"), max_length=120, required=False,
                           help_text=_("不填就用模板的名称，例如“双拥工作领导小组”。"))  # fmt: skip
    formed_on = day_field(_("成立日期"))

    def __init__(self, *args: Any, owners: Any, templates: dict[str, Any], **kwargs: Any) -> None:
        """Offer the templates, the default first, and the organisations of the subtree."""
        super().__init__(*args, **kwargs)
        ordered = sorted(templates.items(), key=lambda t: not t[1].get("default", False))
        self.fields["template"].choices = [(code, t["label"]) for code, t in ordered]  # type: ignore[attr-defined]
        self.fields["organisation"].choices = [(str(o.pk), o.name) for o in owners]  # type: ignore[attr-defined]


class SeatForm(Form):
    """One more seat."""

    role = forms.CharField(label=_("席位"), max_length=40)
    source = forms.CharField(label=_("来自单位或职务"), max_length=120, required=False)


class HolderForm(Form):
    """Who takes a seat, since when."""

    holder_name = forms.CharField(label=_("姓名"), max_length=60)
    holder_post = forms.CharField(label=_("职务"), max_length=120, required=False)
    since = day_field(_("任职日期"))


class WithdrawForm(Form):
    """Why somebody was registered by mistake."""

    why = forms.CharField(label=_("撤销理由"), max_length=120,
                          help_text=_("例如“同一人登记了两次”。去世、迁出不是登记有误，请改状态。"))  # fmt: skip
