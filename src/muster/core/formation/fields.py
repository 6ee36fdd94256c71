"""What each field of formation/1 may hold, and how to mend it when it does not."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from muster.core.formation.problems import FormationFaulty

_MOST_FAULTS = 50
_MISSING = object()

Check = Callable[[Any], bool]
Field = tuple[str, Check, str, Any]


def _whole(value: Any) -> bool:
    return type(value) is int


def is_natural(value: Any) -> bool:
    """Return whether it is a whole number from 0."""
    return type(value) is int and value >= 0


def _positive(value: Any) -> bool:
    return type(value) is int and value > 0


def _percent(value: Any) -> bool:
    return type(value) is int and 0 <= value <= 100


def _truth(value: Any) -> bool:
    return value is True or value is False


def is_key(value: Any) -> bool:
    """Return whether it can be an identifier: text or a whole number."""
    return (type(value) is str and value != "") or type(value) is int


def _number(value: Any) -> bool:
    return type(value) in {int, float} and value == value  # noqa: PLR0124 - NaN is not equal to itself


def is_words(value: Any) -> bool:
    """Return whether it is a list of texts."""
    return isinstance(value, list) and all(type(word) is str for word in value)


def _listing(value: Any) -> bool:
    return isinstance(value, list)


def _or_null(check: Check) -> Check:
    return lambda value: value is None or check(value)


_A_KEY = "填写非空的编号"
_A_COUNT = "填写不小于 0 的整数"
_A_PERCENT = "填写 0 到 100 的整数"
_A_TRUTH = "填写 true 或 false"
_A_PLACE = "填写经纬度数字或 null"

# name, check, how to mend, value when the key is absent (_MISSING: the key is required)
VILLAGE: tuple[Field, ...] = (
    ("id", is_key, _A_KEY, _MISSING),
    ("township", _or_null(is_key), "填写乡镇编号或 null", None),
    ("lat", _or_null(_number), _A_PLACE, None),
    ("lon", _or_null(_number), _A_PLACE, None),
    ("cap", _or_null(is_natural), "填写不小于 0 的整数，不限时填 null", _MISSING),
)
POINT: tuple[Field, ...] = (
    ("id", is_key, _A_KEY, _MISSING),
    ("lat", _or_null(_number), _A_PLACE, None),
    ("lon", _or_null(_number), _A_PLACE, None),
)
WEIGHTS: tuple[Field, ...] = tuple(
    (name, _whole, "填写整数", _MISSING)
    for name in ("fill", "skill", "time", "same_unit", "same_slot",
                 "lead_veteran", "lead_party", "lead_education")
)  # fmt: skip
CANDIDATE: tuple[Field, ...] = (
    ("id", is_key, _A_KEY, _MISSING),
    ("age", is_natural, _A_COUNT, _MISSING),
    ("sex", lambda value: value in ("M", "F"), "填写 M 或 F", _MISSING),
    ("education", lambda value: type(value) is int and 0 <= value <= 4, "填写 0 到 4", _MISSING),
    ("skills", is_words, "填写技能名称的列表", _MISSING),
    ("veteran", _truth, _A_TRUTH, _MISSING),
    ("party", _truth, _A_TRUTH, _MISSING),
    ("health_ok", _truth, _A_TRUTH, _MISSING),
    ("out_of_area", _truth, _A_TRUTH, _MISSING),
    ("village", is_key, _A_KEY, _MISSING),
    ("employer", _or_null(is_key), "填写单位编号或 null", None),
    ("member_of", _or_null(is_key), "填写现岗位编号或 null", None),
    ("vetting", lambda value: value in (None, "pass", "fail", "pending"),
     "填写 pass、fail 或 pending", None),
    ("primary", _or_null(_truth), _A_TRUTH, None),
)  # fmt: skip
SLOT: tuple[Field, ...] = (
    ("id", is_key, _A_KEY, _MISSING),
    ("role", is_key, "填写岗位角色", _MISSING),
    ("skill", _or_null(is_key), "填写技能名称或 null", None),
    ("skill_required", _truth, _A_TRUTH, False),
    ("count", is_natural, _A_COUNT, _MISSING),
    ("min_education", is_natural, "填写 0 到 4", 0),
    ("party_required", _truth, _A_TRUTH, False),
    ("veteran_required", _truth, _A_TRUTH, False),
)
UNIT: tuple[Field, ...] = (
    ("id", is_key, _A_KEY, _MISSING),
    ("kind", _or_null(is_key), "填写分队类别", None),
    ("assembly_point", is_key, _A_KEY, _MISSING),
    ("max_assembly_min", _positive, "填写大于 0 的整数分钟", _MISSING),
    ("age_min", is_natural, _A_COUNT, _MISSING),
    ("age_max", is_natural, _A_COUNT, _MISSING),
    ("age_max_skilled", is_natural, _A_COUNT, _MISSING),
    ("veteran_min_pct", _percent, _A_PERCENT, _MISSING),
    ("party_min_pct", _percent, _A_PERCENT, _MISSING),
    ("skill_min_pct", _percent, _A_PERCENT, _MISSING),
    ("employer_max", _or_null(is_natural), "填写不小于 0 的整数，不限时填 null", _MISSING),
    ("keep_min_pct", _percent, _A_PERCENT, _MISSING),
    ("slots", _listing, "填写岗位列表", _MISSING),
    ("vetting_required", _truth, _A_TRUTH, False),
    ("contributed_to", _or_null(is_key), "填写上级单位编号或 null", None),
    ("supporting_unit", _or_null(is_key), "填写依托单位编号或 null", None),
)


class Faults:
    """Faults found so far; raising them names the first and lists the rest."""

    def __init__(self) -> None:
        """Start without faults."""
        self.rows: list[dict[str, str]] = []
        self.count = 0

    def add(self, *, where: str, what: str, mend: str) -> None:
        """Note one fault; beyond the first fifty only the number is kept."""
        self.count += 1
        if len(self.rows) < _MOST_FAULTS:
            self.rows.append({"where": where, "what": what, "mend": mend})

    def raise_if_any(self) -> None:
        """Refuse when a fault was noted."""
        if self.rows:
            raise FormationFaulty(count=self.count, faults=self.rows, **self.rows[0])


def shown(value: Any) -> str:
    """Return the value as JSON, shortened for a message."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 40 else text[:37] + "…"


def read_row(row: Any, specs: Sequence[Field], *, where: str, faults: Faults) -> dict[str, Any]:
    """Return the checked fields of one row; faulty ones are noted and left out."""
    if not isinstance(row, Mapping):
        faults.add(where=where, what=f"应为对象，现为 {shown(row)}", mend="按 formation/1 格式填写")
        return {}
    values = {}
    for name, check, mend, absent in specs:
        value = row.get(name, absent)
        if value is _MISSING:
            faults.add(where=f"{where}.{name}", what="缺少这一项", mend=mend)
        elif value is absent or check(value):
            values[name] = value
        else:
            faults.add(where=f"{where}.{name}", what=f"值 {shown(value)} 不合要求", mend=mend)
    return values
