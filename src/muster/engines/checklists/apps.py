"""App of checklists."""

from django.apps import AppConfig


class ChecklistsConfig(AppConfig):
    """Required items and their evidence."""

    name = "muster.engines.checklists"
    label = "checklists"
