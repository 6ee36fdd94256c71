"""Reading the code of a county as people type it."""

import re

from muster.core.kernel import Problem


class NotACounty(Problem):
    """What was typed is no county's division code."""

    code = "office.not_a_county"
    status = 422
    template = (
        "“{given}”不是县级行政区划代码。县级代码是 6 位数字（如 990101），"
        "或在后面补六个 0 写成 12 位（990101000000）。"
    )


def county_code(given: str) -> str:
    """Return the 12 digits of a county typed with 6 or 12; refuse townships and anything else."""
    digits = given.strip()
    if not re.fullmatch(r"[0-9]{6}(000000)?", digits) or digits[4:6] == "00":
        raise NotACounty(given=given)
    return digits.ljust(12, "0")
