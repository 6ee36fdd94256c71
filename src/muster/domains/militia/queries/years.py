"""One year against the last: units, strength and their mix (MIL-14)."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from muster.core.kernel import DivisionCode
from muster.domains.militia.models import Unit
from muster.domains.militia.queries import frozen, members
from muster.domains.militia.queries.units import units
from muster.web.templatetags.muster import day as day_words

Member = tuple[str, bool, bool]  # force, primary, contributed


@dataclass(frozen=True, slots=True)
class Side:
    """One year's units and members, from the frozen roster where there is one."""

    day: date
    source: str
    unit_count: int
    members: list[Member] = field(default_factory=list)
    categories: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of both years."""

    label: str
    now: int
    before: int

    @property
    def change(self) -> int:
        """Return the difference, negative for fewer."""
        return self.now - self.before

    @property
    def percent(self) -> float | None:
        """Return the change in per cent of last year, or None where last year had none."""
        return round(100 * self.change / self.before, 1) if self.before else None


@dataclass(frozen=True, slots=True)
class Comparison:
    """One year beside the last."""

    now: Side
    before: Side
    lines: tuple[Line, ...]


def compare(division: str, day: date) -> Comparison:
    """Return this year's figures on a day beside those of the same day last year.

    A year whose roster was frozen is counted from the frozen roster, whatever happened since.
    """
    last = day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
    now, before = _side(division, day), _side(division, last)
    lines = [Line(_("分队数"), now.unit_count, before.unit_count),
             Line(_("总人数"), len(now.members), len(before.members))]  # fmt: skip
    lines += [Line(label, _count(now, test), _count(before, test)) for label, test in _tests()]
    categories = {str(label): str(key) for key, label in Unit.Category.choices}
    lines += [
        Line(
            _("{kind}分队").format(kind=_(label)),
            now.categories.get(key, 0),
            before.categories.get(key, 0),
        )
        for label, key in categories.items()
    ]
    return Comparison(now, before, tuple(lines))


def _tests() -> list[tuple[str, Callable[[Member], bool]]]:
    found: list[tuple[str, Callable[[Member], bool]]] = [
        (_("基干民兵"), lambda m: m[1]),
        (_("普通民兵"), lambda m: not m[1]),
        (_("抽组到上级"), lambda m: m[2]),
    ]
    for key, label in Unit.Force.choices:
        if key != Unit.Force.ORDINARY:
            found.append((_(label), lambda m, key=str(key): m[0] == key))  # type: ignore[misc]
    return found


def _count(side: Side, test: Callable[[Member], bool]) -> int:
    return sum(1 for m in side.members if test(m))


def _side(division: str, day: date) -> Side:
    place = DivisionCode(division)
    open_units = [u for u in units(day) if place.holds(u.division)]
    categories = Counter(u.category for u in open_units)
    roster = frozen.frozen_of(division, day.year)
    if roster:
        rows = [(r.force, r.primary, r.contributed) for r in frozen.lines_of(roster)]
        at = [u for u in units(roster.as_of) if place.holds(u.division)]
        source = f"封存花名册（{day_words(roster.as_of)}）"
        return Side(roster.as_of, source, len(at), rows, dict(Counter(u.category for u in at)))
    standing = members.roster_on(day, division=division)
    rows = [(m.unit.force, m.unit.primary, m.unit.contributed) for m in standing]
    return Side(day, "当日花名册", len(open_units), rows, dict(categories))
