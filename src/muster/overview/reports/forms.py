"""What people type into reports."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from muster.engines.documents import queries as papers
from muster.overview.reports.gathering import Texts
from muster.web.forms import Form

LARGEST = 5 * 2**20
OWN_LINES = {"leadership": _("履行职责情况补充"), "organisation": _("组织实施情况补充"),
             "conscription": _("征兵工作补充"), "facilities": _("设施和经费补充"),
             "problems": _("存在的问题"), "plan": _("下步打算")}  # fmt: skip


class ChooseForm(Form):
    """Which report, of which year and place."""

    kind = forms.ChoiceField(label=_("文种"))
    division = forms.ChoiceField(label=_("单位所在地"))
    year = forms.TypedChoiceField(label=_("年度"), coerce=int)

    def __init__(self, *args: Any, divisions: list[tuple[str, str]], years: list[int],
                 **kwargs: Any) -> None:  # fmt: skip
        """Offer the kinds of the catalogue and the places of the scope."""
        super().__init__(*args, **kwargs)
        kinds = [k for k in papers.kinds().values() if not k.drafted_by]
        self.fields["kind"].choices = [(k.kind, k.name) for k in kinds]  # type: ignore[attr-defined]
        self.fields["division"].choices = divisions  # type: ignore[attr-defined]
        self.fields["year"].choices = [(y, str(y)) for y in years]  # type: ignore[attr-defined]


class TextsForm(Form):
    """Head, signature and own lines of a report."""

    agency = forms.CharField(
        label=_("机关代字"), required=False, max_length=20,
        help_text=_("如 青武；填了才编发文字号，顺序号在印发时自动取"),
    )  # fmt: skip
    issuer = forms.CharField(label=_("发文机关"), max_length=120)
    addressee = forms.CharField(label=_("主送机关"), required=False, max_length=200)
    signer = forms.CharField(label=_("署名人"), required=False, max_length=60)
    post = forms.CharField(label=_("署名人职务"), required=False, max_length=60)
    copies_to = forms.CharField(label=_("抄送"), required=False, max_length=200)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        """Offer a box for own lines in each section that may hold some."""
        super().__init__(*args, **kwargs)
        if "post" not in papers.kind(kind).words:  # signed by the organisation, not by a person
            del self.fields["signer"], self.fields["post"]
        self.sections = []
        for rule in papers.kind(kind).sections:
            if rule.needs & {"paragraphs", "rows"} and rule.key in OWN_LINES:
                pairs = rule.needs == {"rows"}
                self.fields[f"own_{rule.key}"] = forms.CharField(
                    label=OWN_LINES[rule.key], required=False, max_length=4000,
                    widget=forms.Textarea(attrs={"rows": 4}),
                    help_text=_("一行一个：问题｜整改措施") if pairs else _("一行一段；没有就留空，不会编造"),
                )  # fmt: skip
                self.sections.append(rule.key)

    def texts(self) -> Texts:
        """Return what was typed."""
        values = self.cleaned_data
        lines = {key: _lines(values[f"own_{key}"]) for key in self.sections}
        names = ("agency", "issuer", "addressee", "signer", "post", "copies_to")
        return Texts(**{n: values.get(n, "") for n in names}, paragraphs={k: v for k, v in lines.items() if v})  # fmt: skip

    @staticmethod
    def initial_of(texts: Texts) -> dict[str, str]:
        """Return the boxes' content for texts already there."""
        own = {f"own_{key}": "\n".join(lines) for key, lines in texts.paragraphs.items()}
        return own | {
            "agency": texts.agency, "issuer": texts.issuer, "addressee": texts.addressee,
            "signer": texts.signer, "post": texts.post, "copies_to": texts.copies_to,
        }  # fmt: skip


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class WordFileForm(Form):
    """A Word file to verify or to use as a template."""

    file = forms.FileField(label=_("Word 文件（.docx）"))

    def clean_file(self) -> Any:
        """Refuse what is too large to be a document."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("文件超过 5 MB，请先删去大图片。"))
        return file
