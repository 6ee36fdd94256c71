"""Marks of classification: papers that carry one are refused (SYS-04)."""

import re

from muster.core.plans.folding import fold
from muster.core.plans.problems import PlanClassified

_LEVEL = r"(?P<level>绝 *密|机 *密|秘 *密)"
_MARK = re.compile(
    rf"(?m)(?:^|(?<=[\t\s]))(?:\d{{1,8}} *)?{_LEVEL} *[★☆] *"
    r"(?:(?:\d+|[一二三四五六七八九十]+) *(?:年|个月|天)|长期|启用前|解密前)? *(?=$|[\t\s])"
)
_ALONE = re.compile(
    rf"(?m)^[ \t]*{_LEVEL}(?: *[*·-]? *(?:\d+|[一二三四五六七八九十]+) *(?:年|个月)| *[*] *| *[(]?(?:件|级)[)]?)?[ \t]*$"
)
_FIELD = re.compile(
    rf"(?m)(?:密级|秘密等级|密别|涉密等级)(?:及?保密期限)? *[:\t ] *{_LEVEL}(?=[★☆\s\d,;。)(]|$)(?! *[、或及和])"
)


def refuse_classified(text: str) -> None:
    """Refuse a paper marked 绝密, 机密 or 秘密; the words inside a sentence are no mark."""
    view = fold(text.replace("\r\n", "\n").replace("\r", "\n"))
    for pattern in (_MARK, _ALONE, _FIELD):
        found = pattern.search(view)
        if found:
            raise PlanClassified(mark=found["level"].replace(" ", ""))
