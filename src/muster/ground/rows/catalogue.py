"""The catalogues: YAML files that name roles, rules, duties, document kinds and layouts."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

PACKAGE = Path(__file__).resolve().parents[2]


def folder() -> Path:
    """Return the catalogue's folder: the one set, else the wheel's, else the checkout's."""
    if settings.MUSTER_CATALOGUE:
        return Path(settings.MUSTER_CATALOGUE)
    inside = PACKAGE / "catalogue"
    return inside if inside.is_dir() else PACKAGE.parents[1] / "catalogue"


def path_of(relative: str) -> Path:
    """Return the path of a catalogue file; ValueError where the catalogue has none of that name."""
    path = folder() / relative
    if not path.is_file():
        raise ValueError(f"the catalogue has no {relative} (looked in {folder()})")
    return path


def names(under: str, suffix: str = ".yaml") -> list[str]:
    """Return the relative names of the files in a folder of the catalogue, sorted."""
    place = folder() / under
    return sorted(f"{under}/{p.name}" for p in place.glob(f"*{suffix}")) if place.is_dir() else []


def load(relative: str) -> Any:
    """Return what a catalogue file says; read once per file. Do not change what you are given."""
    return _load(str(path_of(relative)))


@lru_cache(maxsize=256)
def _load(path: str) -> Any:
    return yaml.safe_load(Path(path).read_text(encoding="utf-8"))


ENGLISH = "words/en.yaml"
"""English of the words that stand as plain Chinese in other entries."""


def english() -> Mapping[str, str]:
    """Return Chinese to English of the catalogue's words: of words/en.yaml and of each {zh, en}."""
    return _english(str(folder()))


@lru_cache(maxsize=4)
def _english(place: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for path in sorted(Path(place).rglob("*.yaml")):
        for chinese, words in _pairs(_load(str(path))):
            found.setdefault(chinese, words)
    own = Path(place) / ENGLISH
    if own.is_file():
        found.update(_load(str(own))["words"])
    return found


def _pairs(node: Any) -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        if isinstance(node.get("zh"), str) and isinstance(node.get("en"), str):
            yield node["zh"], node["en"]
        for below in node.values():
            yield from _pairs(below)
    elif isinstance(node, list):
        for below in node:
            yield from _pairs(below)
