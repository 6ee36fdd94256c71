"""What a sheet is scored from: values of measures and the marks people gave."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from muster.core.assessment.model import Item, ScoreSheet
from muster.core.assessment.points import Points, in_words, points_of
from muster.core.assessment.problems import ItemUnknown, MarkNotInSteps, MarkRefused


@dataclass(frozen=True, slots=True)
class Reading:
    """The value of a measure; None says "no source yet" and ``why`` names what it waits for."""

    value: int | Decimal | Fraction | None
    why: str = ""

    def __post_init__(self) -> None:
        if isinstance(self.value, bool | float):
            raise ValueError(f"a reading is exact, not {self.value!r}")

    @property
    def exact(self) -> Fraction | None:
        """Return the value for calculation."""
        return None if self.value is None else Fraction(self.value)


@dataclass(frozen=True, slots=True)
class Mark:
    """What people gave an item, in quarter points, and how many proofs stand beside it."""

    self_points: Points | None = None
    review_points: Points | None = None
    evidence: int = 0


@dataclass(frozen=True, slots=True)
class Facts:
    """Readings by the code of their measure, marks by the code of their item.

    A measure that is not among the values has no source yet.
    """

    values: Mapping[str, Reading] = field(default_factory=dict)
    marks: Mapping[str, Mark] = field(default_factory=dict)

    def reading(self, code: str) -> Reading:
        """Return the reading of a measure."""
        return self.values.get(code, Reading(None))

    def mark(self, code: str) -> Mark:
        """Return what people gave an item."""
        return self.marks.get(code, Mark())

    def changed(self, code: str, value: Fraction) -> "Facts":
        """Return the same facts with another value of one measure."""
        return Facts({**self.values, code: Reading(value)}, self.marks)


def item_of(sheet: ScoreSheet, code: str) -> Item:
    """Return the item with this code; refused where the sheet has none."""
    found = next((item for item in sheet.items if item.code == code), None)
    if found is None:
        raise ItemUnknown(sheet=sheet.title, item=code)
    return found


def mark_points(sheet: ScoreSheet, code: str, written: object) -> Points:
    """Return a typed score in quarter points; refused outside the item's range or off 0.25."""
    item = item_of(sheet, code)
    points = points_of(written)
    if points is None:
        raise MarkNotInSteps(item=item.title, found=str(written)[:20])
    if not item.least <= points <= item.most:
        raise MarkRefused(
            item=item.title, least=in_words(item.least), most=in_words(item.most),
            found=in_words(points),
        )  # fmt: skip
    return points
