"""The lunar calendar 2000-2050 and the day of Qingming: a table, never a guess.

One row per lunar year: first day, leap month (0 = none), and for each month in order, the leap one
after its namesake, 1 for 30 days and 0 for 29; then the day of April on which Qingming falls. The
rows follow GB/T 33661 (Beijing time). When made they were checked month by month against the
computed new moons and two public conversion tables, which agree without exception.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from muster.core.calendar.problems import YearNotInTable

_TABLE = """
2000-02-05 0 110010010110 4
2001-01-24 4 1101010010101 5
2002-02-12 0 110101001010 5
2003-02-01 0 110110100101 5
2004-01-22 2 0101101010101 4
2005-02-09 0 010101101010 5
2006-01-29 7 1010101011011 5
2007-02-18 0 001001011101 5
2008-02-07 0 100100101101 4
2009-01-26 5 1100100101011 4
2010-02-14 0 101010010101 5
2011-02-03 0 101101001010 5
2012-01-23 4 1011010101010 4
2013-02-10 0 101011010101 4
2014-01-31 9 0101010110101 5
2015-02-19 0 010010111010 5
2016-02-08 0 101001011011 4
2017-01-28 6 0101001010111 4
2018-02-16 0 010100101011 5
2019-02-05 0 101010010011 5
2020-01-25 4 0111010010101 4
2021-02-12 0 011010101010 4
2022-02-01 0 101011010101 5
2023-01-22 2 0100110110101 5
2024-02-10 0 010010110110 4
2025-01-29 6 1010010101110 4
2026-02-17 0 101001001110 5
2027-02-06 0 110100100110 5
2028-01-26 5 1110100100110 4
2029-02-13 0 110101010011 4
2030-02-03 0 010110101010 5
2031-01-23 3 0110101101010 5
2032-02-11 0 100101101101 4
2033-01-31 11 0100101011101 4
2034-02-19 0 010010101101 5
2035-02-08 0 101001001101 5
2036-01-28 6 1101001001011 4
2037-02-15 0 110100100101 4
2038-02-04 0 110101010010 5
2039-01-24 5 1101101010100 5
2040-02-12 0 101101011010 4
2041-02-01 0 010101101101 4
2042-01-22 2 0100101011011 4
2043-02-10 0 010010011011 5
2044-01-30 7 1010010010111 4
2045-02-17 0 101001001011 4
2046-02-06 0 101010100101 4
2047-01-26 5 1011010100101 5
2048-02-14 0 011011010010 4
2049-02-02 0 101011011010 4
2050-01-23 3 0101010110110 4
"""
_NUMERALS = "一二三四五六七八九十"
_MONTHS = (
    "正月",
    "二月",
    "三月",
    "四月",
    "五月",
    "六月",
    "七月",
    "八月",
    "九月",
    "十月",
    "冬月",
    "腊月",
)


@dataclass(frozen=True, slots=True, order=True)
class LunarDate:
    """A day of the lunar calendar; ``year`` is the lunar one, which begins at Spring Festival."""

    year: int
    month: int
    day: int
    leap: bool = False

    def __str__(self) -> str:
        return f"{'闰' if self.leap else ''}{_MONTHS[self.month - 1]}{_day_word(self.day)}"


@dataclass(frozen=True, slots=True)
class _Year:
    first: date
    leap: int
    lengths: tuple[int, ...]
    qingming: int

    def months(self) -> Iterator[tuple[int, bool, date, int]]:
        """Yield month, whether it is the leap one, its first day and its length."""
        day = self.first
        for place, length in enumerate(self.lengths):
            leap = self.leap > 0 and place == self.leap
            month = place + 1 if not self.leap or place < self.leap else place
            yield month, leap, day, length
            day += timedelta(length)


@lru_cache(maxsize=1)
def _years() -> dict[int, _Year]:
    rows = (line.split() for line in _TABLE.split("\n") if line)
    return {
        (first := date.fromisoformat(day)).year: _Year(
            first, int(leap), tuple(29 + int(long) for long in lengths), int(qingming)
        )
        for day, leap, lengths, qingming in rows
    }


def covered() -> range:
    """Return the lunar years that the table holds."""
    return range(min(_years()), max(_years()) + 1)


def _year(year: int) -> _Year:
    found = _years().get(year)
    if found is None:
        raise YearNotInTable(year=year, first=covered()[0], last=covered()[-1])
    return found


def solar_of(lunar: LunarDate) -> date:
    """Return the solar day of a lunar one; YearNotInTable outside 2000-2050.

    The 30th of a month that has 29 days is its 29th, as festivals on the last day are kept; a leap
    month that the year does not have is a bug.
    """
    for month, leap, first, length in _year(lunar.year).months():
        if (month, leap) == (lunar.month, lunar.leap):
            return first + timedelta(min(lunar.day, length) - 1)
    raise ValueError(f"the lunar year {lunar.year} has no month {lunar.month} (leap {lunar.leap})")


def lunar_of(day: date) -> LunarDate:
    """Return the lunar day of a solar one; YearNotInTable outside the table."""
    for year in (day.year, day.year - 1):
        for month, leap, first, length in _years()[year].months() if year in _years() else ():
            if first <= day < first + timedelta(length):
                return LunarDate(year, month, (day - first).days + 1, leap)
    raise YearNotInTable(year=day.year, first=covered()[0], last=covered()[-1])


def qingming(year: int) -> date:
    """Return the day of Qingming (清明); YearNotInTable outside the table."""
    return date(year, 4, _year(year).qingming)


def new_years_eve(year: int) -> date:
    """Return the eve (除夕) of the Spring Festival that falls in a solar year."""
    return _year(year).first - timedelta(1)


def _day_word(day: int) -> str:
    if day in (10, 20, 30):
        return {10: "初十", 20: "二十", 30: "三十"}[day]
    return ("初", "十", "廿")[day // 10] + _NUMERALS[day % 10 - 1]
