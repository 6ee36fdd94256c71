"""Rules out of the scoring text of a sheet: what is understood whole, and what is not.

A clause is understood only when all of it fits a known pattern; nothing is inferred from half.
What a clause counts is not tied to an indicator: it becomes a number entered by hand, until
somebody binds it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from muster.core.assessment.model import (
    ONE,
    ZERO,
    Add,
    Deduct,
    Measure,
    Ratio,
    Rule,
    Step,
    Threshold,
)
from muster.core.assessment.points import Points, points_of
from muster.core.assessment.sentences import Sentence, say

_NUMBER = r"\d+(?:\.\d+)?"
_UNIT = r"个百分点|百分点|万元|人次|平方米|[%个次人名篇件项条户村处场天日份张台套间]"
# Numerals outside their place would be lost ("每少两项" is not "每少一项"), so they are refused.
_EACH = (
    r"(?P<subject>[^，,。；;分]{0,24}?)[，,]?每(?P<word>[^，,。；;\d%分加扣一二两三四五六七八九十百半几]{0,12}?)"
    rf"(?P<each>{_NUMBER}|[一二两三四五六七八九十])?(?P<unit>{_UNIT})?"
    r"(?P<tail>[^，,。；;\d%分加扣一二两三四五六七八九十百半几]{0,12})"
)
_CAP = (
    r"(?:[，,](?:累计|合计|总共|本项|该项)?(?:最多|最高|不超过|上限|加满|扣满|至多)"
    rf"(?:加|扣|得|计|不超过)?(?P<most>{_NUMBER})分(?:为止)?"
    r"|[，,](?P<out>扣完(?:本项分|该项分|此项分)?为止))?"
)
_ADD = re.compile(rf"^{_EACH}[，,]?(?:加|得|计)(?P<points>{_NUMBER})分{_CAP}$")
_TAKE = re.compile(rf"^{_EACH}[，,]?(?:扣|减)(?P<points>{_NUMBER})分{_CAP}$")
_NOT_DONE = re.compile(
    rf"^(?P<subject>[^，,。；;分每\d]{{0,20}}?(?:未|没有|无|不|缺)[^，,。；;分每\d]{{0,20}}?)的?[，,]?(?:一次性)?(?:扣|减)(?P<points>{_NUMBER})分$"
)
_LEVEL = re.compile(
    rf"^(?P<subject>[^，,。；;分每\d]{{0,20}}?)(?P<side>达到|达|不低于|高于或等于|≥|>=|在)?(?P<limit>{_NUMBER})(?P<unit>{_UNIT})?(?:及)?(?P<over>以上)?的?[，,]?(?:得|计)(?P<points>{_NUMBER})分$"
)
_DONE = re.compile(
    rf"^(?P<subject>[^，,。；;分每\d]{{1,24}}?)的?[，,]?(?:得|计)(?P<points>{_NUMBER}|满)分$"
)
_NOTHING = re.compile(
    r"^[^，,。；;每\d]{0,20}(?:未|没有|不|否则)[^，,。；;每\d]{0,20}(?:不得分|不计分|得0分|计0分)$|^(?:否则|其他|其余)(?:的)?不得分$"
)
_UNDER = re.compile(
    rf"^[^，,。；;每\d]{{0,20}}(?:低于|不足|不到|少于|未达到|未达)(?P<limit>{_NUMBER})(?:{_UNIT})?的?[，,]?(?:不得分|不计分|得0分|计0分)$"
)
_RATIO = re.compile(
    r"^(?P<subject>[^，,。；;分每\d]{0,20}?)(?:按|依)(?:照)?(?P<what>[^，,。；;分每\d]{0,10}?)(?:的)?比例(?:得分|计分|计算得分|折算|折算得分)$|"
    r"^(?P<rate>[^，,。；;分每\d]{1,16}率)[x×*乘以]+(?:分值|本项分值|标准分|本项分)$"
)
_VETO = re.compile(r"一票否决")
_ABOUT_POINTS = re.compile(r"分(?!工|级|管|类|析|解|批|布|散|别|组|队|配|期|送|发)|扣|否决")
_SPLIT = re.compile(r"[；;。\n]+")
_LIST_NUMBER = re.compile(r"^(?:[(（]?\d{1,2}[)）.、]|[①-⑳])\s*(?!\d)")
_SHARES = frozenset({"%", "百分点", "个百分点"})
_CHINESE = {sign: n for n, sign in enumerate("一二三四五六七八九十", start=1)} | {"两": 2}


@dataclass(frozen=True, slots=True)
class Clauses:
    """What a scoring text says. Where anything is unclear, ``rules`` is empty: the item is manual.

    ``vetoes`` are the texts of clauses of 一票否决; they are kept in either case.
    """

    rules: tuple[Rule, ...]
    vetoes: tuple[str, ...]
    unclear: tuple[Sentence, ...]


def clauses_of(text: str, points: Points, code: str) -> Clauses:
    """Return the rules of a scoring text for an item of ``points``.

    ``code`` begins the codes of the numbers to enter: "2.3#1" is the first of item 2.3.
    """
    rules: list[Rule] = []
    vetoes: list[str] = []
    unclear: list[Sentence] = []
    for clause in _split(text):
        if _VETO.search(clause):
            vetoes.append(clause)
        elif not _ABOUT_POINTS.search(clause):
            continue  # says what the work is, not how it is scored
        elif _below_all(clause, rules):
            continue  # the level below the levels already read
        else:
            read = _read(clause, points, f"{code}#{len(rules) + 1}")
            if isinstance(read, Sentence):
                unclear.append(read)
            else:
                rules.append(read)
    joined = _levels_joined(rules)
    return Clauses(() if unclear else joined, tuple(vetoes), tuple(unclear))


def _below_all(clause: str, rules: list[Rule]) -> bool:
    """Return whether a clause only says that below the levels already read nothing is given."""
    levels = [step.limit for rule in rules if isinstance(rule, Threshold) for step in rule.steps]
    under = _UNDER.match(clause)
    if under:
        return bool(levels) and Fraction(under["limit"]) == min(levels)
    return bool(rules) and bool(_NOTHING.match(clause))


def _split(text: str) -> list[str]:
    parts = (_LIST_NUMBER.sub("", part.strip(" ，,、")) for part in _SPLIT.split(text))
    return [part.replace(" ", "") for part in parts if part]


def _read(clause: str, points: Points, code: str) -> Rule | Sentence:
    for pattern, make in _MAKERS:
        match = pattern.match(clause)
        if match:
            return make(match, points, code)
    return say("unclear.clause", text=clause)


def _points(match: re.Match[str], name: str = "points") -> Points | Sentence:
    points = points_of(match[name])
    if points is None or points <= 0:
        return say("unclear.clause_step", text=match[0])
    return points


def _each(match: re.Match[str]) -> Fraction:
    text = match["each"]
    if not text:
        return ONE
    return Fraction(_CHINESE[text]) if text in _CHINESE else Fraction(text)


def _measure(match: re.Match[str], code: str, *, unit: str = "") -> Measure:
    name = (match.groupdict().get("subject") or "") or match[0]
    unit = {"百分点": "%", "个百分点": "%"}.get(unit, unit)
    return Measure(code, name, unit, "hand", Fraction(100) if unit == "%" else None)


def _counted(match: re.Match[str], code: str) -> Measure:
    """Return what "每…" counts: named by the words around it, whole things of their own unit."""
    words = f"{match['subject']}{match['word']}{match['tail']}"
    name = words if len(words) > 2 else match[0]
    return Measure(code, name, match["unit"] or "", "hand")


def _most(match: re.Match[str], points: Points) -> Points | Sentence | None:
    if match["most"]:
        return _points(match, "most")
    return points if match["out"] and points else None


def _add(match: re.Match[str], points: Points, code: str) -> Rule | Sentence:
    step, most = _points(match), _most(match, points)
    if isinstance(step, Sentence):
        return step
    if isinstance(most, Sentence):
        return most
    bare = not (match["each"] or match["unit"] or match["word"])
    if match["unit"] in _SHARES or match["out"] or bare:
        return say("unclear.clause", text=match[0])  # above which value is not said
    return Add(_counted(match, code), step, each=_each(match), most=most)


def _take(match: re.Match[str], points: Points, code: str) -> Rule | Sentence:
    step, most = _points(match), _most(match, points)
    if isinstance(step, Sentence):
        return step
    if isinstance(most, Sentence):
        return most
    measure = _counted(match, code)
    if measure.unit in _SHARES:
        # "每低 1 个百分点": entered as the number of points of percentage that are missing.
        measure = replace(measure, unit="个百分点")
    return Deduct(measure, step, each=_each(match), above=ZERO, most=most)


def _not_done(match: re.Match[str], points: Points, code: str) -> Rule | Sentence:
    step = _points(match)
    if isinstance(step, Sentence):
        return step
    measure = replace(_measure(match, code), unit="", highest=ONE)
    return Deduct(measure, step, above=ZERO, most=step)


def _level(match: re.Match[str], points: Points, code: str) -> Rule | Sentence:
    given = _points(match)
    if isinstance(given, Sentence):
        return given
    if not match["side"] and not match["over"]:
        return say("unclear.clause", text=match[0])
    measure = _measure(match, code, unit=match["unit"] or "")
    return Threshold(measure, (Step(Fraction(match["limit"]), given),))


def _done(match: re.Match[str], points: Points, code: str) -> Rule | Sentence:
    if match["points"] == "满":
        if points <= 0:
            return say("unclear.clause_worth", text=match[0])
        given: Points | Sentence = points
    else:
        given = _points(match)
    if isinstance(given, Sentence):
        return given
    measure = replace(_measure(match, code), highest=ONE)
    return Threshold(measure, (Step(ONE, given),))


def _ratio(match: re.Match[str], points: Points, code: str) -> Rule | Sentence:
    if points <= 0:
        return say("unclear.clause_worth", text=match[0])
    name = match["rate"] or match["subject"] or match["what"] or match[0]
    measure = Measure(code, name, "%", "hand", Fraction(100))
    return Ratio(measure, points, Fraction(100))


_Maker = Callable[[re.Match[str], Points, str], Rule | Sentence]
_MAKERS: tuple[tuple[re.Pattern[str], _Maker], ...] = (
    (_ADD, _add), (_TAKE, _take), (_NOT_DONE, _not_done), (_LEVEL, _level), (_RATIO, _ratio),
    (_DONE, _done),
)  # fmt: skip


def _levels_joined(rules: list[Rule]) -> tuple[Rule, ...]:
    """Return the rules with levels of one text as one threshold: the best level counts, once."""
    levels = [rule for rule in rules if isinstance(rule, Threshold)]
    same = {(rule.measure.unit, rule.measure.highest) for rule in levels}
    named = {rule.measure.name for rule in levels if rule.measure.name}
    if len(levels) < 2 or len(same) > 1 or not _one_subject(levels, named):
        return tuple(rules)
    first = levels[0]
    steps = tuple(step for rule in levels for step in rule.steps)
    joined = replace(first, steps=steps)
    return tuple(joined if rule is first else rule for rule in rules if rule not in levels[1:])


def _one_subject(levels: list[Threshold], named: set[str]) -> bool:
    """Return whether later levels name nothing of their own ("80%以上得3分") or the same."""
    first = levels[0].measure.name
    flags = any(rule.measure.highest == ONE for rule in levels)
    return not flags and all(name == first or not _SUBJECT.match(name) for name in named)


_SUBJECT = re.compile(r"^[^\d]{2,}")
