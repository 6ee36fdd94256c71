"""The forms of meetings."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from muster.engines.meetings.actions import Mark, MeetingDraft
from muster.engines.meetings.kinds import PARTS, SIDES, MeetingKind
from muster.engines.meetings.queries import PRESENCES, TREATMENTS
from muster.engines.meetings.queries import SIDES as SIDE_NAMES
from muster.ground.register.models import Body
from muster.web.forms import Form
from muster.web.said import beside, said

Choices = list[tuple[str, str]]
OWN = "own-"


def _day(label: Any, **more: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **more)


class MeetingForm(Form):
    """When, where, who chairs; which suggested items stand on the agenda; the kind's own fields."""

    organisation = forms.ChoiceField(label=_("召开单位"))
    on = _day(_("会议日期"))
    starts = forms.TimeField(label=_("开始时间"), required=False,
                             widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))  # fmt: skip
    place = forms.CharField(label=_("地点"), max_length=120, required=False)
    body = forms.ChoiceField(
        label=_("领导机构"), required=False,
        help_text=_("选了领导机构，应到名单按会议当天的席位带出。"),
    )  # fmt: skip
    chair = forms.CharField(label=_("主持人"), max_length=60, required=False)
    chair_post = forms.CharField(label=_("主持人职务"), max_length=120, required=False)
    recorder = forms.CharField(label=_("记录人"), max_length=60, required=False)
    title = forms.CharField(
        label=_("会议名称"), max_length=200, required=False,
        help_text=_("不填就用会议类别的名称。"),
    )  # fmt: skip

    def __init__(self, *args: Any, kind: MeetingKind, organisations: Choices, bodies: Choices,
                 fresh: bool = True, **kwargs: Any) -> None:  # fmt: skip
        """Offer the organisers and bodies of the place, and what this kind usually discusses."""
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["organisation"].choices = organisations  # type: ignore[attr-defined]
        self.fields["body"].choices = [("", _("（没有）")), *bodies]  # type: ignore[attr-defined]
        if kind.chair:
            self.fields["chair"].help_text = _("应由%(who)s主持。") % {
                "who": said(kind.chair.words)
            }
        for one in kind.fields:
            label = beside(said(one.name), said(one.unit)) if one.unit else one.name
            self.fields[OWN + one.key] = (
                forms.DecimalField(label=label, required=False, min_value=0, max_digits=12,
                                   decimal_places=2)
                if one.number
                else forms.CharField(label=label, required=False, max_length=1000,
                                     widget=forms.Textarea)
            )  # fmt: skip
        if fresh and kind.agenda_suggested:
            self.fields["items"] = forms.MultipleChoiceField(
                label=_("常用议题"), required=False, widget=forms.CheckboxSelectMultiple,
                choices=[(title, title) for title in kind.agenda_suggested],
            )  # fmt: skip

    def draft(self, body: Body | None) -> MeetingDraft:
        """Return what the valid form says."""
        v = self.cleaned_data
        own = {f.key: _text(v.get(OWN + f.key)) for f in self.kind.fields}
        return MeetingDraft(
            on=v["on"], title=v["title"], body=body, starts=v["starts"], place=v["place"],
            chair=v["chair"], chair_post=v["chair_post"], recorder=v["recorder"], details=own,
            items=tuple(v.get("items", ())),
        )  # fmt: skip


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


class ItemForm(Form):
    """One more item of the agenda."""

    title = forms.CharField(label=_("议题"), max_length=200)
    presenter = forms.CharField(label=_("汇报人"), max_length=60, required=False)
    problem = forms.CharField(label=_("对应的问题"), max_length=300, required=False)


class NoteForm(Form):
    """What was said of an item."""

    note = forms.CharField(
        label=_("讨论情况"), max_length=5000, required=False, widget=forms.Textarea
    )
    presenter = forms.CharField(label=_("汇报人"), max_length=60, required=False)
    problem = forms.CharField(label=_("对应的问题"), max_length=300, required=False)


class OpinionForm(Form):
    """What one side said of an item before it was decided."""

    side = forms.ChoiceField(label=_("方面"), choices=SIDE_NAMES)
    given_by = forms.CharField(label=_("提出单位"), max_length=120)
    words = forms.CharField(label=_("意见"), max_length=500)


class TreatmentForm(Form):
    """How an opinion was treated, and why it was not taken."""

    treatment = forms.ChoiceField(label=_("处理"), choices=TREATMENTS)
    note = forms.CharField(label=_("处理说明"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse to leave an opinion aside without a word."""
        values = super().clean() or {}
        if values.get("treatment") in ("partly", "not_taken") and not values.get("note"):
            self.add_error("note", _("没有全部采纳的，请写明理由。"))
        return values


class AttendeeForm(Form):
    """One more name on the list."""

    name = forms.CharField(label=_("姓名"), max_length=60)
    post = forms.CharField(label=_("单位和职务"), max_length=120, required=False)
    side = forms.ChoiceField(label=_("方面"), choices=SIDE_NAMES)
    part = forms.ChoiceField(label=_("参会方式"))

    def __init__(self, *args: Any, parts: Choices, **kwargs: Any) -> None:
        """Offer the ways to take part that the kind knows."""
        super().__init__(*args, **kwargs)
        self.fields["part"].choices = parts  # type: ignore[attr-defined]


class MinutesForm(Form):
    """The record of a meeting as words, a file, or both."""

    text = forms.CharField(
        label=_("会议内容"), required=False, max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("一行一段。议题和决议不用再抄，纪要会自动带上。"),
    )  # fmt: skip
    recorder = forms.CharField(label=_("记录人"), max_length=60, required=False)
    file = forms.FileField(
        label=_("记录文件"), required=False,
        help_text=_("已有手写记录或盖章纪要的，拍照或扫描后附在这里，最大 20 MB。"),
    )  # fmt: skip
    drop_file = forms.BooleanField(label=_("去掉原来的文件"), required=False)


class ResolutionForm(Form):
    """One thing decided, who does it, by when."""

    words = forms.CharField(label=_("决议"), max_length=300)
    owner = forms.ChoiceField(label=_("责任单位"), required=False)
    due = _day(_("时限"), required=False)
    item = forms.ChoiceField(label=_("议题"), required=False)

    def __init__(self, *args: Any, owners: Choices, items: Choices = (), **kwargs: Any) -> None:  # type: ignore[assignment]
        """Offer the organisations of the scope and the items of the meeting."""
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", _("（以后再定）")), *owners]  # type: ignore[attr-defined]
        self.fields["item"].choices = [("", _("（不对应议题）")), *items]  # type: ignore[attr-defined]


class OwnerForm(ResolutionForm):
    """Who does a resolution, by when."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Leave the words as they were decided."""
        super().__init__(*args, **kwargs)
        del self.fields["words"], self.fields["item"]


class LineForm(Form):
    """One line: the feedback on a resolution, or its effect."""

    line = forms.CharField(max_length=500)


def marks_of(data: QueryDict, keys: Iterable[UUID]) -> Mapping[UUID, Mark]:
    """Return what the attendance page notes of each line; a line that was not sent is left out.

    The button 其余都到会 makes everybody present whom nothing else was noted of.
    """
    known = {code for code, _label in PRESENCES}
    found = {}
    for key in keys:
        presence = data.get(f"presence-{key}", "")
        if (
            presence == "expected"
            and data.get("rest") == "present"
            and not data.get(f"stand-{key}")
        ):
            presence = "present"
        side, part = data.get(f"side-{key}", ""), data.get(f"part-{key}", "")
        if presence in known and side in SIDES and part in PARTS:
            found[key] = Mark(presence, side, part, data.get(f"stand-{key}", ""),
                              data.get(f"name-{key}"))  # fmt: skip
    return found
