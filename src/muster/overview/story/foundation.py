"""The county before the year begins: places, offices, units, last year's people and members."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from muster.domains.militia.actions.many import Entry, enter_many
from muster.domains.militia.models import Post, Quota, Unit
from muster.ground.accounts import queries as accounts
from muster.ground.register import actions as register
from muster.ground.register.models import Organisation
from muster.ground.rows.actor import AREAS
from muster.ground.rows.scope import acting
from muster.ground.rulebook.actions import adopt_catalogue, change
from muster.overview.story.county import (
    COUNTY,
    COUNTY_BODY,
    LAST_YEAR,
    TOWN_BODY,
    BodySeed,
    county,
)
from muster.overview.story.people import Person, as_registered
from muster.overview.story.town import Town
from muster.overview.story.units import AGE_MAX, AGE_MAX_SKILLED, AGE_MIN, UNITS, UnitSeed

LEVELS = {"班": "squad", "排": "platoon", "连": "company", "营": "battalion"}
EDUCATION = {"小学": 0, "初中": 1, "高中": 2, "中专": 2, "大专": 3, "本科": 4}
POLITICS = {"群众": "masses", "共青团员": "league", "中共党员": "party"}
RULES_FROM = date(2023, 1, 1)


@transaction.atomic
def lay_foundation(everyone: Town, *, at: datetime) -> dict[str, int]:
    """Write the county as it stood on 15 June 2023; return what was made."""
    clerk = accounts.clerk_of(COUNTY, reads=frozenset(AREAS), writes=frozenset(AREAS))
    with acting(clerk):
        organisations = _places()
        units, posts = _units(organisations)
        people = {p.key: _person(as_registered(p)) for p in everyone.registered()}
        members = _members(everyone.registered(), people, units, posts, at=at)
        _rules()
    return {"people": len(people), "members": members, "units": len(units),
            "organisations": len(organisations)}  # fmt: skip


def _places() -> dict[str, Organisation]:
    seed = county()
    for one in seed.divisions:
        if one.code != COUNTY:
            register.new_division(one.code, one.name)
    made = {
        o.key: register.new_organisation(o.division, o.name, kind=o.kind, valid_from=LAST_YEAR)
        for o in seed.organisations
    }
    for group in (COUNTY_BODY, TOWN_BODY):
        _body(group, made[group.organisation])
    return made


def _body(seed: BodySeed, organisation: Organisation) -> None:
    body = register.form_body(organisation, seed.name, kind="militia_reorganisation",
                              formed_on=seed.since, seats=[(s.role, s.post) for s in seed.seats])  # fmt: skip
    for seat, told in zip(body.seats.all(), seed.seats, strict=True):
        if told.holder:
            register.fill_seat(
                seat, holder_name=told.holder, holder_post=told.post, since=seed.since
            )


def _units(
    organisations: dict[str, Organisation],
) -> tuple[dict[str, Unit], dict[tuple[str, str], Post]]:
    units: dict[str, Unit] = {}
    posts: dict[tuple[str, str], Post] = {}
    for seed in UNITS:
        unit = units[seed.key] = _unit(seed, units, organisations)
        for order, p in enumerate(seed.posts):
            posts[seed.key, p.key] = Post.objects.create(
                division=unit.division, unit=unit, name=p.title, role=p.role, count=p.count,
                skill=p.skill, skill_required=p.skill_required, min_education=p.min_education,
                order=order,
            )  # fmt: skip
        for year in (2023, 2024):
            Quota.objects.create(division=unit.division, unit=unit, year=year, number=seed.quota,
                                 source="县人民武装部年度编组任务")  # fmt: skip
    return units, posts


def _unit(seed: UnitSeed, units: dict[str, Unit], organisations: dict[str, Organisation]) -> Unit:
    force = {"emergency": "emergency", "city": "emergency", "baishi-emergency": "emergency",
             "camouflage": "professional"}.get(seed.key, "ordinary")  # fmt: skip
    unit: Unit = Unit.objects.create(
        division=seed.division, name=seed.name, level=LEVELS[seed.level], force=force,
        primary=seed.category == "基干", parent=units.get(seed.parent),
        contributes_to_name=seed.contributed_to, supported_by=organisations.get(seed.supporting_unit),
        valid_from=date(2000, 1, 1),
    )  # fmt: skip
    return unit


def _person(one: Person) -> UUID:
    made = register.new_person(
        one.village, one.name, id_number=one.identity, phone=one.phone, skills=list(one.skills),
        education=EDUCATION[one.education], politics=POLITICS[one.politics],
        employer=one.employer, veteran=one.veteran,
    )  # fmt: skip
    if one.veteran:
        register.add_service(made, enlisted_on=one.enlisted, discharged_on=one.discharged)
    return made.pk


def _members(people: Iterable[Person], keys: dict[str, UUID], units: dict[str, Unit],
             posts: dict[tuple[str, str], Post], *, at: datetime) -> int:  # fmt: skip
    entries = [
        Entry(person=keys[p.key], division=p.village, unit=units[seat.unit],
              post=posts[seat.unit, seat.post], on=min(seat.joined, LAST_YEAR), reason="opening")
        for p in people if (seat := p.last_seat)
    ]  # fmt: skip
    return enter_many(entries, at=at, source="opening", approver="建册")


def _rules() -> None:
    adopt_catalogue(COUNTY, RULES_FROM)
    source = "青禾县年度民兵整组条件（演示）"
    for key, value in (("militia.age.min", AGE_MIN), ("militia.age.max", AGE_MAX),
                       ("militia.age.max_technical", AGE_MAX_SKILLED)):  # fmt: skip
        change(key, division=COUNTY, value=value, status="directive", source=source, on=RULES_FROM)
