"""The one business date. Journal and lockout run on real time instead."""

from datetime import date

from django.conf import settings
from django.utils import timezone


def today() -> date:
    """Return the office's business date: the demo date where one is set, else the local day."""
    fixed = settings.MUSTER_TODAY
    return date.fromisoformat(fixed) if fixed else timezone.localdate()
