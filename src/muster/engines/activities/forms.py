"""The forms of an activity: a kind's fields only."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from muster.core.activities import Choice, Kind
from muster.engines.activities.kinds import catalogue, said
from muster.engines.activities.queries.activities import MODES, label_of
from muster.engines.activities.written import Amount, Count, Facts
from muster.web.forms import Form
from muster.web.said import beside
from muster.web.said import said as in_words

AUTHORITY = ("mode", "applicant", "approver", "approved_at", "approval_number")
ASSEMBLY = ("notified_at", "assembled_at", "expected")
ALWAYS = ("title", "organiser", "on", "ends_on", "result")
MOST_FEN = 10**12


def _day(label: Any, *, required: bool = True) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget)


def _moment(label: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(
        label=label, required=False, widget=widget,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )  # fmt: skip


def _number(label: Any, *, help_text: Any = "") -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"inputmode": "numeric", "min": 0})
    return forms.IntegerField(
        label=label, required=False, min_value=0, max_value=1_000_000, widget=widget,
        help_text=help_text,
    )  # fmt: skip


def options(choices: Iterable[Choice]) -> list[tuple[str, str]]:
    """Return the choices of a code list, the empty one first."""
    return [("", gettext("（不填）")), *((c.code, said(c)) for c in choices)]


class ActivityForm(Form):
    """What is known of an activity; fields that its kind does not have are taken out."""

    title = forms.CharField(label=_("名称"), max_length=160)
    organiser = forms.ChoiceField(label=_("组织单位"))
    on = _day(_("日期"))
    ends_on = _day(_("结束日期"), required=False)
    level = forms.ChoiceField(label=_("组织层级"), required=False)
    subject = forms.ChoiceField(label=_("课目"), required=False)
    form = forms.ChoiceField(label=_("形式"), required=False)
    hours = forms.DecimalField(
        label=_("人均小时数"), required=False, min_value=Decimal("0.5"), max_value=9999, decimal_places=1,
        help_text=_("每人参加的小时数，用来算总工时。"),
    )  # fmt: skip
    place = forms.CharField(label=_("地点"), max_length=120, required=False)
    place_kind = forms.ChoiceField(label=_("场所类别"), required=False)
    lead = forms.CharField(label=_("负责人"), max_length=80, required=False)
    cost = forms.DecimalField(
        label=_("经费（元）"),
        required=False,
        min_value=0,
        max_value=MOST_FEN // 100,
        decimal_places=2,
    )
    mode = forms.ChoiceField(
        label=_("用兵方式"), required=False,
        help_text=_("用兵方式和批准的各项，登记为已举办以前都要填。"),
    )  # fmt: skip
    applicant = forms.CharField(label=_("申请单位"), max_length=80, required=False)
    approver = forms.CharField(
        label=_("批准单位"), max_length=80, required=False,
        help_text=_("乡镇可以集结民兵，不能自行动用；写有权批准的单位。"),
    )  # fmt: skip
    approved_at = _moment(_("批准时间"))
    approval_number = forms.CharField(label=_("批准文号"), max_length=60, required=False)
    notified_at = _moment(_("通知时间"))
    assembled_at = _moment(_("集结完毕时间"))
    expected = _number(_("应到人数"))
    result = forms.CharField(
        label=_("结果"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, kind: Kind, organisers: Sequence[tuple[str, str]],
                 **kwargs: Any) -> None:  # fmt: skip
        """Keep the fields of the kind and fill their lists."""
        super().__init__(*args, **kwargs)
        known = catalogue()
        shown = {*ALWAYS, *kind.fields}
        shown |= set(AUTHORITY) if "authority" in kind.fields else set()
        shown |= set(ASSEMBLY) if "assembly" in kind.fields else set()
        for name in [n for n in self.fields if n not in shown]:
            del self.fields[name]
        for name in [n for n in kind.labels if n in self.fields]:
            self.fields[name].label = label_of(kind, name)
        lists: dict[str, Any] = {
            "organiser": list(organisers), "level": options(known.levels.values()),
            "subject": options(kind.subjects), "form": options(kind.forms),
            "place_kind": options(known.places.values()), "mode": [("", gettext("（不填）")), *MODES],
        }  # fmt: skip
        for name, choices in lists.items():
            if name in self.fields:
                self.fields[name].choices = choices  # type: ignore[attr-defined]

    def facts(self) -> Facts:
        """Return what was typed, as actions take it."""
        values = dict(self.cleaned_data)
        values.pop("organiser")
        cost = values.pop("cost", None)
        values["cost_fen"] = None if cost is None else int(cost * 100)
        return Facts(**values)


class CountForm(Form):
    """How many of each class came, how much was put up, and nothing that the kind does not have.

    ``lines``: channel → how many lines it gets, one for each kind of place; at least one.
    """

    def __init__(self, *args: Any, kind: Kind, lines: Mapping[str, int], **kwargs: Any) -> None:
        """Make one pair of boxes for each class, and for each line of a channel."""
        super().__init__(*args, **kwargs)
        self.audiences = kind.audiences if kind.by_count else ()
        for audience in self.audiences:
            name = said(audience)
            self.fields[f"count-{audience.code}"] = _number(
                gettext("{name}（人）").format(name=name)
            )
            self.fields[f"first-{audience.code}"] = _number(gettext("其中今年首次参加"))
        self.lines = [(c, n) for c in kind.channels for n in range(max(1, lines.get(c.code, 0)))]
        places = options(catalogue().places.values())
        for channel, n in self.lines:
            label = beside(said(channel), in_words(channel.unit))
            self.fields[f"amount-{channel.code}-{n}"] = _number(label)
            self.fields[f"place-{channel.code}-{n}"] = forms.ChoiceField(
                label=gettext("场所"), required=False, choices=places
            )

    @property
    def count_rows(self) -> list[tuple[Any, Any]]:
        """Return the pairs of boxes of the classes."""
        return [(self[f"count-{a.code}"], self[f"first-{a.code}"]) for a in self.audiences]

    @property
    def amount_rows(self) -> list[tuple[Any, Any]]:
        """Return the pairs of boxes of the channels."""
        return [(self[f"amount-{c.code}-{n}"], self[f"place-{c.code}-{n}"]) for c, n in self.lines]

    def counts(self) -> dict[str, Count]:
        """Return the classes that were filled in."""
        values, found = self.cleaned_data, {}
        for code in (a.code for a in self.audiences):
            if values.get(f"count-{code}"):
                found[code] = Count(values[f"count-{code}"], values.get(f"first-{code}"))
        return found

    def amounts(self) -> list[Amount]:
        """Return the channels that were filled in."""
        values = self.cleaned_data
        keys = [(c.code, f"{c.code}-{n}") for c, n in self.lines]
        return [
            Amount(code, values[f"amount-{key}"], values.get(f"place-{key}", ""))
            for code, key in keys
            if values.get(f"amount-{key}")
        ]


class PhotoForm(Form):
    """One photo and its words."""

    photo = forms.FileField(
        label=_("照片"), help_text=_("可不传。存入前自动去掉拍摄地点、时间和设备信息。"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )  # fmt: skip
    caption = forms.CharField(label=_("说明"), max_length=120, required=False)


class FindForm(Form):
    """Somebody outside the rosters: found by name or number, within the scope."""

    words = forms.CharField(
        label=_("姓名、拼音首字母或身份证号后四位"), max_length=40, required=False
    )


class BasesForm(Form):
    """One number for each class of people, or each kind of a menu, in a year."""

    source = forms.CharField(label=_("数字来源"), max_length=120, required=False,
                             help_text=_("例如“2026年统计表”。"))  # fmt: skip

    def __init__(self, *args: Any, codes: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Make one box for each code."""
        super().__init__(*args, **kwargs)
        self.codes = [code for code, _label in codes]
        for code, label in codes:
            self.fields[f"base-{code}"] = _number(label)
        self.order_fields([f"base-{c}" for c in self.codes])

    def numbers(self) -> dict[str, int | None]:
        """Return code → number; None where the box was left empty."""
        return {c: self.cleaned_data.get(f"base-{c}") for c in self.codes}


def year_choices(today: date) -> list[tuple[str, str]]:
    """Return the years a list may be turned to, newest first."""
    return [
        (str(y), gettext("{y}年").format(y=y)) for y in range(today.year + 1, today.year - 5, -1)
    ]
