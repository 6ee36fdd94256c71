"""App of reports."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Documents filled from indicators: drafted, issued, verified."""

    name = "muster.overview.reports"
    label = "reports"
