"""What changed since a proposal was made: facts of people, places and posts."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from hashlib import sha256
from typing import Any

from muster.core.formation import Candidate
from muster.core.formation.model import Directory
from muster.domains.militia.models import FormationRun
from muster.domains.militia.queries.formation import plan_of, snapshot_now, snapshot_of
from muster.domains.militia.queries.formation_problem import Snapshot, fingerprint, obstacles_to


@dataclass(frozen=True, slots=True)
class Drift:
    """One person whose facts differ: which facts, and why he no longer fits his place, if so."""

    person: str
    facts: tuple[str, ...]
    unfit: tuple[dict[str, Any], ...]
    mark: str
    seen: bool = False


@dataclass(frozen=True, slots=True)
class Staleness:
    """What is no longer as the proposal assumed."""

    people: Mapping[str, Drift]
    outdated: bool

    @property
    def open(self) -> list[Drift]:
        """Return changes nobody has taken note of."""
        return [drift for drift in self.people.values() if not drift.seen]


def staleness(one: FormationRun) -> Staleness:
    """Return what changed since the proposal; reads the register anew."""
    before, now = snapshot_of(one), snapshot_now(one)
    plan = plan_of(one)
    old, new = fingerprint(before), fingerprint(now)
    directory = Directory(now.instance)
    seen = one.decisions.get("seen", {})
    found = {}
    for person in dict.fromkeys([*before.seats, *plan]):
        same_seat = before.seats.get(person) == now.seats.get(person)
        if old.get(person) == new.get(person) and same_seat:
            continue
        mark = _mark(new.get(person), now.seats.get(person))
        facts = tuple(_differences(old.get(person), new.get(person), same_seat=same_seat))
        unfit = tuple(_unfit(directory, now, person, plan.get(person)))
        found[person] = Drift(person, facts, unfit, mark, seen.get(person) == mark)
    newcomers = [person for person in now.seats if person not in before.seats]
    outdated = _outdated(before, now) or any(p not in plan for p in newcomers)
    return Staleness(found, outdated)


def _mark(*facts: Any) -> str:
    return sha256(repr(facts).encode()).hexdigest()[:16]


def _differences(old: Any, new: Any, *, same_seat: bool) -> list[str]:
    if not same_seat:
        return ["seat"]
    if not (isinstance(old, dict) and isinstance(new, dict)):
        return ["standing"]
    names = [f.name for f in fields(Candidate)]
    return [name for name in names if old.get(name) != new.get(name)]


def _unfit(
    directory: Directory, now: Snapshot, person: str, slot: str | None
) -> list[dict[str, Any]]:
    """Return why a planned person may not take the slot as things stand now."""
    if slot is None or any(row["candidate"] == person for row in now.fixed):
        return []
    barred = [row["why"] for row in now.barred if row["candidate"] == person]
    if barred:
        return [{"code": "barred", "text": "", "facts": {"why": barred[0]}}]
    candidate = directory.candidates.get(person)
    if candidate is None or slot not in directory.slots:
        return [{"code": "gone", "text": "", "facts": {}}]
    return obstacles_to(directory, candidate, slot)


def _shape(snapshot: Snapshot) -> tuple[Any, ...]:
    """Return what the proposal assumed of units, posts, conditions and weights."""
    plain = snapshot.instance.to_json()
    return plain["units"], plain["weights"], snapshot.return_hours


def _minutes(snapshot: Snapshot) -> dict[tuple[str, str], int | None]:
    plain = snapshot.instance.to_json()
    return {
        (village["id"], point["id"]): row[column]
        for village, row in zip(plain["villages"], plain["travel_min"], strict=True)
        for column, point in enumerate(plain["assembly_points"])
    }


def _outdated(before: Snapshot, now: Snapshot) -> bool:
    """Return whether anything but single people changed; villages come and go with people."""
    old, new = _minutes(before), _minutes(now)
    caps = {v.id: v.cap for v in before.instance.villages}
    if any(v.id in caps and caps[v.id] != v.cap for v in now.instance.villages):
        return True
    if any(old[key] != new[key] for key in old.keys() & new.keys()):
        return True
    return bool(_shape(before) != _shape(now))
