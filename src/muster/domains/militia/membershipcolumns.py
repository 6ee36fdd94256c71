"""Columns of membership on a roster of people: 民兵类别, 所属分队, 民兵职务, 入队时间."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from muster.core.identity import ValueFault, fold, parse_date
from muster.core.sheets import Column, cell_text
from muster.domains.militia.actions import Entry, enter_many, move, reverse
from muster.domains.militia.models import (
    FrozenMember,
    Membership,
    Post,
    RollCallLine,
    Transfer,
    Unit,
)
from muster.domains.militia.queries import members
from muster.domains.militia.queries.conditions import AgeRules, age_silent
from muster.domains.militia.queries.figures import strengths
from muster.domains.militia.queries.units import own_units
from muster.domains.militia.unitnames import UnitNames
from muster.engines.imports.kinds import ColumnSet, Context, Draft, Line, Written, is_clear
from muster.engines.imports.people import skills_of
from muster.ground.register.models import Person
from muster.ground.register.people import age_on
from muster.ground.rows.clock import today

CODE = "membership"
CATEGORY = Column("militia_category", "民兵类别", ("民兵类别", "民兵种类"), kind="choice",
                  allowed=("基干", "普通"), help="基干或普通")  # fmt: skip
UNIT = Column("militia_unit", "所属分队", ("所属分队", "所在连队", "编入分队", "分队", "编组单位", "所属营连排班",
              "所在分队", "编入单位"), kind="text", help="分队的全称；留空表示不编组")  # fmt: skip
DUTY = Column("militia_duty", "民兵职务", ("民兵职务", "职务", "队内职务"), kind="text",
              help="如 战士、班长、连长")  # fmt: skip
JOINED = Column("militia_joined", "入队时间", ("入队时间", "编入时间", "入队日期", "编入日期"), kind="date",
                help="如 2024-05-21；不填按导入当天")  # fmt: skip
COLUMNS = (CATEGORY, UNIT, DUTY, JOINED)
PLAIN_MEMBER = frozenset({"战士", "队员", "民兵", "成员"})
GONE = "（分队已不在）"
BY_ROSTER = "按名册导入编入，原不是基干民兵"


@dataclass(slots=True)
class State:
    """What judging needs, read once for a batch of rows."""

    names: UnitNames
    posts: dict[UUID, list[Post]]
    spells: dict[UUID, Membership]
    elsewhere: set[UUID]
    held: Counter[UUID]
    rules: dict[tuple[str, date], AgeRules] = field(default_factory=dict)
    silent: dict[tuple[str, date], str] = field(default_factory=dict)

    def age_rules(self, division: str, on: date) -> AgeRules:
        """Return the age rules of a place on a day, each read once."""
        if (division, on) not in self.rules:
            self.rules[division, on] = AgeRules.at(division, on)
        return self.rules[division, on]

    def not_checked(self, division: str, on: date) -> str:
        """Return why the age was not checked, each place and day read once."""
        if (division, on) not in self.silent:
            self.silent[division, on] = age_silent(division, on)
        return self.silent[division, on]


def prepare(context: Context, drafts: Sequence[Draft]) -> State:
    """Read the units of the scope, their posts, and where the people of these rows stand."""
    units = own_units()
    posts: dict[UUID, list[Post]] = {}
    for post in Post.objects.all():
        posts.setdefault(post.unit_id, []).append(post)
    known = [d.target for d in drafts if d.target and d.revision is not None]
    here = Membership.objects.filter(members.on_roster(context.today)).exclude(post=None)
    return State(
        UnitNames.of(units), posts, members.last_spells(known), members.held_elsewhere(known),
        Counter(here.values_list("post", flat=True)),
    )  # fmt: skip


def judge(state: State, draft: Draft, context: Context) -> dict[str, Any] | None:
    """Return whom to enter where, or a new post; an empty unit cell plans nothing."""
    joined = _joined(draft, context)
    unit = _unit(state, draft)
    if unit is None or draft.outcome == "held":
        return None
    _category(draft, unit)
    spell = state.spells.get(draft.target) if draft.target and draft.revision is not None else None
    if spell and spell.valid_to is None:
        return _member(state, draft, spell, unit, context.today)
    if draft.target in state.elsewhere:
        _fault(draft, UNIT, "unit.held", "这名人员的编组情况需要上级核对，暂不能编入。", "联系上级")
    on = joined or context.today
    _open(draft, unit, on, told=joined)
    if spell and spell.valid_to and on < spell.valid_to:
        text = f"登记显示{spell.valid_to}才出队，入队时间不能更早，请核对。"
        _fault(draft, JOINED, "joined.too_early", text, f"不早于 {spell.valid_to}")
    post = _post(state, draft, unit)
    note = _age(state, draft, unit, post, on)
    if not draft.good:
        return None
    if post:
        state.held[post.pk] += 1
    if unit.force == Unit.Force.EMERGENCY:
        note = "；".join(filter(None, (BY_ROSTER, note)))
    return {"do": "enter", "unit": str(unit.pk), "post": str(post.pk) if post else None,
            "on": on.isoformat(), "note": note}  # fmt: skip


def _fault(draft: Draft, column: Column, code: str, text: str, allowed: str, *,
           told: str = "", suggestion: str = "") -> None:  # fmt: skip
    draft.fault(column, ValueFault(code, text, allowed, suggestion=suggestion), masked=told[:40])


def _cell(draft: Draft, column: Column) -> str:
    raw = draft.raw.get(column.key)
    return fold(str(raw)) if raw is not None else ""


def _joined(draft: Draft, context: Context) -> date | None:
    raw = draft.raw.get(JOINED.key)
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return None
    try:
        return parse_date(raw, today=context.today).first
    except ValueFault as fault:
        draft.fault(JOINED, fault, masked=cell_text(raw)[:40])
        return None


def _unit(state: State, draft: Draft) -> Unit | None:
    told = _cell(draft, UNIT)
    if is_clear(told):
        _fault(draft, UNIT, "unit.clear", "出队要办“出入转队”，不能用“清空”。", "分队名称，或留空")
        return None
    if not told:
        return None
    unit = state.names.find(told, division=draft.division)
    if unit is None:
        near = state.names.nearest(told)
        text = f"没有“{told[:20]}”这个分队。" + (f"是不是“{near}”？" if near else "请核对名称。")
        _fault(draft, UNIT, "unit.unknown", text, state.names.some(), told=told, suggestion=near)
    elif unit.valid_to:
        _fault(draft, UNIT, "unit.closed", f"{unit.name}已于{unit.valid_to}撤销。", "现有分队")
    return unit


def _open(draft: Draft, unit: Unit, on: date, *, told: date | None) -> None:
    """Note a fault where the unit does not exist yet on the day of entering."""
    if on >= unit.valid_from:
        return
    if told:
        text = f"{unit.name}{unit.valid_from}才组建，入队时间不能更早，请核对入队时间或分队。"
        _fault(draft, JOINED, "joined.before_unit", text, f"不早于 {unit.valid_from}",
               told=told.isoformat(), suggestion=unit.valid_from.isoformat())  # fmt: skip
    else:
        text = f"{unit.name}{unit.valid_from}才组建，今天还不能编入。"
        _fault(draft, UNIT, "unit.not_yet", text, "已组建的分队", told=unit.name)


def _category(draft: Draft, unit: Unit) -> None:
    told = _cell(draft, CATEGORY).removesuffix("民兵")
    if told and told not in CATEGORY.allowed:
        _fault(draft, CATEGORY, "category.unknown", "民兵类别写法不认识。", "基干、普通", told=told)
    elif told and (told == "基干") != unit.primary:
        own = "基干" if unit.primary else "普通"
        text = f"{unit.name}是{own}民兵分队，与本行的民兵类别不符，请核对。"
        _fault(draft, CATEGORY, "category.differs", text, own, told=told)


def _member(
    state: State, draft: Draft, spell: Membership, unit: Unit, day: date
) -> dict[str, Any] | None:
    """Judge a row about somebody who stands in a unit already."""
    if spell.unit_id != unit.pk:
        text = f"已编在{spell.unit.name}，一人只能编一个分队。要换分队请办“转队”。"
        _fault(draft, UNIT, "unit.other", text, spell.unit.name, told=unit.name)
        return None
    told = _cell(draft, DUTY)
    if not told or (spell.post and told in _duties(spell.post)):
        return None
    post = _post(state, draft, unit)
    if post is None or not draft.good or (spell.post_id == post.pk):
        return None
    on = max(day, spell.valid_from)
    was = spell.post.name if spell.post else ""
    return {"do": "post", "unit": str(unit.pk), "post": str(post.pk), "on": on.isoformat(),
            "was": was}  # fmt: skip


def _duties(post: Post) -> set[str]:
    names = {post.name, post.duty}
    return names | PLAIN_MEMBER if post.role == Post.Role.MEMBER else names


def _post(state: State, draft: Draft, unit: Unit) -> Post | None:
    """Return the post of that duty: one of its name, then of a skill he has, then with room."""
    posts = state.posts.get(unit.pk, [])
    told = _cell(draft, DUTY)
    fitting = [p for p in posts if (told or "战士") in _duties(p)]
    if told and posts and not fitting:
        allowed = "、".join(dict.fromkeys(p.duty or p.name for p in posts))
        text = f"{unit.name}没有“{told[:20]}”这个职务。"
        _fault(draft, DUTY, "duty.unknown", text, allowed, told=told)
        return None
    skills = set(skills_of(str(draft.values.get("skills") or "")))

    def order(post: Post) -> tuple[bool, bool, bool]:
        room = state.held[post.pk] < post.count
        return (not room, bool(post.skill) and post.skill not in skills, post.name != told)

    return min(fitting, key=order, default=None)


def _age(state: State, draft: Draft, unit: Unit, post: Post | None, on: date) -> str:
    """Note a fault where the age rule does not admit a new member; return what was not checked."""
    skills = skills_of(str(draft.values.get("skills") or ""))
    skilled = bool(post and post.skill and post.skill in skills)
    bounds = state.age_rules(unit.division, on).bounds(post, skilled=skilled)
    born = draft.values.get("birth_date")
    age = age_on(date.fromisoformat(born), on) if isinstance(born, str) else None
    if age is not None and not bounds.admits(age):
        text = f"{on}时{age}周岁，不符合入队年龄{bounds.words}，不能新编入队。"
        _fault(draft, UNIT, "age.outside", text, bounds.words)
    return "" if bounds.configured else state.not_checked(unit.division, on)


def write(rows: Sequence[Written], at: datetime) -> None:
    """Enter new members in bulk and carry out changes of post."""
    units = _by_key(Unit.objects.filter(pk__in={r.plan["unit"] for r in rows}))
    posts = _by_key(Post.objects.filter(pk__in={r.plan["post"] for r in rows if r.plan["post"]}))
    entries = [
        Entry(r.target, r.division, units[r.plan["unit"]], posts.get(r.plan["post"]),
              date.fromisoformat(r.plan["on"]), note=r.plan["note"], source_row=r.row)
        for r in rows if r.plan["do"] == "enter"
    ]  # fmt: skip
    enter_many(entries, at=at, source="import")
    for row in rows:
        if row.plan["do"] == "post":
            person = Person.objects.fetch(row.target)
            unit, post = units[row.plan["unit"]], posts[row.plan["post"]]
            on = date.fromisoformat(row.plan["on"])
            move(person, unit, post, on=on, at=at, source="import", source_row=row.row)


def _by_key(rows: Iterable[Any]) -> dict[str, Any]:
    return {str(row.pk): row for row in rows}


def undo(row: UUID, target: UUID, at: datetime) -> str:
    """Reverse the transfer of one row; return why it is kept where something used it since."""
    made = Transfer.objects.filter(source_row=row, person=target, reverses=None, reversed_by=None)
    transfer = made.first()
    if transfer is None:
        return ""
    latest = members.latest_transfer(target)
    if latest is None or latest.pk != transfer.pk:
        return "后来又办过出入转队"
    why = used(target, since=transfer.on)
    if not why:
        reverse(transfer, at=at, note="撤销导入")
    return why


def used(person: UUID, *, since: date) -> str:
    """Return what used a membership from a day on: a roll call or a frozen roster; "" for none."""
    line = RollCallLine.objects.filter(person=person, call__on__gte=since)
    if call := line.select_related("call").first():
        return f"已列入{call.call.on}的点验名单"
    frozen = FrozenMember.objects.filter(person=person, roster__as_of__gte=since)
    if member := frozen.select_related("roster").first():
        return f"已列入封存花名册（截至{member.roster.as_of}）"
    return ""


def used_since(kind: str, target: UUID, _: datetime) -> str:
    """Return why a person may not be withdrawn: a place, a roll call, a frozen roster."""
    if kind != "people":
        return ""
    if members.latest_transfer(target) is not None:
        return "已有出入转队记录"
    return used(target, since=date.min)


def words(plans: Sequence[dict[str, Any]]) -> list[list[Line]]:
    """Return what each plan changes: unit, post and day of entering, or another post."""
    units = _by_key(Unit.objects.filter(pk__in={p["unit"] for p in plans}))
    posts = _by_key(Post.objects.filter(pk__in={p["post"] for p in plans if p["post"]}))
    return [_words(plan, units.get(plan["unit"]), posts.get(plan["post"])) for plan in plans]


def _words(plan: dict[str, Any], unit: Unit | None, post: Post | None) -> list[Line]:
    duty = (DUTY.key, str(plan.get("was", "")), post.name if post else "")
    if plan["do"] == "post":
        return [duty]
    entered = (UNIT.key, "", unit.name if unit else GONE)
    return [entered, *([duty] if post else []), (JOINED.key, "", plan["on"])]


def tally(plan: dict[str, Any]) -> str:
    """Return the unit that a plan adds one to, "" where it adds nobody."""
    return str(plan["unit"]) if plan["do"] == "enter" else ""


def over_strength(tallied: Mapping[str, int]) -> list[str]:
    """Return a sentence for each unit that would have more people than posts after the import."""
    units = Unit.objects.filter(pk__in=[key for key in tallied if key]).order_by("name")
    told = []
    for found in strengths(units, today()):
        after = found.actual + tallied[str(found.unit.pk)]
        if found.authorised and after > found.authorised:
            told.append(f"{found.unit.name} 编制 {found.authorised}，导入后 {after} 人，超编 "
                        f"{after - found.authorised} 人。")  # fmt: skip
    return told


MEMBERSHIP = ColumnSet(
    CODE, "编组情况", COLUMNS, prepare, judge, write, undo,
    words=words, tally=tally, notes=over_strength,
)  # fmt: skip
