"""Sealing of identity numbers and phones: bound to table, column and row."""

from collections.abc import Callable
from functools import lru_cache
from uuid import UUID

from muster.ground.rows.keys import Key, ring
from muster.ground.rows.problems import SealBroken
from muster.ground.rows.suites import SUITES

VERSION = 1


@lru_cache(maxsize=16)
def _active(purpose: str, office: str) -> Key:
    return ring().active(purpose)


def _bound_to(place: str, row: UUID, number: int) -> bytes:
    return b"%s|%s|%d" % (place.encode(), row.bytes, number)


def seal(text: str, *, place: str, row: UUID) -> bytes:
    """Return the sealed text; ``place`` is "table.column". Layout: version, suite, key id, body."""
    if not text:
        return b""
    key = _active("field", ring().office)
    head = bytes([VERSION, key.suite]) + key.number.to_bytes(2, "big")
    body = SUITES[key.suite].seal(key.material, text.encode(), _bound_to(place, row, key.number))
    return head + body


def sealer(place: str) -> Callable[[str, UUID], bytes]:
    """Return ``seal`` for many rows of one place: the key is looked up once."""
    key = _active("field", ring().office)
    head = bytes([VERSION, key.suite]) + key.number.to_bytes(2, "big")
    before, after = place.encode() + b"|", b"|%d" % key.number
    shut = SUITES[key.suite].seal

    def seal_one(text: str, row: UUID) -> bytes:
        bound_to = before + row.bytes + after
        return head + shut(key.material, text.encode(), bound_to) if text else b""

    return seal_one


def unseal(sealed: bytes | memoryview, *, place: str, row: UUID) -> str:
    """Return the text; refuse with SealBroken where it was changed or moved to another row."""
    blob = bytes(sealed)
    if not blob:
        return ""
    key = ring().by_number(int.from_bytes(blob[2:4], "big"))
    # The key decides which suite opens, never the input; what the head says must fit it.
    if key is None or blob[:2] != bytes([VERSION, key.suite]):
        raise SealBroken(table=place)
    try:
        plain = SUITES[key.suite].open(key.material, blob[4:], _bound_to(place, row, key.number))
    except ValueError as error:
        raise SealBroken(table=place) from error
    return plain.decode()


def blind_index(text: str, *, purpose: str) -> str:
    """Return the keyed hash by which equal values are found (hex, 40 digits); "" for nothing."""
    if not text:
        return ""
    key = _active("index", ring().office)
    return SUITES[key.suite].mac(key.material, f"{purpose}|{text}".encode()).hex()[:40]


def indexer(purpose: str) -> Callable[[str], str]:
    """Return ``blind_index`` for many values of one purpose: the key is prepared once."""
    key = _active("index", ring().office)
    mac = SUITES[key.suite].macs(key.material)
    before = f"{purpose}|"

    def index_one(text: str) -> str:
        return mac((before + text).encode()).hex()[:40] if text else ""

    return index_one


def keyed_hash(text: str) -> str:
    """Return the hash of a value for the journal, which never holds the value itself."""
    key = _active("journal", ring().office)
    return SUITES[key.suite].mac(key.material, b"value|" + text.encode()).hex()[:32]
