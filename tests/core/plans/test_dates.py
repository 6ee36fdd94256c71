"""Dates as plans write them."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.core.plans.dates import mentions
from muster.core.plans.folding import fold
from muster.core.plans.years import Years


def days(text: str, base: int | None = 2024) -> list[tuple[str | None, str | None]]:
    found = [Years(base).days(m) for m in mentions(fold(text))]
    return [
        (d.start.isoformat() if d.start else None, d.end.isoformat() if d.end else None)
        for d in found
    ]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("4月5日至4月8日", "2024-04-05", "2024-04-08"),
        ("４月５日—８日", "2024-04-05", "2024-04-08"),
        ("4月5-8日", "2024-04-05", "2024-04-08"),
        ("4月5日一4月8日", "2024-04-05", "2024-04-08"),
        ("从2023年4月5日开始，到6月15日结束", "2023-04-05", "2023-06-15"),
        ("自四月五日起至五月八日止", "2024-04-05", "2024-05-08"),
        ("2024-04-05至2024-05-01", "2024-04-05", "2024-05-01"),
        ("2024.4.5-2024.5.1", "2024-04-05", "2024-05-01"),
        ("二〇二五年三月上旬", "2025-03-01", "2025-03-10"),
        ("2月中旬", "2024-02-11", "2024-02-20"),
        ("2月下旬", "2024-02-21", "2024-02-29"),
        ("4月中下旬", "2024-04-11", "2024-04-30"),
        ("2025年2月底", "2025-02-28", "2025-02-28"),
        ("5月10日至月底", "2024-05-10", "2024-05-31"),
        ("4月上旬到下旬", "2024-04-01", "2024-04-30"),
        ("4—6月", "2024-04-01", "2024-06-30"),
        ("四月至六月", "2024-04-01", "2024-06-30"),
        ("5月", "2024-05-01", "2024-05-31"),
        ("第一季度", "2024-01-01", "2024-03-31"),
        ("上半年", "2024-01-01", "2024-06-30"),
        ("5月20日前", None, "2024-05-20"),
        ("5月底以前", None, "2024-05-31"),
        ("截至8月10日", None, "2024-08-10"),
        ("不迟于8月10日", None, "2024-08-10"),
        ("年底前", None, "2024-12-31"),
        ("4月5日起", "2024-04-05", None),
        ("4月5日开始", "2024-04-05", None),
        ("2024年12月20日至次年1月10日", "2024-12-20", "2025-01-10"),
        ("12月20日至1月10日", "2024-12-20", "2025-01-10"),
        ("明年1月15日", "2025-01-15", "2025-01-15"),
        ("4月5日（星期五）至4月8日（星期一）", "2024-04-05", "2024-04-08"),
        ("9月第三个星期六", "2024-09-21", "2024-09-21"),
        ("24年4月5日", "2024-04-05", "2024-04-05"),
        ("20XX年4月5日", "2024-04-05", "2024-04-05"),
    ],
)
def test_a_date_is_read(text: str, start: str | None, end: str | None) -> None:
    assert days(text) == [(start, end)]


@pytest.mark.parametrize(
    "text", ["4月初", "2月30日", "农历八月十五", "5月前", "6月10日左右", "6月31日至2月30日"]
)
def test_what_the_calendar_cannot_tell_stays_null(text: str) -> None:
    assert days(text) == [(None, None)]


@pytest.mark.parametrize(
    "text",
    ["3个月", "每季度", "13月5日", "1.5公里", "双拥月", "一月一次", "第十五条", "24小时", "每月"],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert days(text) == []


def test_no_year_is_guessed() -> None:
    assert days("4月5日至4月8日", base=None) == [(None, None)]
    assert days("20XX年4月5日", base=None) == [(None, None)]


@given(
    st.dates(date(2000, 1, 1), date(2098, 12, 31)),
    st.dates(date(2000, 1, 1), date(2098, 12, 31)),
    st.sampled_from("至到—-~～－"),
)
def test_two_whole_dates_come_back_as_written(one: date, other: date, sep: str) -> None:
    text = f"{one.year}年{one.month}月{one.day}日{sep}{other.year}年{other.month}月{other.day}日"

    assert days(text) == [(one.isoformat(), other.isoformat())]


@given(st.text(alphabet="年月日至前后旬上中下底起4510一二三()-.、。 XX2024", max_size=40))
def test_no_text_breaks_the_reader_and_dates_never_overlap(text: str) -> None:
    found = mentions(fold(text))

    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(0 <= m.start < m.end <= len(text) for m in found)
    days(text)
