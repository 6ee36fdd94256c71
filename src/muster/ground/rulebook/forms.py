"""The form of a rule: its kind decides how the value is asked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from muster.ground.register import queries as register
from muster.ground.rulebook.entries import Entry
from muster.ground.rulebook.models import Rule
from muster.web.forms import Form
from muster.web.said import beside, said

YES_NO = (("yes", _("是")), ("no", _("否")))


class RuleForm(Form):
    """A value from a day on, at a place, with its source."""

    division = forms.ChoiceField(label=_("适用地区"), help_text=_("乡镇的取值优先于县的取值。"))
    on = forms.DateField(label=_("生效日期"))
    status = forms.ChoiceField(label=_("性质"), choices=Rule.Status.choices, initial="directive")
    source = forms.CharField(label=_("依据"), max_length=200,
                             help_text=_("文件名称、文号或上级通知。"))  # fmt: skip
    clause = forms.CharField(label=_("条款"), max_length=80, required=False)

    def __init__(self, *args: Any, entry: Entry, division: str, **kwargs: Any) -> None:
        """Ask the value as the rule's kind needs it; offer counties and townships of the scope."""
        super().__init__(*args, **kwargs)
        self.entry = entry
        places = [d for d in register.divisions_below(division) if d.level != "village"]
        self.fields["division"].choices = [(d.division, d.name) for d in places]  # type: ignore[attr-defined]
        self.fields["value"] = _value_field(entry)
        self.order_fields(["value", "on", "division", "status", "source", "clause"])

    def clean_value(self) -> Any:
        """Return the value in the type of its kind."""
        told = self.cleaned_data["value"]
        if self.entry.kind == "flag":
            return told == "yes"
        if self.entry.kind == "choices":
            return [line.strip() for line in told.splitlines() if line.strip()]
        return told


def _value_field(entry: Entry) -> forms.Field:
    label, hint = entry.label, entry.help
    if entry.kind == "flag":
        return forms.ChoiceField(
            label=label, help_text=hint, choices=YES_NO, widget=forms.RadioSelect
        )
    if entry.kind == "choices":
        return forms.CharField(label=label, help_text=_("每行一项。"), widget=forms.Textarea)
    words = " ".join(filter(None, (said(hint), beside("", said(entry.unit)) if entry.unit else "")))
    return forms.IntegerField(label=label, help_text=words)


def shown(entry: Entry, value: Any) -> Any:
    """Return a stored value as the form shows it."""
    if value is None:
        return None
    if entry.kind == "flag":
        return "yes" if value else "no"
    return "\n".join(value) if entry.kind == "choices" else value
