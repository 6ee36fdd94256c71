"""App of meetings."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Meetings, their papers and what they decided."""

    name = "muster.engines.meetings"
    label = "meetings"
