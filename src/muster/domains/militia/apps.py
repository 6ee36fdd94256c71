"""App of the militia."""

from django.apps import AppConfig


class MilitiaConfig(AppConfig):
    """Units, posts, transfers, formation, roll call, absence."""

    name = "muster.domains.militia"
    label = "militia"
