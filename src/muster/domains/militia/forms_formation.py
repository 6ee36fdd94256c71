"""Forms of formation."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from muster.core.kernel import DivisionCode
from muster.domains.militia.models import AssemblyPlace, FormationRun, Unit, UnitCondition
from muster.domains.militia.queries import formation_conditions as conditions
from muster.domains.militia.queries.units import own_units
from muster.ground.register import queries as register
from muster.web.forms import Form

LEAVE_REASONS = ("over_age", "enlisted", "away", "moved", "health", "vetting", "deceased",
                 "reserve", "other")  # fmt: skip
WHOLE = ("", _("全部分队"))
LONGEST_MIN = 24 * 60


class StartForm(Form):
    """What to form, how, and for which day."""

    way = forms.ChoiceField(label=_("方式"), choices=FormationRun.Way.choices,
                            widget=forms.RadioSelect)  # fmt: skip
    on = forms.DateField(label=_("编组日期"), help_text=_("年龄、外出和入出队都按这一天算。"))
    division = forms.ChoiceField(label=pgettext_lazy("place", "地方"))
    root = forms.ChoiceField(label=_("编组范围"), required=False)

    def __init__(self, *args: Any, division: str, **kwargs: Any) -> None:
        """Offer the townships below a county, or the own place; and the units there."""
        super().__init__(*args, **kwargs)
        self.fields["division"].choices = _places(division)  # type: ignore[attr-defined]
        units = [(str(u.pk), u.name) for u in own_units()]
        self.fields["root"].choices = [WHOLE, *units]  # type: ignore[attr-defined]

    def clean_root(self) -> Unit | None:
        """Return the unit chosen, or None for all."""
        key = self.cleaned_data["root"]
        return next((u for u in own_units() if str(u.pk) == key), None)


def _places(division: str) -> list[tuple[str, str]]:
    code = DivisionCode(division)
    if code.level != "county":
        return [(division, register.division_name(division))]
    rows = register.divisions_below(division)
    return [(r.division, r.name) for r in rows if DivisionCode(r.division).level == "township"]


class ConfirmForm(Form):
    """Who approves, and why people from outside the primary militia enter an emergency unit."""

    approver = forms.CharField(label=_("批准人或批准单位"), max_length=60, required=False)
    note = forms.CharField(label=_("编入应急分队的理由"), max_length=200, required=False,
                           widget=forms.Textarea)  # fmt: skip

    def __init__(self, *args: Any, due: int, **kwargs: Any) -> None:
        """Ask for the reason only where somebody is due one."""
        super().__init__(*args, **kwargs)
        if not due:
            del self.fields["note"]
        else:
            self.fields["note"].required = True


class ConditionForm(Form):
    """What one unit asks of its members."""

    assembly_place = forms.ChoiceField(label=_("集结点"), required=False)
    max_assembly_min = forms.IntegerField(label=_("集结时限（分钟）"), required=False, min_value=1,
                                          max_value=LONGEST_MIN,
                                          help_text=_("不填则不按时间核对。填了以后，没有填写到达时间的村一律不符合。"))  # fmt: skip
    age_min = forms.IntegerField(label=_("最低年龄"), required=False, min_value=14, max_value=100,
                                 help_text=_("年龄不填则按“规则”；填了只能更严，不能放宽规则。"))  # fmt: skip
    age_max = forms.IntegerField(label=_("最高年龄"), required=False, min_value=14, max_value=100)
    age_max_skilled = forms.IntegerField(label=_("最高年龄（退役军人、专业对口）"), required=False,
                                         min_value=14, max_value=100)  # fmt: skip
    veteran_min_pct = forms.IntegerField(label=_("退役军人至少（%）"), min_value=0, max_value=100)
    party_min_pct = forms.IntegerField(label=_("党员至少（%）"), min_value=0, max_value=100,
                                       help_text=_("县里有规则让党员身份计入编组时才起作用。"))  # fmt: skip
    skill_min_pct = forms.IntegerField(label=_("专业对口至少（%）"), min_value=0, max_value=100)
    keep_min_pct = forms.IntegerField(label=_("原成员至少留用（%）"), min_value=0, max_value=100)
    employer_max = forms.IntegerField(
        label=_("同一工作单位至多（人）"), required=False, min_value=1
    )
    vetting_required = forms.BooleanField(label=_("须有政审合格结论"), required=False)
    own_area = forms.BooleanField(
        label=_("只编本地人员"), required=False,
        help_text=_("新编人员须住在分队所在的村或镇；原成员不受影响。"),
    )  # fmt: skip

    def __init__(self, *args: Any, condition: UnitCondition, **kwargs: Any) -> None:
        """Show what is kept now."""
        names = [name for name in self.base_fields if name != "assembly_place"]
        initial = {name: getattr(condition, name) for name in names}
        initial["assembly_place"] = str(condition.assembly_place_id or "")
        super().__init__(*args, initial=initial, **kwargs)
        places = [(str(p.pk), p.name) for p in conditions.assembly_places()]
        self.fields["assembly_place"].choices = [("", _("（没有选）")), *places]  # type: ignore[attr-defined]

    def clean_assembly_place(self) -> AssemblyPlace | None:
        """Return the place chosen."""
        key = self.cleaned_data["assembly_place"]
        return conditions.assembly_place(key) if key else None

    def clean(self) -> dict[str, Any]:
        """Refuse ages the wrong way round."""
        values: dict[str, Any] = super().clean() or {}
        low, high = values.get("age_min"), values.get("age_max")
        if low and high and low > high:
            self.add_error("age_max", _("最高年龄不能小于最低年龄。"))
        return values


class PlaceForm(Form):
    """An assembly place and the minutes from each village; an empty one is unknown."""

    name = forms.CharField(label=_("集结点"), max_length=60)

    def __init__(self, *args: Any, division: str, place: AssemblyPlace | None = None,
                 **kwargs: Any) -> None:  # fmt: skip
        """Ask for whole minutes village by village."""
        minutes = place.minutes if place else {}
        self.villages = [
            r for r in register.divisions_below(division)
            if DivisionCode(r.division).level == "village"
        ]  # fmt: skip
        initial: dict[str, Any] = {"name": place.name if place else ""}
        initial |= {f"v{r.division}": minutes.get(r.division) for r in self.villages}
        super().__init__(*args, initial=initial, **kwargs)
        for row in self.villages:
            self.fields[f"v{row.division}"] = forms.IntegerField(
                label=row.name, required=False, min_value=0, max_value=LONGEST_MIN,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
                error_messages={"invalid": _("填整数分钟；不知道就空着。")},
            )  # fmt: skip

    def minutes(self) -> dict[str, int]:
        """Return village → minutes of those filled in."""
        values = {r.division: self.cleaned_data.get(f"v{r.division}") for r in self.villages}
        return {code: value for code, value in values.items() if value is not None}
