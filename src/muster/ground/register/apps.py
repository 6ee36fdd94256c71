"""App of the register."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """Divisions, organisations, bodies, people."""

    name = "muster.ground.register"
    label = "register"
