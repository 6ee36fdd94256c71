"""Units of the scope and their tree."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from muster.domains.militia.models import Post, Quota, Unit
from muster.ground.rows.scope import current_scope


def units(day: date | None = None) -> QuerySet[Unit]:
    """Return the units of the scope and of the levels above; those open on a day where given."""
    rows = Unit.objects.select_related("parent", "contributes_to", "supported_by")
    if day is not None:
        rows = rows.filter(Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gt=day)))
    return rows  # type: ignore[no-any-return]


def own_units(day: date | None = None) -> list[Unit]:
    """Return the units inside the subtree of the scope, without those above it."""
    scope = current_scope()
    return [u for u in units(day) if scope.holds(u.division)]


def unit(pk: UUID | str) -> Unit:
    """Return one unit of the scope."""
    return Unit.objects.fetch(pk)  # type: ignore[no-any-return]


def post(pk: UUID | str) -> Post:
    """Return one post of the scope."""
    return Post.objects.fetch(pk)  # type: ignore[no-any-return]


def posts_of(of: Unit) -> QuerySet[Post]:
    """Return the posts of a unit in their order."""
    return Post.objects.filter(unit=of)  # type: ignore[no-any-return]


def below(of: Unit) -> set[UUID]:
    """Return the keys of a unit and all units below it."""
    children: dict[UUID | None, list[UUID]] = {}
    for key, parent in Unit.objects.values_list("pk", "parent"):
        children.setdefault(parent, []).append(key)
    found, waiting = set(), [of.pk]
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting += children.get(key, [])
    return found


def quotas_of(year: int) -> dict[UUID, Quota]:
    """Return unit → assigned strength of a year."""
    return {q.unit_id: q for q in Quota.objects.filter(year=year)}


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit at its depth of the tree."""

    unit: Unit
    depth: int


def tree(rows: Iterable[Unit]) -> list[Branch]:
    """Return units in tree order: parents before children; a parent not in the list is no matter."""
    given = list(rows)
    keys = {u.pk for u in given}
    children: dict[UUID | None, list[Unit]] = {}
    for one in given:
        parent = one.parent_id if one.parent_id in keys else None
        children.setdefault(parent, []).append(one)
    found: list[Branch] = []

    def walk(parent: UUID | None, depth: int) -> None:
        for one in children.get(parent, []):
            found.append(Branch(one, depth))
            walk(one.pk, depth + 1)

    walk(None, 0)
    return found
