"""Windows of every frequency: they cover the year, never overlap, and bear their usual names."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.core.calendar import Event, Spell, Surroundings, WorkDays, read_frequency
from muster.core.calendar.windows import Window, lay, merged, shared_days
from muster.core.kernel import Period
from tests.core.calendar.shipped import around

CONTINUOUS: list[dict[str, Any]] = [
    {"every": "week"}, {"every": "month"}, {"every": "quarter"}, {"every": "half_year"},
    {"every": "year"}, {"every": "month", "count": 3}, {"times_a_year": 2},
    *({"times_a_year": n, "spread": True} for n in (1, 2, 3, 4, 6, 12)),
]  # fmt: skip
YEARS = st.integers(2001, 2049)


def windows(raw: dict[str, Any], period: Period, *, on: Surroundings | None = None) -> list[Window]:
    return lay(read_frequency(raw, where="试验"), period, around=on or around()).windows


@given(st.sampled_from(CONTINUOUS), YEARS)
def test_continuous_windows_cover_the_year_without_overlap(raw: dict[str, Any], year: int) -> None:
    found = [one.period for one in windows(raw, Period.year(year))]

    assert all(b.start == a.end + timedelta(1) for a, b in pairwise(found))
    if raw.get("every") != "week":
        assert Period(found[0].start, found[-1].end) == Period.year(year)
    assert sum(one.days for one in found) in (
        {365, 366} if raw.get("every") != "week" else {364, 371}
    )


@given(st.sampled_from([*CONTINUOUS, {"every": "week", "months": [6]},
                        {"around": ["spring", "army_day"], "from": -9, "to": 9},
                        {"seasons": ["winter_holiday", "mutual_support_month"]},
                        {"every_years": 3, "since": 2000}]), YEARS, st.integers(1, 364))  # fmt: skip
def test_a_window_belongs_to_exactly_one_of_two_adjoining_periods(
    raw: dict[str, Any], year: int, days: int
) -> None:
    whole, cut = Period.year(year), date(year, 1, 1) + timedelta(days)
    parts = Period(whole.start, cut - timedelta(1)), Period(cut, whole.end)

    assert windows(raw, parts[0]) + windows(raw, parts[1]) == windows(raw, whole)


@given(st.sampled_from(CONTINUOUS), YEARS)
def test_keys_are_unique_and_labels_name_the_year(raw: dict[str, Any], year: int) -> None:
    found = windows(raw, Period(date(year, 1, 1), date(year + 1, 12, 31)))

    assert len({one.key for one in found}) == len(found)
    named = tuple(f"{named}年" for named in (year - 1, year, year + 1))  # weeks: the ISO year
    assert all(one.label.startswith(named) for one in found)


@pytest.mark.parametrize(
    ("raw", "labels"),
    [
        ({"every": "quarter"}, ["2024年第一季度", "2024年第二季度", "2024年第三季度", "2024年第四季度"]),
        ({"every": "half_year"}, ["2024年上半年", "2024年下半年"]),
        ({"every": "year"}, ["2024年"]),
        ({"every": "month", "months": [2, 8]}, ["2024年2月", "2024年8月"]),
        ({"times_a_year": 3, "spread": True}, ["2024年1月至4月", "2024年5月至8月", "2024年9月至12月"]),
        ({"every_years": 4, "since": 2021}, ["2021年至2024年"]),
        ({"around": ["spring"], "from": -30, "to": -1}, ["2024年春节前"]),
        ({"around": [{"date": "12-31"}], "from": -45}, ["2024年12月31日前"]),
        ({"around": ["army_day"]}, ["2024年八一建军节"]),
        ({"seasons": ["summer_holiday"]}, ["2024年暑假"]),
    ],
)  # fmt: skip
def test_windows_bear_their_usual_names(raw: dict[str, Any], labels: list[str]) -> None:
    assert [one.label for one in windows(raw, Period.year(2024))] == labels


def test_a_leap_february_is_a_day_longer() -> None:
    found = {year: windows({"every": "month", "months": [2]}, Period.year(year))[0].period
             for year in (2023, 2024)}  # fmt: skip

    assert (found[2023].days, found[2024].days) == (28, 29)


def test_weeks_run_from_monday_to_sunday_and_go_by_the_year_of_their_thursday() -> None:
    first, *_ = windows({"every": "week"}, Period.year(2027))

    assert (str(first.period), first.key) == ("2026-12-28/2027-01-03", "2026W53")
    assert first.label == "2026年第53周（12月28日至1月3日）"


def test_weeks_of_a_campaign_run_from_its_first_day_and_a_short_rest_joins_the_last() -> None:
    spell = Spell("conscription", "C", "征兵", Period(date(2024, 8, 1), date(2024, 8, 17)))
    found = windows({"campaign": "conscription", "pace": "week"}, Period.year(2024),
                    on=Surroundings(spells=(spell,)))  # fmt: skip

    assert [(one.label, str(one.period)) for one in found] == [
        ("征兵第1周", "2024-08-01/2024-08-07"), ("征兵第2周", "2024-08-08/2024-08-17"),
    ]  # fmt: skip


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 300),
       st.sampled_from(["once", "week", "month"]))  # fmt: skip
def test_windows_of_a_campaign_cover_it(start: date, days: int, pace: str) -> None:
    period = Period(start, start + timedelta(days))
    spell = Spell("x", "X", "专项", period)
    found = windows({"campaign": "x", "pace": pace}, period, on=Surroundings(spells=(spell,)))

    assert merged(one.period for one in found) == [period]
    assert sum(one.period.days for one in found) == period.days


def test_a_phase_has_windows_of_its_own_and_another_campaign_none() -> None:
    whole = Period(date(2024, 4, 5), date(2024, 6, 15))
    phase = Period(date(2024, 5, 21), date(2024, 6, 9))
    on = Surroundings(spells=(Spell("m", "Z", "整组", whole), Spell("m", "Z4", "编组阶段", phase, "编组"),
                              Spell("c", "C", "征兵", whole)))  # fmt: skip

    assert [one.key for one in windows({"campaign": "m"}, Period.year(2024), on=on)] == ["Z"]
    assert [
        one.key for one in windows({"campaign": "m", "phase": "编组"}, Period.year(2024), on=on)
    ] == ["Z4"]


@pytest.mark.parametrize(
    ("limit", "due"),
    [
        ({}, date(2024, 1, 31)), ({"days": 10}, date(2024, 2, 10)),
        ({"months": 1}, date(2024, 2, 29)), ({"working_days": 5}, date(2024, 2, 6)),
    ],
)  # fmt: skip
def test_an_event_starts_its_deadline(limit: dict[str, int], due: date) -> None:
    on = Surroundings(
        events=(Event("x", "E", "某事", date(2024, 1, 31)),), workdays=around().workdays
    )

    (found,) = windows({"on_event": "x"} | limit, Period.year(2024), on=on)

    assert found.period == Period(date(2024, 1, 31), due)


def test_without_an_event_nothing_is_due() -> None:
    assert windows({"on_event": "x", "days": 3}, Period.year(2024)) == []


def test_what_cannot_be_laid_is_named_and_not_guessed() -> None:
    frequency = read_frequency({"around": ["spring", "army_day"]}, where="试验")
    laid = lay(frequency, Period.year(2051), around=around())
    event = Surroundings(events=(Event("x", "E", "某事", date(2027, 1, 4)),), workdays=WorkDays())
    late = lay(read_frequency({"on_event": "x", "working_days": 2}, where="试验"),
               Period.year(2027), around=event)  # fmt: skip

    assert [one.label for one in laid.windows] == ["2051年八一建军节"]
    assert len(laid.missing) == 1 and "没有 2051 年" in laid.missing[0]
    assert late.missing == ["2027年的放假安排未配置，只按周末推算。"]


def test_a_year_inside_the_table_misses_nothing() -> None:
    for year in (2001, 2050):
        assert lay(read_frequency({"around": ["spring"], "from": -30}, where="试"),
                   Period.year(year), around=around()).missing == []  # fmt: skip


def test_a_lunar_december_falls_into_the_next_year() -> None:
    (found,) = windows({"around": [{"lunar": "12-08"}]}, Period.year(2025))

    assert found.period.end == date(2025, 1, 7)


@given(
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 60)), max_size=6), st.integers(0, 300)
)
def test_shared_days_are_the_days_that_lie_in_both(
    spans: list[tuple[int, int]], first: int
) -> None:
    zero = date(2024, 1, 1)
    others = [Period(zero + timedelta(a), zero + timedelta(a + b)) for a, b in spans]
    one = Period(zero + timedelta(first), zero + timedelta(first + 50))
    days = {one.start + timedelta(n) for n in range(one.days)}

    assert shared_days(one, merged(others)) == sum(any(day in o for o in others) for day in days)
