"""Who can be formed on a day, and the facts that decide it, as plain values without identity."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from muster.domains.militia.models import Absence, Membership, Unit, Vetting
from muster.domains.militia.queries.members import held_elsewhere, on_roster
from muster.engines.imports.models import Import, ImportRow
from muster.ground.register.models import Organisation, Person, Service, Skill
from muster.ground.register.people import age_on
from muster.ground.rulebook.queries import value_of

RETURN_KEY = "militia.absence.return_hours"
PARTY = frozenset({Person.Politics.PARTY, Person.Politics.PROBATIONARY})
ROSTER_IS_FRESH = timedelta(days=300)
CHUNK = 500


@dataclass(frozen=True, slots=True)
class Facts:
    """What formation knows of one person. ``barred`` says why he cannot serve at all, or ""."""

    id: UUID
    division: str
    age: int | None
    sex: str
    education: int | None
    skills: tuple[str, ...]
    veteran: bool
    party: bool
    away: bool
    vetting: str | None
    employer: str | None
    barred: str
    primary: bool
    spell: Membership | None


@dataclass(frozen=True, slots=True)
class Crowd:
    """Everybody who matters to a formation: members of its units and free people of the place."""

    members: tuple[Facts, ...]
    free: tuple[Facts, ...]
    elsewhere: int
    return_hours: int | None


def crowd(units: Iterable[Unit], *, division: str, on: date) -> Crowd:
    """Return members of the units and free people of the subtree, with their facts on a day."""
    from muster.ground.register.queries import people_in

    wanted = {u.pk for u in units}
    spells = {m.person_id: m for m in _spells(on)}
    rows = {p.pk: p for p in people_in(division)}
    rows |= _missing(spells, wanted, rows)
    inside = {key: spell for key, spell in spells.items() if spell.unit_id in wanted}
    free = [key for key in rows if key not in spells and rows[key].state == Person.State.ACTIVE]
    taken = held_elsewhere(free)
    facts = _Reader([rows[key] for key in (*inside, *free) if key not in taken], division, on)
    return Crowd(
        members=tuple(facts.of(rows[key], spell) for key, spell in inside.items()),
        free=tuple(facts.of(rows[key], None) for key in free if key not in taken),
        elsewhere=len(taken) + len(spells) - len(inside),
        return_hours=facts.hours,
    )


def _spells(on: date) -> list[Membership]:
    rows = Membership.objects.filter(on_roster(on)).select_related("unit", "post")
    return list(rows.order_by("valid_from", "pk"))


def _missing(spells: dict[UUID, Membership], wanted: set[UUID],
             rows: dict[UUID, Person]) -> dict[UUID, Person]:  # fmt: skip
    """Return members whose record stands outside the subtree, as far as the scope sees them."""
    keys = [k for k, spell in spells.items() if spell.unit_id in wanted and k not in rows]
    found: dict[UUID, Person] = {}
    for start in range(0, len(keys), CHUNK):
        found |= {p.pk: p for p in Person.objects.filter(pk__in=keys[start : start + CHUNK])}
    for key in set(keys) - set(found):
        spells.pop(key)
    return found


class _Reader:
    """Reads the tables about many people once, then answers person by person."""

    def __init__(self, people: list[Person], division: str, on: date) -> None:
        """Read services, skills, absences and vetting results of these people on a day."""
        self.on = on
        rule = value_of(RETURN_KEY, division=division, on=on)
        self.hours = int(rule.value) if rule else None
        keys = {p.pk for p in people}
        self.served, self.serving = _service(keys, on)
        self.skills = _skills(keys)
        self.away = _away(keys, on, self.hours)
        self.vetting = _vetting(keys, on)
        self.organisations = {o.name: str(o.pk) for o in Organisation.objects.all()}

    def of(self, person: Person, spell: Membership | None) -> Facts:
        """Return the facts of one person."""
        skills = dict.fromkeys(s for s in person.skills_text.split("、") if s)
        skills |= dict.fromkeys(self.skills.get(person.pk, ()))
        return Facts(
            id=person.pk, division=person.division, age=age_on(person.birth_date, self.on),
            sex=person.sex or "M", education=person.education, skills=tuple(skills),
            veteran=person.pk in self.served or person.veteran is True,
            party=person.politics in PARTY, away=person.pk in self.away,
            vetting=self.vetting.get(person.pk), barred=self._barred(person),
            employer=self.organisations.get(person.employer),
            primary=bool(spell and spell.unit.primary), spell=spell,
        )  # fmt: skip

    def _barred(self, person: Person) -> str:
        if person.state != Person.State.ACTIVE:
            return str(person.state)
        if person.pk in self.serving and person.veteran is not True:
            return "serving"
        return "vetting" if self.vetting.get(person.pk) == Vetting.Result.FAIL else ""


def _chunks(model: Any, keys: set[UUID], **terms: Any) -> Iterable[Any]:
    listed = sorted(keys)
    for start in range(0, len(listed), CHUNK):
        yield from model.objects.filter(person__in=listed[start : start + CHUNK], **terms)


def _service(keys: set[UUID], on: date) -> tuple[set[UUID], set[UUID]]:
    """Return who has served and been discharged, and who serves now."""
    served, serving = set(), set()
    for spell in _chunks(Service, keys):
        if spell.discharged_on and spell.discharged_on <= on:
            served.add(spell.person_id)
        elif spell.enlisted_on and spell.enlisted_on <= on:
            serving.add(spell.person_id)
    return served, serving


def _skills(keys: set[UUID]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = {}
    for row in _chunks(Skill, keys):
        found.setdefault(row.person_id, []).append(row.skill)
    return found


def _away(keys: set[UUID], on: date, hours: int | None) -> set[UUID]:
    """Return who is away and cannot be back within the county's hours; no rule: nobody can."""
    found = set()
    for row in _chunks(Absence, keys, left_on__lte=on):
        if row.back_on is not None and row.back_on <= on:
            continue
        back_in_time = (
            hours is not None and row.hours_to_return is not None and row.hours_to_return <= hours
        )
        if not back_in_time:
            found.add(row.person_id)
    return found


def _vetting(keys: set[UUID], on: date) -> dict[UUID, str]:
    """Return person → last result up to a day."""
    latest: dict[UUID, Any] = {}
    for row in _chunks(Vetting, keys, on__lte=on):
        before = latest.get(row.person_id)
        if before is None or (row.on, row.pk) > (before.on, before.pk):
            latest[row.person_id] = row
    return {key: str(row.result) for key, row in latest.items()}


def not_on_rosters(members: Iterable[Facts], *, asked_at: datetime) -> list[UUID]:
    """Return members whom this year's written rosters leave out, though they list their unit.

    A unit counts as listed where at least half of its members stand on a roster written within
    300 days. Being left out proves nothing: an officer says what became of the person.
    """
    since = asked_at - ROSTER_IS_FRESH
    rows = ImportRow.objects.filter(
        of__kind="people", of__state=Import.State.WRITTEN, of__checked_at__gte=since
    )
    seen = set(rows.exclude(target=None).values_list("target", flat=True))
    if not seen:
        return []
    given = [one for one in members if one.spell]
    size = Counter(one.spell.unit_id for one in given if one.spell)
    listed = Counter(one.spell.unit_id for one in given if one.spell and one.id in seen)
    return [
        one.id
        for one in given
        if one.spell
        and one.id not in seen
        and 2 * listed[one.spell.unit_id] >= size[one.spell.unit_id]
    ]
