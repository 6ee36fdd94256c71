"""App of indicators."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """Definitions evaluated over views of the tables; every figure opens its records."""

    name = "muster.overview.indicators"
    label = "indicators"

    def ready(self) -> None:
        """Keep the views in step with the tables: dropped before migrations, made after them."""
        from django.db.models.signals import post_migrate, pre_migrate

        from muster.overview.indicators.facts import drop_views, make_views

        pre_migrate.connect(drop_views, sender=self, dispatch_uid="muster.indicators.drop")
        post_migrate.connect(make_views, sender=self, dispatch_uid="muster.indicators.make")
