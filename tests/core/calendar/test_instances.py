"""What is due for one office: start of use, switched-off months, the next due date."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.core.calendar import (
    Event,
    Instance,
    Schedule,
    Spell,
    Surroundings,
    instances,
    months,
    next_due,
    schedule,
)
from muster.core.kernel import Period
from tests.core.calendar.shipped import LONG_AGO, around, duties, duty

YEAR = Period.year(2024)


def due(*frequency: dict[str, Any], start: date = LONG_AGO, off: tuple[Period, ...] = (),
        on: Surroundings | None = None) -> Schedule:  # fmt: skip
    return schedule(
        duty(*frequency), YEAR, around=on or around(), start_of_use=start, switched_off=off
    )


def only(made: Schedule) -> Instance:
    (one,) = made.due
    return one


def test_an_instance_says_what_is_due_from_when_to_when() -> None:
    _, second, *_ = due({"every": "quarter"}).due

    assert (second.key, second.title) == ("T-1/1/2024Q2", "2024年第二季度 例会")
    assert (second.opens, second.due) == (date(2024, 4, 1), date(2024, 6, 30))
    assert (second.needed, second.late_until, second.note) == (1, date(2024, 6, 30), "")


def test_a_late_record_counts_until_the_next_window_opens() -> None:
    spring = only(due({"around": ["spring"], "from": -30, "to": -1}))
    december = only(due({"every": "month", "months": [12], "late_days": 10}))

    assert spring.late_until == date(2024, 3, 10)
    assert december.late_until == date(2025, 1, 10)
    assert [one.late_until for one in due({"every": "month", "months": [7, 8]}).due] == [
        date(2024, 7, 31), date(2024, 9, 30),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("start", "keys"),
    [
        (date(2024, 4, 1), ["Q2", "Q3", "Q4"]),
        (date(2024, 5, 16), ["Q2", "Q3", "Q4"]),  # 46 of 91 days are left
        (date(2024, 5, 17), ["Q3", "Q4"]),
        (date(2024, 12, 31), []),
        (date(2025, 1, 1), []),
    ],
)
def test_an_office_that_starts_in_the_second_half_of_a_window_begins_with_the_next(
    start: date, keys: list[str]
) -> None:
    assert [one.key[-2:] for one in due({"every": "quarter"}, start=start).due] == keys


def test_several_records_are_prorated_from_the_start_of_use() -> None:
    one = only(due({"times_a_year": 12}, start=date(2024, 9, 1)))

    assert (one.needed, one.opens) == (4, date(2024, 9, 1))
    assert one.note == "启用日为 2024-09-01，按天数折算为 4 次（原 12 次）。"


def test_what_is_skipped_is_named_with_its_reason() -> None:
    made = due({"every": "quarter"}, start=date(2024, 6, 1), off=(months(2024, 7, 3),))

    assert [(one.label, one.why) for one in made.skipped] == [
        ("2024年第二季度", "启用日为 2024-06-01，剩余不足一半，这一期不要求。"),
        ("2024年第三季度", "停办 92 天，剩余不足一半，这一期不要求。"),
    ]


FREQUENCIES = st.sampled_from([
    {"every": "week"}, {"every": "month"}, {"every": "quarter"}, {"every": "year"},
    {"times_a_year": 4}, {"around": ["spring"], "from": -20, "to": 5},
    {"seasons": ["summer_holiday"]}, {"every": "month", "catch_up": "after"},
    {"every": "quarter", "catch_up": "after"},
])  # fmt: skip
OFF = st.lists(st.builds(months, st.just(2024), st.integers(1, 12)), max_size=5)


@given(FREQUENCIES, st.dates(date(2023, 6, 1), date(2025, 6, 1)), OFF)
def test_nothing_is_due_before_the_start_of_use_or_in_switched_off_months(
    raw: dict[str, Any], start: date, off: list[Period]
) -> None:
    for one in due(raw, start=start, off=tuple(off)).due:
        assert start <= one.opens <= one.due <= one.late_until
        assert not any(one.opens in o or one.due in o for o in off)
        assert one.needed >= 1


@given(FREQUENCIES, OFF)
def test_every_window_is_either_due_or_skipped_with_a_reason(
    raw: dict[str, Any], off: list[Period]
) -> None:
    made, whole = due(raw, off=tuple(off)), due(raw)

    assert {one.key for one in made.due} | {one.key for one in made.skipped} == {
        one.key for one in whole.due
    }
    assert len(made.due) + len(made.skipped) == len(whole.due)
    assert all(one.why for one in made.skipped)


def test_a_switched_off_month_is_skipped_where_nothing_is_caught_up() -> None:
    made = due({"every": "month"}, off=(months(2024, 2), months(2024, 3)))

    assert len(made.due) == 10 and [one.label for one in made.skipped] == ["2024年2月", "2024年3月"]


def test_a_switched_off_month_is_due_after_it_where_it_is_caught_up() -> None:
    made = due({"every": "month", "months": [7], "catch_up": "after"}, off=(months(2024, 7),))

    one = only(made)
    assert (one.opens, one.due) == (date(2024, 8, 1), date(2024, 8, 31))
    assert one.note == "停办月份过后补办，应于 2024-08-31 前完成。"


def test_a_due_date_in_a_switched_off_month_moves_past_it_by_the_days_lost() -> None:
    made = due({"every": "quarter"}, off=(months(2024, 6),))

    second = made.due[1]
    assert (second.opens, second.due, second.needed) == (date(2024, 4, 1), date(2024, 7, 30), 1)


def test_a_moved_due_date_never_lands_in_the_next_switched_off_month() -> None:
    made = due({"every": "month", "months": [1], "catch_up": "after"},
               off=(months(2024, 1), months(2024, 3)))  # fmt: skip

    assert only(made).due == date(2024, 4, 2)


def test_a_duty_after_an_event_is_owed_whole_and_not_for_events_before_the_start() -> None:
    on = Surroundings(
        events=(Event("x", "A", "早", date(2024, 4, 30)), Event("x", "B", "后", date(2024, 5, 1)))
    )

    made = due({"on_event": "x", "days": 10}, start=date(2024, 5, 1), on=on)

    assert [(one.label, one.due) for one in made.due] == [("后", date(2024, 5, 11))]


def test_a_duty_with_several_parts_has_the_instances_of_each() -> None:
    found = instances(duties()["D-11"], YEAR, around=around(), start_of_use=LONG_AGO)

    count = {
        part: sum(one.part == part for one in found)
        for part in ("year", "quarter", "month", "festival")
    }
    assert count == {"year": 1, "quarter": 4, "month": 12, "festival": 3}
    assert [one.due for one in found] == sorted(one.due for one in found)


def test_every_shipped_duty_has_instances_once_what_it_waits_for_happens() -> None:
    period = Period(date(2024, 3, 1), date(2024, 6, 30))
    spells = tuple(Spell(kind, f"{kind}{phase}", "专项", period, phase)
                   for kind in ("militia_reorganisation", "conscription") for phase in ("", "编组"))  # fmt: skip
    events = tuple(Event(key, key, "某事", date(2024, 3, 5)) for key in around().almanac.occasions)
    on = Surroundings(around().almanac, spells, events, around().workdays)

    without = [code for code, one in duties().items()
               if not {i.part for i in instances(one, YEAR, around=on, start_of_use=LONG_AGO)}
               >= {part.key for part in one.parts} - {"seasons"}]  # fmt: skip

    assert without == []


def test_the_next_due_date_is_the_first_from_today() -> None:
    one = duty({"every": "quarter"})

    def when(today: date, **more: Any) -> date | None:
        found = next_due(one, today, around=around(), start_of_use=LONG_AGO, **more)
        return found.due if found else None

    assert when(date(2024, 6, 30)) == date(2024, 6, 30)
    assert when(date(2024, 7, 1)) == date(2024, 9, 30)
    assert when(date(2024, 7, 1), switched_off=(months(2024, 6),)) == date(2024, 7, 30)


def test_a_duty_on_an_event_has_no_next_due_date_without_one() -> None:
    assert (
        next_due(duty({"on_event": "x"}), date(2024, 1, 1), around=around(), start_of_use=LONG_AGO)
        is None
    )


@given(FREQUENCIES, st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 90))
def test_the_next_due_date_never_goes_back(raw: dict[str, Any], today: date, days: int) -> None:
    earlier, later = (next_due(duty(raw), day, around=around(), start_of_use=LONG_AGO)
                      for day in (today, today + timedelta(days)))  # fmt: skip

    assert earlier and later
    assert today <= earlier.due <= later.due
