"""App of activities."""

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    """Training, education, publicity, co-building and events."""

    name = "muster.engines.activities"
    label = "activities"
