"""The county before the year begins: places, offices, units, last year's people and members."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from muster.core.identity import search_key
from muster.domains.militia.actions.formation_conditions import keep_condition, keep_place
from muster.domains.militia.actions.many import Entry, enter_many
from muster.domains.militia.models import Post, Quota, Unit
from muster.ground.accounts import queries as accounts
from muster.ground.journal.actions import record
from muster.ground.register import actions as register
from muster.ground.register.models import Organisation, Service, Skill
from muster.ground.register.models import Person as Row
from muster.ground.register.people import sealed_columns
from muster.ground.rows.actor import AREAS
from muster.ground.rows.bulk import insert_many
from muster.ground.rows.ids import uuid7
from muster.ground.rows.scope import acting
from muster.ground.rulebook.actions import adopt_catalogue, change
from muster.overview.story.county import (
    COUNTY,
    COUNTY_BODY,
    LAST_YEAR,
    TOWN,
    TOWN_BODY,
    BodySeed,
    county,
)
from muster.overview.story.people import Person, as_registered
from muster.overview.story.town import Town
from muster.overview.story.units import (
    AGE_MAX,
    AGE_MAX_SKILLED,
    AGE_MIN,
    COMPANIES,
    PRIMARY,
    UNITS,
    UnitSeed,
)

LEVELS = {"班": "squad", "排": "platoon", "连": "company", "营": "battalion"}
EDUCATION = {"小学": 0, "初中": 1, "高中": 2, "中专": 2, "大专": 3, "本科": 4}
POLITICS = {"群众": "masses", "共青团员": "league", "中共党员": "party"}
PERSON = ("id", "division", "name", "search", "sex", "birth_date", "id_sealed", "id_index",
          "phone_sealed", "phone_index", "education", "politics", "employer", "skills_text",
          "veteran")  # fmt: skip
RULES_FROM = date(2023, 1, 1)


@transaction.atomic
def lay_foundation(everyone: Town, *, at: datetime) -> dict[str, int]:
    """Write the county as it stood on 15 June 2023; return what was made."""
    clerk = accounts.clerk_of(COUNTY, reads=frozenset(AREAS), writes=frozenset(AREAS))
    with acting(
        replace(clerk, acts=frozenset({"militia.organise", "formation.confirm", "rule.change"}))
    ):
        organisations = _places()
        units, posts = _units(organisations)
        people = _people(everyone.registered())
        members = _members(everyone.registered(), people, units, posts, at=at)
        _rules()
        _conditions(units)
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


def _people(registered: Sequence[Person]) -> dict[str, UUID]:
    """Write people, skills and service in bulk; return key → row key."""
    known = [as_registered(p) for p in registered]
    keys = {p.key: uuid7() for p in known}
    insert_many(Row, PERSON, (_row(p, keys[p.key]) for p in known))
    insert_many(
        Skill, ("id", "division", "person_id", "skill", "main"),
        [(uuid7(), p.village, keys[p.key], skill, n == 0) for p in known for n, skill in enumerate(p.skills)],
    )  # fmt: skip
    insert_many(
        Service, ("id", "division", "person_id", "enlisted_on", "discharged_on"),
        [(uuid7(), p.village, keys[p.key], p.enlisted, p.discharged) for p in known if p.veteran],
    )  # fmt: skip
    record("demo.people_laid", facts={"count": len(known)})
    return keys


def _row(p: Person, key: UUID) -> tuple[Any, ...]:
    sealed = sealed_columns(key, number=p.identity, phone=p.phone)
    return (key, p.village, p.name, search_key(p.name)[:400], p.sex, p.birth, sealed.id_sealed,
            sealed.id_index, sealed.phone_sealed, sealed.phone_index, EDUCATION[p.education],
            POLITICS[p.politics], p.employer, "、".join(p.skills), p.veteran)  # fmt: skip


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
    change("militia.absence.return_hours", division=COUNTY, value=24, status="practice",
           source="县人武部通知（演示）", on=RULES_FROM)  # fmt: skip


def _conditions(units: dict[str, Unit]) -> None:
    """Say where each unit assembles, within which time, and the shares it must keep."""
    seed = county()
    places = {
        point.key: keep_place(division=TOWN, name=point.name,
                              minutes={v.key: v.minutes[at] for v in seed.villages})
        for at, point in enumerate(seed.assembly_points)
    }  # fmt: skip
    for one in (*PRIMARY, *COMPANIES):
        keep_condition(
            units[one.key], assembly_place=places[one.assembly_point],
            max_assembly_min=one.max_assembly_min, veteran_min_pct=one.veteran_min_pct,
            skill_min_pct=one.skill_min_pct, keep_min_pct=one.keep_min_pct,
        )  # fmt: skip
