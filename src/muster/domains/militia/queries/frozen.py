"""Frozen rosters and their hash."""

import hashlib
import json
from uuid import UUID

from django.db.models import QuerySet

from muster.core.kernel import DivisionCode
from muster.domains.militia.models import FrozenMember, FrozenRoster

HASHED = ("person_id", "unit_id", "person_name", "unit_name", "primary", "force", "contributed",
          "post_name", "away")  # fmt: skip


def frozen_rosters() -> QuerySet[FrozenRoster]:
    """Return the frozen rosters of the scope, newest first."""
    return FrozenRoster.objects.select_related("call")  # type: ignore[no-any-return]


def frozen_roster(pk: UUID | str) -> FrozenRoster:
    """Return one frozen roster of the scope."""
    return FrozenRoster.objects.fetch(pk)  # type: ignore[no-any-return]


def frozen_of(division: str, year: int) -> FrozenRoster | None:
    """Return the frozen roster of a place and year."""
    return FrozenRoster.objects.filter(division=division, year=year).first()  # type: ignore[no-any-return]


def lines_of(roster: FrozenRoster) -> QuerySet[FrozenMember]:
    """Return the lines of a frozen roster as they were written."""
    rows = FrozenMember.objects.filter(roster=roster)
    return rows.order_by("unit_name", "post_name", "person_name", "pk")  # type: ignore[no-any-return]


def digest(roster: FrozenRoster) -> str:
    """Return the SHA-256 of a frozen roster's day and lines in canonical order."""
    rows = sorted([str(v) for v in row] for row in lines_of(roster).values_list(*HASHED))
    whole = {"division": roster.division, "as_of": roster.as_of.isoformat(), "lines": rows}
    text = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def is_whole(roster: FrozenRoster) -> bool:
    """Return whether the lines are still those that were frozen."""
    return digest(roster) == roster.sha256


def covers(roster: FrozenRoster, division: str) -> bool:
    """Return whether a frozen roster was taken of a place or of one above it."""
    return DivisionCode(roster.division).holds(division)
