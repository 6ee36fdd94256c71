"""The numbers of a year that shares are taken of."""

from django.db import transaction

from muster.engines.activities.kinds import catalogue
from muster.engines.activities.models import YearBase
from muster.engines.activities.problems import NoPlaceForBase
from muster.ground.journal.actions import record


@transaction.atomic
def set_base(purpose: str, code: str, number: int | None, *, year: int, division: str,
             source: str = "") -> None:  # fmt: skip
    """Write how many people a class has, or how many sessions of a kind are planned; None takes it out."""
    known = catalogue().audiences if purpose == YearBase.Purpose.SIZE else catalogue().kinds
    if code not in known:
        raise NoPlaceForBase(code=code[:40])
    rows = YearBase.objects.select_for_update().filter(
        division=division, year=year, purpose=purpose, code=code
    )
    row = rows.first()
    if number is None:
        if row is not None:
            record("activity.base_removed", row)
            row.delete()
        return
    if row is None:
        row = YearBase(division=division, year=year, purpose=purpose, code=code)
    row.number, row.source = number, source.strip()[:120]
    row.save()
    record("activity.base_set", row, facts={"code": code, "number": number})
