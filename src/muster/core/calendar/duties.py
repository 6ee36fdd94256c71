"""Duties (经常性工作) as the catalogue writes them: how often, for whom, fulfilled by what."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from muster.core.calendar.frequency import Frequency, names_in, read_frequency
from muster.core.calendar.reading import BASES, STATUSES, Entry, listed
from muster.core.kernel import Citation

FORMAT = "muster-duties/1"
# Kinds of records that can fulfil a duty. Which of them exist is for the engine to say.
RECORDS = {
    "meeting": "会议", "activity": "活动", "document": "公文", "campaign": "专项工作",
    "task": "任务", "roll_call": "点验", "assembly": "集结", "visit": "走访慰问",
    "contact": "联系记录", "information": "信息报送", "inspection": "检查", "assessment": "考评",
    "notice": "公示", "case": "事项", "checklist": "清单", "body": "机构版本", "payment": "优待发放",
    "survey": "调查", "drill": "演练", "contingency_plan": "预案版本", "upkeep": "设施维护",
    "audit": "经费监督",
}  # fmt: skip
LEVELS = {"county": "县级", "township": "乡镇级", "village": "村级"}
# For whom one instance each is due.
EACH = {"office": "本级", "organisation": "每个单位", "member": "每名成员", "company": "每个民兵连",
        "contact": "每名联系对象"}  # fmt: skip
# What a place has or is; an office sets these of itself.
FLAGS = {"garrison": "有驻军", "model": "命名的双拥模范单位", "cobuilding": "有共建单位",
         "campus": "有学校", "out_of_area": "有外出民兵", "facility": "有民兵设施"}  # fmt: skip
# What a record must have to count, in the words of what is lacking.
MARKS = {"minutes": "会议记录", "chair": "规定的主持人", "sides": "军地双方参加", "closed": "办结",
         "evaluation": "评估", "issued": "印发", "reply": "书面答复"}  # fmt: skip
ON = ("law", "directive")
_KEY = re.compile(r"[A-Za-z0-9._-]{1,24}")  # it stands in keys of instances, which use / and @
_KEY_HOW = "只用字母、数字、点和短横，不超过 24 个字符。"
CATCH_UPS = {"skip": "停办月份不补", "after": "恢复后补办"}


@dataclass(frozen=True, slots=True)
class Fulfilment:
    """A record that fulfils: its kind, which of that kind (empty = any), what it must have."""

    record: str
    of: str = ""
    requires: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One frequency of a duty with what fulfils it; a duty with two parts needs both."""

    key: str
    name: str
    frequency: Frequency
    fulfilled_by: tuple[Fulfilment, ...]
    basis: str
    catch_up: str
    late_days: int


@dataclass(frozen=True, slots=True)
class Concern:
    """Whom a duty concerns: levels, and flags that a place must have or must not have."""

    levels: tuple[str, ...]
    having: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    each: str = "office"

    def fits(self, *, level: str, flags: Iterable[str] = ()) -> bool:
        """Return whether an office of a level with these flags has the duty."""
        has = set(flags)
        return level in self.levels and has.issuperset(self.having) and not has & set(self.lacking)


@dataclass(frozen=True, slots=True)
class Duty:
    """One entry of the catalogue. ``switched_on`` is the default; a county decides."""

    code: str
    name: str
    english: str
    group: str
    status: str
    citation: Citation
    responsible: str
    concern: Concern
    parts: tuple[Part, ...]
    note: str = ""

    @property
    def switched_on(self) -> bool:
        """Return whether it is on by default: only where a law or a directive states it."""
        return self.status in ON

    @property
    def kinds(self) -> frozenset[str]:
        """Return the kinds of records that can fulfil it."""
        return frozenset(one.record for part in self.parts for one in part.fulfilled_by)

    @property
    def refers_to(self) -> frozenset[str]:
        """Return the keys of days, seasons, campaigns and events that its frequencies name."""
        return frozenset(key for part in self.parts for key in names_in(part.frequency))


def from_entries(files: Iterable[tuple[str, Any]]) -> dict[str, Duty]:
    """Return code → duty of (file name, content) pairs; BadEntry names what is wrong and where."""
    found: dict[str, Duty] = {}
    for name, raw in files:
        entry = Entry(raw, where=name)
        entry.choice("format", (FORMAT,))
        group, _ = entry.labels("group")
        for code, one in Entry(entry.get("duties"), where=f"{name} duties").raw.items():
            if not _KEY.fullmatch(str(code)):
                raise entry.bad(str(code), "不能作编号", _KEY_HOW)
            if code in found:
                raise entry.bad(code, "编号用过了", "请换一个编号。")
            found[code] = from_entry(one, code=code, group=group, where=f"{name} {code}")
        entry.done()
    return found


def from_entry(raw: Any, *, code: str, group: str, where: str) -> Duty:
    """Return one duty; BadEntry names the first key that cannot be used, why, and what to write."""
    entry = Entry(raw, where=where)
    name, english = entry.labels("name")
    common = _fulfilments(entry)
    parts = tuple(
        _part(one, common, place=n, where=f"{where} frequency[{n}]")
        for n, one in enumerate(entry.several("frequency"), 1)
    )
    if len({part.key for part in parts}) != len(parts):
        raise entry.bad("frequency", "两个部分用了同一个 part", "请各写一个不同的 part。")
    made = Duty(
        code, name, english, group, entry.choice("status", STATUSES), entry.citation(),
        entry.text("responsible"), _concern(entry, where), parts, entry.text("note", ""),
    )  # fmt: skip
    entry.done()
    return made


def _concern(entry: Entry, where: str) -> Concern:
    inner = Entry(entry.get("concerns"), where=f"{where} concerns")
    inner.several("levels")
    made = Concern(inner.words("levels", LEVELS), inner.words("having", FLAGS),
                   inner.words("lacking", FLAGS), inner.choice("each", EACH, "office"))  # fmt: skip
    inner.done()
    return made


def _part(raw: Any, common: tuple[Fulfilment, ...], *, place: int, where: str) -> Part:
    entry = Entry(raw, where=where)
    own = ("part", "name", "fulfilled_by", "basis", "catch_up", "late_days")
    fulfilled_by = _fulfilments(entry) or common
    if not fulfilled_by:
        raise entry.bad("fulfilled_by", "没有写什么记录算办了", "请写出会议、活动、公文等。")
    key = entry.text("part", str(place))
    if not _KEY.fullmatch(key):
        raise entry.bad("part", f"{key} 不能作代号", _KEY_HOW)
    rest = {one: value for one, value in entry.raw.items() if one not in own}
    return Part(
        key, entry.text("name", ""), read_frequency(rest, where=where),
        fulfilled_by, entry.choice("basis", BASES, "stated"),
        entry.choice("catch_up", CATCH_UPS, "skip"), entry.whole("late_days", 30, low=0, high=366),
    )  # fmt: skip


def _fulfilments(entry: Entry) -> tuple[Fulfilment, ...]:
    raw = listed(entry.get("fulfilled_by", []), where=entry.where, field="fulfilled_by")
    found = []
    for n, one in enumerate(raw, 1):
        inner = Entry(one, where=f"{entry.where} fulfilled_by[{n}]")
        found.append(Fulfilment(inner.choice("record", RECORDS), inner.text("of", ""),
                                inner.words("requires", MARKS)))  # fmt: skip
        inner.done()
    return tuple(found)
