"""Reading formation/1: every fault is named with its place, what is wrong and how to mend it."""

import gzip
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from muster.core.formation.model import (
    FORMAT,
    AssemblyPoint,
    Candidate,
    Instance,
    Slot,
    Unit,
    Village,
    Weights,
)
from muster.core.formation.problems import FormationFaulty, FormationUnreadable

_MOST_FAULTS = 50
_MISSING = object()

Check = Callable[[Any], bool]
Field = tuple[str, Check, str, Any]


def _whole(value: Any) -> bool:
    return type(value) is int


def _natural(value: Any) -> bool:
    return type(value) is int and value >= 0


def _positive(value: Any) -> bool:
    return type(value) is int and value > 0


def _percent(value: Any) -> bool:
    return type(value) is int and 0 <= value <= 100


def _truth(value: Any) -> bool:
    return value is True or value is False


def _key(value: Any) -> bool:
    return (type(value) is str and value != "") or type(value) is int


def _number(value: Any) -> bool:
    return type(value) in {int, float} and value == value  # noqa: PLR0124 - NaN is not equal to itself


def _words(value: Any) -> bool:
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
_VILLAGE: tuple[Field, ...] = (
    ("id", _key, _A_KEY, _MISSING),
    ("township", _or_null(_key), "填写乡镇编号或 null", None),
    ("lat", _or_null(_number), _A_PLACE, None),
    ("lon", _or_null(_number), _A_PLACE, None),
    ("cap", _or_null(_natural), "填写不小于 0 的整数，不限时填 null", _MISSING),
)
_POINT: tuple[Field, ...] = (
    ("id", _key, _A_KEY, _MISSING),
    ("lat", _or_null(_number), _A_PLACE, None),
    ("lon", _or_null(_number), _A_PLACE, None),
)
_WEIGHTS: tuple[Field, ...] = tuple(
    (name, _whole, "填写整数", _MISSING)
    for name in ("fill", "skill", "time", "same_unit", "same_slot",
                 "lead_veteran", "lead_party", "lead_education")
)  # fmt: skip
_CANDIDATE: tuple[Field, ...] = (
    ("id", _key, _A_KEY, _MISSING),
    ("age", _natural, _A_COUNT, _MISSING),
    ("sex", lambda value: value in ("M", "F"), "填写 M 或 F", _MISSING),
    ("education", lambda value: type(value) is int and 0 <= value <= 4, "填写 0 到 4", _MISSING),
    ("skills", _words, "填写技能名称的列表", _MISSING),
    ("veteran", _truth, _A_TRUTH, _MISSING),
    ("party", _truth, _A_TRUTH, _MISSING),
    ("health_ok", _truth, _A_TRUTH, _MISSING),
    ("out_of_area", _truth, _A_TRUTH, _MISSING),
    ("village", _key, _A_KEY, _MISSING),
    ("employer", _or_null(_key), "填写单位编号或 null", None),
    ("member_of", _or_null(_key), "填写现岗位编号或 null", None),
    ("vetting", lambda value: value in (None, "pass", "fail", "pending"),
     "填写 pass、fail 或 pending", None),
    ("primary", _or_null(_truth), _A_TRUTH, None),
)  # fmt: skip
_SLOT: tuple[Field, ...] = (
    ("id", _key, _A_KEY, _MISSING),
    ("role", _key, "填写岗位角色", _MISSING),
    ("skill", _or_null(_key), "填写技能名称或 null", None),
    ("skill_required", _truth, _A_TRUTH, False),
    ("count", _natural, _A_COUNT, _MISSING),
    ("min_education", _natural, "填写 0 到 4", 0),
    ("party_required", _truth, _A_TRUTH, False),
    ("veteran_required", _truth, _A_TRUTH, False),
)
_UNIT: tuple[Field, ...] = (
    ("id", _key, _A_KEY, _MISSING),
    ("kind", _or_null(_key), "填写分队类别", None),
    ("assembly_point", _key, _A_KEY, _MISSING),
    ("max_assembly_min", _positive, "填写大于 0 的整数分钟", _MISSING),
    ("age_min", _natural, _A_COUNT, _MISSING),
    ("age_max", _natural, _A_COUNT, _MISSING),
    ("age_max_skilled", _natural, _A_COUNT, _MISSING),
    ("veteran_min_pct", _percent, _A_PERCENT, _MISSING),
    ("party_min_pct", _percent, _A_PERCENT, _MISSING),
    ("skill_min_pct", _percent, _A_PERCENT, _MISSING),
    ("employer_max", _or_null(_natural), "填写不小于 0 的整数，不限时填 null", _MISSING),
    ("keep_min_pct", _percent, _A_PERCENT, _MISSING),
    ("slots", _listing, "填写岗位列表", _MISSING),
    ("vetting_required", _truth, _A_TRUTH, False),
    ("contributed_to", _or_null(_key), "填写上级单位编号或 null", None),
    ("supporting_unit", _or_null(_key), "填写依托单位编号或 null", None),
)


class _Faults:
    """Faults found so far; raising them names the first and lists the rest."""

    def __init__(self) -> None:
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


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 40 else text[:37] + "…"


def _row(row: Any, specs: Sequence[Field], *, where: str, faults: _Faults) -> dict[str, Any]:
    """Return the checked fields of one row; faulty ones are noted and left out."""
    if not isinstance(row, Mapping):
        faults.add(
            where=where, what=f"应为对象，现为 {_shown(row)}", mend="按 formation/1 格式填写"
        )
        return {}
    values = {}
    for name, check, mend, absent in specs:
        value = row.get(name, absent)
        if value is _MISSING:
            faults.add(where=f"{where}.{name}", what="缺少这一项", mend=mend)
        elif value is absent or check(value):
            values[name] = value
        else:
            faults.add(where=f"{where}.{name}", what=f"值 {_shown(value)} 不合要求", mend=mend)
    return values


def _rows(
    data: Mapping[str, Any], name: str, *, specs: Sequence[Field], faults: _Faults
) -> list[dict[str, Any]]:
    """Return the checked rows of a top-level list, with repeated ids noted."""
    listing = data.get(name)
    if not isinstance(listing, list):
        faults.add(where=name, what="应为列表", mend="按 formation/1 格式填写")
        return []
    rows = [
        _row(row, specs, where=f"{name}[{at}]", faults=faults) for at, row in enumerate(listing)
    ]
    _unique(rows, where=name, faults=faults)
    return rows


def _unique(rows: Sequence[Mapping[str, Any]], *, where: str, faults: _Faults) -> None:
    seen: dict[Any, int] = {}
    for at, row in enumerate(rows):
        key = row.get("id")
        if key is None:
            continue
        if key in seen:
            faults.add(
                where=f"{where}[{at}].id",
                what=f"编号 {_shown(key)} 与第 {seen[key] + 1} 个重复",
                mend="改为唯一的编号",
            )
        seen.setdefault(key, at)


def _known(value: Any, among: Any, *, where: str, kind: str, faults: _Faults) -> None:
    if value is not None and value not in among:
        faults.add(
            where=where, what=f"没有编号为 {_shown(value)} 的{kind}", mend=f"改为已列出的{kind}编号"
        )


def _check_references(
    parts: Mapping[str, list[dict[str, Any]]], skills: Any, faults: _Faults
) -> None:
    """Note every reference to a village, assembly point, slot or skill that does not exist."""
    villages = {row.get("id") for row in parts["villages"]}
    points = {row.get("id") for row in parts["assembly_points"]}
    slots = {slot.get("id") for unit in parts["units"] for slot in unit.get("slots", ())}
    held = set(skills)
    for at, row in enumerate(parts["candidates"]):
        where = f"candidates[{at}]"
        if row.get("village", None) not in villages:
            _known(row.get("village"), villages, where=f"{where}.village", kind="村", faults=faults)
        if row.get("member_of") is not None:
            _known(row["member_of"], slots, where=f"{where}.member_of", kind="岗位", faults=faults)
        for skill in row.get("skills", ()):
            _known(skill, held, where=f"{where}.skills", kind="技能", faults=faults)
    for at, unit in enumerate(parts["units"]):
        where = f"units[{at}]"
        point = unit.get("assembly_point")
        _known(point, points, where=f"{where}.assembly_point", kind="集结点", faults=faults)
        for place, slot in enumerate(unit.get("slots", ())):
            spot = f"{where}.slots[{place}]"
            _known(slot.get("skill"), held, where=f"{spot}.skill", kind="技能", faults=faults)
            if slot.get("skill_required") and slot.get("skill") is None:
                faults.add(
                    where=f"{spot}.skill", what="要求技能却没有写是哪一项", mend="填写技能名称"
                )


def _matrix(data: Any, *, rows: int, columns: int, faults: _Faults) -> tuple[tuple[Any, ...], ...]:
    """Return travel minutes as tuples; notes a wrong size or a value that is not whole minutes."""
    sized = isinstance(data, list) and len(data) == rows
    if not sized or any(not isinstance(row, list) or len(row) != columns for row in data):
        faults.add(
            where="travel_min",
            what=f"应为 {rows} 行（村）乘 {columns} 列（集结点）",
            mend="按村和集结点的顺序补齐",
        )
        return ()
    for at, row in enumerate(data):
        for place, value in enumerate(row):
            if value is not None and not _natural(value):
                faults.add(
                    where=f"travel_min[{at}][{place}]",
                    what=f"值 {_shown(value)} 不合要求",
                    mend="填写整数分钟，未知时填 null",
                )
    return tuple(tuple(row) for row in data)


def _units(data: Mapping[str, Any], faults: _Faults) -> list[dict[str, Any]]:
    """Return the units with their slot rows checked; slot ids are unique over all units."""
    units = _rows(data, "units", specs=_UNIT, faults=faults)
    every: list[dict[str, Any]] = []
    for at, unit in enumerate(units):
        unit["slots"] = [
            _row(slot, _SLOT, where=f"units[{at}].slots[{place}]", faults=faults)
            for place, slot in enumerate(unit.get("slots", ()))
        ]
        every += unit["slots"]
    _unique(every, where="slots", faults=faults)
    return units


def _heading(data: Any, faults: _Faults) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        raise FormationUnreadable(file=FORMAT, why="内容不是一个 JSON 对象")
    if data.get("format") != FORMAT:
        found = _shown(data.get("format"))
        raise FormationUnreadable(file="format", why=f"格式应为 {FORMAT}，现为 {found}")
    if not _key(data.get("name")):
        faults.add(where="name", what="缺少名称", mend="填写这次编组的名称")
    if not _words(data.get("skills")):
        faults.add(where="skills", what="应为技能名称的列表", mend="列出全部技能")
    return {**data, "skills": data["skills"] if _words(data.get("skills")) else []}


def read_instance(data: Any) -> Instance:
    """Return the instance of a formation/1 object; refuses with every fault it finds."""
    faults = _Faults()
    data = _heading(data, faults)
    parts = {
        "villages": _rows(data, "villages", specs=_VILLAGE, faults=faults),
        "assembly_points": _rows(data, "assembly_points", specs=_POINT, faults=faults),
        "candidates": _rows(data, "candidates", specs=_CANDIDATE, faults=faults),
        "units": _units(data, faults),
    }
    weights = _row(data.get("weights"), _WEIGHTS, where="weights", faults=faults)
    _check_references(parts, data["skills"], faults)
    sizes = {"rows": len(parts["villages"]), "columns": len(parts["assembly_points"])}
    travel = _matrix(data.get("travel_min"), faults=faults, **sizes)
    faults.raise_if_any()
    return Instance(
        name=data["name"],
        villages=tuple(Village(**row) for row in parts["villages"]),
        assembly_points=tuple(AssemblyPoint(**row) for row in parts["assembly_points"]),
        travel_min=travel,
        skills=tuple(data["skills"]),
        weights=Weights(**weights),
        candidates=tuple(
            Candidate(**{**row, "skills": tuple(row["skills"])}) for row in parts["candidates"]
        ),
        units=tuple(
            Unit(**{**row, "slots": tuple(Slot(**slot) for slot in row["slots"])})
            for row in parts["units"]
        ),
    )


def read_object(path: Path) -> Any:
    """Return the JSON value of a .json or .json.gz file; refuses what cannot be read."""
    try:
        raw = path.read_bytes()
        return json.loads(gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw)
    except FileNotFoundError as error:
        raise FormationUnreadable(file=path.name, why="没有这个文件") from error
    except (OSError, EOFError) as error:
        raise FormationUnreadable(file=path.name, why="文件打不开或压缩包已损坏") from error
    except (ValueError, RecursionError) as error:
        raise FormationUnreadable(file=path.name, why="内容不是 JSON") from error


def load(path: Path | str) -> Instance:
    """Return the instance in a .json or .json.gz file; refuses what cannot be read."""
    return read_instance(read_object(Path(path)))
