"""Reading required items and evidence within the scope."""

from uuid import UUID

from django.db.models import Count, QuerySet

from muster.engines.checklists.models import Evidence, Item


def items_of(about: UUID) -> QuerySet[Item]:
    """Return the items required of a thing, with ``proofs`` counted and evidence at hand."""
    rows = Item.objects.filter(about=about).annotate(proofs=Count("evidence"))
    return rows.prefetch_related("evidence")  # type: ignore[no-any-return]


def missing(about: UUID) -> list[str]:
    """Return the labels of required items without evidence."""
    return [i.label for i in items_of(about) if i.required and not i.proofs]  # type: ignore[attr-defined]


def done_and_required(about: UUID) -> tuple[int, int]:
    """Return (items with evidence, required items)."""
    rows = [i for i in items_of(about) if i.required]
    return sum(bool(i.proofs) for i in rows), len(rows)  # type: ignore[attr-defined]


def item(pk: UUID | str) -> Item:
    """Return one item of the scope."""
    return Item.objects.fetch(pk)  # type: ignore[no-any-return]


def evidence(pk: UUID | str) -> Evidence:
    """Return one piece of evidence of the scope."""
    return Evidence.objects.fetch(pk)  # type: ignore[no-any-return]
