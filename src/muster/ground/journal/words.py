"""The journal in words a person reads: subjects, acts and results from the catalogue."""

from collections.abc import Mapping

from django.utils.translation import get_language

from muster.ground.rows import catalogue

FILE = "journal.yaml"


def _in_words(label: Mapping[str, str]) -> str:
    return label["en"] if (get_language() or "").startswith("en") else label["zh"]


def action_words(action: str) -> str:
    """Return what was done in words; the code itself where the catalogue has none."""
    label = catalogue.load(FILE)["actions"].get(action)
    return _in_words(label) if label else action


def result_words(result: str) -> str:
    """Return how it ended in words."""
    label = catalogue.load(FILE)["results"].get(result)
    return _in_words(label) if label else result


def areas_of_actions() -> list[tuple[str, str]]:
    """Return (subject, words) of everything the journal is about, for a filter."""
    return [(key, _in_words(label)) for key, label in catalogue.load(FILE)["subjects"].items()]
