"""Writing rules: the catalogue's defaults at the start, dated changes afterwards."""

from datetime import date
from typing import Any

from django.db import transaction

from muster.core.kernel import DivisionCode
from muster.ground.journal.actions import record
from muster.ground.register.queries import division_name
from muster.ground.rows.scope import current_actor
from muster.ground.rulebook import queries
from muster.ground.rulebook.entries import STATUSES, Entry, entries, wrong_with
from muster.ground.rulebook.models import Rule
from muster.ground.rulebook.problems import (
    RuleFixed,
    RuleNotInForce,
    RuleOutOfOrder,
    RuleSourceMissing,
    RuleValueRefused,
)


@transaction.atomic
def adopt_catalogue(county: str, on: date) -> int:
    """Write the catalogue's cited defaults as rules of a county (12 digits) from a day on.

    A rule that the county has already, of whatever value, is left alone. Returns how many are new.
    """
    if DivisionCode(county).level != "county":
        raise ValueError("rules are adopted by a county")
    known = set(Rule.objects.filter(division=county).values_list("key", flat=True))
    fresh = [e for e in entries().values() if e.status and e.key not in known]
    for e in fresh:
        Rule.objects.create(
            division=county, key=e.key, value=e.value, status=e.status, source=e.source,
            clause=e.clause, valid_from=on,
        )  # fmt: skip
    if fresh:
        record("rule.catalogue_adopted", facts={"count": len(fresh), "on": on.isoformat()})
    return len(fresh)


@transaction.atomic
def change(key: str, *, division: str, value: Any, status: str, source: str, on: date,
           clause: str = "") -> Rule:  # fmt: skip
    """Return the rule with a new value at a place from ``on``; the old value ends that day.

    A second change for the same day corrects the first. Refuses a value that does not fit, a
    missing source, a day before the present value began, and a principle that is fixed.
    """
    entry = queries.entry(key)
    _check(entry, value, status, source)
    last = Rule.objects.select_for_update().filter(key=key, division=division).first()
    facts = {"key": key, "to": value, "on": on.isoformat(), "from": last.value if last else None}
    if last and on < last.valid_from:
        raise RuleOutOfOrder(label=entry.label, last=last.valid_from, day=on)
    if last and on == last.valid_from:
        row = last
        row.value, row.status, row.source, row.clause = value, status, source, clause
        row.valid_to = None
        row.save()
    else:
        if last and (last.valid_to is None or last.valid_to > on):
            last.valid_to = on
            last.save()
        row = Rule.objects.create(division=division, key=key, value=value, status=status,
                                  source=source, clause=clause, valid_from=on)  # fmt: skip
    record("rule.changed", row, facts=facts, reason=source)
    return row  # type: ignore[no-any-return]


@transaction.atomic
def end(key: str, *, division: str, on: date) -> None:
    """End the value a place set for itself; what stands above it counts again from ``on``."""
    entry = queries.entry(key)
    row = queries.own_row(key, division=division, on=on)
    if row is None or entry.fixed:
        raise RuleNotInForce(label=entry.label, place=division_name(division))
    row.valid_to = on
    row.save()
    record("rule.ended", row, facts={"key": key, "on": on.isoformat()})


def _check(entry: Entry, value: Any, status: str, source: str) -> None:
    if entry.fixed:
        raise RuleFixed(label=entry.label, source=entry.source)
    why = wrong_with(entry.kind, value)
    if why:
        raise RuleValueRefused(label=entry.label, why=why)
    if status not in STATUSES:
        raise ValueError(f"unknown status {status}")
    if not source.strip():
        raise RuleSourceMissing(label=entry.label)


def may_change() -> bool:
    """Return whether the present post may change rules."""
    actor = current_actor()
    return actor is None or (actor.may("rule.change") and actor.may_write("settings"))
