"""What stands in the sidebar and the top bar. The roof fills these tables; the web floor draws them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class NavItem:
    """One line of the sidebar; shown to who sees one of the areas or may do one of the acts.

    Without areas and acts everybody sees it.
    """

    label: str | Promise
    url_name: str
    icon: str
    group: str | Promise
    areas: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    count: Callable[[HttpRequest], int] | None = None


@dataclass(frozen=True, slots=True)
class NavLink:
    """A sidebar line ready to draw."""

    label: str | Promise
    url: str
    icon: str
    active: bool = False
    count: int = 0


@dataclass(frozen=True, slots=True)
class NavGroup:
    """A heading of the sidebar with its lines."""

    label: str | Promise
    items: tuple[NavLink, ...]


NAV: list[NavItem] = []
"""Filled by config/registry.py, in the order shown."""

PLACES: dict[str, str] = {}
"""URL names of the fixed places: home, search, help, jobs, account, sign_out. A missing one is hidden."""


def address(url_name: str) -> str:
    """Return the path of a named page, or "" when this installation does not have it."""
    try:
        return reverse(url_name) if url_name else ""
    except NoReverseMatch:
        return ""


def groups_for(actor: Any, *, path: str, request: HttpRequest) -> list[NavGroup]:
    """Return the sidebar of this actor, the item with the longest matching address marked active."""
    shown = [
        (item, url) for item in NAV if (url := address(item.url_name)) and _visible(item, actor)
    ]
    matching = [url for _, url in shown if path == url or (url != "/" and path.startswith(url))]
    active = max(matching, key=len, default="")
    found: dict[str, list[NavLink]] = {}
    for item, url in shown:
        count = item.count(request) if item.count else 0
        link = NavLink(item.label, url, item.icon, active=url == active, count=count)
        found.setdefault(str(item.group), []).append(link)
    return [NavGroup(label, tuple(links)) for label, links in found.items()]


def places() -> dict[str, str]:
    """Return the addresses of the fixed places that exist."""
    return {name: url for name, url_name in PLACES.items() if (url := address(url_name))}


def _visible(item: NavItem, actor: Any) -> bool:
    if actor is None:
        return False
    if not item.areas and not item.acts:
        return True
    seen = any(actor.may_see(area) for area in item.areas)
    return seen or any(act in actor.acts for act in item.acts)
