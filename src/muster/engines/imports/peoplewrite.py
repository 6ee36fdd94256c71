"""Writing people of an import: new ones in bulk, changed ones where nobody changed them since."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from muster.core.identity import search_key
from muster.core.kernel import Problem
from muster.engines.imports.kinds import (
    CHANGED,
    HELD,
    ColumnSet,
    Draft,
    Written,
    concerns_one_row,
    sets_of,
)
from muster.engines.imports.people import skills_of
from muster.engines.imports.problems import PlanRefused
from muster.ground.register import people as sealing
from muster.ground.register import queries
from muster.ground.register.actions import move_person, set_skills
from muster.ground.register.models import Person, Skill, Twin
from muster.ground.rows.bulk import insert_many
from muster.ground.rows.ids import uuid7
from muster.ground.rows.sealing import indexer, sealer

PLAIN = ("name", "sex", "birth_date", "education", "politics", "employer", "address", "veteran")
COLUMNS = ("id", "division", "name", "search", "sex", "birth_date", "id_sealed", "id_index",
           "phone_sealed", "phone_index", "education", "politics", "employer", "address",
           "skills_text", "veteran")  # fmt: skip
TWIN_REASONS = ["姓名相同", "出生日期相同", "身份证号不同"]
MOST_TWINS = 10
Rows = Sequence[tuple[UUID, Draft]]


def write(kind: str, rows: Rows, at: datetime) -> dict[UUID, str]:
    """Write good rows and the plans hung on them; return those left out, with why."""
    fresh = [(key, d) for key, d in rows if d.revision is None]
    lost = _insert(fresh) if fresh else {}
    lost |= _change([(key, d) for key, d in rows if d.revision is not None])
    for column_set in sets_of(kind):
        planned = [
            Written(key, d.target, d.division, d.plans[column_set.code])
            for key, d in rows
            if d.plans and d.target and key not in lost and column_set.code in d.plans
        ]
        if planned:
            _carry_out(column_set, planned, at)
    return lost


def _carry_out(column_set: ColumnSet, planned: Sequence[Written], at: datetime) -> None:
    """Write the plans of one set; a refusal says which set it came from."""
    try:
        column_set.write(planned, at)
    except Problem as problem:
        if not concerns_one_row(problem):
            raise
        raise PlanRefused(why=problem.message, set=column_set.code) from problem


def _insert(rows: Rows) -> dict[UUID, str]:
    """Insert new people in bulk; a number that appeared since the check is left out."""
    try:
        # The register itself refuses a number that stands already; asking first costs a third more.
        with transaction.atomic():
            _put_in([d for _, d in rows])
    except IntegrityError:
        return _insert_apart(rows)
    return {}


def _insert_apart(rows: Rows) -> dict[UUID, str]:
    indexes = {d.index for _, d in rows}
    anywhere = queries.indexes_elsewhere(indexes)
    known = set(queries.people_by_index(anywhere))
    _put_in([d for _, d in rows if d.index not in anywhere])
    return {
        key: CHANGED if d.index in known else HELD for key, d in rows if d.index in anywhere
    }  # fmt: skip


def _put_in(fresh: Sequence[Draft]) -> None:
    if not fresh:
        return
    twins = _twins(fresh)
    insert_many(Person, COLUMNS, _person_rows(fresh))
    insert_many(Twin, ("id", "division", "first_id", "second_id", "reasons"), twins)
    skills = [line for d in fresh if d.values.get("skills") for line in _skill_rows(d)]
    if skills:
        insert_many(Skill, ("id", "division", "person_id", "skill", "main"), skills)


def _person_rows(fresh: Sequence[Draft]) -> Iterator[tuple[Any, ...]]:
    seal_number, seal_phone = sealer(Person.ID_PLACE), sealer(Person.PHONE_PLACE)
    index_phone = indexer("person.phone")
    for draft in fresh:
        v, key = draft.values, draft.target
        if key is None:
            raise ValueError("a new person without a key")
        told, name, phone = v.get, v["name"], v.get("phone", "")
        skills = told("skills", "")
        yield (
            key, draft.division, name, search_key(name)[:400], v["sex"], v["birth_date"],
            seal_number(v["id_number"], key), draft.index, seal_phone(phone, key),
            index_phone(phone), told("education"), told("politics", ""), told("employer", ""),
            told("address", ""), "、".join(skills_of(skills)) if skills else "", told("veteran"),
        )  # fmt: skip


def _skill_rows(draft: Draft) -> Iterable[tuple[Any, ...]]:
    for order, skill in enumerate(skills_of(draft.values["skills"])):
        yield uuid7(), draft.division, draft.target, skill, order == 0


def _change(rows: Rows) -> dict[UUID, str]:
    """Apply the differences; people changed or gone since the check are left out."""
    if not rows:
        return {}
    people = locked([d.target for _, d in rows if d.target])
    lost = {}
    for key, draft in rows:
        person = people.get(draft.target) if draft.target else None
        if person is None or person.revision != draft.revision:
            lost[key] = CHANGED
        elif draft.before:
            put(person, draft.values, set(draft.before))
            if "division" in draft.before:
                move_person(person, to=draft.division)
    return lost


def locked(keys: Sequence[UUID]) -> dict[UUID, Person]:
    """Return the people of the scope with these keys, held for this transaction."""
    found: dict[UUID, Person] = {}
    for start in range(0, len(keys), 500):
        rows = queries.people_in().filter(pk__in=keys[start : start + 500])
        found |= {p.pk: p for p in rows.select_for_update().order_by("pk")}
    return found


def put(person: Person, values: dict[str, Any], fields: set[str]) -> None:
    """Set these fields of a person to stored values and raise the revision."""
    plain = {name: values.get(name) for name in fields if name in PLAIN}
    if plain.get("birth_date"):
        plain["birth_date"] = date.fromisoformat(str(plain["birth_date"]))
    sealing.set_plain(person, plain)
    if "phone" in fields:
        sealing.put_phone(person, values["phone"])
    if "skills" in fields:
        skills = skills_of(values["skills"])
        person.skills_text = "、".join(skills)
        set_skills(person, skills)
    person.revision += 1
    person.save()


def _twins(fresh: Sequence[Draft]) -> list[tuple[Any, ...]]:
    """Return rows of suspected twins: new people who share name and birth date with another.

    They are shown and never joined. Asked before the new people are in, so that few are found.
    """
    pairs = [(d.values["name"], date.fromisoformat(d.values["birth_date"])) for d in fresh]
    known: dict[tuple[str, date], list[UUID]] = queries.keys_of_namesakes(pairs)
    found = []
    for draft, pair in zip(fresh, pairs, strict=True):
        others = known.setdefault(pair, [])
        # A roster of placeholders must not grow pairs by the square.
        for other in others[:MOST_TWINS] if draft.target else ():
            both = sorted((other, draft.target))  # type: ignore[type-var]
            found.append((uuid7(), draft.division, *both, TWIN_REASONS))
        if draft.target:
            others.append(draft.target)
    return found
