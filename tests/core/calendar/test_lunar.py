"""Lunar and other moving days against dates as they were and will be."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.core.calendar import Almanac, LunarDate, YearNotInTable, lunar_of, solar_of
from muster.core.calendar.problems import BadEntry, NotConfigured
from tests.core.calendar.shipped import around, files

KNOWN = {
    "spring": "01-25 02-12 02-01 01-22 02-10 01-29 02-17 02-06 01-26 02-13 02-03",
    "new_years_eve": "01-24 02-11 01-31 01-21 02-09 01-28 02-16 02-05 01-25 02-12 02-02",
    "lantern": "02-08 02-26 02-15 02-05 02-24 02-12 03-03 02-20 02-09 02-27 02-17",
    "qingming": "04-04 04-04 04-05 04-05 04-04 04-04 04-05 04-05 04-04 04-04 04-05",
    "dragon_boat": "06-25 06-14 06-03 06-22 06-10 05-31 06-19 06-09 05-28 06-16 06-05",
    "mid_autumn": "10-01 09-21 09-10 09-29 09-17 10-06 09-25 09-15 10-03 09-22 09-12",
    "education_day": "09-19 09-18 09-17 09-16 09-21 09-20 09-19 09-18 09-16 09-15 09-21",
    "army_day": " ".join(["08-01"] * 11),
    "martyrs_day": " ".join(["09-30"] * 11),
    "memorial_day": " ".join(["12-13"] * 11),
}


@pytest.mark.parametrize("key", KNOWN)
def test_festivals_of_2020_to_2030_fall_on_their_known_days(key: str) -> None:
    found = [around().almanac.day(key, year) for year in range(2020, 2031)]

    assert [f"{day:%m-%d}" for day in found] == KNOWN[key].split()
    assert [day.year for day in found] == list(range(2020, 2031))


@given(st.dates(date(2000, 2, 5), date(2051, 2, 10)))
def test_every_day_of_the_table_goes_to_the_lunar_calendar_and_back(day: date) -> None:
    assert solar_of(lunar_of(day)) == day


@given(st.dates(date(2000, 2, 5), date(2051, 2, 9)))
def test_the_lunar_calendar_goes_forward_day_by_day(day: date) -> None:
    today, tomorrow = lunar_of(day), lunar_of(day + timedelta(1))

    assert tomorrow.day == today.day + 1 or (tomorrow.day == 1 and today.day in (29, 30))
    assert tomorrow.year == today.year or (tomorrow.month, tomorrow.day) == (1, 1)


def test_the_leap_month_of_2033_comes_after_the_eleventh() -> None:
    assert lunar_of(date(2033, 12, 22)) == LunarDate(2033, 11, 1, leap=True)
    assert str(lunar_of(date(2033, 12, 22))) == "闰冬月初一"


@pytest.mark.parametrize(
    ("day", "words"),
    [(date(2024, 2, 10), "正月初一"), (date(2024, 2, 9), "腊月三十"), (date(2025, 7, 25), "闰六月初一"),
     (date(2024, 2, 29), "正月二十"), (date(2024, 3, 1), "正月廿一")],
)  # fmt: skip
def test_a_lunar_day_is_said_as_people_say_it(day: date, words: str) -> None:
    assert str(lunar_of(day)) == words


def test_a_year_outside_the_table_is_refused_and_never_guessed() -> None:
    with pytest.raises(YearNotInTable, match="2000 年至 2050 年"):
        around().almanac.day("spring", 2051)
    with pytest.raises(YearNotInTable):
        lunar_of(date(1999, 12, 31))
    with pytest.raises(YearNotInTable):
        lunar_of(date(2051, 6, 1))


def test_the_support_month_runs_from_new_year_to_spring_festival() -> None:
    season = around().almanac.season("mutual_support_month", 2024)

    assert str(season) == "2024-01-01/2024-02-10"


def test_a_season_without_dates_says_that_it_is_not_set() -> None:
    with pytest.raises(NotConfigured, match="双拥周"):
        around().almanac.season("mutual_support_week", 2024)


def test_a_county_changes_a_season_by_its_own_entry() -> None:
    own = {"format": "muster-calendar/1", "seasons": {"education_month": {
        "name": {"zh": "国防教育月", "en": "education month"}, "from": {"date": "09-01"},
        "to": {"date": "09-30"}, "status": "practice", "source": "本县通知"}}}  # fmt: skip

    almanac = Almanac.from_entries([*files("calendars/days.yaml"), ("本县", own)])

    assert str(almanac.season("education_month", 2024)) == "2024-09-01/2024-09-30"


def test_a_winter_season_ends_in_the_next_year() -> None:
    raw = {"format": "muster-calendar/1", "seasons": {"winter": {
        "name": {"zh": "冬", "en": "winter"}, "from": {"date": "12-01"}, "to": {"date": "02-31"},
        "status": "practice", "source": "本县"}}}  # fmt: skip

    assert str(Almanac.from_entries([("x", raw)]).season("winter", 2023)) == "2023-12-01/2024-02-29"


def test_a_named_day_may_not_hide_behind_another_name() -> None:
    raw = {"format": "muster-calendar/1", "days": {"a": {
        "name": {"zh": "甲", "en": "a"}, "day": "a", "status": "law", "source": "无"}}}  # fmt: skip

    with pytest.raises(BadEntry, match=r"days\.a"):
        Almanac.from_entries([("x", raw)])
