"""What the militia offers to activities: units with members, and their rosters of a day."""

from collections import Counter
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from muster.domains.militia.models import Membership
from muster.domains.militia.queries import members, units
from muster.engines.activities.rosters import RosterMember, RosterSource, RosterUnit


def roster_units(day: date) -> list[RosterUnit]:
    """Return the units of the subtree that have members of their own on a day."""
    sizes = Counter(
        Membership.objects.filter(members.on_roster(day)).values_list("unit", flat=True)
    )
    return [
        RosterUnit(u.pk, u.name, u.division, sizes[u.pk], u.valid_from)
        for u in units.own_units(day)
        if sizes[u.pk]
    ]


def roster_members(day: date, unit: UUID | None) -> list[RosterMember]:
    """Return who stands in a unit on a day, or in every unit, as far as the scope sees."""
    rows = members.roster_on(day) if unit is None else members.members_of(units.unit(unit), day)
    return [
        RosterMember(m.person_id, m.person.name, m.person.division, m.unit_id, m.unit.name,
                     m.person.birth_date) for m in rows
    ]  # fmt: skip


ROSTER = RosterSource(
    "militia", _("民兵花名册"), "militia", "militia", roster_units, roster_members
)
