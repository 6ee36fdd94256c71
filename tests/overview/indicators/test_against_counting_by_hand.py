"""Figures equal a count by hand over the rows, whatever happened to whom."""

from datetime import date, timedelta

from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from muster.core.kernel import DivisionCode, Period
from muster.domains.militia.models import Membership
from muster.domains.militia.problems import TransferOutOfOrder
from muster.ground.rows.scope import acting
from muster.overview.indicators import queries
from tests.factories import COUNTY, TOWN, VILLAGE, actor
from tests.overview.indicators.town import Town, joins, leaves, moves

YEAR = Period.year(2026)
ON = date(2026, 10, 1)
# Person, how many days after New Year 2025, what happens, to which unit.
EVENTS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 700), st.sampled_from(["in", "out", "move"]),
              st.integers(0, 4)),
    max_size=14,
)  # fmt: skip


def happened(town: Town, events: list[tuple[int, int, str, int]]) -> None:
    """Let events happen in order of their days; what the rules refuse does not happen."""
    people = [joins(town.units[n], 1, on=date(2025, 1, 1))[0] for n in range(4)]
    inside = [True] * 4
    for who, days, what, unit in sorted(events, key=lambda e: e[1]):
        on, person = date(2025, 1, 2) + timedelta(days=days), people[who]
        try:
            if what == "out" and inside[who]:
                leaves(person, on=on)
                inside[who] = False
            elif what == "move" and inside[who]:
                moves(person, town.units[unit], on=on)
            elif what == "in" and not inside[who]:
                _again(person, town, unit, on)
                inside[who] = True
        except TransferOutOfOrder:
            continue


def _again(person: object, town: Town, unit: int, on: date) -> None:
    from muster.domains.militia.actions import enter
    from tests.factories import everything
    from tests.overview.indicators.town import NOON

    with everything():
        enter(person, town.units[unit], None, on=on, reason="opening", at=NOON)  # type: ignore[arg-type]


def by_hand(division: str) -> dict[str, int]:
    """Return opening, in, out and closing counted from the rows of the ORM, day by day."""
    place = DivisionCode(division)
    rows = [s for s in Membership.objects.all() if place.holds(s.division)]

    def roster(day: date) -> set[object]:
        return {s.person_id for s in rows
                if s.valid_from <= day and (s.valid_to is None or s.valid_to > day)}  # fmt: skip

    entered = left = 0
    day, yesterday = YEAR.start, roster(YEAR.start - timedelta(days=1))
    opening = len(yesterday)
    while day <= ON:
        today = roster(day)
        entered += len(today - yesterday)
        left += len(yesterday - today)
        yesterday, day = today, day + timedelta(days=1)
    return {"opening": opening, "in": entered, "out": left, "closing": len(yesterday)}


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(events=EVENTS)
def test_movement_equals_a_count_by_hand_and_adds_up(
    events: list[tuple[int, int, str, int]], django_db_blocker: object, db: None
) -> None:
    from django.db import transaction

    with transaction.atomic():
        town = Town()
        happened(town, events)
        with acting(actor("county_armed_department", COUNTY)):
            for division in (TOWN, VILLAGE):
                expected = by_hand(division)
                found = {
                    part: int(queries.ask(f"I-50.{part}", division, YEAR, on=ON).value or 0)
                    for part in expected
                }
                assert found == expected
                assert found["opening"] + found["in"] - found["out"] == found["closing"]
            parts = [queries.ask(f"I-{n}", TOWN, YEAR, on=ON) for n in ("03", "04", "05", "06")]
            total = queries.ask("I-07", TOWN, YEAR, on=ON)
            assert sum(int(p.value or 0) for p in parts) == int(total.value or 0)
            keys = queries.behind(total)
            assert len(keys) == int(total.value or 0)
        transaction.set_rollback(True)


def test_the_views_hold_the_published_columns_and_kinds(town: Town) -> None:
    from muster.core.indicators import SCHEMA

    joins(town.emergency, 1)
    with acting(actor("county_armed_department", COUNTY)), connection.cursor() as cursor:
        for view, columns in SCHEMA.items():
            cursor.execute(f"SELECT {', '.join(columns)} FROM {view}")
            for row in cursor.fetchall():
                for value, kind in zip(row, columns.values(), strict=True):
                    if value is not None and kind == "int64":
                        assert isinstance(value, int), (view, value)
                    if value is not None and kind == "date":
                        assert date.fromisoformat(str(value))
            if view in {"facts_unit", "facts_membership", "facts_person"}:
                cursor.execute(f"SELECT id FROM {view} LIMIT 1")
                assert len(cursor.fetchone()[0]) == 32


def test_row_level_security_holds_in_the_views(town: Town) -> None:
    joins(town.emergency, 2)
    joins(town.first, 1)
    with acting(actor("village_company_leader", VILLAGE)), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM facts_membership")
        # SQLite has no second layer: there only the clamp of the question guards.
        assert cursor.fetchone()[0] == (1 if connection.vendor == "postgresql" else 3)
        assert queries.ask("I-07", VILLAGE, YEAR, on=ON).value == "1"
