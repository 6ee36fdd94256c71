"""The roof as an app: fills the tables of the engines once all apps are loaded."""

from django.apps import AppConfig


class MusterConfig(AppConfig):
    """Runs the composition root."""

    name = "muster.config"
    label = "muster"

    def ready(self) -> None:
        """Fill every engine's table from what the apps offer."""
        from muster.config.registry import fill

        fill()
