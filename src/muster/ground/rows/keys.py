"""The key ring: a file outside database and backups; one key, one purpose."""

import base64
import json
import os
import secrets
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from muster.ground.rows.problems import KeysMissing

PURPOSES = ("field", "index", "journal", "anchor", "bundle")


@dataclass(frozen=True, slots=True)
class Key:
    """One key of the ring. ``state`` is active, decrypt-only or destroyed."""

    number: int
    purpose: str
    suite: int
    state: str
    material: bytes


def create_key_file(path: Path) -> None:
    """Write a fresh key file (mode 0400), never over an existing one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    keys = [
        {"number": n, "purpose": purpose, "suite": 1, "state": "active",
         "material": base64.b64encode(secrets.token_bytes(32)).decode()}
        for n, purpose in enumerate(PURPOSES, start=1)
    ]  # fmt: skip
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        json.dump({"format": "muster-keys/1", "office": secrets.token_hex(8), "keys": keys}, file)


class Ring:
    """The keys of this office."""

    def __init__(self, path: Path) -> None:
        """Read the file; refuse with KeysMissing where it cannot be read."""
        try:
            data = json.loads(path.read_text(encoding="ascii"))
            self.office: str = data["office"]
            self.keys = [_key(entry) for entry in data["keys"]]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise KeysMissing(path=str(path)) from error
        active = {key.purpose for key in self.keys if key.state == "active"}
        if active != set(PURPOSES):
            raise KeysMissing(path=str(path))

    def active(self, purpose: str) -> Key:
        """Return the one active key of a purpose."""
        return next(k for k in self.keys if k.purpose == purpose and k.state == "active")

    def by_number(self, number: int) -> Key | None:
        """Return the key that sealed something earlier; None where the ring has it no more."""
        alive = (k for k in self.keys if k.number == number and k.state != "destroyed")
        return next(alive, None)


def _key(entry: dict[str, Any]) -> Key:
    material = base64.b64decode(entry["material"], validate=True)
    return Key(entry["number"], entry["purpose"], entry["suite"], entry["state"], material)


@lru_cache(maxsize=4)
def _ring_at(path: str) -> Ring:
    return Ring(Path(path))


def ring() -> Ring:
    """Return the key ring of this office, read once."""
    return _ring_at(str(settings.MUSTER_KEYS_FILE))
