"""The records behind a figure, read by their keys: what they said, and how they stand now.

Read through the scoped managers, so a key outside the scope gives a line without content.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from muster.domains.militia.models import (
    FrozenMember,
    Membership,
    Post,
    RollCall,
    RollCallLine,
    Unit,
)
from muster.engines.activities.kinds import catalogue, kind_name, said
from muster.engines.activities.models import Activity, Measure
from muster.engines.campaigns.models import Phase
from muster.engines.checklists.models import Item
from muster.engines.meetings.models import Meeting, Resolution
from muster.engines.tasks.models import Task
from muster.ground.register.models import Person
from muster.ground.register.queries import division_names
from muster.web.said import beside

CHUNK = 500
PEOPLE = frozenset({"membership", "frozen_member", "roll_call_line"})
LABELS = {"membership": "编组关系", "frozen_member": "封存名单", "roll_call_line": "点验记录",
          "unit": "分队", "post": "岗位", "item": "规定事项", "meeting": "会议",
          "resolution": "决议", "activity": "活动", "measure": "宣传数量"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Record:
    """One record in words. ``now`` says how it stands today; ``gone``: not readable any more."""

    key: str
    name: str
    place: str = ""
    since: date | None = None
    until: date | None = None
    said: str = ""
    now: str = ""
    gone: bool = False
    person: UUID | None = None


def read(grain: str, keys: Iterable[str], *, today: date) -> list[Record]:
    """Return the records of the keys, by place and name; what cannot be read stands last."""
    wanted = list(keys)
    found = {r.key: r for r in READERS[grain](wanted, today)}
    lost = Record("", _("记录不在您的管辖范围内，或已不存在"), gone=True)
    rows = [found.get(key) or Record(key, lost.name, gone=True) for key in wanted]
    return sorted(rows, key=lambda r: (r.gone, r.place, r.name, r.key))


def _rows(model: Any, keys: Sequence[str]) -> list[Any]:
    found: list[Any] = []
    for start in range(0, len(keys), CHUNK):
        found += model.objects.filter(pk__in=keys[start : start + CHUNK])
    return found


def _names(model: Any, keys: Iterable[UUID]) -> dict[UUID, str]:
    wanted = list(set(keys))
    found: dict[UUID, str] = {}
    for start in range(0, len(wanted), CHUNK):
        rows = model.objects.filter(pk__in=wanted[start : start + CHUNK])
        found |= dict(rows.order_by().values_list("pk", "name"))
    return found


def _person_names(rows: Iterable[Any]) -> Callable[[UUID], str]:
    names = _names(Person, (r.person_id for r in rows))
    return lambda key: names.get(key, _("（户籍在辖区外的人员）"))


def _unit_names(rows: Iterable[Any]) -> Callable[[UUID], str]:
    names = _names(Unit, (r.unit_id for r in rows))
    return lambda key: names.get(key, _("（辖区外的分队）"))


def _memberships(keys: Sequence[str], today: date) -> list[Record]:
    rows = _rows(Membership, keys)
    person, unit = _person_names(rows), _unit_names(rows)
    places = _standing((r.person_id for r in rows), today)
    return [
        Record(r.pk.hex, person(r.person_id), unit(r.unit_id), r.valid_from, r.valid_to,
               r.get_entered_as_display(), _now_of(r, places, today), person=r.person_id)
        for r in rows
    ]  # fmt: skip


def _now_of(spell: Membership, places: dict[UUID, str], today: date) -> str:
    if spell.valid_to and spell.valid_to <= spell.valid_from:
        return _("已冲销")
    if spell.valid_to is None or spell.valid_to > today:
        return _("仍在")
    way = spell.get_left_as_display() or _("离开")
    elsewhere = places.get(spell.person_id)
    said = _("%(day)s %(way)s") % {"day": spell.valid_to, "way": way}
    now = _("%(said)s，现在%(unit)s") % {"said": said, "unit": elsewhere}
    return now if elsewhere else said


def _standing(people: Iterable[UUID], today: date) -> dict[UUID, str]:
    """Return person → name of the unit they stand in today, as far as the scope sees it."""
    wanted, spells = list(set(people)), []
    for start in range(0, len(wanted), CHUNK):
        rows = Membership.objects.filter(person__in=wanted[start : start + CHUNK], valid_to=None)
        spells += [s for s in rows if s.valid_from <= today]
    unit = _unit_names(spells)
    return {s.person_id: unit(s.unit_id) for s in spells}


def _frozen(keys: Sequence[str], today: date) -> list[Record]:
    rows = _rows(FrozenMember, keys)
    places = _standing((r.person_id for r in rows), today)
    return [
        Record(r.pk.hex, r.person_name, r.unit_name, said=r.post_name,
               now=places.get(r.person_id) or _("已不在册"), person=r.person_id)
        for r in rows
    ]  # fmt: skip


def _lines(keys: Sequence[str], today: date) -> list[Record]:
    rows = _rows(RollCallLine, keys)
    person, unit = _person_names(rows), _unit_names(rows)
    calls = {c.pk: c for c in _rows(RollCall, [str(k) for k in {r.call_id for r in rows}])}
    found = []
    for r in rows:
        call = calls.get(r.call_id)
        said = r.get_presence_display() + (beside("", r.reason) if r.reason else "")
        found.append(Record(r.pk.hex, person(r.person_id), unit(r.unit_id),
                            call.on if call else None, None, said,
                            call.title if call else "", person=r.person_id))  # fmt: skip
    return found


def _units(keys: Sequence[str], today: date) -> list[Record]:
    names = division_names()
    return [
        Record(u.pk.hex, u.name, names.get(u.division, u.division), u.valid_from, u.valid_to,
               f"{u.get_level_display()} · {u.get_force_display()}",
               _("已撤销") if u.valid_to and u.valid_to <= today else _("仍在"))
        for u in _rows(Unit, keys)
    ]  # fmt: skip


def _posts(keys: Sequence[str], today: date) -> list[Record]:
    rows = _rows(Post, keys)
    unit = _unit_names(rows)
    return [
        Record(r.pk.hex, r.name, unit(r.unit_id), said=r.get_role_display(),
               now=_("现编制 %(n)s 个") % {"n": r.count})
        for r in rows
    ]  # fmt: skip


def _items(keys: Sequence[str], today: date) -> list[Record]:
    rows = _rows(Item, keys)
    phases = _names(Phase, (r.about for r in rows))
    found = []
    for r in rows:
        days = sorted(e.on for e in r.evidence.all())
        first = days[0] if days else None
        now = _("有 %(n)s 份佐证") % {"n": len(days)} if days else _("缺佐证")
        found.append(Record(r.pk.hex, r.label, phases.get(r.about, ""), first, None, r.key, now))
    return found


def _meetings(keys: Sequence[str], today: date) -> list[Record]:
    names = division_names()
    return [
        Record(r.pk.hex, r.title, names.get(r.division, r.division), r.on, None,
               r.get_state_display(), _("纪要已定稿") if r.minutes_on else _("纪要未定稿"))
        for r in _rows(Meeting, keys)
    ]  # fmt: skip


def _resolutions(keys: Sequence[str], today: date) -> list[Record]:
    rows = _rows(Resolution, keys)
    meetings = {m.pk: m for m in _rows(Meeting, [str(k) for k in {r.meeting_id for r in rows}])}
    tasks = {t.pk: t for t in _rows(Task, [str(r.task_id) for r in rows if r.task_id])}
    found = []
    for r in rows:
        meeting, task = meetings.get(r.meeting_id), tasks.get(r.task_id)
        now = task.get_state_display() if task else _("还没有转为任务")
        found.append(Record(r.pk.hex, r.words, meeting.title if meeting else "",
                            meeting.on if meeting else None, None, task.report if task else "",
                            now))  # fmt: skip
    return found


def _activities(keys: Sequence[str], today: date) -> list[Record]:
    names = division_names()
    return [
        Record(r.pk.hex, r.title, names.get(r.division, r.division), r.on, r.ends_on,
               kind_name(r.kind), r.get_state_display())
        for r in _rows(Activity, keys)
    ]  # fmt: skip


def _measures(keys: Sequence[str], today: date) -> list[Record]:
    rows, known = _rows(Measure, keys), catalogue()
    of = {a.pk: a for a in _rows(Activity, [str(k) for k in {r.activity_id for r in rows}])}
    found = []
    for r in rows:
        channel, place = known.channels.get(r.channel), known.places.get(r.place_kind)
        activity = of.get(r.activity_id)
        found.append(Record(
            r.pk.hex, activity.title if activity else "", said(place), activity.on if activity else None,
            None, said(channel, r.channel), f"{r.quantity} {channel.unit if channel else ''}".strip(),
        ))  # fmt: skip
    return found


READERS: dict[str, Callable[[Sequence[str], date], list[Record]]] = {
    "membership": _memberships, "frozen_member": _frozen, "roll_call_line": _lines,
    "unit": _units,
    "post": _posts, "item": _items, "meeting": _meetings, "resolution": _resolutions,
    "activity": _activities, "measure": _measures,
}  # fmt: skip


def part_names(keys: Iterable[str]) -> dict[str, str]:
    """Return unit or phase key (32 characters) → its name, as far as the scope sees it."""
    wanted = list(keys)
    found = {r.pk.hex: r.name for r in _rows(Unit, wanted)}
    rest = [k for k in wanted if k not in found]
    return found | {r.pk.hex: r.name for r in _rows(Phase, rest)}
