"""The invented town as the register holds it before this year's first roster is imported."""

from datetime import UTC, date, datetime

from muster.core.identity import parse_education, parse_politics, search_key
from muster.domains.militia.actions import Entry, enter_many
from muster.domains.militia.models import Post, Quota, Unit
from muster.engines.imports.people import POLITICS
from muster.ground.register.actions import new_division
from muster.ground.register.models import Person, Service
from muster.ground.register.people import sealed_columns
from muster.ground.rows.bulk import insert_many
from muster.ground.rows.ids import uuid7
from muster.ground.rulebook.actions import change
from muster.overview.story import people as story
from muster.overview.story.county import COUNTY, DIVISIONS, LAST_YEAR
from muster.overview.story.town import Town
from muster.overview.story.units import AGE_MAX, AGE_MAX_SKILLED, AGE_MIN, UNITS

LEVELS = {"班": "squad", "排": "platoon", "连": "company", "营": "battalion"}
FORCES = {"emergency": "emergency", "baishi-emergency": "emergency", "camouflage": "professional",
          "city": "emergency"}  # fmt: skip
BEFORE = datetime(2023, 6, 15, 4, tzinfo=UTC)
PERSON = ("id", "division", "name", "search", "sex", "birth_date", "id_sealed", "id_index",
          "phone_sealed", "phone_index", "education", "politics", "employer", "skills_text",
          "veteran")  # fmt: skip


def lay_out(everyone: Town) -> dict[str, Unit]:
    """Write divisions, rules, units, people and last year's memberships; return key → unit."""
    for one in DIVISIONS:
        new_division(one.code, one.name)
    for name, value in (("min", AGE_MIN), ("max", AGE_MAX), ("max_technical", AGE_MAX_SKILLED)):
        change(f"militia.age.{name}", division=COUNTY, value=value, status="directive",
               source="年度整组通知", on=date(2023, 1, 1))  # fmt: skip
    units, posts = lay_out_units()
    keys = lay_out_people([story.as_registered(p) for p in everyone.registered()])
    enter_many(
        [
            Entry(keys[p.key], p.village, units[p.last_seat.unit],
                  posts[p.last_seat.unit, p.last_seat.post], p.last_seat.joined, "opening")
            for p in everyone.registered()
            if p.last_seat
        ],
        at=BEFORE,
        source="story",
    )  # fmt: skip
    return units


def lay_out_units() -> tuple[dict[str, Unit], dict[tuple[str, str], Post]]:
    units: dict[str, Unit] = {}
    posts: dict[tuple[str, str], Post] = {}
    for seed in UNITS:
        unit = units[seed.key] = Unit.objects.create(
            division=seed.division, name=seed.name, level=LEVELS[seed.level],
            force=FORCES.get(seed.key, "ordinary"), primary=seed.category == "基干",
            parent=units.get(seed.parent), contributes_to_name=seed.contributed_to,
            valid_from=date(2010, 1, 1),
        )  # fmt: skip
        Quota.objects.create(division=seed.division, unit=unit, year=2024, number=seed.quota)
        for order, post in enumerate(seed.posts):
            posts[seed.key, post.key] = Post.objects.create(
                division=seed.division, unit=unit, name=post.title, duty=post.duty, role=post.role,
                count=post.count, skill=post.skill, skill_required=post.skill_required,
                min_education=post.min_education, order=order,
            )  # fmt: skip
    return units, posts


def lay_out_people(everyone: list[story.Person]) -> dict[str, object]:
    keys = {p.key: uuid7() for p in everyone}
    insert_many(Person, PERSON, (_row(p, keys[p.key]) for p in everyone))
    insert_many(
        Service, ("id", "division", "person_id", "enlisted_on", "discharged_on"),
        ((uuid7(), p.village, keys[p.key], p.enlisted, p.discharged) for p in everyone if p.enlisted),
    )  # fmt: skip
    assert BEFORE.date() == LAST_YEAR
    return dict(keys)


def _row(p: story.Person, key: object) -> tuple[object, ...]:
    sealed = sealed_columns(key, number=p.identity, phone=p.phone)  # type: ignore[arg-type]
    return (key, p.village, p.name, search_key(p.name)[:400], p.sex, p.birth, sealed.id_sealed,
            sealed.id_index, sealed.phone_sealed, sealed.phone_index, parse_education(p.education),
            POLITICS[parse_politics(p.politics)], p.employer, "、".join(p.skills), p.veteran)  # fmt: skip
