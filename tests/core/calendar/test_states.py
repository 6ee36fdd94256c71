"""Where an instance stands: worked out from records only, so removing one flips it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.core.calendar import Excuse, Instance, Record, instances, months, standings, state
from muster.core.kernel import Period
from tests.core.calendar.shipped import LONG_AGO, around, duties, duty

MIDDLE, LAST, AFTER = date(2024, 5, 10), date(2024, 6, 30), date(2024, 7, 1)


def quarter(**more: Any) -> Instance:
    _, second, *_ = instances(duty({"every": "quarter"}, **more), Period.year(2024), around=around(),
                              start_of_use=LONG_AGO)  # fmt: skip
    return second


def meeting(day: date = MIDDLE, *, key: str = "m1", of: str = "office", **more: Any) -> Record:
    return Record(key, "meeting", of, day, **more)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2024, 3, 1), "waiting"), (date(2024, 4, 1), "waiting"), (date(2024, 6, 15), "waiting"),
        (date(2024, 6, 16), "soon"), (LAST, "soon"), (AFTER, "overdue"),
    ],
)  # fmt: skip
def test_without_records_an_instance_waits_comes_near_and_is_overdue(
    today: date, expected: str
) -> None:
    found = state(quarter(), [], today)

    assert (found.state, found.have, found.days_left) == (expected, 0, (LAST - today).days)


def test_a_record_fulfils_and_removing_it_flips_the_state() -> None:
    with_it, without = state(quarter(), [meeting()], AFTER), state(quarter(), [], AFTER)

    assert (with_it.state, with_it.records, with_it.late) == ("fulfilled", ("m1",), False)
    assert without.state == "overdue"
    assert (with_it.label, without.label) == ("已完成", "逾期")


@pytest.mark.parametrize(
    "record",
    [
        meeting(date(2024, 3, 31)), meeting(AFTER), meeting(of="other"),
        Record("a1", "activity", "office", MIDDLE), meeting(date(2024, 6, 20)),
    ],
)  # fmt: skip
def test_another_kind_another_window_or_a_day_to_come_does_not_count(record: Record) -> None:
    assert state(quarter(), [record], date(2024, 6, 19)).state == "soon"


def test_one_record_may_fulfil_several_duties() -> None:
    visit = Record("v1", "visit", "army_day", date(2024, 8, 1))
    mine = [duties()[code] for code in ("D-11", "D-26", "D-27")]
    due = [one for d in mine for one in instances(d, Period.year(2024), around=around(),
                                                  start_of_use=LONG_AGO)]  # fmt: skip

    done = [
        s.instance.key for s in standings(due, [visit], date(2024, 8, 2)) if s.state == "fulfilled"
    ]

    assert sorted(done) == [
        "D-11/festival/2024-army_day",
        "D-26/1/2024-army_day_window",
        "D-27/1/2024M08",
    ]


def test_a_meeting_without_its_minutes_does_not_count_and_says_what_is_lacking() -> None:
    office = duties()["D-05"]
    may = instances(office, Period.year(2024), around=around(), start_of_use=LONG_AGO)[4]
    held = meeting(of="mutual_support_office", has=frozenset({"minutes"}))

    lacking = state(may, [held], date(2024, 5, 31))
    whole = state(
        may,
        [meeting(of="mutual_support_office", has=frozenset({"minutes", "chair"}))],
        date(2024, 5, 31),
    )

    assert (lacking.state, lacking.lacking) == ("soon", ("2024-05-10的记录缺规定的主持人",))
    assert (whole.state, whole.lacking) == ("fulfilled", ())


def test_several_are_counted_until_there_are_enough() -> None:
    one = instances(duty({"every": "month", "count": 2}), Period.year(2024), around=around(),
                    start_of_use=LONG_AGO)[4]  # fmt: skip
    records = [meeting(), meeting(date(2024, 5, 20), key="m2")]

    assert state(one, records[:1], date(2024, 6, 1)).state == "overdue"
    assert state(one, records, date(2024, 6, 1)).state == "fulfilled"
    assert state(one, [meeting(count=2)], date(2024, 6, 1)).have == 2


def test_a_late_record_fulfils_and_is_called_late() -> None:
    spring = instances(duty({"around": ["spring"], "from": -30, "to": -1}), Period.year(2024),
                       around=around(), start_of_use=LONG_AGO)[0]  # fmt: skip

    found = state(spring, [meeting(date(2024, 2, 20))], date(2024, 3, 1))

    assert (found.state, found.late) == ("fulfilled", True)
    assert state(spring, [meeting(date(2024, 3, 11))], date(2024, 3, 12)).state == "overdue"


def test_a_person_may_say_which_instance_a_record_makes_up_for() -> None:
    first, second, *_ = instances(duty({"every": "quarter"}), Period.year(2024), around=around(),
                                  start_of_use=LONG_AGO)  # fmt: skip
    made_up = meeting(date(2024, 4, 5), settles=frozenset({first.key}))

    found = standings([first, second], [made_up], date(2024, 4, 6))

    assert [(one.state, one.late) for one in found] == [("fulfilled", True), ("waiting", False)]


def test_an_excused_instance_carries_its_reason_and_a_record_is_stronger() -> None:
    excuses = [Excuse(quarter().key, "防汛抢险"), Excuse("other", "别的")]

    excused = state(quarter(), [], AFTER, excuses)

    assert (excused.state, excused.reason) == ("excused", "防汛抢险")
    assert state(quarter(), [meeting()], AFTER, excuses).state == "fulfilled"
    with pytest.raises(ValueError, match="reason"):
        Excuse("x", " ")


def test_a_duty_whose_records_do_not_exist_yet_has_no_source() -> None:
    assert state(quarter(), [], AFTER, known={"campaign"}).state == "no_source"
    assert state(quarter(), [], AFTER, known={"meeting"}).state == "overdue"


def test_one_meeting_never_answers_for_two_windows_of_one_duty() -> None:
    moved = instances(duty({"every": "quarter"}), Period.year(2024), around=around(),
                      start_of_use=LONG_AGO, switched_off=(months(2024, 6),))  # fmt: skip
    july = [meeting(date(2024, 7, 10)), meeting(date(2024, 9, 10), key="m2")]

    assert [one.state for one in standings(moved[1:3], july[:1], date(2024, 10, 1))] == [
        "fulfilled",
        "overdue",
    ]
    assert [one.state for one in standings(moved[1:3], july, date(2024, 10, 1))] == [
        "fulfilled"
    ] * 2


def test_what_was_done_in_a_switched_off_month_counts_but_nothing_before_the_start_of_use() -> None:
    def second(start: date) -> Instance:
        return instances(duty({"every": "quarter"}), Period.year(2024), around=around(), start_of_use=start,
                         switched_off=(months(2024, 4),))[-3]  # fmt: skip

    april = [meeting(date(2024, 4, 20))]

    assert second(LONG_AGO).opens == date(2024, 5, 1)
    assert state(second(LONG_AGO), april, MIDDLE).state == "fulfilled"
    assert state(second(date(2024, 4, 22)), april, MIDDLE).state == "waiting"


def test_each_member_owes_its_own_record() -> None:
    mine, other = (quarter().owed_by(key, name=key) for key in ("A", "B"))
    records = [meeting(subject="A")]

    found = standings([mine, other], records, AFTER)

    assert [(one.instance.key[-2:], one.state) for one in found] == [
        ("@A", "fulfilled"),
        ("@B", "overdue"),
    ]
    assert mine.title == "2024年第二季度 例会·A"


def test_a_short_window_comes_near_only_in_its_second_half() -> None:
    week = instances(
        duty({"every": "week"}), Period.year(2024), around=around(), start_of_use=LONG_AGO
    )[1]

    found = [state(week, [], week.opens + timedelta(n)).state for n in range(-1, 8)]

    assert found == ["waiting"] * 4 + ["soon"] * 4 + ["overdue"]


DAYS = st.dates(date(2023, 12, 1), date(2025, 2, 1))


@given(st.lists(DAYS, max_size=8), DAYS)
def test_a_record_taken_away_never_makes_an_instance_better(
    days: Sequence[date], today: date
) -> None:
    due = instances(duty({"every": "quarter"}, {"part": "b", "times_a_year": 3}), Period.year(2024),
                    around=around(), start_of_use=LONG_AGO)  # fmt: skip
    records = [meeting(day, key=f"m{n}") for n, day in enumerate(days)]

    before, after = standings(due, records, today), standings(due, records[1:], today)

    done = {one.instance.key for one in before if one.state == "fulfilled"}
    assert {one.instance.key for one in after if one.state == "fulfilled"} <= done
