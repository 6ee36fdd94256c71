"""Columns of military service on a roster of people: 入伍时间 and 退伍时间, kept in the register."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from muster.core.identity import PartialDate, ValueFault, parse_date
from muster.core.sheets import Column, cell_text
from muster.engines.imports.kinds import ColumnSet, Context, Draft, Line, Written, is_clear
from muster.ground.journal.actions import record
from muster.ground.register.models import Service
from muster.ground.rows.bulk import insert_many
from muster.ground.rows.ids import uuid7

CODE = "service"
ENLISTED = Column("enlisted_on", "入伍时间", ("入伍时间", "入伍日期", "入伍年月", "参军时间",
                   "入伍年份", "参军年月", "参军日期", "服役开始时间"), kind="date",
                  help="如 2012-12-01；可以只到年月")  # fmt: skip
DISCHARGED = Column("discharged_on", "退役时间", ("退役时间", "退伍时间", "退役日期", "退伍日期",
                     "退出现役时间", "退伍年月", "退役年月", "退役年份", "退伍年份", "退出现役日期", "复员时间"),
                    kind="date", help="如 2014-12-01；可以只到年月")  # fmt: skip
COLUMNS = (ENLISTED, DISCHARGED)
_KEYS = (ENLISTED.key, DISCHARGED.key)
Spells = dict[UUID, list[Service]]


def prepare(_: Context, drafts: Sequence[Draft]) -> Spells:
    """Return person → spells of service already recorded."""
    keys = [d.target for d in drafts if d.target and d.revision is not None]
    found: Spells = defaultdict(list)
    for start in range(0, len(keys), 500):
        for spell in Service.objects.filter(person__in=keys[start : start + 500]):
            found[spell.person_id].append(spell)
    return found


def judge(known: Spells, draft: Draft, context: Context) -> dict[str, Any] | None:
    """Return the spell to add or to complete; an empty cell says nothing."""
    told = {c.key: _read(draft, c, context) for c in COLUMNS}
    began, ended = told["enlisted_on"], told["discharged_on"]
    if began and ended and ended.last < began.first:
        fault = ValueFault("service.order", "退役时间早于入伍时间，请核对。", "不早于入伍时间")
        draft.fault(DISCHARGED, fault, masked=str(ended))
    if not draft.good or draft.outcome == "held" or not (began or ended):
        return None
    spells = known.get(draft.target, []) if draft.target else []
    if not spells:
        return {"do": "add", "id": str(uuid7()), **_plain(began, ended)}
    return _against(spells, draft, began, ended)


def _read(draft: Draft, column: Column, context: Context) -> PartialDate | None:
    raw = draft.raw.get(column.key)
    if raw is None or (isinstance(raw, str) and raw.strip() in ("", "-", "—", "/", "无")):
        return None
    if is_clear(raw):
        fault = ValueFault("service.clear", "服役时间不能用“清空”删除，请在人员页面更正。", "日期")
        draft.fault(column, fault)
        return None
    try:
        return parse_date(raw, today=context.today)
    except ValueFault as fault:
        draft.fault(column, fault, masked=cell_text(raw)[:40])
        return None


def _against(
    spells: list[Service], draft: Draft, began: PartialDate | None, ended: PartialDate | None
) -> dict[str, Any] | None:
    for spell in spells:
        if _fits(spell.enlisted_on, began) and _fits(spell.discharged_on, ended):
            gap = (began and not spell.enlisted_on) or (ended and not spell.discharged_on)
            before = {
                "enlisted_on": _iso(spell.enlisted_on),
                "discharged_on": _iso(spell.discharged_on),
            }
            after = {k: before[k] or v for k, v in _plain(began, ended).items()}
            return (
                {"do": "complete", "id": str(spell.pk), "before": before, **after} if gap else None
            )
    text = "服役时间与登记的不一致，请核对；登记有误的，请先在人员页面更正。"
    column, told = (ENLISTED, began) if began else (DISCHARGED, ended)
    draft.fault(column, ValueFault("service.differs", text, "与登记一致"), masked=str(told))
    return None


def _fits(stored: date | None, told: PartialDate | None) -> bool:
    return stored is None or told is None or told.first <= stored <= told.last


def _plain(began: PartialDate | None, ended: PartialDate | None) -> dict[str, str | None]:
    return {"enlisted_on": _iso(began.first if began else None),
            "discharged_on": _iso(ended.first if ended else None)}  # fmt: skip


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def write(rows: Sequence[Written], _: datetime) -> None:
    """Add new spells in bulk and complete known ones."""
    fresh = [r for r in rows if r.plan["do"] == "add"]
    insert_many(
        Service,
        ("id", "division", "person_id", "enlisted_on", "discharged_on"),
        ((UUID(r.plan["id"]), r.division, r.target, _day(r.plan["enlisted_on"]),
          _day(r.plan["discharged_on"])) for r in fresh),
    )  # fmt: skip
    for row in rows:
        if row.plan["do"] == "complete":
            _put(row.plan["id"], row.plan)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _put(key: str, values: dict[str, Any]) -> None:
    Service.objects.filter(pk=key).update(
        enlisted_on=_day(values["enlisted_on"]), discharged_on=_day(values["discharged_on"])
    )


def undo(plan: dict[str, Any], target: UUID, _: datetime) -> str:
    """Take back what one row said of service, unless it was changed since."""
    spell = Service.objects.filter(pk=plan["id"], person=target).first()
    if spell is None:
        return ""
    if {k: _iso(getattr(spell, k)) for k in ("enlisted_on", "discharged_on")} != {
        k: plan[k] for k in ("enlisted_on", "discharged_on")
    }:
        return "服役时间后来修改过"
    if plan["do"] == "add":
        record("service.withdrawn", spell)
        spell.delete()
    else:
        _put(plan["id"], plan["before"])
    return ""


def words(plans: Sequence[dict[str, Any]]) -> list[list[Line]]:
    """Return what each plan changes: the dates that become known."""
    return [
        [(key, (plan.get("before") or {}).get(key) or "", plan[key]) for key in _KEYS
         if plan[key] and plan[key] != (plan.get("before") or {}).get(key)]
        for plan in plans
    ]  # fmt: skip


SERVICE = ColumnSet(CODE, "服役情况", COLUMNS, prepare, judge, write, None, undo, words)
