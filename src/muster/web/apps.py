"""The Django app of the web floor."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Base pages and components; no models."""

    name = "muster.web"
    label = "web"
