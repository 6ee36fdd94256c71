"""The row expressions of indicators: each row is one record behind a figure.

Every expression gives ``key`` (of the record), ``division``, ``part_of`` (unit or phase), ``part``
and ``whole``. The figure is the sum of ``part``, or of ``part`` over ``whole`` for a rate.
"""

from collections.abc import Callable, Sequence
from typing import Any

import ibis

from muster.core.indicators.facts import Asked, fact

MEMBERSHIP, FROZEN, UNIT = (
    fact("facts_membership"), fact("facts_frozen_member"), fact("facts_unit"),
)  # fmt: skip
ROLL_CALL, ITEM, ABSENCE = (
    fact("facts_roll_call_line"), fact("facts_phase_item"), fact("facts_absence"),
)  # fmt: skip
POST, MEETING, RESOLUTION = fact("facts_post"), fact("facts_meeting"), fact("facts_resolution")
ACTIVITY, MEASURE = fact("facts_activity"), fact("facts_measure")
NOWHERE = 0


def inside(table: Any) -> Any:
    """Return the rows of the asked subtree."""
    return table.filter(table.division >= Asked.low, table.division <= Asked.high)


def on_day(table: Any, day: Any) -> Any:
    """Return the condition of a half-open spell that holds a day."""
    return (table.valid_from <= day) & (table.valid_to.isnull() | (table.valid_to > day))


def _flag(condition: Any) -> Any:
    return ibis.cases((condition, 1), else_=0)


def _shape(table: Any, *, part_of: str, part: Any = 1, whole: Any = 0) -> Any:
    return table.select(
        key=table.id, division=table.division, part_of=table[part_of],
        part=ibis.literal(part, "int64") if isinstance(part, int) else part.cast("int64"),
        whole=ibis.literal(whole, "int64") if isinstance(whole, int) else whole.cast("int64"),
    )  # fmt: skip


def roster(kinds: Sequence[str] = ()) -> Any:
    """Return who stands on the roster of the day, in units of some kinds (all without)."""
    rows = inside(MEMBERSHIP)
    rows = rows.filter(on_day(rows, Asked.as_of))
    return _shape(_of_kinds(rows, kinds), part_of="unit")


def frozen(kinds: Sequence[str] = ()) -> Any:
    """Return the lines of the frozen roster asked for."""
    rows = inside(FROZEN)
    rows = rows.filter(rows.roster == Asked.roster)
    return _shape(_of_kinds(rows, kinds), part_of="unit")


def units(kinds: Sequence[str] = ()) -> Any:
    """Return the units that exist on the day."""
    rows = inside(UNIT)
    rows = rows.filter(on_day(rows, Asked.as_of))
    return _shape(_of_kinds(rows, kinds), part_of="id")


def units_a_year_ago(kinds: Sequence[str] = ()) -> Any:
    """Return the units that existed a year before the day."""
    rows = inside(UNIT)
    rows = rows.filter(on_day(rows, Asked.year_ago))
    return _shape(_of_kinds(rows, kinds), part_of="id")


def _of_kinds(rows: Any, kinds: Sequence[str]) -> Any:
    return rows.filter(rows.unit_kind.isin(list(kinds))) if kinds else rows


def opening() -> Any:
    """Return who stood on the roster of the day before the period."""
    rows = inside(MEMBERSHIP)
    return _shape(rows.filter(on_day(rows, Asked.before)), part_of="unit")


def closing() -> Any:
    """Return who stands on the roster of the period's last day, or of the day if that is earlier."""
    rows = inside(MEMBERSHIP)
    return _shape(rows.filter(on_day(rows, Asked.as_of)), part_of="unit")


def _between(day: Any) -> Any:
    return (day >= Asked.start) & (day <= Asked.as_of)


def _comes_from_inside(rows: Any) -> Any:
    before = rows.prev_division.fill_null(NOWHERE)
    return (before >= Asked.low) & (before <= Asked.high)


def _stays_inside(rows: Any) -> Any:
    after = rows.next_division.fill_null(NOWHERE)
    return (after >= Asked.low) & (after <= Asked.high)


def entered() -> Any:
    """Return spells begun in the period by who did not stand in the subtree before."""
    rows = inside(MEMBERSHIP)
    rows = rows.filter(_between(rows.valid_from), ~_comes_from_inside(rows))
    return _shape(rows, part_of="unit")


def left() -> Any:
    """Return spells ended in the period by who does not go on in the subtree."""
    rows = inside(MEMBERSHIP)
    rows = rows.filter(rows.valid_to.notnull(), _between(rows.valid_to), ~_stays_inside(rows))
    return _shape(rows, part_of="unit")


def moved() -> Any:
    """Return spells begun in the period by a move from another unit of the subtree."""
    rows = inside(MEMBERSHIP)
    rows = rows.filter(
        _between(rows.valid_from), _comes_from_inside(rows), rows.prev_unit != rows.unit
    )
    return _shape(rows, part_of="unit")


def joined() -> Any:
    """Return spells begun in the period by who stood in no or another unit: a unit's own gains."""
    rows = inside(MEMBERSHIP)
    other = rows.prev_unit.isnull() | (rows.prev_unit != rows.unit)
    return _shape(rows.filter(_between(rows.valid_from), other), part_of="unit")


def parted() -> Any:
    """Return spells ended in the period by who goes on in no or another unit: its own losses."""
    rows = inside(MEMBERSHIP)
    other = rows.next_unit.isnull() | (rows.next_unit != rows.unit)
    rows = rows.filter(rows.valid_to.notnull(), _between(rows.valid_to), other)
    return _shape(rows, part_of="unit")


def posts() -> Any:
    """Return the kinds of post of the units that exist on the day; part is the number of places."""
    rows = inside(POST)
    rows = rows.filter(on_day(rows, Asked.as_of))
    return _shape(rows, part_of="unit", part=rows.places)


def _closed_calls() -> Any:
    rows = inside(ROLL_CALL)
    return rows.filter(rows.closed == 1, _between(rows.day))


def expected() -> Any:
    """Return who was expected at the closed roll calls of the period."""
    return _shape(_closed_calls(), part_of="unit")


def present() -> Any:
    """Return who came to the closed roll calls of the period."""
    rows = _closed_calls()
    return _shape(rows.filter(rows.presence == "present"), part_of="unit")


def missed() -> Any:
    """Return who was expected at the closed roll calls of the period and did not come."""
    rows = _closed_calls()
    return _shape(rows.filter(rows.presence != "present"), part_of="unit")


def attendance() -> Any:
    """Return who was expected (whole) and who came (part)."""
    rows = _closed_calls()
    return _shape(rows, part_of="unit", part=_flag(rows.presence == "present"), whole=1)


def items_done(campaign_kind: str) -> Any:
    """Return the required items (whole) of the year's campaign and which have evidence (part)."""
    rows = inside(ITEM)
    rows = rows.filter(rows.campaign_kind == campaign_kind, rows.started == 1)
    rows = rows.filter(rows.year == Asked.year)
    done = rows.first_on.notnull() & (rows.first_on <= Asked.as_of)
    return _shape(rows, part_of="phase", part=_flag(done), whole=1)


def meetings(kind: str) -> Any:
    """Return the meetings of a kind held in the period."""
    return _shape(_held(kind), part_of="organisation")


def meetings_with_minutes(kind: str) -> Any:
    """Return the meetings of a kind held in the period whose minutes are confirmed."""
    rows = _held(kind)
    return _shape(rows.filter(rows.minutes_on.notnull()), part_of="organisation")


def months_with_meeting(kind: str) -> Any:
    """Return the first meeting of a kind in each month of the period, place by place."""
    rows = _held(kind)
    return _shape(rows.filter(rows.first_of_month == 1), part_of="organisation")


def _held(kind: str) -> Any:
    rows = inside(MEETING)
    return rows.filter(rows.kind == kind, _between(rows.day))


def any_meeting() -> Any:
    """Return every meeting held in the subtree up to the day: are meetings recorded at all."""
    rows = inside(MEETING)
    return _shape(rows.filter(rows.day <= Asked.as_of), part_of="organisation")


def decisions_fed_back() -> Any:
    """Return what the meetings of the period decided (whole) and what has feedback (part)."""
    rows = inside(RESOLUTION)
    rows = rows.filter(_between(rows.day))
    done = rows.fed_back_on.notnull() & (rows.fed_back_on <= Asked.as_of)
    return _shape(rows, part_of="meeting", part=_flag(done), whole=1)


def activities(kind: str) -> Any:
    """Return the activities of a kind held in the period."""
    rows = inside(ACTIVITY)
    rows = rows.filter(rows.kind == kind, _between(rows.day))
    return _shape(rows, part_of="organisation")


def any_activity() -> Any:
    """Return every activity held in the subtree up to the day: are activities recorded at all."""
    rows = inside(ACTIVITY)
    return _shape(rows.filter(rows.day <= Asked.as_of), part_of="organisation")


def publicity(kind: str, channel: str) -> Any:
    """Return the quantities of a channel in the publicity of a line of work held in the period."""
    rows = inside(MEASURE)
    rows = rows.filter(rows.kind == kind, rows.channel == channel, _between(rows.day))
    return _shape(rows, part_of="organisation", part=rows.quantity)


def any_publicity() -> Any:
    """Return every quantity recorded in the subtree up to the day."""
    rows = inside(MEASURE)
    return _shape(rows.filter(rows.day <= Asked.as_of), part_of="organisation")


def age(low: int | None = None, below: int | None = None, *, unknown: bool = False) -> Any:
    """Return who stands on the roster at an age of full years in [low, below), or of unknown age."""
    rows = inside(MEMBERSHIP)
    rows = rows.filter(on_day(rows, Asked.as_of))
    if unknown:
        return _shape(rows.filter(rows.birth_ymd.isnull()), part_of="unit")
    # 20260520 - 20010521 = 249999: one day short of 25 years. No division is needed.
    lived = Asked.as_of_ymd - rows.birth_ymd
    rows = rows.filter(rows.birth_ymd.notnull())
    if low is not None:
        rows = rows.filter(lived >= low * 10_000)
    if below is not None:
        rows = rows.filter(lived < below * 10_000)
    return _shape(rows, part_of="unit")


def a_year_ago() -> Any:
    """Return who stood on the roster a year before the day."""
    rows = inside(MEMBERSHIP)
    return _shape(rows.filter(on_day(rows, Asked.year_ago)), part_of="unit")


def growth() -> Any:
    """Return members of today and of a year ago: part is the change, whole the year before."""
    rows = inside(MEMBERSHIP)
    now, then = on_day(rows, Asked.as_of), on_day(rows, Asked.year_ago)
    rows = rows.filter(now | then)
    now, then = _flag(on_day(rows, Asked.as_of)), _flag(on_day(rows, Asked.year_ago))
    return _shape(rows, part_of="unit", part=now - then, whole=then)


def away() -> Any:
    """Return who stands on the roster and is away on the day; once, however often recorded."""
    absent = ABSENCE.filter(
        ABSENCE.left_on <= Asked.as_of, ABSENCE.back_on.isnull() | (ABSENCE.back_on > Asked.as_of)
    )
    rows = inside(MEMBERSHIP)
    rows = rows.filter(on_day(rows, Asked.as_of))
    once = absent.group_by(["county", "person"]).agg(times=absent.count())
    both = rows.join(once, ["county", "person"])
    return _shape(both, part_of="unit")


def any_membership() -> Any:
    """Return every spell of the subtree up to the day: is there a register of members at all."""
    rows = inside(MEMBERSHIP)
    return _shape(rows.filter(rows.valid_from <= Asked.as_of), part_of="unit")


def any_absence() -> Any:
    """Return every absence recorded in the subtree up to the day."""
    rows = inside(ABSENCE)
    return _shape(rows.filter(rows.left_on <= Asked.as_of), part_of="person")


_OFFERED: tuple[Callable[..., Any], ...] = (
    roster, frozen, units, units_a_year_ago, opening, closing, entered, left, moved, joined,
    parted, posts, expected, present, missed, attendance, items_done, age, a_year_ago, growth,
    away, any_membership, any_absence, meetings, meetings_with_minutes, months_with_meeting,
    any_meeting, decisions_fed_back, activities, any_activity, publicity, any_publicity,
)  # fmt: skip
EXPRESSIONS = {f.__name__: f for f in _OFFERED}
