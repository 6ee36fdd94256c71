"""Columns of absence on a roster of people: 在位情况, 外出地点, 外出时间, 能否24小时内返回."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from muster.core.identity import ValueFault, fold, parse_date, parse_yes_no
from muster.core.sheets import Column, cell_text
from muster.domains.militia.models import Absence
from muster.domains.militia.places import to_county
from muster.engines.imports.kinds import ColumnSet, Context, Draft, Line, Written, is_clear
from muster.ground.journal.actions import record

CODE = "absence"
PRESENCE = Column("presence", "在位情况", ("在位情况", "是否在位", "在位", "人员去向"), kind="choice",
                  allowed=("在位", "外出"), help="在位或外出")  # fmt: skip
PLACE = Column("away_place", "外出地点", ("外出地点", "外出去向", "去向", "外出地址", "务工地点"), kind="text",
               help="只写到县（市、区）；写得再细也只保留到县")  # fmt: skip
SINCE = Column("away_since", "外出时间", ("外出时间", "外出日期", "离开时间"), kind="date")
BACK = Column("back_in_a_day", "能否24小时内返回", ("能否24小时内返回", "24小时内能否返回", "能否及时返回"),
              kind="yes_no", allowed=("是", "否"))  # fmt: skip
COLUMNS = (PRESENCE, PLACE, SINCE, BACK)
HERE = frozenset({"在位", "在家", "在岗", "在村", "本地", "在"})
AWAY = frozenset({"外出", "不在位", "外地", "外出务工", "务工", "外出经商", "外出求学", "否"})
Known = dict[UUID, Absence]


def prepare(_: Context, drafts: Sequence[Draft]) -> Known:
    """Return person → absence not yet closed."""
    keys = [d.target for d in drafts if d.target and d.revision is not None]
    found: Known = {}
    for start in range(0, len(keys), 500):
        rows = Absence.objects.filter(person__in=keys[start : start + 500], back_on=None)
        found |= {row.person_id: row for row in rows}
    return found


def judge(known: Known, draft: Draft, context: Context) -> dict[str, Any] | None:
    """Return the absence to register. 在位 plans nothing: a return is registered by itself."""
    away = _away(draft)
    since, hours = _since(draft, context), _hours(draft)
    if not away or draft.outcome == "held":
        return None
    place = to_county(_cell(draft, PLACE))
    if PLACE.key in draft.raw and not place:
        fault = ValueFault("away.place_missing", "写了外出，没有写外出地点，请补填。", "到县一级")
        draft.fault(PLACE, fault)
    known_one = known.get(draft.target) if draft.target else None
    if known_one and place and not _same_place(known_one.destination, place):
        text = "已登记外出，去向与本行不同，且没有登记返回。请先在外出登记页办理返回。"
        draft.fault(PLACE, ValueFault("away.differs", text, "先登记返回"), masked=place)
    if known_one or not draft.good:
        return None
    return {"place": place, "since": since.isoformat(), "hours": hours}


def _cell(draft: Draft, column: Column) -> str:
    raw = draft.raw.get(column.key)
    text = fold(str(raw)) if raw is not None else ""
    return "" if is_clear(text) else text


def _away(draft: Draft) -> bool:
    told = _cell(draft, PRESENCE)
    if told in HERE:
        return False
    if told and told not in AWAY:
        fault = ValueFault("presence.unknown", "在位情况写法不认识。", "在位、外出")
        draft.fault(PRESENCE, fault, masked=told[:40])
        return False
    return bool(told or _cell(draft, PLACE))


def _since(draft: Draft, context: Context) -> date:
    raw = draft.raw.get(SINCE.key)
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return context.today
    try:
        return parse_date(raw, today=context.today).first
    except ValueFault as fault:
        draft.fault(SINCE, fault, masked=cell_text(raw)[:40])
        return context.today


def _hours(draft: Draft) -> int | None:
    told = _cell(draft, BACK)
    if not told:
        return None
    try:
        return 24 if parse_yes_no({"能": "是", "不能": "否"}.get(told, told)) else None
    except ValueFault as fault:
        draft.fault(BACK, fault, masked=told[:40])
        return None


def _same_place(one: str, other: str) -> bool:
    return one in other or other in one


def write(rows: Sequence[Written], _: datetime) -> None:
    """Register absences as told."""
    for row in rows:
        Absence.objects.create(
            division=row.division, person_id=row.target, left_on=date.fromisoformat(row.plan["since"]),
            destination=row.plan["place"], reason=Absence.Reason.OTHER,
            hours_to_return=row.plan["hours"], source="import", source_row=row.row,
        )  # fmt: skip
    if rows:
        record("absence.imported", facts={"count": len(rows)})


def undo(row: UUID, target: UUID, _: datetime) -> str:
    """Take back the absence of one row, unless the member returned since."""
    absence = Absence.objects.filter(source_row=row, person=target).first()
    if absence is None:
        return ""
    if absence.back_on is not None:
        return "后来已登记返回"
    record("absence.withdrawn", absence)
    absence.delete()
    return ""


def words(plans: Sequence[dict[str, Any]]) -> list[list[Line]]:
    """Return what each plan changes: where somebody went, and since when."""
    return [
        [(PLACE.key, "在位", plan["place"] or "外出"), (SINCE.key, "", plan["since"])]
        for plan in plans
    ]


ABSENCE = ColumnSet(CODE, "外出情况", COLUMNS, prepare, judge, write, undo, words=words)
