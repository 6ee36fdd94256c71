"""The upload form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from muster.engines.imports.kinds import KINDS
from muster.engines.imports.models import Import
from muster.ground.register import queries as register
from muster.web.forms import Form


class UploadForm(Form):
    """A file, what it holds, where it belongs, and what to do when some rows are wrong."""

    kind = forms.ChoiceField(label=_("导入什么"))
    file = forms.FileField(
        label=_("文件"),
        help_text=_("支持 .xlsx、.xls、.csv，20 MB 以内；表头写法不限，标题行、合计行会自动略过。"),
    )
    division = forms.ChoiceField(
        label=_("属于哪里"), help_text=_("表里没有村（社区）一列的人，登记在这里。")
    )
    mode = forms.ChoiceField(
        label=_("有错误的行怎么办"), choices=Import.Mode.choices, initial=Import.Mode.GOOD_NOW,
        help_text=_("“正确的先进”：没有错误的行先导入，错误的行退回改正。“全部正确才进”：有一行错就都不导入。"),
    )  # fmt: skip

    def __init__(self, *args: Any, division: str, **kwargs: Any) -> None:
        """Offer the kinds there are and the divisions of the actor's subtree."""
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(k.code, k.label) for k in KINDS.values()]  # type: ignore[attr-defined]
        places = register.divisions_below(division)
        self.fields["division"].choices = [(d.division, d.name) for d in places]  # type: ignore[attr-defined]
        self.fields["division"].initial = division
