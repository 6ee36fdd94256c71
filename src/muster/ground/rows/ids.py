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
