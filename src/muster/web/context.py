"""What every page template finds in its context."""

from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language, gettext

from muster.web import nav
from muster.web.said import said
from muster.web.templatetags.muster import day


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the sidebar, the places, who acts, the office, the language, today, the demo banner."""
    actor = getattr(request, "actor", None)
    today = _today()
    return {
        "nav": nav.groups_for(actor, path=request.path, request=request),
        "places": nav.places(),
        "office_name": getattr(settings, "MUSTER_OFFICE", "")
        or getattr(actor, "division_name", ""),
        "actor_name": getattr(actor, "name", ""),
        "actor_post": said(getattr(actor, "post_label", "")),
        "actor_division": getattr(actor, "division_name", ""),
        "language": get_language() or settings.LANGUAGE_CODE,
        "today": today,
        "demo_banner": _demo_banner(today) if getattr(settings, "MUSTER_DEMO", False) else "",
    }


def _today() -> date:
    fixed = getattr(settings, "MUSTER_TODAY", "")
    return date.fromisoformat(fixed) if fixed else timezone.localdate()


def _demo_banner(today: date) -> str:
    words = gettext("演示数据：人和事都是编的，今天按 {day} 算。")
    return words.format(day=day(today))
