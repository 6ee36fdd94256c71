"""Tags and filters of every page: icons, money, dates, masks, form controls."""

from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, FileInput, RadioSelect, Select
from django.forms.widgets import CheckboxSelectMultiple, ChoiceWidget, Textarea
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import is_aware, localtime
from django.utils.translation import get_language

from muster.core.kernel import Problem
from muster.web import said as words
from muster.web.tables import Table
from muster.web.wording import sentence

register = template.Library()
register.filter("said", words.said)

WEEKDAYS = "一二三四五六日"


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """Return a decorative icon from the sprite; the word beside it carries the meaning."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        css, static("icons.svg"), name,
    )  # fmt: skip


@register.filter
def refused(problem: Problem) -> str:
    """Return the sentence of a refusal in the reader's language."""
    return sentence(problem)


@register.filter
def fen_yuan(amount_fen: int | None) -> str:
    """Return whole fen as yuan with two decimals and thousands marks: 1234567 gives 12,345.67."""
    if amount_fen is None:
        return ""
    sign = "-" if amount_fen < 0 else ""
    yuan, fen = divmod(abs(int(amount_fen)), 100)
    return f"{sign}{yuan:,}.{fen:02d}"


@register.filter
def day(value: date | None, style: str = "") -> str:
    """Return a date as people here write it; ``"weekday"`` adds the weekday, ``"short"`` drops the year."""
    if value is None or value == "":
        return ""
    if isinstance(value, datetime):
        value = (localtime(value) if is_aware(value) else value).date()
    if (get_language() or "").startswith("en"):
        text = f"{value.day} {value:%b}" if style == "short" else f"{value.day} {value:%b %Y}"
        return f"{value:%a} {text}" if style == "weekday" else text
    text = f"{value.month}月{value.day}日"
    if style != "short":
        text = f"{value.year}年{text}"
    return f"{text} 星期{WEEKDAYS[value.weekday()]}" if style == "weekday" else text


@register.filter
def moment(value: datetime | None) -> str:
    """Return a date with hours and minutes in local time."""
    if not value:
        return ""
    local = localtime(value) if is_aware(value) else value
    return f"{day(local)} {local:%H:%M}"


@register.filter
def mask(value: str | None, kind: str = "") -> str:
    """Return the value with its middle hidden; ``kind`` is identity, phone, bank or name."""
    text = str(value or "")
    if not text:
        return ""
    if kind == "name":
        return text[0] + "*" * max(1, len(text) - 1)
    head, tail = {"identity": (6, 4), "phone": (3, 4), "bank": (4, 4)}.get(kind, (1, 1))
    if len(text) <= head + tail:
        return "*" * len(text)
    return f"{text[:head]}{'*' * (len(text) - head - tail)}{text[-tail:]}"


@register.filter
def tone_of(tone: str) -> str:
    """Return a known tone, so that a typing error shows as grey and not as nothing."""
    return tone if tone in {"blue", "green", "amber", "red", "grey"} else "grey"


@register.simple_tag
def control(field: BoundField, **attrs: Any) -> SafeString:
    """Return the input of a form field with the classes of its kind."""
    widget = field.field.widget
    names = {k.replace("_", "-"): v for k, v in attrs.items()}
    css = _control_class(widget)
    if field.errors:
        css += " is-invalid"
    given = widget.attrs.get("class", "")
    names["class"] = f"{css} {given}".strip()
    if isinstance(widget, ChoiceWidget):
        # Labels of choices stand in the models as they are written in Chinese.
        widget.choices = [(key, words.said(label)) for key, label in widget.choices]
    if isinstance(widget, Textarea):
        names.setdefault("rows", 3)
    return field.as_widget(attrs=names)


@register.filter
def is_choices(field: BoundField) -> bool:
    """Return whether the field is a group of ticks or radio buttons (drawn as a fieldset)."""
    return isinstance(field.field.widget, RadioSelect | CheckboxSelectMultiple)


@register.filter
def is_tick(field: BoundField) -> bool:
    """Return whether the field is one tick box, whose label stands beside it."""
    return type(field.field.widget) is CheckboxInput


@register.filter
def percent(part: float, whole: float) -> int:
    """Return part of whole in whole per cent, 0 when there is nothing to divide by."""
    return round(100 * part / whole) if whole else 0


@register.filter
def other_language(code: str) -> str:
    """Return the language the switch leads to."""
    return "zh-hans" if (code or "").startswith("en") else "en"


@register.simple_tag(takes_context=True)
def with_query(context: template.Context, **changes: Any) -> str:
    """Return the current query string with some values changed; None removes one."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        if value is None:
            query.pop(key, None)
        else:
            query[key] = str(value)
    return f"?{query.urlencode()}"


class AsideNode(template.Node):
    """The column beside the content, left out where a page puts nothing into it."""

    def __init__(self, nodelist: template.NodeList) -> None:
        """Keep what stands between the tags."""
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        """Return the column, or nothing."""
        inner = self.nodelist.render(context)
        return format_html('<aside class="m-aside">{}</aside>', inner) if inner.strip() else inner


@register.tag
def aside(parser: Any, token: Any) -> AsideNode:
    """Draw the column beside the content where there is something in it."""
    nodelist = parser.parse(("endaside",))
    parser.delete_first_token()
    return AsideNode(nodelist)


@register.inclusion_tag("web/table.html", takes_context=True)
def table(context: template.Context, table: Table) -> dict[str, Any]:
    """Draw a table with its filters, bulk bar and pager."""
    return {
        "table": table,
        "request": context.get("request"),
        "csrf_token": context.get("csrf_token"),
    }


def _control_class(widget: Any) -> str:
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return ""
    if isinstance(widget, CheckboxInput):
        return "form-check-input"
    if isinstance(widget, Select):
        return "form-select"
    return "form-control form-file" if isinstance(widget, FileInput) else "form-control"
