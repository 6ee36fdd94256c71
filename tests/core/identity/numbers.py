"""Invented identity numbers: region 000000, right check digit."""

from datetime import date, timedelta

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def number(born: date = date(1995, 3, 4), sequence: int = 123) -> str:
    body = f"000000{born:%Y%m%d}{sequence:03d}"
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, body, strict=True))
    return body + "10X98765432"[total % 11]


def number_for(index: int) -> str:
    return number(date(1960, 1, 1) + timedelta(days=index * 13 % 16_000), index % 1000)
