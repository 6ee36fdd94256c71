from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.core.identity import PartialDate, ValueFault, parse_date

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
NUMERALS = "〇一二三四五六七八九"


@given(DAYS)
def test_every_accepted_format_of_a_day_gives_that_day(day: date) -> None:
    y, m, d = day.year, day.month, day.day
    spellings = [
        day.isoformat(), f"{y}{m:02d}{d:02d}", f"{y}/{m}/{d}", f"{y}.{m:02d}.{d:02d}", f"{y}年{m}月{d}日",
        f"{y}年{m:02d}月{d:02d}日", f" {y} 年 {m} 月 {d} 日", f"{day.isoformat()} 00:00:00",
        f"{y}．{m}．{d}", float(f"{y}{m:02d}{d:02d}"), datetime.combine(day, time(8)), day,
    ]  # fmt: skip

    assert {parse_date(written) for written in spellings} == {PartialDate(y, m, d)}


@given(st.integers(1900, 2100), st.integers(1, 12))
def test_every_accepted_format_of_a_month_gives_that_month(year: int, month: int) -> None:
    spellings = [f"{year}{month:02d}", f"{year}.{month}", f"{year}-{month:02d}", f"{year}/{month}",
                 f"{year}年{month}月", f"{year}年{month:02d}月份"]  # fmt: skip

    assert {parse_date(written) for written in spellings} == {PartialDate(year, month)}


@given(DAYS)
def test_excel_days_are_read_when_they_are_numbers(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    if serial < 7306:
        return

    assert parse_date(float(serial)).exact == day


@given(DAYS)
def test_chinese_numerals_are_read(day: date) -> None:
    def word(value: int) -> str:
        tens, ones = divmod(value, 10)
        head = "" if not tens else ("十" if tens == 1 else NUMERALS[tens] + "十")
        return head + (NUMERALS[ones] if ones else "")

    year = "".join(NUMERALS[int(digit)] for digit in str(day.year))

    assert parse_date(f"{year}年{word(day.month)}月{word(day.day)}日").exact == day
    assert parse_date(f"{year}年{word(day.month)}月") == PartialDate(day.year, day.month)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("2001-13-45", "date.impossible"),
        ("2001-02-29", "date.impossible"),
        ("20011345", "date.impossible"),
        ("2001-00-01", "date.impossible"),
        ("200113", "date.impossible"),
        ("95.3", "date.two_digit_year"),
        ("95年3月", "date.two_digit_year"),
        ("95-03-04", "date.two_digit_year"),
        ("950304", "date.two_digit_year"),
        ("03/04/1995", "date.format"),
        ("1995-03/04", "date.format"),
        ("至今", "date.format"),
        ("三月", "date.format"),
        ("35125", "date.serial"),
        (1995.1, "date.ambiguous"),
        (float("nan"), "date.format"),
        (1e300, "date.format"),
        (-5.0, "date.format"),
        (True, "date.format"),
        ("", "date.blank"),
        (None, "date.blank"),
        ("3001-01-01", "date.year"),
    ],
)
def test_what_is_not_in_the_list_is_refused(raw: object, code: str) -> None:
    with pytest.raises(ValueFault) as fault:
        parse_date(raw)  # type: ignore[arg-type]

    assert fault.value.code == code
    assert fault.value.allowed


@pytest.mark.parametrize(
    ("raw", "month"), [(1995.3, 3), (1995.12, 12), (1995.11, 11), ("1995.1", 1), ("1995.10", 10)]
)
def test_a_year_dot_month_is_read_where_it_is_certain(raw: float | str, month: int) -> None:
    assert parse_date(raw) == PartialDate(1995, month)


def test_a_column_may_ask_for_days_or_months() -> None:
    assert parse_date("2001-03", precision="month").precision == "month"
    with pytest.raises(ValueFault, match=r"date\.precision"):
        parse_date("2001-03", precision="day")
    with pytest.raises(ValueFault, match=r"date\.precision"):
        parse_date("2001", precision="month")


def test_dates_after_today_are_refused_when_today_is_given() -> None:
    today = date(2026, 3, 15)

    assert parse_date("2026-03", today=today) == PartialDate(2026, 3)
    with pytest.raises(ValueFault, match=r"date\.future"):
        parse_date("2026-03-16", today=today)


def test_a_partial_date_knows_its_first_and_last_day() -> None:
    assert (PartialDate(2024, 2).first, PartialDate(2024, 2).last) == (
        date(2024, 2, 1),
        date(2024, 2, 29),
    )
    assert (PartialDate(2024).first, PartialDate(2024).last) == (
        date(2024, 1, 1),
        date(2024, 12, 31),
    )
    assert str(PartialDate(2024, 2)) == "2024-02"
    assert PartialDate(2024, 2).exact is None


@given(st.one_of(st.text(), st.text("0123456789-/.年月日〇一十 "), st.floats(), st.integers()))
def test_no_cell_crashes_the_reader(raw: object) -> None:
    try:
        found = parse_date(raw)  # type: ignore[arg-type]
    except ValueFault:
        return
    assert 1900 <= found.year <= 2100
