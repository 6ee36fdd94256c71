"""Divisions as an import kind: the county's list of townships and villages with their codes."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from muster.core.identity import ValueFault
from muster.core.kernel import DivisionCode
from muster.core.sheets import Column, is_blank, is_error
from muster.engines.imports.divisionwrite import DivisionUndo, write
from muster.engines.imports.kinds import Cells, Context, Draft
from muster.engines.imports.people import broken_cell, missing, plain_text
from muster.ground.register.models import Division
from muster.ground.rows.ids import uuid7
from muster.ground.rows.scope import current_scope

CODE = "divisions"
COLUMNS = (
    Column("code", "区划代码",
           ("区划代码", "行政区划代码", "统计用区划代码", "统计代码", "代码", "编码", "区划编码"),
           required=True, help="12 位统计用区划代码；乡镇也可写 9 位"),
    Column("name", "名称", ("名称", "区划名称", "单位名称", "行政区划名称", "乡镇村名称", "全称"),
           required=True, help="如 石桥镇、白杨沟村"),
    Column("population", "常住人口", ("常住人口", "人口", "人口数", "常住人口数"), kind="number",
           help="可不填"),
)  # fmt: skip
BY_KEY = {c.key: c for c in COLUMNS}
LONGEST = {"code": 20, "name": 60, "population": 12}


class DivisionKind:
    """The tree of townships and villages: 区划代码, 名称, 常住人口."""

    code = CODE
    label = "行政区划"
    one = "一处"
    waits = "division.parent"

    @property
    def columns(self) -> tuple[Column, ...]:
        """Return the columns of the list."""
        return COLUMNS

    def begin(self, context: Context) -> "DivisionCheck":
        """Return a check of one file."""
        return DivisionCheck(context)

    def begin_alone(self, context: Context) -> "DivisionAlone":
        """Return a check of the file only."""
        return DivisionAlone(context)

    def write(self, rows: Sequence[tuple[UUID, Draft]], at: datetime) -> dict[UUID, str]:
        """Write good rows; return those left out because the register changed since."""
        return write(rows)

    def begin_undo(self, drafts: Sequence[Draft]) -> DivisionUndo:
        """Return the undoing of a batch of rows."""
        return DivisionUndo(drafts)

    def shown(self, key: str, value: Any) -> str:
        """Return a stored value in words."""
        return str(value) if value not in ("", None) else "（空）"


class DivisionAlone:
    """The check of a list without a register: every cell, and no code twice."""

    def __init__(self, context: Context) -> None:
        """Begin with nothing known."""
        self.context = context
        self.first: dict[str, tuple[str, int]] = {}

    def survey(self, cells: Cells) -> None:
        """Nothing of all rows is needed beforehand."""

    def know(self, others: Mapping[str, tuple[str, int]]) -> None:
        """Note which codes other rows of the file carry."""
        self.first.update(others)

    def know_rows(self, drafts: Sequence[Draft]) -> None:
        """Nothing: without a register no place above is looked for."""

    def take(self, drafts: Sequence[Draft]) -> None:
        """Find the faults of these drafts."""
        for draft in drafts:
            self.read(draft)
            draft.outcome = "rejected" if draft.faults else ""

    def read(self, draft: Draft) -> None:
        """Read the cells of a row, and refuse the second row of one code."""
        for column in COLUMNS:
            cell = draft.raw.get(column.key)
            if not is_blank(cell):
                try:
                    draft.values[column.key] = _value(column.key, cell)
                except ValueFault as fault:
                    draft.fault(column, fault, masked=str(cell)[:20])
            elif column.required:
                draft.fault(column, missing(column))
        draft.index = draft.values.get("code", "")
        here = (draft.sheet, draft.number)
        sheet, row = self.first.setdefault(draft.index, here)
        if draft.index and (sheet, row) != here:
            where = f"第 {row} 行" + (f"（{sheet}）" if sheet != draft.sheet else "")
            text = f"与{where}是同一个代码。请核对，只保留一行。"
            draft.fault(BY_KEY["code"], ValueFault("division.twice", text, "每个代码只写一行"),
                        masked=draft.index)  # fmt: skip

    def absent(self) -> int | None:
        """Return None: there is no register to ask."""
        return None

    def notices(self) -> list[str]:
        """Return nothing: a code says where its place lies."""
        return []


class DivisionCheck(DivisionAlone):
    """The check of one list against the tree of the scope."""

    def __init__(self, context: Context) -> None:
        """Read the tree that the scope sees."""
        super().__init__(context)
        self.known: dict[str, Division] = {d.division: d for d in Division.objects.all()}
        self.coming: set[str] = set()
        self.met: set[str] = set()

    def know_rows(self, drafts: Sequence[Draft]) -> None:
        """Note the places that good rows not yet written bring in."""
        self.coming |= {d.values["code"] for d in drafts if d.outcome == "new"}

    def take(self, drafts: Sequence[Draft]) -> None:
        """Fill outcome and target of these drafts; a place comes after the one it lies in."""
        for draft in drafts:
            self.read(draft)
            code = draft.values.get("code")
            draft.division = code if code and current_scope().holds(code) else ""
            if code and not draft.faults:
                self._compare(draft, code)
            draft.division = draft.division or self.context.division
            draft.outcome = self._outcome(draft)

    def _compare(self, draft: Draft, code: str) -> None:
        row = self.known.get(code)
        if not draft.division:
            self._refuse(
                draft, "code", "division.outside", "这个代码不在您管辖的区划内。", "本县的代码"
            )
        elif row is not None:
            self._against(draft, row)
        elif not self._has_parent(code):
            text = f"它所在的 {DivisionCode(code).ancestors[0]} 还没有登记，本表前面的行里也没有。"
            self._refuse(
                draft, "code", "division.parent", text + "请把乡镇写在村的前面。", "先乡镇，后村"
            )
        else:
            draft.target = uuid7()
            self.coming.add(code)

    def _against(self, draft: Draft, row: Division) -> None:
        self.met.add(row.division)
        draft.target, draft.revision = row.pk, 0
        if row.name != draft.values["name"]:
            text = f"这个代码已登记为“{row.name}”。改名请打开这个区划，点“更名”，写明从哪天起。"
            self._refuse(draft, "name", "division.named", text, row.name)
            return
        told = draft.values.get("population")
        if told is not None and told != row.population:
            draft.before = {"population": row.population}

    def _has_parent(self, code: str) -> bool:
        above = DivisionCode(code).ancestors
        return bool(above) and (str(above[0]) in self.known or str(above[0]) in self.coming)

    @staticmethod
    def _refuse(draft: Draft, key: str, code: str, text: str, allowed: str) -> None:
        draft.fault(BY_KEY[key], ValueFault(code, text, allowed), masked=draft.values[key])

    @staticmethod
    def _outcome(draft: Draft) -> str:
        if draft.faults:
            return "rejected"
        if draft.revision is None:
            return "new"
        return "changed" if draft.before else "unchanged"

    def absent(self) -> int | None:
        """Return how many places below the file's division stand in the register but in no row."""
        here = DivisionCode(self.context.division)
        below = {c for c in self.known if here.holds(c) and c != str(here)}
        return len(below - self.met)


def _value(key: str, cell: Any) -> Any:
    if isinstance(cell, str) and cell[:1] == "#" and is_error(cell):
        raise broken_cell()
    text = plain_text(cell, limit=LONGEST[key])
    if key == "name":
        return text
    digits = re.sub(r"[\s,]", "", text)
    if key == "population":
        if not digits.isascii() or not digits.isdigit():
            raise ValueFault("number.invalid", "这里要填人数，只写数字。", "如 1260")
        return int(digits)
    if not re.fullmatch(r"[0-9]{6}|[0-9]{9}|[0-9]{12}", digits):
        text = f"区划代码应为 12 位数字（乡镇可写 9 位），这里是“{digits[:20]}”。"
        raise ValueFault("division.code", text, "如 990101001000")
    return digits.ljust(12, "0")
