"""Reading required items and evidence within the scope."""

from uuid import UUID

from django.db.models import QuerySet

from muster.engines.checklists.models import Evidence, Item


def items_of(about: UUID) -> QuerySet[Item]:
    """Return the items required of a thing, each with the evidence this post sees."""
    return Item.objects.filter(about=about).prefetch_related("evidence")  # type: ignore[no-any-return]


def is_proved(item: Item) -> bool:
    """Return whether an item has evidence; counted within the scope, never by a join past it."""
    return bool(item.evidence.all())


def missing(about: UUID) -> list[str]:
    """Return the labels of required items without evidence."""
    return [i.label for i in items_of(about) if i.required and not is_proved(i)]


def done_and_required(about: UUID) -> tuple[int, int]:
    """Return (items with evidence, required items)."""
    rows = [i for i in items_of(about) if i.required]
    return sum(map(is_proved, rows)), len(rows)


def item(pk: UUID | str) -> Item:
    """Return one item of the scope."""
    return Item.objects.fetch(pk)  # type: ignore[no-any-return]


def evidence(pk: UUID | str) -> Evidence:
    """Return one piece of evidence of the scope."""
    return Evidence.objects.fetch(pk)  # type: ignore[no-any-return]
