"""Reading stored figures within the scope."""

from collections.abc import Iterable
from uuid import UUID

from muster.engines.figures.models import Figure


def figure(pk: UUID | str) -> Figure:
    """Return one figure of the scope."""
    return Figure.objects.fetch(pk)  # type: ignore[no-any-return]


def figures(keys: Iterable[UUID]) -> dict[UUID, Figure]:
    """Return key → figure of the scope."""
    return {f.pk: f for f in Figure.objects.filter(pk__in=list(keys))}
