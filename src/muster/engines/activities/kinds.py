"""The activity catalogue as it is loaded, and its words in the reader's language."""

from functools import lru_cache

from django.utils.translation import get_language

from muster.core.activities import Audience, Catalogue, Choice, Kind, from_files
from muster.engines.activities.problems import KindUnknown
from muster.ground.rows import catalogue as files

FOLDER = "activities"


def catalogue() -> Catalogue:
    """Return the whole catalogue; a file added to its folder needs no other change."""
    return _read(str(files.folder()), tuple(files.names(FOLDER)))


@lru_cache(maxsize=8)
def _read(_folder: str, names: tuple[str, ...]) -> Catalogue:
    return from_files((name, files.load(name)) for name in names)


def kind_of(code: str) -> Kind:
    """Return a kind; refuse one that the catalogue does not have."""
    found = catalogue().kinds.get(code)
    if found is None:
        raise KindUnknown(kind=code[:40])
    return found


def said(entry: Kind | Choice | Audience | None, otherwise: str = "") -> str:
    """Return the name of an entry in the reader's language."""
    if entry is None:
        return otherwise
    english = (get_language() or "").startswith("en")
    return entry.en if english and entry.en else entry.zh


def kind_name(code: str) -> str:
    """Return the name of a kind, or its code where the catalogue no longer has it."""
    return said(catalogue().kind(code))


def audience_name(code: str) -> str:
    """Return the name of an audience class, or its code."""
    return said(catalogue().audiences.get(code), code)


def choice_name(choices: tuple[Choice, ...], code: str) -> str:
    """Return the words of a code of a list, or the code itself."""
    return said(next((c for c in choices if c.code == code), None), code)
