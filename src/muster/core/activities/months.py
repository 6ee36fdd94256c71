"""Which months of a year had an activity, which had none, which have not begun."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Month:
    """One month: how many activities; ``begun`` is False for a month still ahead."""

    number: int
    count: int
    begun: bool

    @property
    def empty(self) -> bool:
        """Return whether the month has begun and had none."""
        return self.begun and not self.count


def marks(
    days: Iterable[date], *, year: int, until: date, since: date | None = None
) -> tuple[Month, ...]:
    """Return the twelve months of a year as they stand on a day.

    A month that ended before ``since`` (the unit did not exist yet) is not begun either.
    """
    counts = Counter(d.month for d in days if d.year == year)
    found = []
    for number in range(1, 13):
        begun = (year, number) <= (until.year, until.month)
        if since is not None and (year, number) < (since.year, since.month):
            begun = False
        found.append(Month(number, counts[number], begun))
    return tuple(found)
