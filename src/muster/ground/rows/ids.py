"""Keys minted locally: UUID version 7, so rows made offline sort by time and never collide."""

import os
import time
from uuid import UUID


def uuid7() -> UUID:
    """Return a fresh version 7 UUID (RFC 9562): 48 bits of milliseconds, the rest random."""
    milliseconds = time.time_ns() // 1_000_000
    tail = bytearray(os.urandom(10))
    tail[0] = 0x70 | tail[0] & 0x0F
    tail[2] = 0x80 | tail[2] & 0x3F
    return UUID(bytes=milliseconds.to_bytes(6, "big") + bytes(tail))


def uuid7s(count: int) -> list[UUID]:
    """Return fresh version 7 UUIDs in order: one call for random bits serves a whole batch."""
    head = (time.time_ns() // 1_000_000) << 80 | 0x7 << 76 | 0x2 << 62
    bits = os.urandom(10 * count)
    parts = (int.from_bytes(bits[at : at + 10], "big") & _LOOSE for at in range(0, 10 * count, 10))
    return [UUID(int=head | part) for part in sorted(parts)]


_LOOSE = (0xFFF << 64) | ((1 << 62) - 1)
"""The 74 random bits of a version 7 UUID, between version and variant."""
