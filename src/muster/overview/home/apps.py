"""App of the first screen."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """The current week, search, jobs, help."""

    name = "muster.overview.home"
    label = "home"
