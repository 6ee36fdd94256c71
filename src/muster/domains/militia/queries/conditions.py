"""Conditions of joining: the age rule (MIL-08), the emergency team's source (MIL-07), warnings."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_noop

from muster.domains.militia.models import Membership, Post, Unit
from muster.domains.militia.problems import AgeOutside, ReasonNeeded
from muster.domains.militia.queries.members import on_roster, spell_on
from muster.ground.register.models import Person
from muster.ground.register.people import age_on
from muster.ground.rulebook.queries import RuleValue, starts_after, value_of, values_of

AGE_KEYS = ("militia.age.min", "militia.age.max", "militia.age.max_technical",
            "militia.age.max_cadre")  # fmt: skip
PRIMARY_KEY = "militia.emergency.requires_primary"
CADRES = frozenset({Post.Role.LEADER, Post.Role.DEPUTY, Post.Role.INSTRUCTOR,
                    Post.Role.SQUAD_LEADER})  # fmt: skip
NO_AGE_RULE = gettext_noop("年龄规则未配置，年龄条件没有核对")
LATER_AGE_RULE = gettext_noop("年龄规则从 {since} 起才有，{day} 还没有适用的规则，年龄条件没有核对")
FILL_AGE_RULE = gettext_noop("请在“规则”页填写当时的标准；日期填错的请改日期。")
DEFAULT_BASIS = "应急分队从基干民兵中选编的规定"


@dataclass(frozen=True, slots=True)
class AgeBounds:
    """The ages that may join, in full years on the day; None where the rule is not configured."""

    low: int | None = None
    high: int | None = None
    basis: str = ""

    @property
    def configured(self) -> bool:
        """Return whether both ends are known."""
        return self.low is not None and self.high is not None

    @property
    def words(self) -> str:
        """Return the bounds as a person reads them."""
        if self.low is not None and self.high is not None:
            return f"{self.low}—{self.high} 周岁"
        if self.low is None and self.high is None:
            return "未配置"
        return f"满 {self.low} 周岁" if self.high is None else f"不超过 {self.high} 周岁"

    def admits(self, age: int) -> bool:
        """Return whether an age lies inside the ends that are known."""
        return (self.low is None or age >= self.low) and (self.high is None or age <= self.high)


@dataclass(frozen=True, slots=True)
class AgeRules:
    """The age rules of a place on a day, read once for many people."""

    values: dict[str, RuleValue]

    @classmethod
    def at(cls, division: str, on: date) -> "AgeRules":
        """Return what is in force at a place on a day."""
        return cls(values_of(AGE_KEYS, division=division, on=on))

    def bounds(self, post: Post | None, *, skilled: bool = False) -> AgeBounds:
        """Return the bounds for a post; ``skilled``: the person has the skill the post asks for."""
        low, high = self.values.get("militia.age.min"), self.values.get("militia.age.max")
        wider = []
        if post is not None and post.role in CADRES:
            wider.append("militia.age.max_cadre")
        if post is not None and post.skill and skilled:
            wider.append("militia.age.max_technical")
        tops = [r for key in wider if (r := self.values.get(key))] + ([high] if high else [])
        top = max(tops, key=lambda r: int(r.value), default=None)
        said = [r for r in (low, top) if r]
        basis = "；".join(dict.fromkeys(r.basis for r in said))
        return AgeBounds(int(low.value) if low else None, int(top.value) if top else None, basis)


def skilled_for(person: Person, post: Post | None) -> bool:
    """Return whether a person has the skill that a post names."""
    if post is None or not post.skill:
        return False
    return post.skill in person.skills_text.split("、")


def check_age(person: Person, unit: Unit, post: Post | None, *, on: date) -> None:
    """Refuse a new member outside the age rule; where it is not configured, nothing is refused."""
    bounds = AgeRules.at(unit.division, on).bounds(post, skilled=skilled_for(person, post))
    age = age_on(person.birth_date, on)
    if age is not None and not bounds.admits(age):
        raise AgeOutside(day=on, age=age, bounds=bounds.words, basis=bounds.basis)


def is_primary(person: Person, on: date) -> bool:
    """Return whether somebody is a primary-militia member on a day."""
    spell = spell_on(person.pk, on)
    return bool(spell and spell.unit.primary)


def needs_reason(person: Person, unit: Unit, on: date) -> RuleValue | str:
    """Return the basis on which entering this unit asks for a reason, or ""."""
    if unit.force != Unit.Force.EMERGENCY or is_primary(person, on):
        return ""
    rule = value_of(PRIMARY_KEY, division=unit.division, on=on)
    if rule is not None and rule.value is False:
        return ""
    return rule or DEFAULT_BASIS


def check_emergency(person: Person, unit: Unit, *, on: date, note: str) -> None:
    """Ask for a recorded reason where somebody outside the primary militia enters an emergency unit."""
    basis = needs_reason(person, unit, on)
    if basis and not note.strip():
        words = basis.basis if isinstance(basis, RuleValue) else basis
        raise ReasonNeeded(person=person.name, basis=words)


@dataclass(frozen=True, slots=True)
class Caution:
    """Something to know before a person is placed; ``asks`` for a note, or only tells."""

    code: str
    text: str
    asks: bool = False


def cautions(person: Person, unit: Unit, post: Post | None, *, on: date,
             new: bool = True) -> list[Caution]:  # fmt: skip
    """Return what to know before a person is placed in a unit; refusals are not among them."""
    found = _age_cautions(person, unit, post, on) if new else []
    basis = needs_reason(person, unit, on)
    if basis:
        text = f"“{person.name}”目前不是基干民兵，编入应急分队要在“说明”里写明理由。"
        found.append(Caution("emergency.not_primary", text, asks=True))
    if post is not None and not free(post, on):
        text = f"岗位“{post.name}”编制 {post.count} 人，已满；仍可编入，会超编。"
        found.append(Caution("post.full", text))
    if post is not None and post.skill_required and not skilled_for(person, post):
        text = f"岗位“{post.name}”要求专长“{post.skill}”，登记中没有。"
        found.append(Caution("post.skill", text))
    return found


def _age_cautions(person: Person, unit: Unit, post: Post | None, on: date) -> list[Caution]:
    bounds = AgeRules.at(unit.division, on).bounds(post, skilled=skilled_for(person, post))
    if not bounds.configured:
        return [Caution("age.not_configured", f"{age_silent(unit.division, on)}。{FILL_AGE_RULE}")]
    if person.birth_date is None:
        return [Caution("age.unknown", "出生日期未登记，年龄条件没有核对。")]
    return []


def age_silent(division: str, on: date) -> str:
    """Return why the age was not checked on a day: no rule at all, or only one from a later day.

    The sentence is Chinese: it is also written into the record of a transfer.
    """
    later = starts_after(AGE_KEYS[:2], division=division, on=on)
    if later is None:
        return NO_AGE_RULE
    return LATER_AGE_RULE.format(since=later.isoformat(), day=on.isoformat())


def free(post: Post, on: date) -> int:
    """Return how many places of a post are empty on a day, at least 0."""
    held: int = Membership.objects.filter(on_roster(on), post=post).count()
    return max(0, int(post.count) - held)
