"""Roll calls, their lines and what came of them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from muster.core.kernel import DivisionCode
from muster.domains.militia.models import Absence, RollCall, RollCallLine, Unit
from muster.domains.militia.queries.away import away_on
from muster.domains.militia.queries.quality import Share
from muster.ground.register.models import Person
from muster.ground.register.queries import division_name, division_names
from muster.ground.rulebook.queries import RuleValue, value_of

TARGET_KEY = "militia.rollcall.attendance"


def calls() -> QuerySet[RollCall]:
    """Return the roll calls of the scope, newest first."""
    return RollCall.objects.all()  # type: ignore[no-any-return]


def call(pk: UUID | str) -> RollCall:
    """Return one roll call of the scope."""
    return RollCall.objects.fetch(pk)  # type: ignore[no-any-return]


def line(of: RollCall, pk: UUID | str) -> RollCallLine:
    """Return one line of a roll call."""
    found = RollCallLine.objects.fetch(pk)
    return RollCallLine.objects.filter(call=of).fetch(found.pk)  # type: ignore[no-any-return]


def lines(
    of: RollCall, *, unit: str = "", words: str = "", presence: str = ""
) -> QuerySet[RollCallLine]:
    """Return the lines of a roll call in their order, by unit, by name or pinyin, by presence."""
    rows = RollCallLine.objects.filter(call=of).select_related("person", "unit")
    if unit:
        rows = rows.filter(unit=unit)
    if presence:
        rows = rows.filter(presence=presence)
    if words.strip():
        rows = rows.filter(person__search__contains=words.strip().lower())
    return rows.order_by("order")  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class Told:
    """A line as officers read it.

    ``apart`` tells somebody from the others of the same name (village, then year of birth, then
    unit; never an identity number); ``absence`` is the one registered for the day of the call.
    """

    line: RollCallLine
    apart: str
    absence: Absence | None


def told(of: RollCall, rows: Iterable[RollCallLine]) -> list[Told]:
    """Return lines of a roll call with what tells namesakes apart and who is registered away."""
    away = {a.person_id: a for a in away_on(of.on)}
    everybody = RollCallLine.objects.filter(call=of).select_related("person", "unit")
    names = Counter(everybody.order_by().values_list("person__name", flat=True))
    twice = [name for name, count in names.items() if count > 1]
    apart = _apart(everybody.filter(person__name__in=twice)) if twice else {}
    return [Told(row, apart.get(row.person_id, ""), away.get(row.person_id)) for row in rows]


def _apart(namesakes: Iterable[RollCallLine]) -> dict[UUID, str]:
    """Return person → words that differ among people of one name, as far as the facts differ."""
    places, rows = division_names(), list(namesakes)
    words = {r.person_id: [places.get(r.person.division, ""), _born(r.person)] for r in rows}
    same = Counter((r.person.name, *words[r.person_id]) for r in rows)
    for row in rows:
        if same[(row.person.name, *words[row.person_id])] > 1:
            words[row.person_id].append(row.unit.name)
    return {key: " ".join(filter(None, parts)) for key, parts in words.items()}


def _born(person: Person) -> str:
    born = person.birth_date
    return _("{year:02d}年生").format(year=born.year % 100) if born else ""


def called_of(of: RollCall, units: Sequence[Unit]) -> str:
    """Return whom a paper of a roll call is of: the one unit called, else the place of all."""
    if len(units) == 1:
        return units[0].name
    code, place = DivisionCode(of.division), division_name(of.division)
    above = [str(a) for a in code.ancestors]
    town = division_name(above[0]) if code.level == "village" and above else ""
    return f"{town}{place}"


def lines_of_person(person: UUID) -> QuerySet[RollCallLine]:
    """Return the roll calls a person was expected at, newest first."""
    rows = RollCallLine.objects.filter(person=person).select_related("call", "unit")
    return rows.order_by("-call__on")  # type: ignore[no-any-return]


def units_of(of: RollCall) -> list[Unit]:
    """Return the units that were called."""
    keys = RollCallLine.objects.filter(call=of).values_list("unit", flat=True).distinct()
    return list(Unit.objects.filter(pk__in=list(keys.order_by())))


@dataclass(frozen=True, slots=True)
class Tally:
    """How many were expected, came, had leave, were absent, are not yet called."""

    unit: Unit | None
    expected: int
    present: int
    leave: int
    absent: int

    @property
    def unmarked(self) -> int:
        """Return how many are not yet called."""
        return self.expected - self.present - self.leave - self.absent

    @property
    def rate(self) -> Share:
        """Return present ÷ expected."""
        return Share(self.present, self.expected)


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a roll call: each unit, all together, reasons, the standard if configured."""

    units: tuple[Tally, ...]
    total: Tally
    reasons: tuple[tuple[str, int], ...]
    target: RuleValue | None

    @property
    def reached(self) -> bool | None:
        """Return whether the standard is reached; None where none is configured."""
        percent = self.total.rate.percent
        if self.target is None or percent is None:
            return None
        return percent >= float(self.target.value)


def result(of: RollCall) -> Result:
    """Return what came of a roll call so far."""
    rows = list(RollCallLine.objects.filter(call=of).values_list("unit", "presence", "reason"))
    parts = [_tally(u, [p for key, p, _ in rows if key == u.pk]) for u in units_of(of)]
    why = Counter(f"{RollCallLine.Presence(p).label}：{r}" for _, p, r in rows if r)
    target = value_of(TARGET_KEY, division=of.division, on=of.on)
    ranked = tuple(sorted(why.items(), key=lambda item: (-item[1], item[0])))
    return Result(tuple(parts), _tally(None, [p for _, p, _ in rows]), ranked, target)


def _tally(unit: Unit | None, presences: Sequence[str]) -> Tally:
    counts = Counter(presences)
    return Tally(unit, len(presences), counts["present"], counts["leave"], counts["absent"])


def title_for(kind: str, on: date) -> str:
    """Return a name to offer for a new roll call."""
    return f"{on.year}年{on.month}月{RollCall.Kind(kind).label}"
