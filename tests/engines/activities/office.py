"""Units with members and activities for these tests."""

from datetime import date
from typing import Any

from muster.domains.militia.actions.transfers import enter
from muster.domains.militia.models import Unit
from muster.engines.activities import actions
from muster.engines.activities.models import Activity
from muster.engines.activities.written import Count, Facts
from muster.ground.register.models import Organisation, Person
from muster.ground.rows.actor import Actor
from muster.ground.rows.scope import acting
from tests.factories import (
    COUNTY,
    DAY,
    NOON,
    TOWN,
    VILLAGE,
    OrganisationFactory,
    PersonFactory,
    actor,
    everything,
)

OFFICER = actor()
ADULT, CHILD = date(1995, 3, 5), date(2010, 3, 5)


def unit(name: str = "青溪镇应急排", *, division: str = TOWN, members: int = 3,
         **person: Any) -> tuple[Unit, list[Person]]:  # fmt: skip
    """Return a unit and those who have stood in it since the year began."""
    values = {"division": VILLAGE, "birth_date": ADULT} | person
    people = [PersonFactory.create(**values) for _ in range(members)]
    with acting(actor("county_armed_department", COUNTY)):
        made = Unit.objects.create(division=division, name=name, level="platoon", force="ordinary",
                                   valid_from=date(2020, 1, 1))  # fmt: skip
        for one in people:
            enter(one, made, None, on=date(2026, 1, 1), reason="eligible", at=NOON)
    return made, people


def organiser(division: str = TOWN, **values: Any) -> Organisation:
    return OrganisationFactory.create(division=division, **values)


def plan(kind: str = "drill", *, by: Actor = OFFICER, on: date = DAY, division: str = TOWN,
         of: Organisation | None = None, **facts: Any) -> Activity:  # fmt: skip
    """Return an activity planned by somebody of the office."""
    written = Facts(title=facts.pop("title", "森林防火演练"), on=on, **facts)
    held_by = of or organiser(division)
    with acting(by):
        return actions.plan(kind, written, organiser=held_by, division=division)


def held(kind: str = "public_lecture", *, by: Actor = OFFICER, counts: dict[str, Count] | None = None,
         amounts: Any = (), today: date = date(2026, 12, 31), **facts: Any) -> Activity:  # fmt: skip
    """Return an activity recorded as held."""
    one = plan(kind, by=by, **facts)
    with acting(by):
        if counts:
            actions.count(one, counts)
        if amounts:
            actions.amounts_of(one, amounts)
        return actions.record_done(one, today=today, at=NOON)


def fresh(one: Activity) -> Activity:
    with everything():
        return Activity.objects.get(pk=one.pk)
