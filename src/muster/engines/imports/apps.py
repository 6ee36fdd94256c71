"""App of imports."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Files in: checked, repaired, applied by whole rows, undone."""

    name = "muster.engines.imports"
    label = "imports"
