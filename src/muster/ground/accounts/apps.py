"""App of accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Logins, roles, sign-in; keeps excluding posts apart in the database itself."""

    name = "muster.ground.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Connect the guards to the end of migrations."""
        from django.db.models.signals import post_migrate

        from muster.ground.accounts.guards import install_guards

        post_migrate.connect(install_guards, sender=self, dispatch_uid="muster.accounts.guards")
