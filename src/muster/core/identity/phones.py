"""Telephone numbers: mobile, landline with area code, service and short numbers."""

import re

from muster.core.identity.faults import ValueFault
from muster.core.identity.text import Raw, as_text

_MOBILE = re.compile(r"1[3-9][0-9]{9}").fullmatch
_LANDLINE = re.compile(r"(010|02[0-9]|0[3-9][0-9]{2})([1-9][0-9]{6,7})").fullmatch
_SERVICE = re.compile(r"[48]00[0-9]{7}").fullmatch
_SHORT = re.compile(r"[1-9][0-9]{2,5}").fullmatch
_LOCAL = re.compile(r"[2-9][0-9]{6,7}").fullmatch
_EXTENSION = re.compile(r"(?:转|ext\.?|[,#])([0-9]{1,6})$", re.IGNORECASE)
_SEVERAL = re.compile(r"[、,;/，；或和 ]+")
_NOISE = re.compile(r"[\s\-—–－_.()（）'‘’]+")
_COUNTRY = re.compile(r"^(?:\+86|0086|86(?=1[3-9][0-9]{9}$))")
_ALLOWED = "11 位手机号，或带区号的固定电话（如 0999-1234567），或 3 到 6 位短号"


def parse_phone(raw: Raw) -> str:
    """Return the number in one spelling (``13800000000``, ``0999-2345678-12``, ``61234``).

    Raises ``ValueFault`` with a ``phone.*`` code; two numbers in one cell are refused.
    """
    if isinstance(raw, str) and _MOBILE(raw):
        return raw
    if isinstance(raw, float) and abs(raw) >= 1e15:
        raise ValueFault("phone.length", "电话号码位数过多，请核对。", _ALLOWED)
    text = as_text(raw)
    if not text:
        raise ValueFault("phone.blank", "没有填写电话号码。", _ALLOWED)
    whole, extension = _split_extension(text)
    digits = _COUNTRY.sub("", _NOISE.sub("", whole))
    found = _spelling(digits)
    if found:
        return f"{found}-{extension}" if extension else found
    raise _fault(text, digits)


def mask_phone(phone: str) -> str:
    """Return a number with the middle hidden; the last four stay so that it can be found."""
    if _MOBILE(phone):
        return f"{phone[:3]}****{phone[7:]}"
    if len(phone) > 6:
        return "*" * (len(phone) - 4) + phone[-4:]
    return "*" * len(phone)


def _split_extension(text: str) -> tuple[str, str]:
    match = _EXTENSION.search(text)
    if match is None:
        parts = text.split("-")
        # 0999-2345678-12: the third part is the extension.
        if len(parts) == 3 and parts[0].startswith("0") and len(parts[1]) >= 7:
            return "".join(parts[:2]), parts[2]
        return text, ""
    return text[: match.start()], match.group(1)


def _spelling(digits: str) -> str:
    if _MOBILE(digits):
        return digits
    if match := _LANDLINE(digits):
        return f"{match[1]}-{match[2]}"
    if _SERVICE(digits):
        return f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"
    return digits if _SHORT(digits) else ""


def _fault(text: str, digits: str) -> ValueFault:
    parts = [part for part in _SEVERAL.split(text) if part]
    if len(parts) > 1 and all(_spelling(_NOISE.sub("", part)) for part in parts):
        message = "一格里填了几个号码，请只留一个，其余填到备注里。"
        return ValueFault("phone.several", message, _ALLOWED, suggestion=parts[0])
    if not digits.isascii() or not digits.isdigit():
        return ValueFault("phone.characters", "电话号码里有数字以外的字符。", _ALLOWED)
    if _LOCAL(digits):
        return ValueFault("phone.area_code", "固定电话缺少区号。", _ALLOWED)
    if len(digits) == 11 and digits[0] == "1":
        return ValueFault("phone.prefix", "手机号应以 13 到 19 开头。", _ALLOWED)
    if digits.startswith("1"):
        return ValueFault("phone.length", f"手机号应为 11 位，这里是 {len(digits)} 位。", _ALLOWED)
    return ValueFault("phone.length", "电话号码位数不对。", _ALLOWED)
