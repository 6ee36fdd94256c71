"""Writing what units ask of their members: assembly places with minutes, conditions of units."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from muster.domains.militia import policies
from muster.domains.militia.actions.formation import ACT
from muster.domains.militia.models import AssemblyPlace, Unit, UnitCondition
from muster.domains.militia.problems_formation import PlaceNameTaken
from muster.ground.journal.actions import record

LONGEST_MIN = 24 * 60
CONDITIONS = (
    "assembly_place", "max_assembly_min", "age_min", "age_max", "age_max_skilled",
    "veteran_min_pct", "party_min_pct", "skill_min_pct", "keep_min_pct", "employer_max",
    "vetting_required", "own_area",
)  # fmt: skip


@transaction.atomic
def keep_place(
    *, division: str, name: str, minutes: Mapping[str, int], place: AssemblyPlace | None = None
) -> AssemblyPlace:
    """Return an assembly place with the minutes from each village (code → whole minutes).

    A village that is left out is unknown. Refuses a name that the division has already.
    """
    policies.check_act(ACT)
    wrong = [m for m in minutes.values() if not 0 <= m <= LONGEST_MIN]
    if wrong:
        raise ValueError(f"minutes out of range: {wrong}")
    row = place or AssemblyPlace(division=division)
    same = AssemblyPlace.objects.filter(division=row.division, name=name).exclude(pk=row.pk)
    if same.exists():
        raise PlaceNameTaken(name=name)
    row.name, row.minutes = name, dict(minutes)
    row.save()
    record("formation.place_kept", row, facts={"villages": len(minutes)})
    return row


@transaction.atomic
def keep_condition(unit: Unit, **values: Any) -> UnitCondition:
    """Return the condition of a unit with these values set (names as in ``CONDITIONS``)."""
    policies.check_act(ACT)
    unknown = set(values) - set(CONDITIONS)
    if unknown:
        raise ValueError(f"no such conditions: {sorted(unknown)}")
    row = UnitCondition.objects.filter(unit=unit).first()
    row = row or UnitCondition(unit=unit, division=unit.division)
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    facts = {k: (str(v.pk) if isinstance(v, AssemblyPlace) else v) for k, v in values.items()}
    record("formation.condition_kept", row, facts=facts)
    return row
