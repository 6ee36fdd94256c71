"""What one rule gives for one value, and which values would give more."""

from fractions import Fraction
from math import ceil, floor

from muster.core.assessment.model import Add, Deduct, Item, Measure, Ratio, Rule, Step, Threshold
from muster.core.assessment.points import NONE, Points, in_words, number_in_words
from muster.core.assessment.sentences import Sentence, say


def effect(rule: Rule, value: Fraction) -> Points:
    """Return the quarter points a rule adds for a value; negative where it takes points away."""
    if isinstance(rule, Add):
        steps = max(0, floor((value - rule.above) / rule.each))
        return _within(steps * rule.points, rule.most)
    if isinstance(rule, Deduct):
        return Points(-_within(_steps(rule, value) * rule.points, rule.most))
    if isinstance(rule, Ratio):
        return Points(floor(rule.points * min(Fraction(1), max(Fraction(0), value / rule.full))))
    return max((step.points for step in met(rule, value)), default=NONE)


def met(rule: Threshold, value: Fraction) -> list[Step]:
    """Return the levels that a value meets."""
    if rule.side == "at_least":
        return [step for step in rule.steps if value >= step.limit]
    return [step for step in rule.steps if value <= step.limit]


def reach(rule: Rule) -> Points | None:
    """Return the most a rule can ever give; None where nothing bounds it."""
    if isinstance(rule, Add):
        if rule.measure.highest is None:
            return rule.most
        return effect(rule, rule.measure.highest)
    if isinstance(rule, Deduct):
        return NONE
    if isinstance(rule, Ratio):
        return effect(rule, min(rule.full, rule.measure.highest or rule.full))
    highest = rule.measure.highest
    open_steps = [
        step for step in rule.steps
        if rule.side == "at_most" or highest is None or step.limit <= highest
    ]  # fmt: skip
    return max((step.points for step in open_steps), default=NONE)


def described(rule: Rule, value: Fraction) -> Sentence:
    """Return why a rule gave what it gave."""
    points = effect(rule, value)
    facts = {"measure": rule.measure.name, "value": number_in_words(value),
             "unit": rule.measure.unit, "points": in_words(abs(points))}  # fmt: skip
    if isinstance(rule, Add):
        return say("add" if points else "add_none", **facts)
    if isinstance(rule, Deduct):
        return say("deduct" if points else "deduct_none", **facts)
    if isinstance(rule, Ratio):
        return say("ratio", full=number_in_words(rule.full), **facts)
    levels = met(rule, value)
    if not levels:
        return say("threshold_none", **facts)
    best = max(levels, key=lambda step: step.points)
    code = "threshold" if rule.side == "at_least" else "threshold_most"
    return say(code, limit=number_in_words(best.limit), **facts)


def better_values(rule: Rule, value: Fraction, item: Item) -> list[Fraction]:
    """Return the values of the rule's measure worth trying: next step first, then the full gain.

    They are candidates: whether one gains points is found by scoring with it.
    """
    if isinstance(rule, Add):
        found = _more_added(rule, value, item)
    elif isinstance(rule, Deduct):
        found = _less_deducted(rule, value)
    elif isinstance(rule, Ratio):
        more = effect(rule, value) + 1
        found = [rule.full * more / rule.points, rule.full] if more <= rule.points else []
    else:
        found = [step.limit for step in rule.steps if step not in met(rule, value)]
    up = not falls(rule)
    whole = [_rounded(rule.measure, target, up=up) for target in found]
    return [target for target in whole if _sensible(rule.measure, value, target, up=up)]


def falls(rule: Rule) -> bool:
    """Return whether a smaller value is the better one."""
    if isinstance(rule, Deduct):
        return rule.above is not None
    return isinstance(rule, Threshold) and rule.side == "at_most"


def _within(points: int, most: Points | None) -> Points:
    return Points(points if most is None else min(points, most))


def _steps(rule: Deduct, value: Fraction) -> int:
    over = value - rule.above if rule.above is not None else (rule.below or Fraction(0)) - value
    steps = over / rule.each
    return max(0, ceil(steps) if rule.begun else floor(steps))


def _more_added(rule: Add, value: Fraction, item: Item) -> list[Fraction]:
    now = max(0, floor((value - rule.above) / rule.each))
    bound = rule.most if rule.most is not None else item.most - item.least
    # From below the item's floor more may be needed than its range: then the bound is generous.
    last = max(now + 1, ceil(Fraction(bound, rule.points)))
    return [rule.above + rule.each * (now + 1), rule.above + rule.each * last]


def _less_deducted(rule: Deduct, value: Fraction) -> list[Fraction]:
    steps = _steps(rule, value)
    if not steps:
        return []
    if rule.most is not None:
        steps = min(steps, ceil(Fraction(rule.most, rule.points)))
    limit = rule.above if rule.above is not None else (rule.below or Fraction(0))
    sign = 1 if rule.above is not None else -1
    if rule.begun or not rule.measure.whole:
        return [limit + sign * rule.each * (steps - 1), limit]
    # Only full steps count, so one record short of a step is enough.
    edges = (limit + sign * rule.each * step for step in (steps, 1))
    return [Fraction(ceil(edge) - 1 if sign > 0 else floor(edge) + 1) for edge in edges]


def _rounded(measure: Measure, target: Fraction, *, up: bool) -> Fraction:
    if not measure.whole:
        return target
    return Fraction(ceil(target) if up else floor(target))


def _sensible(measure: Measure, value: Fraction, target: Fraction, *, up: bool) -> bool:
    if up:
        return target > value and (measure.highest is None or target <= measure.highest)
    return target < value and target >= min(Fraction(0), value)
