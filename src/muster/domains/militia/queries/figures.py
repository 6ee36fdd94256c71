"""Strength and movement in numbers: what a unit should have, has, gained and lost."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum

from muster.core.kernel import DivisionCode, Period
from muster.domains.militia.models import Membership, Post, Unit
from muster.domains.militia.queries.members import on_roster
from muster.domains.militia.queries.units import below, own_units, quotas_of

REAL = Q(valid_to=None) | Q(valid_to__gt=F("valid_from"))


@dataclass(frozen=True, slots=True)
class Flow:
    """Movement of one unit (None: all together) in a period."""

    unit: Unit | None
    opening: int
    entered: int
    moved_in: int
    left: int
    moved_out: int
    closing: int

    @property
    def adds_up(self) -> bool:
        """Return whether opening + in − out = closing."""
        gained, lost = self.entered + self.moved_in, self.left + self.moved_out
        return self.opening + gained - lost == self.closing

    def as_row(self) -> tuple[int, int, int, int, int, int]:
        """Return the six numbers: opening, in, moved in, out, moved out, closing."""
        return (self.opening, self.entered, self.moved_in, self.left, self.moved_out, self.closing)


@dataclass(frozen=True, slots=True)
class Flows:
    """Movement of units in a period, and their sum."""

    lines: tuple[Flow, ...]
    total: Flow


def in_and_out(period: Period, unit: Unit | None = None, division: str | None = None) -> Flows:
    """Return opening, in, out, moved in, moved out and closing of each unit and of all together.

    Opening is the roster of the day before the period, closing that of its last day. Spells that
    were reversed, and changes of post inside a unit, count as nothing.
    """
    spells = Membership.objects.filter(REAL)
    before, last = period.start - timedelta(days=1), period.end
    counts = [
        _tally(spells.filter(on_roster(before))),
        _tally(spells.filter(entered_as="in", valid_from__range=(period.start, last))),
        _tally(spells.filter(entered_as="move", valid_from__range=(period.start, last))),
        _tally(spells.filter(left_as="out", valid_to__range=(period.start, last))),
        _tally(spells.filter(left_as="move", valid_to__range=(period.start, last))),
        _tally(spells.filter(on_roster(last))),
    ]
    chosen = _chosen(unit, division)
    lines = tuple(Flow(u, *(c.get(u.pk, 0) for c in counts)) for u in chosen)
    sums = [sum(c.get(u.pk, 0) for u in chosen) for c in counts]
    return Flows(lines, Flow(None, *sums))


def _tally(spells: QuerySet[Membership]) -> dict[UUID, int]:
    return dict(spells.order_by().values_list("unit").annotate(n=Count("pk")))


def _chosen(unit: Unit | None, division: str | None) -> list[Unit]:
    found = own_units()
    if unit is not None:
        keys = below(unit)
        found = [u for u in found if u.pk in keys]
    if division is not None:
        found = [u for u in found if DivisionCode(division).holds(u.division)]
    return found


@dataclass(frozen=True, slots=True)
class Strength:
    """What a unit should have and has on a day.

    ``authorised`` is the sum of its posts, ``assigned`` the year's task number (None: not given),
    ``actual`` its own members, ``contributed`` members of other units that fill this one; those
    are counted once, in the unit they belong to. ``empty`` places and ``over`` the number are
    counted post by post, so that too many in one post do not hide that another is empty.
    """

    unit: Unit
    authorised: int
    assigned: int | None
    actual: int
    contributed: int = 0
    empty: int = 0
    over: int = 0

    @property
    def vacant(self) -> int:
        """Return how many places are empty post by post, or against the task number without posts."""
        if self.authorised:
            return max(0, self.empty - self.contributed)
        return max(0, (self.assigned or 0) - self.actual - self.contributed)

    @property
    def surplus(self) -> int:
        """Return how many are over the number of their posts."""
        return self.over if self.authorised else 0


def strength(unit: Unit, day: date) -> Strength:
    """Return what one unit should have and has on a day, units below it left out."""
    return next(iter(strengths([unit], day)))


def strengths(units: Iterable[Unit], day: date) -> list[Strength]:
    """Return the strength of units on a day in few queries, however many units."""
    rows = list(units)
    posts = dict(Post.objects.order_by().values_list("unit").annotate(n=Sum("count")))
    actual = _tally(Membership.objects.filter(on_roster(day)))
    gaps = _gaps(day, actual)
    quotas = quotas_of(day.year)
    filling: Counter[UUID] = Counter()
    for key, higher in Unit.objects.exclude(contributes_to=None).values_list(
        "pk", "contributes_to"
    ):
        filling[higher] += actual.get(key, 0)
    return [
        Strength(u, posts.get(u.pk, 0), quotas[u.pk].number if u.pk in quotas else None,
                 actual.get(u.pk, 0), filling[u.pk], *gaps.get(u.pk, (0, 0)))
        for u in rows
    ]  # fmt: skip


def _gaps(day: date, actual: dict[UUID, int]) -> dict[UUID, tuple[int, int]]:
    """Return unit → empty places and members over the number, post by post.

    Who stands in a unit without a post takes one that is empty before he counts as over.
    """
    held = dict(
        Membership.objects.filter(on_roster(day)).exclude(post=None)
        .order_by().values_list("post").annotate(n=Count("pk"))
    )  # fmt: skip
    empty, over, seated = Counter[UUID](), Counter[UUID](), Counter[UUID]()
    for key, unit, count in Post.objects.order_by().values_list("pk", "unit", "count"):
        here = held.get(key, 0)
        empty[unit] += max(0, count - here)
        over[unit] += max(0, here - count)
        seated[unit] += here
    found = {}
    for unit in seated:
        loose = max(0, actual.get(unit, 0) - seated[unit])
        found[unit] = (max(0, empty[unit] - loose), over[unit] + max(0, loose - empty[unit]))
    return found


def with_below(found: Iterable[Strength]) -> dict[UUID, Strength]:
    """Return unit → strength with all units below it, among those given."""
    own = {s.unit.pk: s for s in found}
    authorised, actual = Counter[UUID](), Counter[UUID]()
    empty, over = Counter[UUID](), Counter[UUID]()
    for one in own.values():
        key: UUID | None = one.unit.pk
        seen: set[UUID] = set()
        while key in own and key not in seen:
            seen.add(key)
            authorised[key] += one.authorised
            actual[key] += one.actual
            empty[key] += one.empty
            over[key] += one.over
            key = own[key].unit.parent_id
    return {
        k: Strength(s.unit, authorised[k], s.assigned, actual[k], s.contributed, empty[k], over[k])
        for k, s in own.items()
    }


def total_strength(day: date, division: str | None = None) -> int:
    """Return everybody on the roster of a day: a contributed member counts once."""
    rows = Membership.objects.filter(on_roster(day))
    if division is not None:
        place = DivisionCode(division)
        rows = rows.filter(division__gte=place.low, division__lte=place.high)
    return int(rows.count())
