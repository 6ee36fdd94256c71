"""Working days against the notices of 2024 to 2026 and against an independent calendar."""

from datetime import date, timedelta
from typing import Any

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.core.calendar import BadEntry, Holidays, WorkDays
from muster.core.kernel import Period
from tests.core.calendar.shipped import around

WORK = around().workdays


def test_every_day_of_2024_to_2026_agrees_with_an_independent_calendar() -> None:
    days = [
        date(2024, 1, 1) + timedelta(n) for n in range((date(2027, 1, 1) - date(2024, 1, 1)).days)
    ]

    assert [day for day in days if WORK.is_working(day) != chinese_calendar.is_workday(day)] == []


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (date(2024, 2, 8), 3, date(2024, 2, 19)),  # Spring Festival; Sunday 18 February was worked
        (date(2024, 9, 27), 5, date(2024, 10, 10)),  # Sunday 29 September was worked
        (date(2025, 1, 27), 1, date(2025, 2, 5)),
        (date(2026, 2, 13), 2, date(2026, 2, 24)),  # Saturday 14 February was worked
        (date(2024, 5, 6), 0, date(2024, 5, 6)),
    ],
)
def test_a_deadline_in_working_days_skips_days_off_and_counts_worked_weekends(
    start: date, days: int, due: date
) -> None:
    assert WORK.after(start, working_days=days).day == due
    assert WORK.after(start, working_days=days).note == ""


def test_a_period_of_calendar_days_that_ends_on_a_day_off_ends_on_the_next_working_day() -> None:
    assert WORK.after_days(date(2024, 9, 26), days=7).day == date(2024, 10, 8)
    assert WORK.after_days(date(2024, 6, 3), days=1).day == date(2024, 6, 4)


@pytest.mark.parametrize(("year", "working"), [(2024, 251), (2025, 248), (2026, 248)])
def test_a_year_has_its_known_number_of_working_days(year: int, working: int) -> None:
    weekdays = sum((date(year, 1, 1) + timedelta(n)).isoweekday() < 6
                   for n in range(Period.year(year).days))  # fmt: skip
    notice = WORK.years[year]
    moved = len(notice.worked) - sum(day.isoweekday() < 6 for day in notice.off)

    assert WORK.between(Period.year(year)).days == weekdays + moved == working


def test_a_year_without_its_notice_is_counted_by_weekends_and_says_so() -> None:
    answer = WORK.after(date(2027, 1, 1), working_days=5)

    assert answer.day == date(2027, 1, 8)
    assert answer.unconfigured == (2027,)
    assert answer.note == "2027年的放假安排未配置，只按周末推算。"
    assert WorkDays().between(Period.year(2024)).note.startswith("2024年")
    assert not WORK.configured(2027)


@given(st.dates(date(2024, 1, 1), date(2026, 10, 1)), st.integers(1, 40))
def test_a_deadline_is_a_working_day_with_just_that_many_before_it(start: date, days: int) -> None:
    due = WORK.after(start, working_days=days).day

    assert WORK.is_working(due)
    assert WORK.between(Period(start + timedelta(1), due)).days == days


@given(st.dates(date(2023, 1, 1), date(2030, 1, 1)), st.integers(0, 60))
def test_a_longer_deadline_is_later(start: date, days: int) -> None:
    shorter, longer = (WORK.after(start, working_days=n).day for n in (days, days + 1))

    assert start <= shorter < longer


@pytest.mark.parametrize(
    ("holiday", "field"),
    [
        ({"name": "春节", "from": "2024-02-10", "to": "2024-02-01"}, "to"),
        ({"name": "春节", "from": "2024-02-10", "to": "二月"}, "to"),
        (
            {"name": "春节", "from": "2024-02-10", "to": "2024-02-17", "worked": ["2024-02-19"]},
            "worked",
        ),
        (
            {"name": "春节", "from": "2024-02-10", "to": "2024-02-17", "worked": ["2024-02-11"]},
            "holidays",
        ),
        ({"from": "2024-02-10", "to": "2024-02-17"}, "name"),
    ],
)
def test_a_notice_that_cannot_be_is_refused(holiday: dict[str, Any], field: str) -> None:
    raw = {"format": "muster-holidays/1", "year": 2024, "source": "试", "published": "2023-10-25",
           "holidays": [holiday]}  # fmt: skip

    with pytest.raises(BadEntry) as refusal:
        Holidays.from_entry(raw, where="试")

    assert refusal.value.facts["field"] == field


def test_a_notice_may_reach_into_the_december_before() -> None:
    raw = {"format": "muster-holidays/1", "year": 2023, "source": "试", "published": "2022-12-08",
           "holidays": [{"name": "元旦", "from": "2022-12-31", "to": "2023-01-02"}]}  # fmt: skip
    work = WorkDays.from_entries([("试", raw)])

    assert work.holiday(date(2022, 12, 31)) == "元旦"
    assert not work.is_working(date(2023, 1, 2))
