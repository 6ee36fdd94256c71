"""The 18-digit citizen identity number (GB 11643)."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import isnan
from operator import mul
from typing import Literal, NoReturn

from muster.core.identity.faults import ValueFault
from muster.core.identity.text import Raw, fold

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
# The bytes of "0".."9" are 48..57: the excess of every digit sums to a constant.
_EXCESS = 48 * sum(_WEIGHTS)
_CHECK = "10X98765432"
_PLAINLY_SHORT = 6  # a number this short was never an identity number
_SHAPE = re.compile(r"[0-9]{17}[0-9X]").fullmatch
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?[Ee]\+?[0-9]{1,2}").fullmatch
_NOISE = str.maketrans("", "", " '‘’`\"-")
_ALLOWED = "18 位身份证号码（最后一位可以是 X）"
_AS_TEXT = "请把这一列的格式改成“文本”，再照证件重新填写完整的 18 位号码。"
_LOST = f"Excel 把号码当数字存了，变成科学计数法，后几位已经丢失。{_AS_TEXT}"
_ZEROS = f"Excel 把号码当数字存了，前面的 0 已经丢失，只剩 {{length}} 位。{_AS_TEXT}"


@dataclass(frozen=True, slots=True)
class IdentityNumber:
    """A number whose check digit and birth date are right. Region digits are not looked up.

    Regions are dissolved and renumbered, and invented people carry 000000.
    """

    text: str
    birth_date: date

    @classmethod
    def parse(cls, raw: Raw, *, today: date | None = None) -> "IdentityNumber":
        """Return the number read from a cell; raise ``ValueFault`` (``id.*``) when it is not one.

        With ``today`` a birth date after it is refused as ``id.future``.
        """
        text = raw if isinstance(raw, str) and _SHAPE(raw) else _clean(raw)
        born = _birth_date(text[6:14])
        total = sum(map(mul, _WEIGHTS, text.encode())) - _EXCESS
        if _CHECK[total % 11] != text[17]:
            _refuse_checksum(text)
        if today is not None and born > today:
            raise ValueFault("id.future", "身份证号里的出生日期晚于今天，请核对号码。", _ALLOWED)
        return cls(text, born)

    @property
    def sex(self) -> Literal["M", "F"]:
        """Return M or F: the 17th digit is odd for men."""
        return "M" if int(self.text[16]) % 2 else "F"

    @property
    def region(self) -> str:
        """Return the six digits of the place of first registration."""
        return self.text[:6]

    @property
    def last4(self) -> str:
        """Return the last four characters."""
        return self.text[14:]

    @property
    def masked(self) -> str:
        """Return the number with region detail and birth date hidden."""
        return f"{self.text[:3]}{'*' * 11}{self.text[14:]}"

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        # A traceback or a log line must not carry the whole number.
        return f"IdentityNumber({self.masked})"


def _clean(raw: Raw) -> str:
    """Return 18 characters in the right shape, or raise the fault that explains the rest."""
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        if abs(raw) >= 1e15:
            raise ValueFault("id.scientific", _LOST, _ALLOWED)
        raw = str(int(raw)) if not isnan(raw) else ""  # not-a-number is an empty cell
        if len(raw) > _PLAINLY_SHORT:
            raise ValueFault("id.number", _ZEROS.format(length=len(raw)), _ALLOWED)
    text = fold(str(raw or "")).translate(_NOISE).upper()
    if _SHAPE(text):
        return text
    if _SCIENTIFIC(text):
        raise ValueFault("id.scientific", _LOST, _ALLOWED)
    body = text.replace("×", "X")
    if not re.fullmatch(r"[0-9]*X?", body):
        message = "身份证号里有数字和末位 X 以外的字符。"
        raise ValueFault("id.characters", message, _ALLOWED)
    if body != text and len(text) == 18:
        return body
    if len(text) == 15:
        message = "这是 15 位的旧身份证号，已停止使用，请改填 18 位号码。"
        raise ValueFault("id.length", message, _ALLOWED)
    if not text:
        raise ValueFault("id.length", "没有填写身份证号。", _ALLOWED)
    raise ValueFault("id.length", f"身份证号应为 18 位，这里是 {len(text)} 位。", _ALLOWED)


@lru_cache(maxsize=32_768)
def _birth_date(digits: str) -> date:
    """Return the date of eight digits; a century has 36,525 days, so a roster hits the cache."""
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        born = date.min
    if born.year < 1880:
        message = "身份证号第 7 到 14 位不是真实的出生日期，请核对号码。"
        raise ValueFault("id.date", message, _ALLOWED)
    return born


def _refuse_checksum(text: str) -> NoReturn:
    message = "身份证号校验不通过，有一位或几位填错了，请对照证件核对。"
    if text.endswith("000"):
        message += "末三位是 000，也可能是 Excel 丢了后几位：请把该列设为“文本”后重填。"
    raise ValueFault("id.checksum", message, _ALLOWED)
