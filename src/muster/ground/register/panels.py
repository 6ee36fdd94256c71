"""Panels of a person's and an organisation's page: each app shows what it knows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID


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

# Asked before a person registered by mistake is withdrawn: key of the person → why not, or "".
HOLDS: list[Callable[[UUID], str]] = []
