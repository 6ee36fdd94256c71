"""The forms of a task."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from muster.web.forms import Form


class ReportForm(Form):
    """One line that closes a task."""

    line = forms.CharField(
        label=_("办理情况"),
        max_length=500,
        help_text=_("写一句即可，例如“已于6月8日完成，到点 58 人”。"),
    )


class CheckForm(Form):
    """The opinion of who checks."""

    note = forms.CharField(label=_("核查意见"), max_length=300, required=False)


class OwnerForm(Form):
    """Who is responsible, by when, and whether a check is needed."""

    owner = forms.ChoiceField(label=_("责任单位"), required=False)
    due = forms.DateField(
        label=_("截止日期"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    needs_check = forms.BooleanField(label=_("需核查"), required=False)

    def __init__(self, *args: Any, owners: list[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the organisations of the scope."""
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", _("（以后再定）")), *owners]  # type: ignore[attr-defined]


class TaskForm(OwnerForm):
    """A task added by hand."""

    title = forms.CharField(label=_("任务"), max_length=300)
    field_order = ("title", "owner", "due", "needs_check")
