"""Search keys by sound: every reading of a surname, v and u for ü."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from muster.core.identity.surnames import GIVEN, POLYPHONIC
from muster.core.identity.text import fold

_COMPOUND = frozenset(surname for surname in POLYPHONIC if len(surname) > 1)
_MOST = 12  # readings kept per name: four polyphonic characters in a row would give dozens


@dataclass(frozen=True, slots=True)
class PinyinKeys:
    """All readings of a name: ``full`` (shanxiongxin, danxiongxin) and ``initials`` (sxx, dxx)."""

    full: tuple[str, ...]
    initials: tuple[str, ...]


def pinyin_keys(name: str) -> PinyinKeys:
    """Return the readings of a name without tones; Latin letters stand for themselves."""
    name = fold(name)
    surname = _surname(name)
    parts = [_surname_readings(surname)] if surname else []
    parts += [GIVEN.get(char) or (_reading(char),) for char in name[len(surname) :]]
    full: dict[str, None] = {}
    initials: dict[str, None] = {}
    for count, reading in enumerate(product(*parts)):
        if count == _MOST:
            break
        full["".join(reading)] = None
        initials[_initials(surname, reading)] = None
    return PinyinKeys(tuple(filter(None, full)), tuple(filter(None, initials)))


def search_key(name: str) -> str:
    """Return ``name|full…|initials…`` in lower case, for a LIKE search by any part."""
    keys = pinyin_keys(name)
    return "|".join((fold(name).lower(), *keys.full, *keys.initials))


def _surname(name: str) -> str:
    for length in (3, 2):
        if len(name) > length and name[:length] in _COMPOUND:
            return name[:length]
    return name[:1]


def _surname_readings(surname: str) -> tuple[str, ...]:
    return POLYPHONIC.get(surname) or (_reading(surname),)


def _initials(surname: str, reading: tuple[str, ...]) -> str:
    """Return first letters; a compound surname counts one letter per character."""
    if len(surname) < 2:
        return "".join(part[:1] for part in reading)
    head = "".join(_reading(char)[:1] for char in surname[1:])
    return reading[0][:1] + head + "".join(part[:1] for part in reading[1:])


@lru_cache(maxsize=16_384)
def _reading(char: str) -> str:
    """Return the commonest reading of one character; v for ü; letters and digits themselves."""
    # Loaded on first use: its dictionaries take 0.4 s and 30 MB that a file check does not need.
    from pypinyin import Style, lazy_pinyin

    if char.isascii():
        return char.lower() if char.isalnum() else ""
    found: list[str] = lazy_pinyin(char, style=Style.NORMAL, errors="ignore")
    return "".join(found)
