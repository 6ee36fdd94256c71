"""Rules and measures of catalogue entries."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, cast

from muster.core.assessment.model import (
    ONE,
    ZERO,
    Add,
    Deduct,
    Measure,
    Ratio,
    Rule,
    Side,
    Source,
    Step,
    Threshold,
)
from muster.core.assessment.node import Node
from muster.core.assessment.points import Points
from muster.core.assessment.problems import EntryFieldMissing, EntryLimitTwice

SOURCES: tuple[Source, ...] = ("indicator", "count", "hand")
MEASURES = (*SOURCES, "name", "unit", "highest")
_FIELDS = {
    "add": ("points", "each", "above", "most"),
    "deduct": ("points", "each", "above", "below", "begun", "most"),
    "ratio": ("points", "full"),
    "threshold": ("steps", "side"),
}
_HUNDRED = Fraction(100)


def rule_of(entry: Any, where: str, points: Points) -> Rule:
    """Return a rule; ``points`` of its item stand in where a ratio states none of its own."""
    every = ("kind", *MEASURES, *dict.fromkeys(f for fields in _FIELDS.values() for f in fields))
    kind = Node(entry, where, every).word("kind", tuple(_FIELDS))
    node = Node(entry, where, ("kind", *MEASURES, *_FIELDS[kind]))
    measure = measure_of(node)
    if kind == "add":
        return _add(node, measure)
    if kind == "deduct":
        return _deduct(node, measure)
    if kind == "ratio":
        own = node.needed_points("points", least=1) if node.has("points") else points
        default = _HUNDRED if measure.unit == "%" else None
        return Ratio(measure, own, node.positive("full", default))
    return _threshold(node, measure)


def measure_of(node: Node) -> Measure:
    """Return what a rule reads: exactly one of indicator, count, hand holds its code."""
    given = [name for name in SOURCES if node.has(name)]
    if len(given) != 1:
        raise EntryLimitTwice(where=node.where, allowed="、".join(SOURCES))
    unit = node.text("unit")
    # ``highest: 0`` lifts the limit: some percentages may pass 100 (a target over-fulfilled).
    highest = node.number("highest", _HUNDRED if unit == "%" else None)
    return Measure(
        code=node.text(given[0], required=True), name=node.text("name", required=True), unit=unit,
        source=given[0], highest=highest or None,
    )  # fmt: skip


def side_of(node: Node, *, default: Fraction) -> tuple[Fraction, Side]:
    """Return the limit and its side; without either the limit is "at least" the default."""
    if node.has("at_least") and node.has("at_most"):
        raise EntryLimitTwice(where=node.where, allowed="at_least、at_most")
    if node.has("at_most"):
        return node.number("at_most") or ZERO, "at_most"
    return node.number("at_least", default) or ZERO, "at_least"


def begins_of(rules: Sequence[Rule]) -> str:
    """Return where an item begins unless it says so: only deductions begin with all points."""
    only_taken = bool(rules) and all(isinstance(rule, Deduct) for rule in rules)
    with_extra = any(isinstance(rule, Deduct) for rule in rules) and not any(
        isinstance(rule, Ratio | Threshold) for rule in rules
    )
    return "full" if only_taken or with_extra else "zero"


def _add(node: Node, measure: Measure) -> Add:
    return Add(
        measure, node.needed_points("points", least=1), each=node.positive("each", ONE),
        above=node.number("above", ZERO) or ZERO, most=node.points("most"),
    )  # fmt: skip


def _deduct(node: Node, measure: Measure) -> Deduct:
    above, below = node.number("above"), node.number("below")
    if above is not None and below is not None:
        raise EntryLimitTwice(where=node.where, allowed="above、below")
    return Deduct(
        measure, node.needed_points("points", least=1), each=node.positive("each", ONE),
        above=ZERO if below is None and above is None else above, below=below,
        begun=node.flag("begun"), most=node.points("most"),
    )  # fmt: skip


def _threshold(node: Node, measure: Measure) -> Threshold:
    side = node.word("side", ("at_least", "at_most"), "at_least")
    rows = node.rows("steps")
    if not rows:
        raise EntryFieldMissing(
            where=node.where, field="steps", wanted="至少一档（limit 和 points）"
        )
    steps = []
    for number, row in enumerate(rows, start=1):
        inner = Node(row, f"{node.where} › steps #{number}", ("limit", "points"))
        limit = inner.number("limit")
        if limit is None:
            raise EntryFieldMissing(where=inner.where, field="limit", wanted="数字")
        steps.append(Step(limit, inner.needed_points("points", least=0)))
    return Threshold(measure, tuple(steps), cast(Side, side))
