"""Cipher suites behind one interface; the key decides, never the input."""

import hashlib
import hmac
import os
from collections.abc import Callable
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE = 12


class Suite(Protocol):
    """What a suite can do. A second suite (SM4-GCM, SM3) fits the same shape."""

    number: int

    def seal(self, key: bytes, plain: bytes, bound_to: bytes) -> bytes:
        """Return nonce + ciphertext + tag."""
        ...

    def open(self, key: bytes, sealed: bytes, bound_to: bytes) -> bytes:
        """Return the plain bytes or raise ValueError."""
        ...

    def mac(self, key: bytes, data: bytes) -> bytes:
        """Return a keyed hash."""
        ...

    def macs(self, key: bytes) -> Callable[[bytes], bytes]:
        """Return ``mac`` for many data under one key, which is prepared once."""
        ...

    def digest(self, data: bytes) -> bytes:
        """Return an unkeyed hash."""
        ...

    def sign(self, key: bytes, data: bytes) -> bytes:
        """Return a signature by the private key derived from ``key``."""
        ...

    def public(self, key: bytes) -> bytes:
        """Return the public key that verifies what ``key`` signs."""
        ...

    def verify(self, public: bytes, signature: bytes, data: bytes) -> bool:
        """Return whether the signature is right."""
        ...


class International:
    """Suite 1: AES-256-GCM, HMAC-SHA-256, SHA-256, Ed25519."""

    number = 1

    def __init__(self) -> None:
        """Keep one cipher object per key: making it costs more than using it."""
        self._ciphers: dict[bytes, AESGCM] = {}

    def _cipher(self, key: bytes) -> AESGCM:
        cipher = self._ciphers.get(key)
        if cipher is None:
            cipher = self._ciphers[key] = AESGCM(key)
        return cipher

    def seal(self, key: bytes, plain: bytes, bound_to: bytes) -> bytes:
        """Return nonce + ciphertext + tag."""
        nonce = os.urandom(NONCE)
        return nonce + self._cipher(key).encrypt(nonce, plain, bound_to)

    def open(self, key: bytes, sealed: bytes, bound_to: bytes) -> bytes:
        """Return the plain bytes; raise ValueError when changed or bound elsewhere."""
        try:
            return self._cipher(key).decrypt(sealed[:NONCE], sealed[NONCE:], bound_to)
        except InvalidTag as error:
            raise ValueError("sealed value does not open") from error

    def mac(self, key: bytes, data: bytes) -> bytes:
        """Return HMAC-SHA-256."""
        return hmac.digest(key, data, "sha256")

    def macs(self, key: bytes) -> Callable[[bytes], bytes]:
        """Return HMAC-SHA-256 under a key whose blocks are hashed once."""
        base = hmac.new(key, digestmod="sha256")

        def mac_one(data: bytes) -> bytes:
            one = base.copy()
            one.update(data)
            return one.digest()

        return mac_one

    def digest(self, data: bytes) -> bytes:
        """Return SHA-256."""
        return hashlib.sha256(data).digest()

    def sign(self, key: bytes, data: bytes) -> bytes:
        """Return an Ed25519 signature."""
        return Ed25519PrivateKey.from_private_bytes(key).sign(data)

    def public(self, key: bytes) -> bytes:
        """Return the Ed25519 public key."""
        return Ed25519PrivateKey.from_private_bytes(key).public_key().public_bytes_raw()

    def verify(self, public: bytes, signature: bytes, data: bytes) -> bool:
        """Return whether an Ed25519 signature is right."""
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(signature, data)
        except Exception:
            return False
        return True


SUITES: dict[int, Suite] = {1: International()}
