"""Scores a sheet from facts: points per item with reasons, sums, band, star, what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

from muster.core.assessment.facts import Facts, Mark
from muster.core.assessment.levels import Level, level_of, star_of
from muster.core.assessment.model import Heading, Item, Measure, ScoreSheet, Veto
from muster.core.assessment.points import NONE, Points, in_words, number_in_words
from muster.core.assessment.rules import described, effect
from muster.core.assessment.sentences import Sentence, say

Basis: TypeAlias = Literal["review", "computed", "self", "none"]


@dataclass(frozen=True, slots=True)
class ItemScore:
    """What one item gives. ``points`` None: not scored yet, and the reasons say why.

    A review score counts before the computed one, and that before a self score.
    """

    item: Item
    points: Points | None
    basis: Basis
    computed: Points | None
    self_points: Points | None
    review_points: Points | None
    reasons: tuple[Sentence, ...]
    waits_for: tuple[Measure, ...] = ()
    struck_by: str = ""


@dataclass(frozen=True, slots=True)
class HeadingScore:
    """The sum of a heading; ``open_points`` is what its items not yet scored are worth."""

    heading: Heading
    points: Points
    open_points: Points
    items: tuple[ItemScore, ...]
    headings: tuple["HeadingScore", ...]
    reasons: tuple[Sentence, ...] = ()

    @property
    def all_items(self) -> tuple[ItemScore, ...]:
        """Return the scores of every item inside, in the order of the sheet."""
        return self.items + tuple(row for inner in self.headings for row in inner.all_items)


@dataclass(frozen=True, slots=True)
class VetoState:
    """Whether a veto holds; None where its measure has no source yet."""

    veto: Veto
    holds: bool | None
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Score:
    """A scored sheet. While ``final`` is false the total, band and star are provisional."""

    sheet: ScoreSheet
    points: Points
    self_points: Points
    headings: tuple[HeadingScore, ...]
    vetoes: tuple[VetoState, ...]
    band: Level
    star: Level
    reasons: tuple[Sentence, ...]

    @property
    def items(self) -> tuple[ItemScore, ...]:
        """Return the score of every item in order."""
        return tuple(row for heading in self.headings for row in heading.all_items)

    @property
    def not_scored(self) -> tuple[ItemScore, ...]:
        """Return the items that have no points yet."""
        return tuple(row for row in self.items if row.points is None)

    @property
    def final(self) -> bool:
        """Return whether every item is scored and every veto is decided."""
        return not self.not_scored and all(state.holds is not None for state in self.vetoes)


def score(sheet: ScoreSheet, facts: Facts) -> Score:
    """Return the score of a sheet; what has no source yet is not scored, never 0."""
    vetoes = tuple(veto_state(veto, facts) for veto in sheet.vetoes)
    struck = struck_items(sheet, vetoes)
    headings = tuple(_heading(heading, facts, struck) for heading in sheet.headings)
    total = sum_of([heading.points for heading in headings], sheet.most)
    vetoed = any(state.holds and state.veto.effect == "sheet" for state in vetoes)
    items = [row for heading in headings for row in heading.all_items]
    return Score(
        sheet=sheet, points=total, self_points=Points(sum(row.self_points or 0 for row in items)),
        headings=headings, vetoes=vetoes, band=level_of(sheet.bands, total, vetoed=vetoed),
        star=star_of(sheet.stars, total, vetoed=vetoed), reasons=_overall(sheet, headings, items),
    )  # fmt: skip


def score_item(item: Item, facts: Facts, *, struck_by: str = "") -> ItemScore:
    """Return the score of one item; ``struck_by`` names a veto that strikes it to 0."""
    computed, reasons, waits = _computed(item, facts)
    mark = facts.mark(item.code)
    points, basis, said = _chosen(item, computed, mark)
    if points is None or basis != "computed":
        reasons = (*reasons, *said)
    if struck_by:
        points, basis = NONE, "computed"
        reasons = (*reasons, say("struck", veto=struck_by))
    return ItemScore(
        item=item, points=points, basis=basis, computed=computed, self_points=mark.self_points,
        review_points=mark.review_points, reasons=reasons, waits_for=waits, struck_by=struck_by,
    )  # fmt: skip


def veto_state(veto: Veto, facts: Facts) -> VetoState:
    """Return whether a veto holds."""
    value = facts.reading(veto.measure.code).exact
    words = {"veto": veto.title, "measure": veto.measure.name}
    if value is None:
        return VetoState(veto, None, say("veto_waits", **words))
    words |= {"value": number_in_words(value), "unit": veto.measure.unit}
    holds = veto.holds(value)
    return VetoState(veto, holds, say("veto_holds" if holds else "veto_clear", **words))


def struck_items(sheet: ScoreSheet, vetoes: Sequence[VetoState]) -> dict[str, str]:
    """Return item code → title of the veto that strikes it."""
    struck: dict[str, str] = {}
    for state in vetoes:
        veto = state.veto
        if not state.holds or veto.effect == "sheet":
            continue
        for heading in sheet.all_headings:
            codes = [item.code for item in heading.items]
            if veto.item in codes:
                hit = codes if veto.effect == "heading" else [veto.item]
                struck |= dict.fromkeys(hit, veto.title)
    return struck


def sum_of(parts: Sequence[Points], most: Points | None) -> Points:
    """Return the sum of points, at most ``most``."""
    total = sum(parts)
    return Points(total if most is None else min(total, most))


def _computed(
    item: Item, facts: Facts
) -> tuple[Points | None, tuple[Sentence, ...], tuple[Measure, ...]]:
    waits = tuple(m for m in item.measures if facts.reading(m.code).exact is None)
    if item.by_hand or waits:
        return None, tuple(_waiting(m, facts.reading(m.code).why) for m in waits), waits
    values = [(rule, facts.reading(rule.measure.code).exact or Fraction(0)) for rule in item.rules]
    raw = item.start + sum(effect(rule, value) for rule, value in values)
    reasons = [described(rule, value) for rule, value in values]
    if item.start:
        reasons.insert(0, say("starts", points=in_words(item.start)))
    if raw > item.most:
        reasons.append(say("capped", points=in_words(item.most)))
    if raw < item.least:
        reasons.append(say("floored", points=in_words(item.least)))
    return _inside(item, raw), tuple(reasons), ()


def _chosen(
    item: Item, computed: Points | None, mark: Mark
) -> tuple[Points | None, Basis, tuple[Sentence, ...]]:
    if mark.review_points is not None:
        points = _inside(item, mark.review_points)
        said = [say("reviewed", points=in_words(points))]
        if computed is not None and computed != points:
            said.append(say("overruled", points=in_words(computed)))
        return points, "review", tuple(said)
    if computed is not None:
        return computed, "computed", ()
    if not item.by_hand:
        return None, "none", ()  # a self score does not stand in for records
    if mark.self_points is None:
        return None, "none", (say("not_marked"),)
    points = _inside(item, mark.self_points)
    if item.needs_evidence and mark.evidence < 1:
        return None, "none", (say("no_evidence", points=in_words(points)),)
    return points, "self", (say("self_scored", points=in_words(points)),)


def _inside(item: Item, points: int) -> Points:
    return Points(max(item.least, min(item.most, points)))


def _waiting(measure: Measure, why: str) -> Sentence:
    if why:
        return say("waits_why", measure=measure.name, why=why)
    return say("waits", measure=measure.name)


def _heading(heading: Heading, facts: Facts, struck: dict[str, str]) -> HeadingScore:
    items = tuple(
        score_item(item, facts, struck_by=struck.get(item.code, "")) for item in heading.items
    )
    inner = tuple(_heading(part, facts, struck) for part in heading.headings)
    parts = [row.points or NONE for row in items] + [part.points for part in inner]
    points = sum_of(parts, heading.most)
    waiting = sum(row.item.points for row in items if row.points is None)
    reasons: tuple[Sentence, ...] = ()
    if points != sum(parts):
        facts_said = {"heading": heading.title, "sum": in_words(sum(parts))}
        reasons = (say("heading_capped", points=in_words(points), **facts_said),)
    open_points = Points(waiting + sum(part.open_points for part in inner))
    return HeadingScore(heading, points, open_points, items, inner, reasons)


def _overall(
    sheet: ScoreSheet, headings: Sequence[HeadingScore], items: Sequence[ItemScore]
) -> tuple[Sentence, ...]:
    said = []
    total = sum(heading.points for heading in headings)
    if sheet.most is not None and total > sheet.most:
        said.append(say("sheet_capped", sum=in_words(total), points=in_words(sheet.most)))
    waiting = [row for row in items if row.points is None]
    if waiting:
        worth = in_words(sum(heading.open_points for heading in headings))
        said.append(say("provisional", count=len(waiting), points=worth))
    return tuple(said)
