"""Units, posts, assigned strength and vetting results."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from muster.domains.militia import policies
from muster.domains.militia.models import Membership, Post, Quota, Unit, Vetting
from muster.domains.militia.problems import (
    PostInUse,
    QuotaTooSmall,
    UnitLoops,
    UnitNameTaken,
    UnitNotEmpty,
)
from muster.domains.militia.queries import units as reading
from muster.ground.journal.actions import record
from muster.ground.register import queries as register
from muster.ground.register.models import Person


@transaction.atomic
def new_unit(division: str, name: str, *, level: str, force: str, valid_from: date,
             **more: Any) -> Unit:  # fmt: skip
    """Return a new unit; ``more``: category, primary, parent, contributes_to(_name), supported_by."""
    policies.check_act(policies.ORGANISE)
    place = register.division(division)
    _refuse_name(place.name, division, name)
    unit = Unit.objects.create(
        division=division, name=name, level=level, force=force, valid_from=valid_from, **more
    )
    record("unit.created", unit, facts={"name": name, "level": level})
    return unit  # type: ignore[no-any-return]


@transaction.atomic
def change_unit(unit: Unit, **values: Any) -> Unit:
    """Change what is said of a unit; refuse a place below itself and a name taken."""
    policies.check_act(policies.ORGANISE)
    parent = values.get("parent")
    if parent is not None and parent.pk in reading.below(unit):
        raise UnitLoops(unit=unit.name)
    name = values.get("name", unit.name)
    if name != unit.name:
        _refuse_name(register.division_name(unit.division), unit.division, name)
    changed = [k for k, v in values.items() if getattr(unit, k) != v]
    for key, value in values.items():
        setattr(unit, key, value)
    unit.save()
    record("unit.changed", unit, facts={"fields": changed})
    return unit


def _refuse_name(place: str, division: str, name: str) -> None:
    if Unit.objects.filter(division=division, name=name, valid_to=None).exists():
        raise UnitNameTaken(place=place, name=name)


@transaction.atomic
def close_unit(unit: Unit, *, on: date) -> None:
    """Close a unit from a day on; refuse while anybody stands in it or units hang below it."""
    policies.check_act(policies.ORGANISE)
    held = Membership.objects.filter(unit=unit, valid_to=None).count()
    below = Unit.objects.filter(parent=unit, valid_to=None).count()
    if held or below:
        raise UnitNotEmpty(unit=unit.name, count=held, below=below)
    unit.valid_to = on
    unit.save()
    record("unit.closed", unit, facts={"on": on.isoformat()})


@transaction.atomic
def put_post(unit: Unit, name: str, *, count: int, post: Post | None = None, **more: Any) -> Post:
    """Return a post of a unit, new or changed: ``more`` are duty, role, skill, order and so on."""
    policies.check_act(policies.ORGANISE)
    row = post or Post(division=unit.division, unit=unit)
    row.name, row.count = name, count
    for key, value in more.items():
        setattr(row, key, value)
    row.save()
    record("post.put", row, facts={"name": name, "count": count})
    return row


@transaction.atomic
def remove_post(post: Post) -> None:
    """Remove a post that nobody ever held."""
    policies.check_act(policies.ORGANISE)
    held = Membership.objects.filter(post=post).count()
    if held:
        raise PostInUse(post=post.name, count=held)
    record("post.removed", post, facts={"name": post.name})
    post.delete()


@transaction.atomic
def assign(unit: Unit, *, year: int, number: int, source: str = "") -> Quota:
    """Return the assigned strength of a unit for a year, new or changed."""
    policies.check_act(policies.ORGANISE)
    row = Quota.objects.filter(unit=unit, year=year).first() or Quota(unit=unit, year=year)
    row.division, row.number, row.source = unit.division, number, source
    row.save()
    record("quota.assigned", row, facts={"unit": str(unit.pk), "year": year, "number": number})
    return row


@transaction.atomic
def hand_down(unit: Unit, numbers: Mapping[UUID, int], *, year: int, source: str = "",
              number: int | None = None) -> None:  # fmt: skip
    """Assign the units right below their strength, and the unit its own where ``number`` is given.

    Refuses handing down more than the unit was assigned itself.
    """
    policies.check_act(policies.ORGANISE)
    if number is not None:
        assign(unit, year=year, number=number, source=source)
    own = Quota.objects.filter(unit=unit, year=year).first()
    handed = sum(numbers.values())
    if own and handed > own.number:
        raise QuotaTooSmall(handed=handed, unit=unit.name, number=own.number)
    for child in Unit.objects.filter(parent=unit, pk__in=numbers):
        assign(child, year=year, number=numbers[child.pk], source=source)


@transaction.atomic
def record_vetting(person: Person, *, result: str, authority: str, on: date) -> Vetting:
    """Return the competent authority's result: pass, fail or pending, who, when; nothing else."""
    policies.check_act(policies.ORGANISE)
    row = Vetting.objects.create(
        division=person.division, person=person, result=Vetting.Result(result).value,
        authority=authority, on=on,
    )  # fmt: skip
    record("vetting.recorded", row)
    return row  # type: ignore[no-any-return]
