"""App of campaigns."""

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    """Plans read and confirmed into campaigns with phases."""

    name = "muster.engines.campaigns"
    label = "campaigns"
