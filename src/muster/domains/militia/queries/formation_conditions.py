"""What units ask of their members: own conditions, rules of the place, minutes to assemble."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from muster.domains.militia.models import AssemblyPlace, Post, Unit, UnitCondition
from muster.domains.militia.queries.conditions import AgeRules
from muster.domains.militia.queries.units import below, own_units, quotas_of
from muster.ground.rulebook.queries import value_of

PARTY_KEY = "militia.formation.party_weight"
CAP_KEY = "militia.formation.village_cap"
NO_LOWEST, NO_HIGHEST = 0, 150


@dataclass(frozen=True, slots=True)
class Place:
    """A post row to fill: a post, or the whole unit where it has a task number and no posts."""

    key: str
    post: Post | None
    name: str
    role: str
    skill: str
    skill_required: bool
    min_education: int
    count: int


@dataclass(frozen=True, slots=True)
class Terms:
    """Everything formation asks for one unit on a day, from its condition and the rules."""

    unit: Unit
    places: tuple[Place, ...]
    condition: UnitCondition
    age_min: int
    age_max: int
    age_max_skilled: int
    age_max_cadre: int
    party_min_pct: int
    missing: tuple[str, ...] = field(default=())


def units_to_form(*, division: str, root: Unit | None, on: date) -> list[Unit]:
    """Return the open units of a subtree that lie in the scope, below ``root`` where given."""
    from muster.core.kernel import DivisionCode

    found = [u for u in own_units(on) if DivisionCode(division).holds(u.division)]
    if root is not None:
        keys = below(root)
        found = [u for u in found if u.pk in keys]
    return found


def terms_of(units: Iterable[Unit], *, on: date, members: Mapping[UUID, int]) -> list[Terms]:
    """Return the terms of each unit that has posts, a task number, or members."""
    given = list(units)
    conditions = {c.unit_id: c for c in _conditions(given)}
    posts: dict[UUID, list[Post]] = {}
    for post in Post.objects.filter(unit__in=[u.pk for u in given]).order_by("order", "name"):
        posts.setdefault(post.unit_id, []).append(post)
    quotas = quotas_of(on.year)
    rules: dict[str, tuple[AgeRules, bool]] = {}
    found = []
    for unit in given:
        quota = quotas[unit.pk].number if unit.pk in quotas else 0
        places = _places(unit, posts.get(unit.pk, []), quota=quota, held=members.get(unit.pk, 0))
        if not places:
            continue
        if unit.division not in rules:
            party = value_of(PARTY_KEY, division=unit.division, on=on) is not None
            rules[unit.division] = AgeRules.at(unit.division, on), party
        condition = conditions.get(unit.pk) or UnitCondition(unit=unit, division=unit.division)
        ages, party = rules[unit.division]
        found.append(_terms(unit, places, condition, ages, party=party))
    return found


def _conditions(units: list[Unit]) -> QuerySet[UnitCondition]:
    keys = [u.pk for u in units]
    return UnitCondition.objects.filter(unit__in=keys).select_related("assembly_place")  # type: ignore[no-any-return]


def condition_of(unit: Unit) -> UnitCondition:
    """Return the condition of a unit; a new one without limits where none is kept."""
    kept = UnitCondition.objects.filter(unit=unit).select_related("assembly_place").first()
    return kept or UnitCondition(unit=unit, division=unit.division)


def assembly_places() -> QuerySet[AssemblyPlace]:
    """Return the assembly places of the scope and of the levels above."""
    return AssemblyPlace.objects.all()  # type: ignore[no-any-return]


def assembly_place(pk: UUID | str) -> AssemblyPlace:
    """Return one assembly place of the scope."""
    return AssemblyPlace.objects.fetch(pk)  # type: ignore[no-any-return]


def _places(unit: Unit, posts: list[Post], *, quota: int, held: int) -> tuple[Place, ...]:
    if posts:
        return tuple(
            Place(str(p.pk), p, p.name, p.role, p.skill, p.skill_required and bool(p.skill),
                  p.min_education, p.count)
            for p in posts
        )  # fmt: skip
    count = quota or held
    # A battalion with companies below it carries their sum as its task number, not places.
    if not count or (not held and unit.children.exists()):
        return ()
    whole = Place(key=str(unit.pk), post=None, name=unit.name, role=Post.Role.MEMBER, skill="",
                  skill_required=False, min_education=0, count=count)  # fmt: skip
    return (whole,)


def _terms(
    unit: Unit, places: tuple[Place, ...], condition: UnitCondition, ages: AgeRules, *,
    party: bool,
) -> Terms:  # fmt: skip
    value = {key: int(rule.value) for key, rule in ages.values.items()}
    # A unit may ask for more than the rules of the place, never for less.
    low = max(_given(condition.age_min, value.get("militia.age.min")), default=None)
    high = min(_given(condition.age_max, value.get("militia.age.max")), default=None)
    skilled = min(
        _given(condition.age_max_skilled, value.get("militia.age.max_technical")), default=high
    )
    cadre = value.get("militia.age.max_cadre", high)
    missing = tuple(n for n, v in (("age_min", low), ("age_max", high)) if v is None)
    top = NO_HIGHEST if high is None else high
    return Terms(
        unit=unit, places=places, condition=condition,
        age_min=NO_LOWEST if low is None else low, age_max=top,
        age_max_skilled=max(top, skilled or 0), age_max_cadre=max(top, cadre or 0),
        party_min_pct=condition.party_min_pct if party else 0, missing=missing,
    )  # fmt: skip


def _given(*values: int | None) -> list[int]:
    return [v for v in values if v is not None]


def party_weight(*, division: str, on: date) -> int:
    """Return the points of Party membership in leading posts: 0 unless a dated rule says more."""
    rule = value_of(PARTY_KEY, division=division, on=on)
    return int(rule.value) if rule else 0


def village_cap(village: str, *, on: date) -> int | None:
    """Return the most people formed from a village, or None: no limit."""
    rule = value_of(CAP_KEY, division=village, on=on)
    return int(rule.value) if rule else None
