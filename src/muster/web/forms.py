"""How Django draws our forms: label above, hint, error in place, summary on top."""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _


class MusterRenderer(TemplatesSetting):
    """Set as FORM_RENDERER; widget templates are found through the app loader (django.forms)."""

    form_template_name = "web/form.html"
    field_template_name = "web/field.html"


class Form(forms.Form):
    """A form whose standard errors say how to mend them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Put our sentences where a field has only Django's."""
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            given = _given(field)
            for code, words in _sentences(field).items():
                if code in field.error_messages and code not in given:
                    field.error_messages[code] = words


def _sentences(field: forms.Field) -> dict[str, Any]:
    found = {"required": _("这一项要填。"), "invalid_choice": _("请从列出的选项里选一个。")}
    if isinstance(field, forms.DateField):
        found["invalid"] = _("日期没有读懂。可写 20260520、2026.5.20 或 2026年5月20日。")
    elif isinstance(field, forms.IntegerField):
        found["invalid"] = _("这里只能填数字。")
    elif isinstance(field, forms.ChoiceField | forms.FileField):
        found["required"] = _("请选一个。")
    return found


def _given(field: forms.Field) -> set[str]:
    """Return the codes whose words the form's author chose."""
    standard: dict[str, Any] = {}
    for cls in reversed(type(field).__mro__):
        standard.update(getattr(cls, "default_error_messages", {}))
    return {code for code, words in field.error_messages.items() if standard.get(code) != words}
