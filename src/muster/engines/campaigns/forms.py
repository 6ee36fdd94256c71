"""The forms of plans: upload, confirm, evidence."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from muster.core.identity import ValueFault, parse_date
from muster.engines.campaigns.arranging import PhaseChange
from muster.engines.campaigns.drafting import CampaignDraft, DeadlineDraft, PhaseDraft
from muster.engines.campaigns.models import Campaign
from muster.engines.campaigns.typed import MOST_LINES, MOST_PHASES
from muster.web.forms import Form

MOST_MEGABYTES = 20


class PlanUploadForm(Form):
    """A plan document, and the year where the paper does not say it."""

    file = forms.FileField(
        label=_("上级方案"),
        help_text=_("支持 .docx、.pdf、.txt、.md。系统读出阶段、日期和任务，由您逐项核对。"),
    )
    year = forms.IntegerField(
        label=_("年度"), required=False, min_value=2000, max_value=2100,
        help_text=_("文件里没有写年份时才需要填。"),
    )  # fmt: skip


class HeadForm(Form):
    """Title, kind, issuer, year and who is responsible by default."""

    title = forms.CharField(label=_("名称"), max_length=200)
    kind = forms.ChoiceField(label=_("类别"), choices=Campaign.Kind.choices)
    issuer = forms.CharField(label=_("下发单位"), max_length=120, required=False)
    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2100)
    owner = forms.ChoiceField(
        label=_("责任单位"), required=False, help_text=_("各项任务先归这个单位，确认后可以逐项改。")
    )

    def __init__(self, *args: Any, owners: list[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the organisations of the scope as owners."""
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", _("（以后再定）")), *owners]  # type: ignore[attr-defined]


class EvidenceForm(Form):
    """Evidence of an item: when, a line, a file."""

    on = forms.DateField(label=_("日期"), widget=forms.DateInput(attrs={"type": "date"}))
    note = forms.CharField(label=_("说明"), max_length=300, required=False)
    file = forms.FileField(label=_("附件"), required=False)

    def clean_file(self) -> Any:
        """Return the file; refuse one that is too large for a record of evidence."""
        file = self.cleaned_data["file"]
        if file and file.size > MOST_MEGABYTES * 2**20:
            words = _("附件超过 %(n)s MB。请压缩图片，或只附关键页。")
            raise forms.ValidationError(words, params={"n": MOST_MEGABYTES})
        return file


def draft_of(head: dict[str, Any], data: QueryDict) -> CampaignDraft:
    """Return the draft that the confirm page posts: phases, deadlines, targets by number."""
    return CampaignDraft(
        title=head["title"], kind=head["kind"], issuer=head["issuer"], year=head["year"],
        phases=tuple(_phases(data)), deadlines=tuple(_deadlines(data)), targets=tuple(_targets(data)),
    )  # fmt: skip


def _phases(data: QueryDict) -> list[PhaseDraft]:
    found = []
    for n in range(MOST_PHASES):
        name = data.get(f"phase-{n}-name", "").strip()
        if name and not data.get(f"phase-{n}-drop"):
            lines = data.get(f"phase-{n}-tasks", "").splitlines()
            found.append(PhaseDraft(
                name, _day(data.get(f"phase-{n}-start", "")), _day(data.get(f"phase-{n}-end", "")),
                tuple(line.strip() for line in lines if line.strip()), data.get(f"phase-{n}-raw", ""),
            ))  # fmt: skip
    return found


def phases_arranged(data: QueryDict) -> list[PhaseChange]:
    """Return the phases that the arranging page posts, without the ones to be dropped."""
    found = []
    for n in range(MOST_PHASES):
        name = data.get(f"phase-{n}-name", "").strip()
        if name and not data.get(f"phase-{n}-drop"):
            draft = PhaseDraft(name, _day(data.get(f"phase-{n}-start", "")),
                               _day(data.get(f"phase-{n}-end", "")))  # fmt: skip
            found.append(PhaseChange(_key(data.get(f"phase-{n}-key", "")), draft))
    return found


def _key(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _deadlines(data: QueryDict) -> list[DeadlineDraft]:
    return [
        DeadlineDraft(data.get(f"deadline-{n}-name", ""), _day(data.get(f"deadline-{n}-by", "")))
        for n in range(MOST_LINES)
        if data.get(f"deadline-{n}-keep") and data.get(f"deadline-{n}-name", "").strip()
    ]


def _targets(data: QueryDict) -> list[dict[str, str]]:
    return [
        {k: data.get(f"target-{n}-{k}", "")[:limit]
         for k, limit in (("value", 20), ("unit", 20), ("of", 120), ("raw", 300))}
        for n in range(MOST_LINES)
        if data.get(f"target-{n}-keep")
    ]  # fmt: skip


def _day(text: str) -> date | None:
    try:
        return parse_date(text, precision="day").exact if text.strip() else None
    except ValueFault:
        return None
