"""A deadline that only says when a matter of a phase is due belongs to that matter."""

import re
from collections.abc import Iterable

SHORTEST = 6
_NOISE = re.compile(r"[\s,，.。、;；:：!！?？“”\"'()（）《》\[\]【】]+")


def key_of(words: str) -> str:
    """Return words without blanks and marks, to compare what two places of a plan say."""
    return _NOISE.sub("", words)


def matter_of(name: str, raw: str, matters: Iterable[str]) -> str:
    """Return the matter that a deadline's words stand in, the shortest such; "" where none does."""
    said, named = key_of(raw), key_of(name)
    found = [m for m in matters if _told_in(key_of(m), said, named)]
    return min(found, key=len, default="")


def _told_in(matter: str, said: str, named: str) -> bool:
    if len(said) >= SHORTEST and (said in matter or (len(matter) >= SHORTEST and matter in said)):
        return True
    return len(named) >= SHORTEST and named in matter
