"""App of figures."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """Stored figures: what an indicator gave, when, and from which records."""

    name = "muster.engines.figures"
    label = "figures"
