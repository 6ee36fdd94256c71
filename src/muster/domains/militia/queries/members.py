"""Spells and transfers of people; the roster of any day; rebuilding spells from transfers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, Max, Q, QuerySet

from muster.core.kernel import DivisionCode
from muster.domains.militia.models import Membership, Transfer, Unit
from muster.domains.militia.queries.units import below
from muster.ground.rows.scope import system_scope

CHUNK = 500
POST_ORDER = F("post__order").asc(nulls_last=True)


def on_roster(day: date) -> Q:
    """Return the condition of standing on the roster of a day."""
    return Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gt=day))


def roster_on(
    day: date, unit: Unit | None = None, division: str | None = None
) -> QuerySet[Membership]:
    """Return the spells of everybody on the roster of a day, with person, unit and post.

    ``unit`` takes that unit and all below it; ``division`` the units of that subtree.
    """
    rows = Membership.objects.filter(on_roster(day)).select_related("person", "unit", "post")
    if unit is not None:
        rows = rows.filter(unit__in=below(unit))
    if division is not None:
        place = DivisionCode(division)
        rows = rows.filter(division__gte=place.low, division__lte=place.high)
    return rows.order_by("unit__division", "unit__name", POST_ORDER, "person__name", "pk")  # type: ignore[no-any-return]


def members_of(unit: Unit, day: date) -> QuerySet[Membership]:
    """Return the spells of those who stand in this very unit on a day, leaders first."""
    rows = Membership.objects.filter(on_roster(day), unit=unit)
    rows = rows.select_related("person", "unit", "post")
    return rows.order_by(POST_ORDER, "person__name", "pk")  # type: ignore[no-any-return]


def spell_on(person: UUID, day: date) -> Membership | None:
    """Return where a person stands on a day."""
    rows = Membership.objects.filter(on_roster(day), person=person)
    return rows.select_related("unit", "post").first()  # type: ignore[no-any-return]


def last_spell(person: UUID) -> Membership | None:
    """Return the last spell of a person that was not reversed, open or closed."""
    return last_spells([person]).get(person)


def last_spells(people: Iterable[UUID]) -> dict[UUID, Membership]:
    """Return person → last spell that was not reversed; an open one is always the last."""
    found: dict[UUID, Membership] = {}
    keys = list(people)
    for start in range(0, len(keys), CHUNK):
        rows = Membership.objects.filter(person__in=keys[start : start + CHUNK])
        rows = rows.filter(Q(valid_to=None) | Q(valid_to__gt=F("valid_from")))
        rows = rows.select_related("unit", "post", "opened_by")
        for spell in rows.order_by("valid_from", "opened_by__number"):
            found[spell.person_id] = spell
    return found


def spells_of(person: UUID) -> QuerySet[Membership]:
    """Return the history of a person's places, newest first; reversed ones left out."""
    rows = Membership.objects.filter(person=person).select_related("unit", "post")
    rows = rows.filter(Q(valid_to=None) | Q(valid_to__gt=F("valid_from")))
    return rows.order_by("-valid_from")  # type: ignore[no-any-return]


def transfers_of(person: UUID) -> QuerySet[Transfer]:
    """Return all transfers of a person in their order, reversed ones and reversals included."""
    rows = Transfer.objects.filter(person=person)
    rows = rows.select_related("from_unit", "to_unit", "from_post", "to_post", "reversed_by")
    return rows.order_by("number")  # type: ignore[no-any-return]


def latest_transfer(person: UUID) -> Transfer | None:
    """Return the transfer of a person that can be reversed next."""
    rows = Transfer.objects.filter(person=person, reverses=None, reversed_by=None)
    return rows.order_by("-number").first()  # type: ignore[no-any-return]


def last_numbers(people: Iterable[UUID]) -> dict[UUID, int]:
    """Return person → number of the last transfer, wherever it was made."""
    found: dict[UUID, int] = {}
    keys = list(people)
    with system_scope("transfers of one person are numbered through the whole office"):
        for start in range(0, len(keys), CHUNK):
            rows = Transfer.objects.filter(person__in=keys[start : start + CHUNK])
            found |= dict(rows.order_by().values_list("person").annotate(n=Max("number")))
    return found


def held_elsewhere(people: Iterable[UUID]) -> set[UUID]:
    """Return who stands in a unit outside the scope; which unit is not said."""
    keys = list(people)
    with system_scope("one person, one place in the whole office; only that is answered"):
        standing = _standing(keys)
    return standing - _standing(keys)


def _standing(keys: Sequence[UUID]) -> set[UUID]:
    found: set[UUID] = set()
    for start in range(0, len(keys), CHUNK):
        rows = Membership.objects.filter(person__in=keys[start : start + CHUNK], valid_to=None)
        found |= set(rows.order_by().values_list("person", flat=True))
    return found


@dataclass(frozen=True, slots=True)
class Spell:
    """A place somebody held, as transfers alone tell it."""

    person: UUID
    unit: UUID
    post: UUID | None
    valid_from: date
    valid_to: date | None = None


def rebuilt(transfers: Sequence[Any]) -> list[Spell]:
    """Return the spells that transfers (in their order) make, without looking at memberships."""
    undone = {t.reverses_id for t in transfers if t.reverses_id}
    standing: dict[UUID, Spell] = {}
    spells: list[Spell] = []
    for t in transfers:
        if t.reverses_id or t.pk in undone:
            continue
        before = standing.pop(t.person_id, None)
        if before and before.valid_from < t.on:
            ended = Spell(before.person, before.unit, before.post, before.valid_from, t.on)
            spells.append(ended)
        if t.to_unit_id:
            standing[t.person_id] = Spell(t.person_id, t.to_unit_id, t.to_post_id, t.on)
    return spells + list(standing.values())


def rebuilt_roster(day: date) -> set[tuple[UUID, UUID]]:
    """Return (person, unit) of a day, rebuilt from the transfers of the scope alone."""
    rows = list(Transfer.objects.order_by("person", "number"))
    return {
        (s.person, s.unit)
        for s in rebuilt(rows)
        if s.valid_from <= day and (s.valid_to is None or s.valid_to > day)
    }
