"""A score sheet (考评表) as data: headings, items, rules, vetoes, bands and stars."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

from muster.core.assessment.points import NONE, Points
from muster.core.kernel import Citation

Source: TypeAlias = Literal["indicator", "count", "hand"]
Side: TypeAlias = Literal["at_least", "at_most"]
Effect: TypeAlias = Literal["item", "heading", "sheet"]
Begins: TypeAlias = Literal["full", "zero"]

FRACTIONAL = frozenset({"%", "百分点", "个百分点", "元", "万元"})
ONE, ZERO = Fraction(1), Fraction(0)
NO_CITATION = Citation("")


@dataclass(frozen=True, slots=True)
class Measure:
    """What a rule reads: an indicator, a count of records, or a number entered by hand.

    ``highest`` is the largest value that makes sense (100 for most percentages); None: no limit.
    """

    code: str
    name: str
    unit: str = ""
    source: Source = "indicator"
    highest: Fraction | None = None

    @property
    def whole(self) -> bool:
        """Return whether only whole numbers make sense (records and people are not halved)."""
        return self.unit not in FRACTIONAL


@dataclass(frozen=True, slots=True)
class Add:
    """Gives ``points`` for each full ``each`` above ``above``, at most ``most`` in all."""

    measure: Measure
    points: Points
    each: Fraction = ONE
    above: Fraction = ZERO
    most: Points | None = None


@dataclass(frozen=True, slots=True)
class Deduct:
    """Takes ``points`` for each ``each`` above or below a limit; exactly one limit is set.

    ``begun`` counts a begun step as a full one; else only full steps count.
    """

    measure: Measure
    points: Points
    each: Fraction = ONE
    above: Fraction | None = None
    below: Fraction | None = None
    begun: bool = False
    most: Points | None = None


@dataclass(frozen=True, slots=True)
class Ratio:
    """Gives the share value ÷ ``full`` of ``points``, cut down to a quarter point."""

    measure: Measure
    points: Points
    full: Fraction


@dataclass(frozen=True, slots=True)
class Step:
    """One level of a threshold."""

    limit: Fraction
    points: Points


@dataclass(frozen=True, slots=True)
class Threshold:
    """Gives the best points of the levels that the value meets; none met gives 0."""

    measure: Measure
    steps: tuple[Step, ...]
    side: Side = "at_least"


Rule: TypeAlias = Add | Deduct | Ratio | Threshold


@dataclass(frozen=True, slots=True)
class Veto:
    """Strikes an item or a heading to 0, or the sheet to its lowest band, when the limit is met."""

    code: str
    title: str
    item: str
    measure: Measure
    limit: Fraction = ONE
    side: Side = "at_least"
    effect: Effect = "sheet"
    place: str = ""

    def holds(self, value: Fraction) -> bool:
        """Return whether the value meets the limit."""
        return value >= self.limit if self.side == "at_least" else value <= self.limit


@dataclass(frozen=True, slots=True)
class Item:
    """One line that is scored. Without rules a person scores it (self score, review score).

    ``points`` is what it adds to its heading; ``most`` and ``least`` bound what it can give.
    ``words`` is the scoring text as its paper writes it; ``place`` where it was read.
    """

    code: str
    title: str
    points: Points
    most: Points
    least: Points = NONE
    rules: tuple[Rule, ...] = ()
    begins: Begins = "zero"
    evidence: tuple[str, ...] = ()
    needs_evidence: bool = False
    words: str = ""
    basis: str = ""
    status: str = ""
    place: str = ""

    @property
    def by_hand(self) -> bool:
        """Return whether only a person can score it."""
        return not self.rules

    @property
    def start(self) -> Points:
        """Return the points before any rule speaks."""
        return self.points if self.begins == "full" else NONE

    @property
    def measures(self) -> tuple[Measure, ...]:
        """Return what its rules read, each once, in their order."""
        return tuple({rule.measure.code: rule.measure for rule in self.rules}.values())


@dataclass(frozen=True, slots=True)
class Heading:
    """A part of the sheet with its own points (``None``: not stated), items and headings."""

    code: str
    title: str
    points: Points | None = None
    items: tuple[Item, ...] = ()
    headings: tuple["Heading", ...] = ()
    bonus: bool = False  # on top of the sheet's points, not part of them
    most: Points | None = None
    place: str = ""

    @property
    def all_items(self) -> Iterator[Item]:
        """Yield the items of this heading and of those inside it, in order."""
        yield from self.items
        for inner in self.headings:
            yield from inner.all_items

    @property
    def worth(self) -> Points:
        """Return the sum of the points of the items, bonus headings inside it left out."""
        inner = sum(heading.worth for heading in self.headings if not heading.bonus)
        return Points(sum(item.points for item in self.items) + inner)


@dataclass(frozen=True, slots=True)
class Band:
    """One level (等次 or 星级). ``at_least`` None: the county has not set the cut yet."""

    code: str
    name: str
    at_least: Points | None = None
    up_to: Points | None = None


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """A whole score sheet. ``points`` is its stated total; None where none is stated."""

    code: str
    title: str
    subject: str
    headings: tuple[Heading, ...]
    points: Points | None = None
    most: Points | None = None
    vetoes: tuple[Veto, ...] = ()
    bands: tuple[Band, ...] = ()
    stars: tuple[Band, ...] = ()
    ranking: bool = False
    status: str = ""
    citation: Citation = NO_CITATION
    note: str = ""

    @property
    def items(self) -> tuple[Item, ...]:
        """Return every item in order."""
        return tuple(item for heading in self.headings for item in heading.all_items)

    @property
    def all_headings(self) -> tuple[Heading, ...]:
        """Return every heading, outer before inner."""
        return tuple(_walk(self.headings))

    @property
    def worth(self) -> Points:
        """Return the sum of the points of all items, bonus headings left out."""
        return Points(sum(heading.worth for heading in self.headings if not heading.bonus))

    @property
    def measures(self) -> tuple[Measure, ...]:
        """Return what items and vetoes read, each once: what the engine has to supply."""
        read = [m for item in self.items for m in item.measures]
        read += [veto.measure for veto in self.vetoes]
        return tuple({measure.code: measure for measure in read}.values())


def _walk(headings: tuple[Heading, ...]) -> Iterator[Heading]:
    for heading in headings:
        yield heading
        yield from _walk(heading.headings)
