"""Dates as offices write them: a closed list of formats; the rest is refused, never guessed."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, TypeAlias

from muster.core.identity.faults import ValueFault
from muster.core.identity.text import Raw, fold

Precision: TypeAlias = Literal["year", "month", "day"]

_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})?").fullmatch
_YEAR = re.compile(r"[0-9]{4}").fullmatch
_SEPARATED = re.compile(
    r"([0-9]{4})([-/.])([0-9]{1,2})(?:\2([0-9]{1,2})\.?)?(?:[ T][0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?"
).fullmatch
_WORDED = re.compile(r"([0-9]{4})年(?:度|([0-9]{1,2})月(?:份|([0-9]{1,2})[日号]?)?)?").fullmatch
_NUMERALS = re.compile(
    r"([〇零○Oo0一二三四五六七八九]{4})年"
    r"(?:([一二三四五六七八九十]{1,2})月(?:份|([一二三四五六七八九十廿卅]{1,3})[日号]?)?)?"
).fullmatch
_TWO_DIGITS = re.compile(
    r"'?[0-9]{2}(?:[-/.年][0-9]{1,2}(?:[-/.月][0-9]{1,2}日?)?月?|年)"
).fullmatch
_DIGIT = {char: str(value) for value, char in enumerate("〇一二三四五六七八九")}
_DIGIT |= dict.fromkeys("零○Oo0", "0")
_SPACE_JOINTS = re.compile(r"\s*([-/.年月日])\s*")
_ALLOWED = "如 2001-03-05、2001.3、2001年3月5日、20010305、200103、2001"
_EPOCH = date(1899, 12, 30)  # Excel day 0, once its belief in 29 February 1900 is allowed for
_SERIALS = range(7306, 73416)  # 1920-01-01 to 2100-12-31
_YEARS = range(1900, 2101)


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A year, a month of a year, or a day: as much as was written."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def precision(self) -> Precision:
        """Return how much is known."""
        if self.month is None:
            return "year"
        return "month" if self.day is None else "day"

    @property
    def exact(self) -> date | None:
        """Return the day, or None when only the month or the year is known."""
        if self.month is None or self.day is None:
            return None
        return date(self.year, self.month, self.day)

    @property
    def first(self) -> date:
        """Return the earliest day it can be."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """Return the latest day it can be."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)


def parse_date(
    raw: Raw, *, today: date | None = None, precision: Precision = "year"
) -> PartialDate:
    """Return the date read from a cell of a date column, at least as exact as ``precision``.

    A number is an Excel day only inside 1920 to 2100. With ``today``, later dates are refused.
    Raises ``ValueFault`` with a ``date.*`` code.
    """
    found = _read(raw)
    if precision == "day" and found.day is None:
        raise ValueFault("date.precision", "日期要填到日。", "如 2001-03-05")
    if precision == "month" and found.month is None:
        raise ValueFault("date.precision", "日期至少要填到月。", "如 2001-03 或 2001-03-05")
    if today is not None and found.first > today:
        raise ValueFault("date.future", "这个日期还没有到，请核对。", f"不晚于 {today.isoformat()}")
    return found


def _read(raw: Raw) -> PartialDate:
    if isinstance(raw, str):
        return _from_text(raw)
    if isinstance(raw, datetime):
        raw = raw.date()
    if isinstance(raw, date):
        return _build(raw.year, raw.month, raw.day)
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return _from_number(float(raw))
    raise _unreadable(str(raw or ""))


def _from_number(value: float) -> PartialDate:
    if not 0 <= value < 1e9:  # also refuses what is not a number at all
        raise _unreadable(str(value))
    if value.is_integer():
        whole = int(value)
        if whole in _SERIALS and whole not in _YEARS:
            day = _EPOCH + timedelta(days=whole)
            return PartialDate(day.year, day.month, day.day)
        return _from_text(str(whole))
    if int(value) in _SERIALS:
        day = _EPOCH + timedelta(days=int(value))
        return PartialDate(day.year, day.month, day.day)
    text = repr(value)
    if text.endswith(".1"):
        # As a number 1995.10 is stored as 1995.1: January and October look the same.
        message = "按数字存的“年.1”分不清 1 月还是 10 月，请改成如 2001-01 或 2001-10。"
        raise ValueFault("date.ambiguous", message, _ALLOWED)
    return _from_text(text)


def _from_text(raw: str) -> PartialDate:
    found = _by_format(raw)
    if found is None:
        text = _tidy(raw)
        found = _by_format(text)
        if found is None:
            raise _unreadable(text)
    return found


def _by_format(text: str) -> PartialDate | None:
    if match := _SEPARATED(text):
        return _build(int(match[1]), int(match[3]), _whole(match[4]))
    if match := _COMPACT(text):
        if match[3] is None and int(match[1]) not in _YEARS:
            raise _two_digits()
        return _build(int(match[1]), int(match[2]), _whole(match[3]))
    if match := _WORDED(text):
        return _build(int(match[1]), _whole(match[2]), _whole(match[3]))
    if match := _YEAR(text):
        return _build(int(match[0]), None, None)
    if match := _NUMERALS(text):
        year = int("".join(_DIGIT[char] for char in match[1]))
        return _build(year, _chinese_number(match[2]), _chinese_number(match[3]))
    return None


def _tidy(raw: str) -> str:
    return _SPACE_JOINTS.sub(r"\1", fold(raw)).strip("'‘’")


def _whole(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _chinese_number(word: str | None) -> int | None:
    """Return 三 as 3, 十二 as 12, 二十三 and 廿三 as 23."""
    if word is None:
        return None
    word = word.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = word.rpartition("十")
    if not ten:
        return int("".join(_DIGIT[char] for char in ones))
    high = int(_DIGIT[tens]) if tens in _DIGIT else 1
    return high * 10 + (int(_DIGIT[ones]) if ones in _DIGIT else 0)


def _build(year: int, month: int | None, day: int | None) -> PartialDate:
    if year not in _YEARS:
        raise ValueFault("date.year", "年份应在 1900 到 2100 之间。", _ALLOWED)
    try:
        date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        raise ValueFault("date.impossible", "日历上没有这一天（月），请核对。", _ALLOWED) from None
    return PartialDate(year, month, day)


def _two_digits() -> ValueFault:
    return ValueFault("date.two_digit_year", "年份要写满四位，两位年份分不清世纪。", _ALLOWED)


def _unreadable(text: str) -> ValueFault:
    if not text:
        return ValueFault("date.blank", "没有填写日期。", _ALLOWED)
    if _TWO_DIGITS(text):
        return _two_digits()
    if text.isascii() and text.isdigit() and int(text) in _SERIALS:
        day = (_EPOCH + timedelta(days=int(text))).isoformat()
        message = f"这是 Excel 的日期序号（可能是 {day}），请改写成日期。"
        return ValueFault("date.serial", message, _ALLOWED, suggestion=day)
    return ValueFault("date.format", "日期写法不认识。", _ALLOWED)
