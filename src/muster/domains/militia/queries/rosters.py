"""Rosters as lists for the screen: who, where, since when, here or away, vetted or not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from muster.domains.militia.models import Membership, Transfer, Unit, Vetting
from muster.domains.militia.queries import figures, members
from muster.domains.militia.queries.away import away_on
from muster.domains.militia.queries.units import Branch, own_units, tree
from muster.ground.journal.actions import look
from muster.ground.register.models import Person
from muster.ground.register.people import age_on
from muster.ground.register.queries import division_names


@dataclass(frozen=True, slots=True)
class RosterLine:
    """One member of a roster as the screen shows him; the phone is opened when drawn."""

    pk: UUID
    person: Person
    unit: Unit
    name: str
    unit_name: str
    post_name: str
    village: str
    age: int | None
    joined: date
    away: bool
    vetting: str
    leads: bool


def roster_lines(rows: Iterable[Membership], day: date, *, words: str = "") -> list[RosterLine]:
    """Return the spells as lines, those whose name or pinyin holds ``words`` where given."""
    found = [m for m in rows if not words or words.strip().lower() in m.person.search.lower()]
    away = {a.person_id for a in away_on(day)}
    vetted = latest_vettings(m.person_id for m in found)
    since = joined_on((m.person_id for m in found), day)
    names = division_names()
    return [_line(m, since.get(m.person_id, m.valid_from), day, away, vetted, names) for m in found]


def joined_on(people: Iterable[UUID], day: date) -> dict[UUID, date]:
    """Return person → the day of joining the militia, which a move between units does not change."""
    found: dict[UUID, tuple[date, date | None]] = {}
    keys = list(people)
    for start in range(0, len(keys), 500):
        rows = Membership.objects.filter(person__in=keys[start : start + 500], valid_from__lte=day)
        spells = rows.order_by("valid_from").values_list("person", "valid_from", "valid_to")
        for person, first, last in spells:
            began, ended = found.get(person, (first, first))
            follows = ended is None or first <= ended
            found[person] = (began if follows else first, last)
    return {person: began for person, (began, _) in found.items()}


def _line(
    m: Membership,
    joined: date,
    day: date,
    away: set[UUID],
    vetted: dict[UUID, Vetting],
    names: dict[str, str],
) -> RosterLine:
    vetting = vetted.get(m.person_id)
    return RosterLine(
        m.person_id, m.person, m.unit, m.person.name, m.unit.name, m.post.name if m.post else "",
        names.get(m.person.division, ""), age_on(m.person.birth_date, day), joined,
        m.person_id in away, str(vetting.get_result_display()) if vetting else "",
        bool(m.post and m.post.role != "member"),
    )  # fmt: skip


def latest_vettings(people: Iterable[UUID]) -> dict[UUID, Vetting]:
    """Return person → the latest vetting result."""
    found: dict[UUID, Vetting] = {}
    keys = list(people)
    for start in range(0, len(keys), 500):
        rows = Vetting.objects.filter(person__in=keys[start : start + 500])
        found |= {v.person_id: v for v in rows.order_by("on", "pk")}
    return found


def vettings_of(person: UUID) -> list[Vetting]:
    """Return the vetting results of a person, newest first."""
    return list(Vetting.objects.filter(person=person))


def note_look(action: str, count: int) -> None:
    """Journal that a masked list of members was shown, printed or exported."""
    if count:
        look(action, kind="militia.membership", count=count)


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit of the tree: ``own`` strength, and ``strength`` with the units below it."""

    branch: Branch
    own: figures.Strength
    strength: figures.Strength

    @property
    def pk(self) -> UUID:
        """Return the unit's key."""
        return self.branch.unit.pk

    @property
    def unit(self) -> Unit:
        """Return the unit."""
        return self.branch.unit

    @property
    def name(self) -> str:
        """Return the name, set in by its depth."""
        return "　" * self.branch.depth + self.branch.unit.name

    @property
    def fills(self) -> str:
        """Return the unit of a higher level that this one fills, or ""."""
        unit = self.branch.unit
        return str(unit.contributes_to) if unit.contributes_to else unit.contributes_to_name


def unit_lines(day: date) -> list[UnitLine]:
    """Return the units of the scope open on a day, as a tree with strength."""
    branches = tree(own_units(day))
    own = {s.unit.pk: s for s in figures.strengths([b.unit for b in branches], day)}
    whole = figures.with_below(own.values())
    return [UnitLine(b, own[b.unit.pk], whole[b.unit.pk]) for b in branches]


def sums(lines: list[UnitLine]) -> dict[str, int]:
    """Return the totals of the tree: members once, task numbers of the topmost unit that has one."""
    assigned, covered = 0, set()
    for line in lines:
        parent = line.unit.parent_id
        if parent in covered:
            covered.add(line.pk)
        elif line.own.assigned is not None:
            assigned += line.own.assigned
            covered.add(line.pk)
    return {
        "authorised": sum(x.own.authorised for x in lines),
        "assigned": assigned,
        "actual": sum(x.own.actual for x in lines),
        "vacant": sum(x.own.vacant for x in lines if x.own.authorised),
        "surplus": sum(x.own.surplus for x in lines),
    }


def transfer_rows(
    *, first: date, last: date, unit: str = "", kind: str = "", words: str = ""
) -> Any:
    """Return the transfers of a period, newest first; reversed ones stay in sight."""
    rows = Transfer.objects.filter(on__range=(first, last)).select_related(
        "person", "from_unit", "to_unit", "from_post", "to_post", "reversed_by"
    )
    if unit:
        rows = rows.filter(from_unit=unit) | rows.filter(to_unit=unit)
    if kind:
        rows = rows.filter(kind=kind)
    if words.strip():
        rows = rows.filter(person__search__contains=words.strip().lower())
    return rows.order_by("-on", "-made_at", "-pk")


def transfer(pk: UUID | str) -> Transfer:
    """Return one transfer of the scope."""
    return Transfer.objects.fetch(pk)  # type: ignore[no-any-return]


def place_of(person: Person, day: date) -> Membership | None:
    """Return where a person stands on a day, for a heading."""
    return members.spell_on(person.pk, day)


KINDS = tuple((str(k), str(v)) for k, v in Transfer.Kind.choices)
