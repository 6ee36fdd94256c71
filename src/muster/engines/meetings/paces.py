"""How often meetings are due: read from the duties, so that the number stands in one place only."""

from collections.abc import Callable, Iterable
from functools import lru_cache

from muster.core.calendar import Duty, from_entries
from muster.ground.rows import catalogue

# Who knows the duties in force; the roof fills it. The last one is asked.
SOURCES: list[Callable[[], Iterable[Duty]]] = []


def duties() -> list[Duty]:
    """Return the duties in force that meetings fulfil."""
    known = SOURCES[-1]() if SOURCES else shipped()
    return [duty for duty in known if "meeting" in duty.kinds]


def shipped() -> Iterable[Duty]:
    """Return the duties of the catalogue as it is shipped."""
    return _read(str(catalogue.folder())).values()


@lru_cache(maxsize=8)
def _read(_folder: str) -> dict[str, Duty]:
    return from_entries((name, catalogue.load(name)) for name in catalogue.names("duties"))
