"""Panels of a person's and an organisation's page: each app shows what it knows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel: shown to posts that see ``area``; ``context(thing)`` feeds ``template``."""

    code: str
    title: Any
    area: str
    template: str
    context: Callable[[Any], dict[str, Any]]


PANELS: list[Panel] = []
ORGANISATION_PANELS: list[Panel] = []
