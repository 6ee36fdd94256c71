"""Organisations as an import kind: compared by place and name, written, undone."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from muster.core.identity import ValueFault
from muster.core.sheets import Column
from muster.engines.imports.kinds import Cells, Context, Draft
from muster.engines.imports.organisations import BY_KEY, columns, kinds_by_word, read_row
from muster.engines.imports.organisationwrite import FIELDS, OrganisationUndo, write
from muster.engines.imports.places import HomeRows, Places
from muster.ground.register import queries
from muster.ground.register.models import Organisation
from muster.ground.rows.ids import uuid7
from muster.ground.rows.scope import current_scope
from muster.ground.rows.sealing import blind_index

CODE = "organisations"
PARENT_WRONG = "parent.row_wrong"
Key = tuple[str, str]


class OrganisationKind:
    """Lists of units: 名称, 类别, 行政区划, 简称, 上级单位."""

    code = CODE
    label = "单位名录"
    one = "一单位"
    waits = PARENT_WRONG

    @property
    def columns(self) -> tuple[Column, ...]:
        """Return the columns of the list."""
        return columns()

    def begin(self, context: Context) -> "OrganisationCheck":
        """Return a check of one file."""
        return OrganisationCheck(context)

    def begin_alone(self, context: Context) -> "OrganisationAlone":
        """Return a check of the file only."""
        return OrganisationAlone(context)

    def write(self, rows: Sequence[tuple[UUID, Draft]], at: datetime) -> dict[UUID, str]:
        """Write good rows; return those left out because the register changed since."""
        return write(rows)

    def begin_undo(self, drafts: Sequence[Draft]) -> OrganisationUndo:
        """Return the undoing of a batch of rows."""
        return OrganisationUndo(drafts)

    def shown(self, key: str, value: Any) -> str:
        """Return a stored value in words."""
        if not value:
            return "（空）"
        if key == "kind":
            return str(queries.organisation_kinds().get(value, value))
        if key == "parent":
            found = Organisation.objects.filter(pk=value).first()
            return found.name if found else "（已不在）"
        return str(value)


class OrganisationAlone:
    """The check of a list without a register: every cell, and no unit twice."""

    def __init__(self, context: Context) -> None:
        """Read the kinds of the catalogue."""
        self.context = context
        self.kinds = kinds_by_word()
        self.first: dict[str, tuple[str, int]] = {}

    def survey(self, cells: Cells) -> None:
        """Nothing of all rows is needed beforehand."""

    def know(self, others: Mapping[str, tuple[str, int]]) -> None:
        """Note which units other rows of the file are."""
        self.first.update(others)

    def know_rows(self, drafts: Sequence[Draft]) -> None:
        """Nothing: without a register no unit above is looked for."""

    def take(self, drafts: Sequence[Draft]) -> None:
        """Find the faults of these drafts."""
        for draft in drafts:
            read_row(draft, self.kinds)
            draft.index = f"{draft.values.get('place', '')}|{draft.values.get('name', '')}"
            self.refuse_double(draft)
            draft.outcome = "rejected" if draft.faults else ""

    def refuse_double(self, draft: Draft) -> None:
        """Refuse the second row of one unit."""
        here = (draft.sheet, draft.number)
        sheet, row = self.first.setdefault(draft.index, here)
        if (sheet, row) != here and draft.values.get("name"):
            where = f"第 {row} 行" + (f"（{sheet}）" if sheet != draft.sheet else "")
            text = f"与{where}是同一个单位。请核对，只保留一行。"
            fault = ValueFault("organisation.twice", text, "同一单位只写一行")
            draft.fault(BY_KEY["name"], fault, masked=draft.values["name"])

    def absent(self) -> int | None:
        """Return None: there is no register to ask."""
        return None

    def notices(self) -> list[str]:
        """Return nothing: where rows would go is not known without a register."""
        return []


class OrganisationCheck(OrganisationAlone):
    """The check of one list against the register of the scope."""

    def __init__(self, context: Context) -> None:
        """Read the places and the units that the scope sees."""
        super().__init__(context)
        self.places = Places(context.division)
        rows = list(Organisation.objects.all())
        self.known: dict[Key, Organisation] = {(o.division, o.name): o for o in rows}
        self.by_name: dict[str, list[tuple[str, UUID]]] = {}
        for o in rows:
            if o.valid_to is None:
                self.by_name.setdefault(o.name, []).append((o.division, o.pk))
        self.met: set[UUID] = set()
        self.homes = HomeRows(context.division)
        self.wrong: dict[str, tuple[str, int]] = {}

    def take(self, drafts: Sequence[Draft]) -> None:
        """Fill outcome and target of these drafts, in the order of the file."""
        for draft in drafts:
            read_row(draft, self.kinds)
            self._settle_place(draft)
            name = draft.values.get("name")
            if name and draft.division:
                draft.index = blind_index(f"{draft.division}|{name}", purpose="organisation")
                self.refuse_double(draft)
                self._compare(draft, self.known.get((draft.division, name)))
            draft.outcome = self._outcome(draft)
            self.homes.count(draft, "place")
            if draft.faults and name:
                self.wrong.setdefault(name, (draft.sheet, draft.number))

    def know_rows(self, drafts: Sequence[Draft]) -> None:
        """Note the units of good rows not yet written, and of faulty ones."""
        for draft in drafts:
            name = draft.values.get("name", "")
            if draft.outcome == "rejected":
                self.wrong.setdefault(name, (draft.sheet, draft.number))
            elif draft.outcome == "new" and draft.target is not None:
                known = self.by_name.setdefault(name, [])
                if (draft.division, draft.target) not in known:
                    known.append((draft.division, draft.target))

    def _settle_place(self, draft: Draft) -> None:
        told = draft.values.get("place")
        found = self.places.find(told) if told else self.context.division
        if found is None or not current_scope().holds(found):
            fault = self.places.unknown(told or "", "地名", "place")
            draft.fault(BY_KEY["place"], fault, masked=(told or "")[:40])
            return
        draft.division = found

    def _compare(self, draft: Draft, row: Organisation | None) -> None:
        parent = self._parent(draft)
        if row is None:
            draft.target = uuid7() if draft.good else None
        else:
            self.met.add(row.pk)
            draft.target, draft.revision = row.pk, 0
            if row.valid_to is not None:
                text = f"这个单位已于{row.valid_to}撤销，请核对。"
                fault = ValueFault("organisation.closed", text, "现有单位")
                draft.fault(BY_KEY["name"], fault, masked=row.name)
        if parent is not None:
            draft.values["parent"] = parent
        if row is not None:
            told = {f: draft.values[f] for f in FIELDS if f in draft.values}
            draft.before = {f: old for f, v in told.items() if (old := stored(row, f)) != v}
        elif draft.target is not None:
            self.by_name.setdefault(draft.values["name"], []).append((draft.division, draft.target))

    def _parent(self, draft: Draft) -> str | None:
        """Return the key of the unit above, "" to clear it, None where the row says nothing."""
        told = draft.values.pop("parent", None)
        if not told:
            return told  # type: ignore[no-any-return]
        found = self.by_name.get(told, [])
        near = [pk for division, pk in found if division == draft.division]
        keys = near or [pk for _, pk in found]
        if len(keys) == 1 and told != draft.values["name"]:
            return str(keys[0])
        if not keys and told in self.wrong:
            self._blame(draft, told)
            return None
        why = (
            "有几个同名单位，分不清是哪一个" if len(keys) > 1 else "没有登记，本表前面的行里也没有"
        )
        text = f"上级单位“{told[:30]}”{why}。请先登记上级单位，或把它写在前面的行。"
        draft.fault(BY_KEY["parent"], ValueFault("parent.unknown", text, "已登记单位的全称"),
                    masked=told[:40])  # fmt: skip
        return None

    def _blame(self, draft: Draft, told: str) -> None:
        """Say that nothing is wrong here but the row of the unit above."""
        sheet, number = self.wrong[told]
        where = f"第 {number} 行" + (f"（{sheet}）" if sheet != draft.sheet else "")
        text = f"上级单位“{told[:30]}”在{where}，那一行有错误。先改好那一行，这一行会自动重新核对。"
        fault = ValueFault(PARENT_WRONG, text, f"先改{where}")
        draft.fault(BY_KEY["parent"], fault, masked=told[:40])

    def notices(self) -> list[str]:
        """Return where units without a place go."""
        return self.homes.notices("行政区划", "个单位")

    @staticmethod
    def _outcome(draft: Draft) -> str:
        if draft.faults:
            return "rejected"
        if draft.revision is None:
            return "new"
        return "changed" if draft.before else "unchanged"

    def absent(self) -> int | None:
        """Return how many units of the file's division stand in the register but in no row."""
        here = queries.organisations_listed(code=self.context.division)
        return sum(1 for pk in here.values_list("pk", flat=True) if pk not in self.met)


def stored(row: Organisation, field: str) -> str:
    """Return a field of a unit as an import keeps it."""
    if field == "parent":
        return str(row.parent_id) if row.parent_id else ""
    return str(getattr(row, field))
