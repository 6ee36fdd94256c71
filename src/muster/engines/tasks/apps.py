"""App of tasks."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    """Things someone must do by a date."""

    name = "muster.engines.tasks"
    label = "tasks"
