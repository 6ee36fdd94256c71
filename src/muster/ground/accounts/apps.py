"""App of accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Logins, roles, sign-in."""

    name = "muster.ground.accounts"
    label = "accounts"
