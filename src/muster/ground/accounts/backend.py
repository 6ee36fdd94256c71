"""How passwords are checked and kept."""

from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.http import HttpRequest

from muster.ground.accounts.models import Account


class OfficeArgon2Hasher(Argon2PasswordHasher):
    """Argon2id sized for office PCs with 4 GB: 64 MiB, three passes, one lane."""

    memory_cost = 65536
    time_cost = 3
    parallelism = 1


class AccountBackend:
    """Checks a login name and password; accounts that are not active are refused alike."""

    def authenticate(self, request: HttpRequest | None, username: str = "", password: str = "",
                     **_: Any) -> Account | None:  # fmt: skip
        """Return the account, or None after equal work whether the login exists or not."""
        try:
            account = Account.objects.get_by_natural_key(username)
        except Account.DoesNotExist:
            Account().set_password(password)
            return None
        return account if account.check_password(password) and account.is_active else None

    def get_user(self, key: UUID) -> Account | None:
        """Return the active account of a session."""
        account = Account.objects.filter(pk=key).first()
        return account if account and account.is_active else None
