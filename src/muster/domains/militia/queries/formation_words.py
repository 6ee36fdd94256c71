"""Formation in words: names for keys, reasons as sentences with their facts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from muster.domains.militia.models import FormationRun, Post, Transfer, Unit
from muster.domains.militia.queries.conditions import CADRES
from muster.domains.militia.queries.formation_problem import Snapshot
from muster.ground.register.models import Organisation, Person
from muster.ground.register.queries import division_names, twins_open

_KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\b\d{12}\b")
CHUNK = 500
AGAINST = {
    "age_over": _("{age} 周岁，超过 {limit} 周岁"),
    "age_under": _("{age} 周岁，不满 {limit} 周岁"),
    "travel": _("到集结点要 {minutes} 分钟，超过 {limit} 分钟"),
    "travel_unknown": _("本村到集结点的时间没有填写（在“编组条件”里补填）"),
    "outside": _("不住在分队所在地（这个分队只编本地人员）"),
    "vetting": _("没有政审合格的结论"),
    "health": _("健康条件不合格"),
    "education": _("文化程度达不到岗位要求，或没有登记"),
    "skill": _("没有岗位要求的“{skill}”专长"),
    "party": _("岗位要求党员"),
    "veteran": _("岗位要求退役军人"),
    "over_count": _("岗位只有 {count} 个编制"),
    "slot_full": _("{count} 个名额已由总体更合适的人担任"),
    "village_cap": _("本村已编 {cap} 人，达到上限"),
    "employer_max": _("同一工作单位在本分队已有 {limit} 人，达到上限"),
    "share": _("再编一名会使{name}比例低于 {percent}%"),
    "preferred": _("符合条件的岗位由总体更合适的人担任"),
    "nowhere": _("不符合任何岗位的条件"),
    "unassigned": _("没有编入任何岗位"),
    "banned": _("已由人工排除在这个岗位之外"),
    "gone": _("已不在可编人员中（编入别处、出队或已排除）"),
    "by_hand": _("由人工选定"),
    "joining_age": _("入队年龄超过规定，只能编入对口的专业岗位"),
}
FOR = {
    "same_slot": _("留任原岗位"),
    "same_unit": _("仍在原分队"),
    "transfer": _("由{unit}调来"),
    "skill": _("有“{skill}”专长"),
    "near": _("到集结点 {minutes} 分钟"),
    "served": _("服过现役"),
    "party": _("党员"),
    "education": _("大专以上文化程度"),
    "veteran_share": _("补足退役军人比例"),
    "party_share": _("补足党员比例"),
    "skill_share": _("补足专业对口比例"),
    "locked": _("由人工锁定"),
    "by_hand": _("由人工选定"),
}
BARRED = {
    "deceased": _("已去世"),
    "moved": _("户籍已迁出"),
    "withdrawn": _("人员记录已撤销"),
    "serving": _("已入伍，正在服现役"),
    "vetting": _("政审结论为不合格"),
}
FACTS = {
    "age": _("年龄"), "education": _("文化程度"), "skills": _("专长"), "veteran": _("服役经历"),
    "party": _("政治面貌"), "out_of_area": _("外出情况"), "village": _("所在村"),
    "employer": _("工作单位"), "vetting": _("政审结论"), "standing": _("在册情况"),
    "seat": _("编组关系"), "sex": _("性别"), "primary": _("是否基干民兵"),
    "member_of": _("编组关系"),
}  # fmt: skip
NOTES = {
    "age_rule": _("{unit}：入队年龄规则没有填全，年龄没有核对或只核对了一端。"),
    "no_place": _("{unit}：填了集结时限，但没有选集结点，没有按时间核对。"),
    "party_silent": _("{unit}：县里没有规则让党员身份计入编组，党员比例没有起作用。"),
    "age_unknown": _("{count} 名未编人员没有出生日期，没有列入候选。"),
    "member_age_unknown": _("{count} 名在队人员没有出生日期，年龄没有核对。"),
}


@dataclass(frozen=True, slots=True)
class Who:
    """A person as a proposal shows him; no number, no phone. ``twin``: suspected to be there twice."""

    key: str
    name: str
    age: int | None
    village: str
    twin: bool = False


@dataclass(frozen=True)
class Words:
    """Names for the keys of one run, read within the scope."""

    run: FormationRun
    snapshot: Snapshot

    @cached_property
    def people(self) -> dict[str, Person]:
        """Return the people of the problem that the scope sees."""
        keys = {one.id for one in self.snapshot.instance.candidates} | set(self.snapshot.seats)
        listed = sorted(keys)
        found: dict[str, Person] = {}
        for start in range(0, len(listed), CHUNK):
            rows = Person.objects.filter(pk__in=listed[start : start + CHUNK])
            found |= {str(p.pk): p for p in rows}
        return found

    @cached_property
    def ages(self) -> dict[str, int]:
        """Return the ages on the day of the run."""
        from muster.ground.register.people import age_on

        ages = {key: age_on(p.birth_date, self.run.on) for key, p in self.people.items()}
        return {key: age for key, age in ages.items() if age is not None}

    @cached_property
    def twins(self) -> frozenset[str]:
        """Return who is one of a pair suspected to be one person, not yet decided."""
        pairs = twins_open().order_by().values_list("first", "second")
        return frozenset(str(key) for pair in pairs for key in pair)

    @cached_property
    def roles(self) -> dict[str, str]:
        """Return slot key → role of the post."""
        return {s.id: s.role for u in self.snapshot.instance.units for s in u.slots}

    def loses(self, person: str, slot: str | None) -> str:
        """Return in words that a sitting leader would no longer hold a leading post, else ""."""
        seat = self.snapshot.seats.get(person)
        if not seat or not seat["post"] or self.roles.get(str(seat["slot"])) not in CADRES:
            return ""
        if slot == seat["slot"] or self.roles.get(slot or "") in CADRES:
            return ""
        post = self.slots.get(str(seat["slot"]), "")
        if not slot:
            return gettext("现任{post}").format(post=post)
        new = self.slots.get(slot, "")
        return gettext("原任{post}，改任{new}").format(post=post, new=new)

    @cached_property
    def units(self) -> dict[str, str]:
        """Return unit key → name."""
        return {str(key): name for key, name in Unit.objects.values_list("pk", "name")}

    @cached_property
    def slots(self) -> dict[str, str]:
        """Return slot key → name of the post; a unit without posts is its own slot."""
        keys = [s.id for u in self.snapshot.instance.units for s in u.slots]
        rows = Post.objects.filter(pk__in=keys).values_list("pk", "name")
        return {key: self.units[key] for key in keys if key in self.units} | {
            str(key): name for key, name in rows
        }

    @cached_property
    def unit_of(self) -> dict[str, str]:
        """Return slot key → unit key."""
        return {s.id: u.id for u in self.snapshot.instance.units for s in u.slots}

    @cached_property
    def _names(self) -> dict[str, str]:
        employers = {str(k): n for k, n in Organisation.objects.values_list("pk", "name")}
        people = {key: p.name for key, p in self.people.items()}
        slots = {key: self.place(key) for key in self.slots}
        return {**division_names(), **employers, **self.units, **slots, **people}

    def who(self, key: str) -> Who:
        """Return a person as shown; somebody outside the scope has no name here."""
        person = self.people.get(key)
        if person is None:
            return Who(key, gettext("（不在您的管辖范围）"), None, "")
        village = division_names_of(self).get(person.division, "")
        return Who(key, person.name, self.ages.get(key), village, key in self.twins)

    def place(self, slot: str | None) -> str:
        """Return unit and post of a slot."""
        if not slot:
            return ""
        unit, post = self.units.get(self.unit_of.get(slot, ""), ""), self.slots.get(slot, "")
        return unit if unit == post else f"{unit} · {post}"

    def text(self, sentence: str) -> str:
        """Return a sentence with every key in it replaced by its name."""
        return _KEY.sub(lambda found: self._names.get(found.group(), found.group()), sentence)

    def against(self, reason: Mapping[str, Any]) -> str:
        """Return a reason that keeps somebody out, as a sentence."""
        code, facts = reason["code"], reason["facts"]
        if code == "barred":
            return self._barred(facts["why"])
        if code == "out_of_area":
            return self._away()
        return self._said(AGAINST, reason)

    def speaks(self, reasons: list[dict[str, Any]]) -> list[str]:
        """Return what speaks for somebody, at most three sentences; free travel is no reason."""
        told = [
            row for row in reasons if not (row["code"] == "near" and row["facts"]["limit"] <= 1)
        ]
        return [self._said(FOR, row) for row in told[:3]]

    def _said(self, table: Mapping[str, Any], reason: Mapping[str, Any]) -> str:
        sentence = table.get(reason["code"])
        if sentence is None:
            return self.text(reason["text"])
        return self.text(str(sentence).format(**reason["facts"]))

    def _away(self) -> str:
        hours = self.snapshot.return_hours
        if hours is None:
            return gettext("已登记外出（没有“几小时内能返回算在位”的规则，外出一律不算在位）")
        return gettext("已登记外出，{hours} 小时内回不来").format(hours=hours)

    def _barred(self, why: str) -> str:
        if why.startswith("hand:"):
            label = Transfer.Reason(why[5:]).label
            return gettext("人工确定出队：{reason}").format(reason=label)
        return str(BARRED.get(why, why))

    def notes(self) -> list[str]:
        """Return what was not checked, and why."""
        return [str(NOTES[n["code"]]).format(**n) for n in self.snapshot.notes]

    def facts(self, names: tuple[str, ...]) -> str:
        """Return which facts changed."""
        return "、".join(str(FACTS.get(name, name)) for name in dict.fromkeys(names))


def division_names_of(words: Words) -> dict[str, str]:
    """Return division names, read once for one page."""
    found: dict[str, str] = words.__dict__.setdefault("_divisions", division_names())
    return found


def label_of_reason(code: str) -> str:
    """Return a transfer reason in words."""
    return str(Transfer.Reason(code).label)


def is_key(text: str) -> bool:
    """Return whether a text from a form can be a key at all."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True
