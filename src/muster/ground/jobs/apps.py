"""App of jobs."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Long work."""

    name = "muster.ground.jobs"
    label = "jobs"
