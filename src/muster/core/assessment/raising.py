"""What would raise a score: for each item the points still to gain and the change that gains them.

Nothing is estimated: each change is tried by scoring the whole sheet with it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Literal, TypeAlias

from muster.core.assessment.facts import Facts
from muster.core.assessment.model import Heading, Item, Measure, ScoreSheet, Veto
from muster.core.assessment.points import NONE, Points, in_words, number_in_words
from muster.core.assessment.rules import better_values
from muster.core.assessment.scoring import (
    ItemScore,
    score_item,
    struck_items,
    sum_of,
    veto_state,
)
from muster.core.assessment.sentences import Sentence, say

Kind: TypeAlias = Literal["veto", "change", "evidence", "hand", "mark", "record"]
# A veto first; then what can be changed today; last what waits for records to exist at all.
_RANK: dict[Kind, int] = {"veto": 0, "change": 1, "evidence": 1, "hand": 2, "mark": 2, "record": 3}


@dataclass(frozen=True, slots=True)
class Change:
    """One measure from a value to another, and what that adds to the sheet's total."""

    measure: Measure
    now: Fraction
    needed: Fraction
    gain: Points


@dataclass(frozen=True, slots=True)
class Raise:
    """One way to more points. ``gain`` is what the total gains, exact for veto and change.

    ``best`` gains the most; ``next`` is the smallest change that gains anything; both None where
    no number can be named (marks, evidence, records that do not exist yet): then ``gain`` is the
    most that can be had. ``item`` is None for a veto that names no item of the sheet.
    """

    kind: Kind
    item: Item | None
    gain: Points
    sentence: Sentence
    best: Change | None = None
    next: Change | None = None
    veto: Veto | None = None


def raise_next(sheet: ScoreSheet, facts: Facts) -> tuple[Raise, ...]:
    """Return what would raise the score, most useful first.

    Items that were reviewed are left out: a record changes nothing there, an objection might.
    """
    totals = _Totals(sheet, facts)
    found = [*_vetoes(totals), *_items(totals)]
    places = {item.code: place for place, item in enumerate(sheet.items)}
    return tuple(sorted(found, key=lambda one: _order(one, places)))


def _order(one: Raise, places: dict[str, int]) -> tuple[int, int, int]:
    place = places.get(one.item.code, 0) if one.item else 0
    return _RANK[one.kind], -one.gain, place


class _Totals:
    """Totals of one sheet near given facts; only what reads a changed number is scored again."""

    def __init__(self, sheet: ScoreSheet, facts: Facts) -> None:
        self.sheet, self.facts = sheet, facts
        self.struck = self._struck(facts)
        self.points = {id(item): self._item(item, facts) for item in sheet.items}
        self.readers: dict[str, list[Item]] = {}
        for item in sheet.items:
            for measure in item.measures:
                self.readers.setdefault(measure.code, []).append(item)
        self.vetoing = {veto.measure.code for veto in sheet.vetoes}
        self.before = self._total(self.points)

    def gain(self, code: str, value: Fraction) -> Points:
        """Return what the total gains when one measure takes another value."""
        facts = self.facts.changed(code, value)
        if code in self.vetoing:
            return Points(_Totals(self.sheet, facts).before - self.before)
        changed = {id(item): self._item(item, facts) for item in self.readers.get(code, [])}
        return Points(self._total(self.points | changed) - self.before)

    def _struck(self, facts: Facts) -> dict[str, str]:
        return struck_items(self.sheet, [veto_state(veto, facts) for veto in self.sheet.vetoes])

    def _item(self, item: Item, facts: Facts) -> Points:
        return score_item(item, facts, struck_by=self.struck.get(item.code, "")).points or NONE

    def _total(self, points: dict[int, Points]) -> Points:
        parts = [self._heading(heading, points) for heading in self.sheet.headings]
        return sum_of(parts, self.sheet.most)

    def _heading(self, heading: Heading, points: dict[int, Points]) -> Points:
        parts = [points[id(item)] for item in heading.items]
        parts += [self._heading(part, points) for part in heading.headings]
        return sum_of(parts, heading.most)


def _vetoes(totals: _Totals) -> Iterator[Raise]:
    sheet, facts = totals.sheet, totals.facts
    items = {item.code: item for item in sheet.items}
    for veto in sheet.vetoes:
        now = facts.reading(veto.measure.code).exact
        if now is None or not veto.holds(now):
            continue
        needed = _lifting(veto, now)
        if needed is None:
            continue
        gain = totals.gain(veto.measure.code, needed)
        change = Change(veto.measure, now, needed, gain)
        item = items.get(veto.item)
        sentence = _change_said("raise_veto", veto.title, change)
        yield Raise("veto", item, gain, sentence, best=change, next=change, veto=veto)


def _lifting(veto: Veto, now: Fraction) -> Fraction | None:
    """Return a value near the present one at which the veto no longer holds."""
    if veto.side == "at_most":
        return Fraction(floor(veto.limit) + 1)
    needed = Fraction(ceil(veto.limit) - 1) if veto.measure.whole else Fraction(0)
    return needed if needed < now and not veto.holds(needed) else None


def _items(totals: _Totals) -> Iterator[Raise]:
    sheet, facts, struck = totals.sheet, totals.facts, totals.struck
    for item in sheet.items:
        if item.code in struck:
            continue  # its veto is named instead
        scored = score_item(item, facts)
        if scored.basis == "review":
            continue
        if item.by_hand:
            yield from _by_hand(scored, facts)
        elif scored.waits_for:
            names = "、".join(measure.name for measure in scored.waits_for)
            gain = item.most
            said = say("raise_record", item=item.title, measure=names, gain=in_words(gain))
            yield Raise("record", item, gain, said)
        else:
            yield from _changes(item, totals)


def _by_hand(scored: ItemScore, facts: Facts) -> Iterator[Raise]:
    item, mark = scored.item, facts.mark(scored.item.code)
    if mark.self_points is None:
        if item.most > 0:
            said = say("raise_mark", item=item.title, gain=in_words(item.most))
            yield Raise("mark", item, item.most, said)
        return
    given = Points(max(item.least, min(item.most, mark.self_points)))
    if scored.points is None:
        if given > 0:
            said = say("raise_evidence", item=item.title, gain=in_words(given))
            yield Raise("evidence", item, given, said)
    elif given < item.most:
        gain = Points(item.most - given)
        said = say("raise_hand", item=item.title, now=in_words(given), gain=in_words(gain))
        yield Raise("hand", item, gain, said)


def _changes(item: Item, totals: _Totals) -> Iterator[Raise]:
    """Yield one raise per measure of the item that can gain anything."""
    for measure in item.measures:
        now = totals.facts.reading(measure.code).exact
        if now is None:
            continue
        rules = [rule for rule in item.rules if rule.measure.code == measure.code]
        targets = {value for rule in rules for value in better_values(rule, now, item)}
        tried = [
            Change(measure, now, needed, totals.gain(measure.code, needed))
            for needed in sorted(targets, key=lambda value: abs(value - now))
        ]  # fmt: skip
        gaining = [change for change in tried if change.gain > 0]
        if gaining:
            best = max(gaining, key=lambda change: (change.gain, -abs(change.needed - now)))
            code = "raise_up" if best.needed > now else "raise_down"
            said = _change_said(code, item.title, best)
            yield Raise("change", item, best.gain, said, best=best, next=gaining[0])


def _change_said(code: str, title: str, change: Change) -> Sentence:
    return say(
        code, item=title, measure=change.measure.name, unit=change.measure.unit,
        now=number_in_words(change.now), needed=number_in_words(change.needed),
        gain=in_words(change.gain),
    )  # fmt: skip
