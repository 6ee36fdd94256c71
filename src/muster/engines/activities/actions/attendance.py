"""Attendance by person: from a unit's roster of the day, or one by one. Minors are never named."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID

from django.db import transaction

from muster.core.activities import Kind
from muster.engines.activities.actions.holding import check_open, fresh
from muster.engines.activities.kinds import audience_name, catalogue, kind_of, said
from muster.engines.activities.models import Activity, Participation
from muster.engines.activities.problems import AgeNotKnown, MinorNamed, NotByName, NotOnRoster
from muster.engines.activities.rosters import RosterMember, source_of
from muster.ground.journal.actions import record
from muster.ground.register.models import Person
from muster.ground.register.people import age_on
from muster.ground.rows.problems import NotInScope

FULL_AGE = 18


@transaction.atomic
def attend(activity: Activity, unit: UUID, came: Iterable[UUID],
           instructors: Iterable[UUID] = ()) -> Activity:  # fmt: skip
    """Write who of a unit's roster of that day came; the others were expected and did not come.

    Refuses people who are not on the roster of the day, minors, and kinds without names.
    """
    activity = fresh(activity)
    check_open(activity)
    found = source_of(unit, activity.on)
    if found is None:
        raise NotInScope
    source, one = found
    _check_class(kind_of(activity.kind), source.audience)
    roster = {m.person: m for m in source.members(activity.on, unit)}
    here, teaching = set(came), set(instructors)
    strange = (here | teaching) - set(roster)
    if strange:
        raise NotOnRoster(n=len(strange), unit=one.name)
    minors = sum(_is_minor(roster[key].born, activity.on) for key in here)
    if minors:
        raise MinorNamed(n=minors)
    with _numbers_follow(activity):
        Participation.objects.filter(activity=activity, person__in=list(roster)).delete()
        for member in roster.values():
            if not _is_minor(member.born, activity.on):
                _take_in(activity, member, source.audience, here, teaching)
    record("activity.attended", activity, facts={"came": len(here), "expected": len(roster)})
    return activity


def _take_in(activity: Activity, member: RosterMember, audience: str, here: set[UUID],
             teaching: set[UUID]) -> None:  # fmt: skip
    role = Participation.Role
    Participation.objects.create(
        division=member.division, activity=activity, person_id=member.person, audience=audience,
        unit=member.unit, unit_name=member.unit_name, present=member.person in here,
        role=role.INSTRUCTOR if member.person in teaching else role.MEMBER,
    )  # fmt: skip


@transaction.atomic
def add_person(activity: Activity, person: Person, *, audience: str) -> Activity:
    """Write down that one person of the register came, whose age must be known."""
    activity = fresh(activity)
    check_open(activity)
    _check_class(kind_of(activity.kind), audience)
    if person.birth_date is None:
        raise AgeNotKnown
    if _is_minor(person.birth_date, activity.on):
        raise MinorNamed(n=1)
    with _numbers_follow(activity):
        Participation.objects.filter(activity=activity, person=person).delete()
        Participation.objects.create(
            division=person.division, activity=activity, person=person, audience=audience
        )
    record("activity.attended", activity, facts={"came": 1, "expected": 1})
    return activity


@transaction.atomic
def remove_person(activity: Activity, person: UUID) -> Activity:
    """Take one person out of the attendance."""
    activity = fresh(activity)
    check_open(activity)
    with _numbers_follow(activity):
        gone, _ = Participation.objects.filter(activity=activity, person=person).delete()
        if not gone:
            raise NotInScope
    record("activity.unattended", activity)
    return activity


def _check_class(kind: Kind, audience: str) -> None:
    if not kind.by_person:
        raise NotByName(what=said(kind))
    known = catalogue().audiences.get(audience)
    if known is None or known.count_only or known not in kind.audiences:
        raise NotByName(what=audience_name(audience))


def _is_minor(born: date | None, day: date) -> bool:
    age = age_on(born, day)
    return age is not None and age < FULL_AGE


@contextmanager
def _numbers_follow(activity: Activity) -> Iterator[None]:
    """Keep the numbers of the named beside the activity, for posts that see no names.

    Only what the block changes is added or taken off: rows outside the scope count on.
    """
    before = _sums(activity)
    yield
    after, named = _sums(activity), dict(activity.named)
    for audience in before.keys() | after.keys():
        old, new = before.get(audience, (0, 0)), after.get(audience, (0, 0))
        came, expected = named.get(audience, (0, 0))
        named[audience] = [came + new[0] - old[0], expected + new[1] - old[1]]
    activity.named = {a: pair for a, pair in named.items() if pair[1]}
    activity.save()


def _sums(activity: Activity) -> dict[str, tuple[int, int]]:
    rows = Participation.objects.filter(activity=activity).values_list("audience", "present")
    came, expected = Counter[str](), Counter[str]()
    for audience, present in rows:
        expected[audience] += 1
        came[audience] += present
    return {a: (came[a], n) for a, n in expected.items()}
