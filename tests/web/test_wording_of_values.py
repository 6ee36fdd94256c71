from datetime import UTC, date, datetime

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from muster.web.templatetags.muster import day, fen_yuan, mask, moment, percent


@pytest.mark.parametrize(
    ("fen", "text"),
    [(0, "0.00"), (5, "0.05"), (1234567, "12,345.67"), (-100, "-1.00"), (None, "")],
)
def test_money_is_shown_in_yuan_with_fen(fen, text):
    assert fen_yuan(fen) == text


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_no_fen_is_lost_on_the_way_to_the_screen(fen):
    assert round(float(fen_yuan(fen).replace(",", "")) * 100) == fen


@pytest.mark.parametrize(
    ("language", "style", "text"),
    [
        ("zh-hans", "", "2026年11月22日"),
        ("zh-hans", "weekday", "2026年11月22日 星期日"),
        ("zh-hans", "short", "11月22日"),
        ("en", "", "22 Nov 2026"),
        ("en", "weekday", "Sun 22 Nov 2026"),
        ("en", "short", "22 Nov"),
    ],
)
def test_dates_follow_the_readers_language(language, style, text):
    with translation.override(language):
        assert day(date(2026, 11, 22), style) == text


def test_an_empty_date_is_an_empty_cell():
    assert day(None) == moment(None) == ""


def test_a_moment_is_shown_in_local_time():
    assert moment(datetime(2026, 11, 21, 17, 30, tzinfo=UTC)) == "2026年11月22日 01:30"


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        ("000000199001011234", "identity", "000000********1234"),
        ("19900001234", "phone", "199****1234"),
        ("张建国", "name", "张**"),
        ("123", "phone", "***"),
        ("", "phone", ""),
        (None, "identity", ""),
    ],
)
def test_personal_numbers_are_masked(value, kind, text):
    assert mask(value, kind) == text


@given(st.text(alphabet="0123456789X", min_size=12, max_size=19))
def test_a_mask_hides_the_middle_and_keeps_the_length(value):
    shown = mask(value, "phone")
    assert len(shown) == len(value) and shown[3:-4] == "*" * (len(value) - 7)


def test_a_share_of_nothing_is_zero():
    assert percent(0, 0) == 0 and percent(1, 3) == 33
