"""Points in whole quarters and other exact numbers; no float is ever calculated with."""

import re
import unicodedata
from decimal import Decimal
from fractions import Fraction
from typing import NewType

Points = NewType("Points", int)
"""Quarter points: 9 is 2.25 points (分)."""

NONE = Points(0)
_PARTS = ("", ".25", ".5", ".75")
_NUMBER = re.compile(r"[+-]?\d{1,12}(?:\.\d{1,6})?")
_MOST = 4 * 10_000


def exact(value: object) -> Fraction | None:
    """Return the number a cell or an entry states, exactly; None where it states none.

    A float of a YAML file or a cell counts as the shortest decimal that names it.
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, Fraction):
        return value
    text = unicodedata.normalize("NFKC", str(value)).strip()
    return Fraction(text) if _NUMBER.fullmatch(text) else None


def points_of(value: object) -> Points | None:
    """Return quarter points of a number; None where it is no number or no multiple of 0.25."""
    number = exact(value)
    if number is None or (number * 4).denominator != 1 or abs(number * 4) > _MOST:
        return None
    return Points(int(number * 4))


def in_words(points: int) -> str:
    """Return quarter points as people write them: 9 is "2.25"."""
    whole, part = divmod(abs(points), 4)
    return f"{'-' if points < 0 else ''}{whole}{_PARTS[part]}"


def number_in_words(number: Fraction) -> str:
    """Return a number with at most two decimals, for reading; calculations keep the exact one."""
    if number.denominator == 1:
        return str(number.numerator)
    rounded = round(Decimal(number.numerator) / Decimal(number.denominator), 2)
    text = f"{rounded:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def entry_number(number: Fraction) -> int | str:
    """Return a number as a catalogue entry holds it: whole, else decimal text."""
    if number.denominator == 1:
        return number.numerator
    text = f"{Decimal(number.numerator) / Decimal(number.denominator):f}"
    if Fraction(text) != number:
        raise ValueError(f"{number} has no decimal text")
    return text
