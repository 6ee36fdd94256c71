"""App of the rulebook."""

from django.apps import AppConfig


class RulebookConfig(AppConfig):
    """Dated, cited rules."""

    name = "muster.ground.rulebook"
    label = "rulebook"
