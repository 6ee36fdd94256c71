"""What every page template finds in its context."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from muster.web import nav


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the sidebar, the places, who acts, the office, the language and the demo banner."""
    actor = getattr(request, "actor", None)
    return {
        "nav": nav.groups_for(actor, path=request.path, request=request),
        "places": nav.places(),
        "office_name": getattr(settings, "MUSTER_OFFICE", "")
        or getattr(actor, "division_name", ""),
        "actor_name": getattr(actor, "name", ""),
        "actor_post": getattr(actor, "post_label", ""),
        "actor_division": getattr(actor, "division_name", ""),
        "language": get_language() or settings.LANGUAGE_CODE,
        "demo_banner": getattr(request, "demo_banner", ""),
    }
