"""How numbers and dates are written in official Chinese papers."""

from datetime import date

_DIGITS = "〇一二三四五六七八九"


def approximate(count: int, step: int) -> str:
    """Return the count rounded down to ``step`` with 余 where something was cut off.

    63 by tens is 60余, 60 is 60. Below one step the exact count stands (0余 says nothing).
    Requirement SYS-05; the step is data of the document kind.
    """
    if count < 0 or step < 1:
        raise ValueError(f"approximate needs a count and a step, not {count} by {step}")
    kept = count - count % step
    return str(count) if kept in {0, count} else f"{kept}余"


def percent(part: int, whole: int) -> str | None:
    """Return part ÷ whole as 96.7%, half up at one decimal; None where there is no whole."""
    if whole <= 0:
        return None
    tenths = (part * 2000 + whole) // (2 * whole)
    return f"{tenths // 10}%" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}%"


def chinese_date(day: date) -> str:
    """Return 2024年6月12日: Arabic digits, no leading zero (GB/T 9704-2012, 7.3.5)."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_numeral(number: int) -> str:
    """Return 一 to 九十九 for the numbers of headings."""
    if not 1 <= number <= 99:
        raise ValueError(f"headings are numbered 1 to 99, not {number}")
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else _DIGITS[tens] + "十")
    return head + (_DIGITS[ones] if ones else "")
