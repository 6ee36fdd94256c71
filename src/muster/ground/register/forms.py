"""Forms of the register."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from muster.core.identity import ValueFault, parse_person_name
from muster.ground.register import queries
from muster.ground.register.models import Person
from muster.web.forms import Form

BLANK = ("", _("（未填）"))


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
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, division: str, **kwargs: Any) -> None:
        """Offer the divisions of the actor's subtree."""
        super().__init__(*args, **kwargs)
        places = queries.divisions_below(division)
        self.fields["division"].choices = [(d.division, d.name) for d in places]  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        """Return the name without blanks; refuse placeholders."""
        try:
            return parse_person_name(self.cleaned_data["name"])
        except ValueFault as fault:
            raise forms.ValidationError(fault.message) from fault


class OrganisationForm(Form):
    """One organisation."""

    name = forms.CharField(label=_("名称"), max_length=120)
    kind = forms.ChoiceField(label=_("单位类别"))
    division = forms.ChoiceField(label=_("所在行政区划"))

    def __init__(
        self, *args: Any, division: str, kinds: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        """Offer the kinds of the catalogue and the divisions of the subtree."""
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        places = queries.divisions_below(division)
        self.fields["division"].choices = [(d.division, d.name) for d in places]  # type: ignore[attr-defined]


class HolderForm(Form):
    """Who takes a seat, since when."""

    holder_name = forms.CharField(label=_("姓名"), max_length=60)
    holder_post = forms.CharField(label=_("职务"), max_length=120, required=False)
    since = forms.DateField(
        label=_("任职日期"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
