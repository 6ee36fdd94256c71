"""How many different people of each audience class were reached in a year, against the standard."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from muster.core.activities import Audience, Reach, Seen, Verdict, reach, verdict
from muster.core.kernel import Period
from muster.engines.activities.kinds import catalogue
from muster.engines.activities.models import Activity, HeadCount, Participation, YearBase
from muster.engines.activities.queries.activities import done_in, own
from muster.engines.activities.rosters import ROSTERS
from muster.ground.rows.scope import current_scope
from muster.ground.rulebook.queries import RuleValue, values_of

MENU = "education"


@dataclass(frozen=True, slots=True)
class Coverage:
    """One audience class: who was reached, of how many, by which standard, and what follows."""

    audience: Audience
    reach: Reach
    size: int | None
    size_from: str
    standard: RuleValue | None

    @property
    def verdict(self) -> Verdict:
        """Return whether the standard is reached, as far as the records can say."""
        percent = float(self.standard.value) if self.standard else None
        return verdict(self.reach, size=self.size, percent=percent)

    @property
    def least_percent(self) -> int | None:
        """Return the share that is certain, in whole per cent, rounded down."""
        return self.reach.at_least * 100 // self.size if self.size else None


def coverage(year: int, *, division: str, on: date, whole: bool = True) -> list[Coverage]:
    """Return the coverage of every audience class in a year, as it stands on a day.

    ``whole`` is False for posts that see one organisation only: they get no share of the place.
    """
    classes = catalogue().audiences
    keys = [a.threshold for a in classes.values() if a.threshold]
    standards = values_of(keys, division=division, on=on)
    sizes = _sizes(year, division, on) if whole else {}
    found = reached(Period.year(year))
    return [
        Coverage(a, found.get(code, Reach()), *_size(sizes, code), standards.get(a.threshold))
        for code, a in classes.items()
    ]


def _size(sizes: dict[str, tuple[int, str]], code: str) -> tuple[int | None, str]:
    return sizes.get(code, (None, ""))


def reached(period: Period) -> dict[str, Reach]:
    """Return audience class → who was reached by the education held in a period."""
    kinds = [k.code for k in catalogue().of_menu(MENU)]
    rows = {a.pk: a for a in done_in(period, kinds=kinds)}
    mine = set(own().filter(pk__in=list(rows)).values_list("pk", flat=True))
    named = _named(rows)
    counted = {
        (c.activity_id, c.audience): c for c in HeadCount.objects.filter(activity__in=list(mine))
    }
    found: dict[str, list[Seen]] = defaultdict(list)
    for key, row in rows.items():
        for audience in {a for (pk, a) in named if pk == key} | set(catalogue().audiences):
            people = frozenset(named.get((key, audience), ()))
            count = counted.get((key, audience))
            unseen = _unseen(row, audience, len(people)) if key in mine else 0
            found[audience].append(_seen(row, people, count, unseen))
    return {audience: reach(events) for audience, events in found.items()}


def _seen(row: Activity, people: frozenset[str], count: HeadCount | None, unseen: int) -> Seen:
    number = (count.number if count else 0) + unseen
    first = count.first_time if count else None
    return Seen(people, number, first, str(row.organiser_id))


def _unseen(row: Activity, audience: str, seen: int) -> int:
    """Return how many named people came whom this post does not see: to it they are heads."""
    came, _ = row.named.get(audience, (0, 0))
    return max(0, int(came) - seen)


def _named(rows: dict[UUID, Activity]) -> dict[tuple[UUID, str], set[str]]:
    found: dict[tuple[UUID, str], set[str]] = defaultdict(set)
    present = Participation.objects.filter(activity__in=list(rows), present=True)
    for key, audience, person in present.values_list("activity", "audience", "person"):
        found[key, audience].add(str(person))
    return found


def _sizes(year: int, division: str, on: date) -> dict[str, tuple[int, str]]:
    """Return class → (how many people it has, where the number is from)."""
    found: dict[str, tuple[int, str]] = {}
    scope = current_scope()
    for source in ROSTERS:
        if scope.everything or source.area in scope.reads:
            people = sum(u.size for u in source.units(on))
            found[source.audience] = (people, str(source.label))
    for base in bases(YearBase.Purpose.SIZE, year=year, division=division):
        found[base.code] = (base.number, base.source)
    return found


def bases(purpose: str, *, year: int, division: str) -> list[YearBase]:
    """Return the numbers of a year that were written down for a place."""
    return list(YearBase.objects.filter(division=division, year=year, purpose=purpose))


def base_numbers(purpose: str, *, year: int, division: str) -> dict[str, YearBase]:
    """Return code → number of a year."""
    return {b.code: b for b in bases(purpose, year=year, division=division)}
