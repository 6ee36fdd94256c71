"""App of the journal."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """Makes the journal append-only in the database itself."""

    name = "muster.ground.journal"
    label = "journal"

    def ready(self) -> None:
        """Connect the guards to the end of migrations."""
        from django.db.models.signals import post_migrate

        from muster.ground.journal.guards import install_guards

        post_migrate.connect(install_guards, sender=self, dispatch_uid="muster.journal.guards")
