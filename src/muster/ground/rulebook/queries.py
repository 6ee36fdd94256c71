"""What rules say at a place on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from muster.core.kernel import Citation, DivisionCode
from muster.ground.rulebook.entries import Entry, entries, in_words
from muster.ground.rulebook.models import Rule
from muster.ground.rulebook.problems import RuleUnknown


@dataclass(frozen=True, slots=True)
class RuleValue:
    """A value in force: what, how binding, since when, from which paper, set by which place."""

    key: str
    value: Any
    status: str
    source: str
    clause: str
    division: str
    since: date

    @property
    def citation(self) -> Citation:
        """Return where the value comes from."""
        return Citation(self.source, self.clause, self.since)

    @property
    def basis(self) -> str:
        """Return the citation in words."""
        return " ".join(filter(None, (self.source, self.clause)))

    @property
    def words(self) -> str:
        """Return the value as a person reads it."""
        known = entries().get(self.key)
        return in_words(known.kind, self.value, known.unit) if known else str(self.value)


def entry(key: str) -> Entry:
    """Return the catalogue entry of a rule; refuse an unknown key."""
    found = entries().get(key)
    if found is None:
        raise RuleUnknown(key=key)
    return found


def value_of(key: str, *, division: str, on: date) -> RuleValue | None:
    """Return what is in force at a place on a day, or None: not configured.

    The nearest place wins: village before township before county. ValueError for a key that the
    catalogue does not have.
    """
    return values_of([key], division=division, on=on).get(key)


def values_of(keys: Iterable[str], *, division: str, on: date) -> dict[str, RuleValue]:
    """Return key → value in force at a place on a day; unconfigured keys are missing."""
    wanted = list(keys)
    unknown = set(wanted) - set(entries())
    if unknown:
        raise ValueError(f"the rule catalogue has no {sorted(unknown)}")
    places = [division, *(str(a) for a in DivisionCode(division).ancestors)]
    found: dict[str, RuleValue] = {}
    rows = Rule.objects.filter(_in_force(on), key__in=wanted, division__in=places)
    for row in sorted(rows, key=lambda r: (places.index(r.division), -r.valid_from.toordinal())):
        found.setdefault(row.key, as_value(row))
    return found


def _in_force(day: date) -> Q:
    return Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gt=day))


def as_value(row: Rule) -> RuleValue:
    """Return a stored rule as what it says."""
    return RuleValue(
        row.key, row.value, row.status, row.source, row.clause, row.division, row.valid_from
    )


def starts_after(keys: Iterable[str], *, division: str, on: date) -> date | None:
    """Return the first day after ``on`` from which a value of these keys is in force, or None."""
    places = [division, *(str(a) for a in DivisionCode(division).ancestors)]
    rows = Rule.objects.filter(key__in=list(keys), division__in=places, valid_from__gt=on)
    found: date | None = rows.order_by("valid_from").values_list("valid_from", flat=True).first()
    return found


def rows_of(key: str, *, division: str) -> QuerySet[Rule]:
    """Return all values a rule ever had at a place and above it, newest first."""
    places = [division, *(str(a) for a in DivisionCode(division).ancestors)]
    return Rule.objects.filter(key=key, division__in=places).order_by("-valid_from", "-division")  # type: ignore[no-any-return]


def own_row(key: str, *, division: str, on: date) -> Rule | None:
    """Return the value that this very place set and that is in force on a day."""
    return Rule.objects.filter(_in_force(on), key=key, division=division).first()  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class Line:
    """One rule of the page: the entry and what is in force, if anything."""

    entry: Entry
    current: RuleValue | None


def lines(*, division: str, on: date) -> list[Line]:
    """Return every rule of the catalogue with what is in force at a place on a day."""
    current = values_of(entries(), division=division, on=on)
    return [Line(e, current.get(e.key)) for e in entries().values()]
