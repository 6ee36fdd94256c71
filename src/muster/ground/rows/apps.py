"""App of the rows every table stands on."""

from django.apps import AppConfig


class RowsConfig(AppConfig):
    """Installs row-level security after each migration run on PostgreSQL."""

    name = "muster.ground.rows"
    label = "rows"

    def ready(self) -> None:
        """Connect the installer of row-level security to the end of migrations."""
        from django.db.models.signals import post_migrate

        from muster.ground.rows.security import install_row_security

        post_migrate.connect(install_row_security, sender=self, dispatch_uid="muster.rows.security")
