"""From a mention to calendar days: which year a date belongs to, and what is left unknown."""

from dataclasses import dataclass
from datetime import date

from muster.core.plans.dates import Mention, Point


@dataclass(frozen=True, slots=True)
class Days:
    """First and last day of a mention; ``faults`` are warning codes that say why a bound is None."""

    start: date | None = None
    end: date | None = None
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Years:
    """The years a paper offers: of its title or signing (``base``), and of its sections."""

    base: int | None = None
    sections: tuple[tuple[int, int, int], ...] = ()

    def around(self, offset: int) -> int | None:
        """Return the year of the innermost dated section at ``offset``, else of the paper."""
        inside = [(start, year) for start, end, year in self.sections if start <= offset < end]
        return max(inside)[1] if inside else self.base

    def days(self, mention: Mention) -> Days:
        """Return the days of a mention; a bound that the text does not give is None."""
        if mention.lunar:
            return Days(faults=("date.lunar",))
        if mention.around:
            return Days(faults=("date.vague",))
        first, last = self._years(mention)
        if mention.ranged and mention.last:
            return _range(mention, first, last)
        return _single(mention, first)

    def _years(self, mention: Mention) -> tuple[int | None, int | None]:
        context = self.around(mention.start)
        first = mention.first.year or _shifted(mention.first, context)
        point = mention.last
        if point is None:
            return first or context, None
        last = point.year or _shifted(point, first or context)
        wraps = _wraps(mention.first, point)
        if first is None:
            first = context if point.year is None else point.year - wraps
        if last is None and first is not None:
            last = first + wraps
        return first, last


def _shifted(point: Point, near: int | None) -> int | None:
    return near + point.shift if point.shift is not None and near is not None else None


def _wraps(first: Point, last: Point) -> int:
    """Return 1 where a range runs over New Year (November to February), else 0."""
    return int(first.low[0] >= 9 and last.high[0] <= 4)


def _single(mention: Mention, year: int | None) -> Days:
    point = mention.first
    low, high, faults = _bounds(point, year)
    if mention.bound == "before":
        bare = (
            point.low[1] == 1
            and point.high[1] == 31
            and point.low[0] == point.high[0]
            and not point.nth
        )
        return Days(faults=("date.vague",)) if bare else Days(None, high, faults)
    if mention.bound == "after":
        return Days(low, None, faults)
    return Days(low, high, faults)


def _range(mention: Mention, first_year: int | None, last_year: int | None) -> Days:
    low, _, faults = _bounds(mention.first, first_year)
    _, high, more = _bounds(mention.last or mention.first, last_year)
    return Days(low, high, tuple(dict.fromkeys(faults + more)))


def _bounds(point: Point, year: int | None) -> tuple[date | None, date | None, tuple[str, ...]]:
    if point.vague:
        return None, None, ("date.vague",)
    if year is None:
        return None, None, ("year.missing",)
    days = point.days(year)
    if days is None:
        return None, None, ("date.invalid",)
    return days[0], days[1], ()
