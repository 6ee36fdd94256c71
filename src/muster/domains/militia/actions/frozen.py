"""Freezing a roster: what the year's strength figures are counted from (MIL-20)."""

from datetime import date, datetime

from django.db import transaction

from muster.domains.militia import policies
from muster.domains.militia.models import FrozenMember, FrozenRoster, RollCall
from muster.domains.militia.problems import RosterFrozenAlready
from muster.domains.militia.queries import frozen as reading
from muster.domains.militia.queries import members
from muster.domains.militia.queries.away import away_on
from muster.ground.journal.actions import record
from muster.ground.rows.bulk import insert_many
from muster.ground.rows.ids import uuid7
from muster.ground.rows.scope import current_actor

LINE = ("id", "division", "roster_id", "person_id", "unit_id", "person_name", "unit_name",
        "primary", "force", "contributed", "post_name", "away")  # fmt: skip


@transaction.atomic
def freeze(division: str, *, as_of: date, at: datetime, title: str = "",
           call: RollCall | None = None) -> FrozenRoster:  # fmt: skip
    """Return the roster of a day, frozen under its hash; one a year and place.

    Names of people, units and posts are copied, so that no later act alters what was reported.
    """
    policies.check_act("rollcall.record")
    known = reading.frozen_of(division, as_of.year)
    if known:
        raise RosterFrozenAlready(year=known.year, title=known.title, day=known.as_of)
    away = {a.person_id for a in away_on(as_of)}
    rows = list(members.roster_on(as_of, division=division))
    actor = current_actor()
    roster = FrozenRoster.objects.create(
        division=division, title=title or f"{as_of.year}年度花名册", year=as_of.year, as_of=as_of,
        frozen_at=at, frozen_by=actor.account if actor else None, call=call, members=len(rows),
        sha256="",
    )  # fmt: skip
    insert_many(
        FrozenMember, LINE,
        ((uuid7(), m.division, roster.pk, m.person_id, m.unit_id, m.person.name, m.unit.name,
          m.unit.primary, m.unit.force, m.unit.contributed, m.post.name if m.post else "",
          m.person_id in away) for m in rows),
    )  # fmt: skip
    roster.sha256 = reading.digest(roster)
    roster.save()
    record("roster.frozen", roster, facts={"members": len(rows), "sha256": roster.sha256})
    return roster  # type: ignore[no-any-return]
