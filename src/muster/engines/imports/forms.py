"""The upload form."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from muster.engines.imports import queries
from muster.engines.imports.kinds import KINDS
from muster.engines.imports.models import Import
from muster.engines.imports.problems import ImportNotReady
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


def ask_columns(job: Import, sheet: int) -> dict[str, Any]:
    """Return what the matching form asks of one sheet: each header, its column now, the choices."""
    sheets = job.reading.get("sheets", [])
    if not 0 <= sheet < len(sheets):
        raise ImportNotReady(state=job.get_state_display())
    found = sheets[sheet]
    lines = [{"text": u["text"], "key": "", "near": u["candidates"]} for u in found["unknown"]]
    lines += [{"text": text, "key": "", "near": []} for text in found.get("left_out", [])]
    lines += [{"text": m["text"], "key": m["key"], "near": []} for m in found["matched"]]
    choices = [(c.key, c.label) for c in queries.kind(job.kind).columns]
    labels = dict(choices)
    for number, line in enumerate(lines):
        line |= {
            "field": f"column-{number}",
            "near": [labels[k] for k in line["near"] if k in labels],
        }
    return {"name": found["name"], "missing": found["missing"], "lines": lines, "choices": choices}


def chosen_columns(asked: Mapping[str, Any], posted: Mapping[str, Any]) -> dict[str, str]:
    """Return header text → key for the lines that a person changed ("" leaves a column out)."""
    return {
        line["text"]: posted[line["field"]]
        for line in asked["lines"]
        if posted.get(line["field"], line["key"]) != line["key"]
    }
