"""Reading formation/1: every fault is named with its place, what is wrong and how to mend it."""

import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from muster.core.formation.fields import (
    CANDIDATE,
    POINT,
    SLOT,
    UNIT,
    VILLAGE,
    WEIGHTS,
    Faults,
    Field,
    is_key,
    is_natural,
    is_words,
    read_row,
    shown,
)
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
from muster.core.formation.problems import FormationUnreadable


def _rows(
    data: Mapping[str, Any], name: str, *, specs: Sequence[Field], faults: Faults
) -> list[dict[str, Any]]:
    """Return the checked rows of a top-level list, with repeated ids noted."""
    listing = data.get(name)
    if not isinstance(listing, list):
        faults.add(where=name, what="应为列表", mend="按 formation/1 格式填写")
        return []
    rows = [
        read_row(row, specs, where=f"{name}[{at}]", faults=faults) for at, row in enumerate(listing)
    ]
    _unique(rows, where=name, faults=faults)
    return rows


def _unique(rows: Sequence[Mapping[str, Any]], *, where: str, faults: Faults) -> None:
    seen: dict[Any, int] = {}
    for at, row in enumerate(rows):
        key = row.get("id")
        if key is None:
            continue
        if key in seen:
            faults.add(
                where=f"{where}[{at}].id",
                what=f"编号 {shown(key)} 与第 {seen[key] + 1} 个重复",
                mend="改为唯一的编号",
            )
        seen.setdefault(key, at)


def _known(value: Any, among: Any, *, where: str, kind: str, faults: Faults) -> None:
    if value is not None and value not in among:
        faults.add(
            where=where, what=f"没有编号为 {shown(value)} 的{kind}", mend=f"改为已列出的{kind}编号"
        )


def _check_references(
    parts: Mapping[str, list[dict[str, Any]]], skills: Any, faults: Faults
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


def _matrix(data: Any, *, rows: int, columns: int, faults: Faults) -> tuple[tuple[Any, ...], ...]:
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
            if value is not None and not is_natural(value):
                faults.add(
                    where=f"travel_min[{at}][{place}]",
                    what=f"值 {shown(value)} 不合要求",
                    mend="填写整数分钟，未知时填 null",
                )
    return tuple(tuple(row) for row in data)


def _units(data: Mapping[str, Any], faults: Faults) -> list[dict[str, Any]]:
    """Return the units with their slot rows checked; slot ids are unique over all units."""
    units = _rows(data, "units", specs=UNIT, faults=faults)
    every: list[dict[str, Any]] = []
    for at, unit in enumerate(units):
        unit["slots"] = [
            read_row(slot, SLOT, where=f"units[{at}].slots[{place}]", faults=faults)
            for place, slot in enumerate(unit.get("slots", ()))
        ]
        every += unit["slots"]
    _unique(every, where="slots", faults=faults)
    return units


def _heading(data: Any, faults: Faults) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        raise FormationUnreadable(file=FORMAT, why="内容不是一个 JSON 对象")
    if data.get("format") != FORMAT:
        found = shown(data.get("format"))
        raise FormationUnreadable(file="format", why=f"格式应为 {FORMAT}，现为 {found}")
    if not is_key(data.get("name")):
        faults.add(where="name", what="缺少名称", mend="填写这次编组的名称")
    if not is_words(data.get("skills")):
        faults.add(where="skills", what="应为技能名称的列表", mend="列出全部技能")
    return {**data, "skills": data["skills"] if is_words(data.get("skills")) else []}


def read_instance(data: Any) -> Instance:
    """Return the instance of a formation/1 object; refuses with every fault it finds."""
    faults = Faults()
    data = _heading(data, faults)
    parts = {
        "villages": _rows(data, "villages", specs=VILLAGE, faults=faults),
        "assembly_points": _rows(data, "assembly_points", specs=POINT, faults=faults),
        "candidates": _rows(data, "candidates", specs=CANDIDATE, faults=faults),
        "units": _units(data, faults),
    }
    weights = read_row(data.get("weights"), WEIGHTS, where="weights", faults=faults)
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
