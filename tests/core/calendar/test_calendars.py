"""Calendar text that other programs read, and the month as a grid for print."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.core.calendar import Almanac, Entry, WorkDays, entry_of, feed, instances, month_grid
from muster.core.kernel import Period
from tests.core.calendar.shipped import LONG_AGO, around, duties

STAMP = datetime(2024, 6, 20, 8, 0, tzinfo=timezone(timedelta(hours=8)))


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def value(text: str, name: str) -> str:
    (line,) = [line for line in unfolded(text) if line.startswith(name)]
    written = line.split(":", 1)[1]
    for escaped, plain in (("\\n", "\n"), ("\\,", ","), ("\\;", ";"), ("\\\\", "\\")):
        written = written.replace(escaped, plain)
    return written


def test_a_feed_is_the_calendar_text_of_the_standard() -> None:
    text = feed([Entry("D-01/1/2024Q2", date(2024, 6, 30), "2024年第二季度 党委议军会", remind_days=3)],
                name="青禾镇经常性工作", place="990101001000", stamp=STAMP)  # fmt: skip

    assert text.split("\r\n") == [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Muster//Calendar 1//ZH", "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH", "X-WR-CALNAME:青禾镇经常性工作", "BEGIN:VEVENT",
        "UID:D-01/1/2024Q2@990101001000.muster", "DTSTAMP:20240620T000000Z",
        "DTSTART;VALUE=DATE:20240630", "DTEND;VALUE=DATE:20240701", "SUMMARY:2024年第二季度 党委议军会",
        "TRANSP:TRANSPARENT", "BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:2024年第二季度 党委议军会",
        "TRIGGER:-P3D", "END:VALARM", "END:VEVENT", "END:VCALENDAR", "",
    ]  # fmt: skip


# A backslash before n, comma or semicolon would need a full parser here; the escape has its own test.
@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\\"), max_size=200)
)
def test_no_line_is_over_75_bytes_and_no_character_is_torn(words: str) -> None:
    text = feed([Entry("k", date(2024, 1, 1), "题", note=words)], name="n", place="p", stamp=STAMP)

    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert text.endswith("END:VCALENDAR\r\n")
    if words:
        assert value(text, "DESCRIPTION") == words


def test_signs_that_would_end_a_value_are_escaped_and_controls_dropped() -> None:
    text = feed(
        [Entry("k", date(2024, 1, 1), "甲;乙,丙\\丁\r\nEND:VEVENT\x07")],
        name="n",
        place="p",
        stamp=STAMP,
    )

    assert "SUMMARY:甲\\;乙\\,丙\\\\丁\\nEND:VEVENT" in unfolded(text)
    assert unfolded(text).count("END:VEVENT") == 1


def test_entries_of_a_year_keep_their_identity_when_the_feed_is_made_again() -> None:
    due = instances(duties()["D-11"], Period.year(2024), around=around(), start_of_use=LONG_AGO)
    feeds = [feed([entry_of(one) for one in due], name="n", place="p", stamp=stamp)
             for stamp in (STAMP, datetime(2024, 7, 1, tzinfo=UTC))]  # fmt: skip

    first, second = ([line for line in unfolded(text) if line.startswith("UID")] for text in feeds)

    assert first == second and len(set(first)) == len(due) == 20


def test_an_entry_of_an_instance_stands_on_its_due_date_and_tells_its_window() -> None:
    one = instances(duties()["D-24"], Period.year(2024), around=around(), start_of_use=LONG_AGO)[0]

    entry = entry_of(one, group="走访优抚", note="村（社区）")

    assert (entry.day, entry.key) == (date(2024, 2, 9), "D-24/1/2024-spring")
    assert entry.note == "办理时间：2024-01-11至2024-02-09\n村（社区）"


def test_a_stamp_without_a_zone_is_a_bug() -> None:
    with pytest.raises(ValueError, match="zone"):
        feed([], name="n", place="p", stamp=datetime(2024, 1, 1))  # noqa: DTZ001


@given(st.integers(1990, 2060), st.integers(1, 12))
def test_a_month_is_whole_weeks_from_monday_with_each_of_its_days_once(
    year: int, month: int
) -> None:
    grid = month_grid(year, month, [], almanac=Almanac(), workdays=WorkDays())
    days = [cell.day for week in grid.weeks for cell in week]

    assert all(len(week) == 7 and week[0].day.isoweekday() == 1 for week in grid.weeks)
    assert days == [days[0] + timedelta(n) for n in range(len(days))]
    assert [cell.day.day for week in grid.weeks for cell in week if cell.inside] == list(
        range(1, sum(day.month == month for day in days) + 1)
    )
    assert 4 <= len(grid.weeks) <= 6


def test_a_cell_shows_holiday_lunar_day_festival_and_entries() -> None:
    camp = Entry("c", date(2024, 2, 8), "走访", last=date(2024, 2, 12))
    grid = month_grid(2024, 2, [camp], almanac=around().almanac, workdays=around().workdays)
    cells = {cell.day.day: cell for week in grid.weeks for cell in week if cell.inside}

    assert (cells[10].lunar, cells[10].festivals, cells[10].holiday) == ("正月", ("春节",), "春节")
    assert (cells[9].lunar, cells[9].festivals, cells[9].working) == ("三十", ("除夕",), True)
    assert (cells[18].holiday, cells[18].working) == ("班", True)
    assert [day for day, cell in cells.items() if cell.entries] == [8, 9, 10, 11, 12]
    assert (grid.label, grid.note) == ("2024年2月", "")


def test_a_month_of_a_year_without_its_notice_says_so() -> None:
    grid = month_grid(2027, 1, [], almanac=around().almanac, workdays=around().workdays)

    assert grid.note == "2027年的放假安排未配置，只按周末推算。"
