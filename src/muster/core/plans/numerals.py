"""Chinese numerals as plans write them: 十二, 廿五, 二〇二四, 一百二十."""

_DIGIT = {char: value for value, char in enumerate("〇一二三四五六七八九")}
_DIGIT |= {"零": 0, "○": 0, "O": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5}
_TENS = {"十": 10, "廿": 20, "卅": 30}


def number(text: str) -> int | None:
    """Return the whole number that Arabic or Chinese digits write, or None."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        return int(text)
    if text and all(char in _DIGIT for char in text):
        return int("".join(str(_DIGIT[char]) for char in text))
    return _spoken(text)


def _spoken(text: str) -> int | None:
    total = pending = 0
    for char in text:
        if char in _DIGIT:
            pending = _DIGIT[char]
        elif char in _TENS:
            total += pending * 10 if char == "十" and pending else _TENS[char]
            pending = 0
        elif char == "百":
            total, pending = total + (pending or 1) * 100, 0
        else:
            return None
    return total + pending if text else None
