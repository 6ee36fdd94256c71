"""Where a member went, to the county and no further."""

import re

ADMIN = re.compile(
    r"^(?:[^\s省市县区旗]{1,6}(?:省|自治区))?(?:[^\s省市县区旗]{1,7}(?:市|自治州|地区|盟))?"
    r"(?:[^\s省市县区旗]{1,8}(?:县|自治县|旗|(?<![小社园片校厂])区|市))?"
)
EXACT = re.compile(r"[0-9０-９]|路|街|巷|号|栋|单元|室|弄|村|组|镇|乡|小区|社区|园区|大厦|公司|厂")
LONGEST = 30


def to_county(told: str) -> str:
    """Return a destination cut after its county, or the words themselves where none is named."""
    text = "".join(told.split())
    found = ADMIN.match(text)
    cut = found[0] if found else ""
    if cut:
        return cut[:LONGEST]
    exact = EXACT.search(text)
    return (text[: exact.start()] if exact else text)[:LONGEST]


def too_exact(told: str) -> bool:
    """Return whether a destination says more than the county."""
    text = "".join(told.split())
    return to_county(text) != text
