"""Numbers and dates in official wording."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.core.documents import approximate, chinese_date, percent
from muster.core.documents.wording import chinese_numeral


@pytest.mark.requirement("SYS-05")
@pytest.mark.parametrize(
    ("count", "step", "printed"),
    [
        (63, 10, "60余"),
        (60, 10, "60"),
        (7, 10, "7"),
        (0, 10, "0"),
        (10, 10, "10"),
        (199, 100, "100余"),
        (63, 1, "63"),
        (63, 5, "60余"),
    ],
)
def test_a_count_is_rounded_down_to_the_step_and_says_so(count, step, printed):
    assert approximate(count, step) == printed


@pytest.mark.requirement("SYS-05")
@given(st.integers(0, 10**7), st.integers(1, 1000))
def test_yu_never_claims_more_than_there_is_nor_loses_a_step(count, step):
    printed = approximate(count, step)
    kept = int(printed.removesuffix("余"))
    assert kept <= count < kept + step
    assert printed.endswith("余") == (kept != count)


@pytest.mark.parametrize(("count", "step"), [(-1, 10), (5, 0), (5, -2)])
def test_a_step_below_one_and_a_negative_count_are_bugs(count, step):
    with pytest.raises(ValueError, match="approximate"):
        approximate(count, step)


def test_dates_have_no_leading_zeros():
    assert chinese_date(date(2024, 6, 2)) == "2024年6月2日"


@pytest.mark.parametrize(
    ("part", "whole", "printed"),
    [(48, 50, "96%"), (29, 30, "96.7%"), (1, 3, "33.3%"), (2, 3, "66.7%"), (0, 9, "0%"),
     (1, 0, None), (1999, 2000, "100%"), (1, 2000, "0.1%")],
)  # fmt: skip
def test_shares_are_rounded_half_up_at_one_decimal(part, whole, printed):
    assert percent(part, whole) == printed


@pytest.mark.parametrize(
    ("number", "written"),
    [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (99, "九十九")],
)
def test_headings_count_in_chinese(number, written):
    assert chinese_numeral(number) == written


def test_a_hundredth_heading_is_a_bug():
    with pytest.raises(ValueError, match="1 to 99"):
        chinese_numeral(100)
