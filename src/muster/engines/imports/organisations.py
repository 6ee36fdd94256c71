"""Organisations: the columns of a list of units, read into the register's values."""

from dataclasses import replace
from typing import Any

from rapidfuzz import process

from muster.core.identity import ValueFault, fold
from muster.core.sheets import Column, cell_text, is_blank, is_error
from muster.engines.imports.kinds import Draft, is_clear
from muster.engines.imports.people import broken_cell, missing, plain_text
from muster.ground.register import queries

COLUMNS = (
    Column("name", "名称", ("名称", "单位名称", "单位全称", "机构名称", "全称", "单位"), required=True,
           help="单位的全称", example="青禾县石桥镇中心学校"),
    Column("kind", "类别", ("类别", "单位类别", "单位性质", "性质", "类型", "单位类型"), kind="choice",
           required=True, help="从下拉列表里选，也可以写常用的叫法，如 政府、卫生院、村委会", example="学校"),
    Column("place", "行政区划", ("行政区划", "所在地", "地点", "地址", "单位地址", "所在乡镇", "所在村", "所在位置",
            "所属乡镇", "所属区划", "区划", "乡镇", "属地", "行政区划代码"),
           help="名称或 12 位代码；不填按文件所属地", example="石桥镇"),
    Column("short_name", "简称", ("简称", "单位简称"), help="可不填", example="中心学校"),
    Column("parent", "上级单位", ("上级单位", "主管单位", "主管部门", "上级", "隶属单位"),
           help="已登记单位的全称，或写在本表前面行的单位", example="石桥镇人民政府"),
)  # fmt: skip
BY_KEY = {c.key: c for c in COLUMNS}
LIMITS = {"name": 120, "kind": 40, "place": 60, "short_name": 40, "parent": 120}
CLEARED = {"short_name": "", "parent": ""}


def kinds_by_word() -> dict[str, str]:
    """Return the code of a kind by its code and by its Chinese name, with and without brackets."""
    known: dict[str, str] = {}
    for code, label in queries.organisation_kinds().items():
        for word in (code, fold(label), fold(label.partition("（")[0])):
            known.setdefault(word, code)
    for code, words in queries.organisation_kind_words().items():
        for word in words:
            known.setdefault(fold(word), code)
    return known


def nearest_kinds(told: str, kinds: dict[str, str]) -> list[str]:
    """Return up to three names of kinds that look like a word, best first."""
    labels = queries.organisation_kinds()
    words = [word for word in kinds if not word.isascii()]
    near = process.extract(told, words, limit=6, score_cutoff=50)
    inside = [word for word in words if len(word) > 1 and word in told]
    return list(dict.fromkeys(labels[kinds[w]] for w in (*inside, *(hit[0] for hit in near))))[:3]


def columns() -> tuple[Column, ...]:
    """Return the columns, the kinds of the catalogue as a drop-down."""
    labels = tuple(queries.organisation_kinds().values())
    return tuple(replace(c, allowed=labels) if c.key == "kind" else c for c in COLUMNS)


def read_row(draft: Draft, kinds: dict[str, str]) -> None:
    """Read the cells of a row into values, noting every fault of every cell."""
    for column in COLUMNS:
        cell = draft.raw.get(column.key)
        if not is_blank(cell):
            try:
                draft.values[column.key] = _value(column.key, cell, kinds)
            except ValueFault as fault:
                draft.fault(column, fault, masked=cell_text(cell)[:40])
        elif column.required:
            draft.fault(column, missing(column))


def _value(key: str, cell: Any, kinds: dict[str, str]) -> str:
    if isinstance(cell, str) and cell[:1] == "#" and is_error(cell):
        raise broken_cell()
    if is_clear(cell):
        if key in CLEARED:
            return CLEARED[key]
        raise ValueFault("value.not_clearable", "这一列不能清空。不想改动就把格子留空。", "留空")
    text = plain_text(cell, limit=LIMITS[key])
    if key != "kind":
        return text
    if text not in kinds:
        raise _unknown_kind(text, kinds)
    return kinds[text]


def _unknown_kind(text: str, kinds: dict[str, str]) -> ValueFault:
    """Return the fault of an unknown kind, with those that look like it or how to find them all."""
    near = nearest_kinds(text, kinds)
    asked = "是不是" + "、".join(f"“{label}”" for label in near) + "？" if near else "请核对。"
    allowed = "、".join(near) or "单位名录模板“选项”里的类别；都不合适的写“其他”"
    first = near[0] if near else ""
    return ValueFault("kind.unknown", f"没有“{text[:20]}”这个单位类别。{asked}", allowed,
                      suggestion=first)  # fmt: skip
