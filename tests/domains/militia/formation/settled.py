"""The story's town as it stands on the day of formation: facts in the register, rosters not run."""

from dataclasses import replace
from datetime import UTC, date, datetime

from muster.domains.militia.actions import Entry, enter_many
from muster.domains.militia.models import Absence, Post, Unit
from muster.ground.accounts.queries import clerk_of
from muster.ground.register.actions import add_service, new_division, new_person
from muster.ground.register.models import Person as Row
from muster.ground.rows.actor import AREAS
from muster.ground.rows.scope import acting
from muster.overview.story.county import COUNTY, FORMATION_DAY, JOIN_DAY, TOWN, VILLAGES
from muster.overview.story.foundation import EDUCATION, POLITICS, lay_foundation
from muster.overview.story.people import Person
from muster.overview.story.town import Town, town
from muster.overview.story.units import COMPANIES, PRIMARY

NOON = datetime(2024, 6, 5, 4, tzinfo=UTC)


def settle(seed: int = 7) -> tuple[Town, dict[str, Row]]:
    """Lay out the county and this year's facts; return the story's people and their rows by key."""
    everyone = town(seed)
    new_division_of_county()
    lay_foundation(everyone, at=NOON)
    clerk = clerk_of(COUNTY, reads=frozenset(AREAS), writes=frozenset(AREAS))
    with acting(replace(clerk, acts=frozenset({"formation.confirm", "rule.change"}))):
        rows = {one.key: _row(one) for one in everyone.people}
        _join(everyone, rows)
        for one in everyone.people:
            _what_became_of(one, rows[one.key])
    return everyone, rows


def new_division_of_county() -> None:
    with acting(clerk_of(COUNTY, reads=frozenset(AREAS), writes=frozenset(AREAS))):
        new_division(COUNTY, "青禾县")


def _row(one: Person) -> Row:
    from muster.ground.register.queries import person_by_number

    known = person_by_number(one.identity)
    if known is not None:
        return known
    made = new_person(
        one.village, one.name, id_number=one.identity, phone=one.phone, skills=list(one.skills),
        education=EDUCATION[one.education], politics=POLITICS[one.politics],
        employer=one.employer, veteran=one.veteran,
    )  # fmt: skip
    if one.veteran:
        add_service(made, enlisted_on=one.enlisted, discharged_on=one.discharged)
    return made


def _join(everyone: Town, rows: dict[str, Row]) -> None:
    seeds = {s.key: s for s in (*PRIMARY, *COMPANIES)}
    units = {u.name: u for u in Unit.objects.all()}
    entries = []
    for one in everyone.people:
        if one.fate == "joins" and one.seat:
            unit = units[seeds[one.seat.unit].name]
            title = next(p.title for p in seeds[one.seat.unit].posts if p.key == one.seat.post)
            post = Post.objects.get(unit=unit, name=title)
            row = rows[one.key]
            entries.append(Entry(row.pk, row.division, unit, post, JOIN_DAY))
    enter_many(entries, at=NOON, source="import")


def _what_became_of(one: Person, row: Row) -> None:
    if one.away:
        Absence.objects.create(
            division=row.division, person=row, left_on=one.away.since,
            destination=one.away.place, reason="work",
            hours_to_return=24 if one.away.back_in_a_day else None,
        )  # fmt: skip
    if one.reason in {"死亡", "户籍迁移"}:
        row.state = Row.State.DECEASED if one.reason == "死亡" else Row.State.MOVED
        row.save()
    if one.reason == "入伍":
        add_service(row, enlisted_on=date(2024, 3, 18), discharged_on=None)


__all__ = ["FORMATION_DAY", "NOON", "TOWN", "VILLAGES", "settle"]
