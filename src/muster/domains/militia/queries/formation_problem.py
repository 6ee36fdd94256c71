"""The formation problem of a place on a day: register, units, conditions and rules as formation/1.

Candidates are keys of people and nothing that names them; the solver never sees an identity.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from muster.core.formation import (
    AssemblyPoint,
    Candidate,
    Instance,
    Slot,
    Village,
    Weights,
)
from muster.core.formation import Unit as UnitRow
from muster.core.formation.eligibility import obstacles
from muster.core.formation.model import Directory
from muster.core.kernel import DivisionCode
from muster.domains.militia.models import Unit
from muster.domains.militia.queries.conditions import CADRES
from muster.domains.militia.queries.formation_conditions import (
    Place,
    Terms,
    party_weight,
    terms_of,
    units_to_form,
    village_cap,
)
from muster.domains.militia.queries.formation_people import Crowd, Facts, crowd, not_on_rosters

ANYWHERE, WITHIN, FROM = "anywhere", "@", ">"
NEAR, FAR = 2, 5
POINTS = {"fill": 1000, "skill": 120, "time": 40, "same_unit": 60, "same_slot": 60,
          "lead_veteran": 30, "lead_education": 10}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hands:
    """What officers decided about single people before the solver runs.

    ``leaving``: person → reason of a transfer; ``staying``: people who keep their place whatever
    the rules say, each with a remark; ``excluded``: free people not to be proposed this time.
    """

    leaving: Mapping[str, str] = field(default_factory=dict)
    staying: Mapping[str, str] = field(default_factory=dict)
    excluded: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, decisions: Mapping[str, Any]) -> "Hands":
        """Return the part of a run's decisions that changes the problem."""
        return cls(*(decisions.get(name, {}) for name in ("leaving", "staying", "excluded")))


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The problem with what formation/1 has no words for.

    ``barred``: members who cannot serve, with why; ``fixed``: members kept by hand, outside the
    solver; ``seats``: where each member stands now; ``free``: how many free people were looked
    at; ``notes``: what was not checked, and why.
    """

    instance: Instance
    barred: tuple[dict[str, str], ...]
    fixed: tuple[dict[str, str], ...]
    seats: dict[str, dict[str, str | None]]
    unseen: tuple[str, ...]
    free: int
    elsewhere: int
    return_hours: int | None
    notes: tuple[dict[str, Any], ...]

    def to_json(self) -> dict[str, Any]:
        """Return what a run stores."""
        plain = {name: getattr(self, name) for name in self.__slots__ if name != "instance"}
        return {**plain, "instance": self.instance.to_json()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Snapshot":
        """Return what a run stored."""
        lists = ("barred", "fixed", "unseen", "notes")
        values: dict[str, Any] = {
            k: tuple(v) if k in lists else v for k, v in data.items() if k != "instance"
        }
        return cls(instance=Instance.from_json(data["instance"]), **values)


def problem_of(
    *, division: str, root: Unit | None, on: date, hands: Hands, asked_at: datetime
) -> Snapshot:
    """Return the problem of the open units of a subtree as the register stands, for a day."""
    units = units_to_form(division=division, root=root, on=on)
    everybody = crowd(units, division=division, on=on)
    held = Counter(one.spell.unit_id for one in everybody.members if one.spell)
    terms = terms_of(units, on=on, members=held)
    seats = _seats(terms, everybody.members)
    return _Builder(division, on, hands, terms, everybody, seats).snapshot(
        unseen=not_on_rosters(everybody.members, asked_at=asked_at)
    )


def _seats(terms: Sequence[Terms], members: Sequence[Facts]) -> dict[UUID, Place]:
    """Return person → place; who holds no post is shown to one that is free and fits him."""
    by_post = {place.key: place for one in terms for place in one.places}
    by_unit = {one.unit.pk: one.places for one in terms}
    found: dict[UUID, Place] = {}
    room = Counter({key: place.count for key, place in by_post.items()})
    waiting = []
    for one in members:
        if one.spell is None:
            continue
        place = by_post.get(str(one.spell.post_id))
        if place is None:
            waiting.append(one)
            continue
        found[one.id] = place
        room[place.key] -= 1
    for one in waiting:
        places = by_unit.get(one.spell.unit_id, ()) if one.spell else ()
        if places:
            place = min(places, key=lambda p: _strangeness(p, one, room[p.key]))
            found[one.id] = place
            room[place.key] -= 1
    return found


def _strangeness(place: Place, one: Facts, room: int) -> tuple[int, ...]:
    """Return how badly a place suits somebody without a post: full, leading, skill, education."""
    fits = place.skill in one.skills if place.skill else None
    need = place.min_education > (one.education or 0)
    return (room <= 0, need, place.role in CADRES, fits is False, fits is None)


@dataclass(slots=True)
class _Builder:
    """Puts the parts of one problem together."""

    division: str
    on: date
    hands: Hands
    terms: Sequence[Terms]
    everybody: Crowd
    seats: Mapping[UUID, Place]
    notes: list[dict[str, Any]] = field(default_factory=list)

    def snapshot(self, *, unseen: Iterable[UUID]) -> Snapshot:
        """Return the whole problem."""
        seated = [one for one in self.everybody.members if one.id in self.seats]
        barred, fixed, members = [], [], []
        for one in seated:
            row = {"candidate": str(one.id), "slot": self.seats[one.id].key}
            if str(one.id) in self.hands.staying:
                fixed.append(row)
            elif why := self._bar(one):
                barred.append({**row, "why": why})
            else:
                members.append(one)
        free = self._free()
        instance = self._instance(members, free, fixed)
        settled = {row["candidate"] for row in (*barred, *fixed)}
        return Snapshot(
            instance=instance, barred=tuple(barred), fixed=tuple(fixed),
            seats={str(one.id): self._seat(one) for one in seated},
            unseen=tuple(str(key) for key in unseen if str(key) not in settled),
            free=len(free), elsewhere=self.everybody.elsewhere,
            return_hours=self.everybody.return_hours, notes=tuple(self.notes),
        )  # fmt: skip

    def _bar(self, one: Facts) -> str:
        if one.barred:
            return one.barred
        reason = self.hands.leaving.get(str(one.id))
        return f"hand:{reason}" if reason else ""

    def _seat(self, one: Facts) -> dict[str, str | None]:
        if one.spell is None:
            raise ValueError("a member has a spell")
        post = one.spell.post_id
        return {"unit": str(one.spell.unit_id), "post": str(post) if post else None,
                "slot": self.seats[one.id].key}  # fmt: skip

    def _free(self) -> list[Facts]:
        """Return free people whose age is at all near what the units ask."""
        if not self.terms:
            return []
        low = min(t.age_min for t in self.terms) - NEAR
        high = max(t.age_max_skilled for t in self.terms) + FAR
        given = [
            one
            for one in self.everybody.free
            if not one.barred and str(one.id) not in self.hands.excluded
        ]
        unknown = sum(1 for one in given if one.age is None)
        if unknown:
            self.notes.append({"code": "age_unknown", "count": unknown})
        return [one for one in given if one.age is not None and low <= one.age <= high]

    def _instance(
        self, members: Sequence[Facts], free: Sequence[Facts], fixed: Sequence[Mapping[str, str]]
    ) -> Instance:
        self._say_what_is_unchecked()
        people = [self._candidate(one, self.seats.get(one.id)) for one in (*members, *free)]
        codes = sorted({one.village for one in people})
        points, travel = self._travel(codes)
        taken = Counter(row["slot"] for row in fixed)
        units = tuple(self._unit(one, taken) for one in self.terms)
        skills = {s for one in people for s in one.skills}
        skills |= {s.skill for u in units for s in u.slots if s.skill}
        weight = party_weight(division=self.division, on=self.on)
        return Instance(
            name=f"{self.division}/{self.on.isoformat()}",
            villages=tuple(
                Village(code, None, None, None, village_cap(code[:12], on=self.on))
                for code in codes
            ),
            assembly_points=tuple(AssemblyPoint(key, None, None) for key in points),
            travel_min=travel, skills=tuple(sorted(skills)),
            weights=Weights(**POINTS, lead_party=weight),
            candidates=tuple(people), units=units,
        )  # fmt: skip

    def _candidate(self, one: Facts, place: Place | None) -> Candidate:
        return Candidate(
            id=str(one.id), age=self._age(one, place), sex=one.sex, education=one.education or 0,
            skills=one.skills, veteran=one.veteran, party=one.party, health_ok=True,
            out_of_area=one.away, village=self._village(one, place), employer=one.employer,
            member_of=place.key if place else None, vetting=one.vetting, primary=one.primary,
        )  # fmt: skip

    def _age(self, one: Facts, place: Place | None) -> int:
        """Return the age that is judged: a cadre within the cadres' limit counts as within."""
        terms = next((t for t in self.terms if place in t.places), None) if place else None
        if terms is None or place is None:
            return one.age or 0
        if one.age is None:
            return terms.age_min
        if place.role in CADRES and terms.age_max < one.age <= terms.age_max_cadre:
            return terms.age_max
        return one.age

    def _village(self, one: Facts, place: Place | None) -> str:
        """Return where somebody lives; a member outside his unit's area keeps his way in."""
        home = next((t for t in self.terms if place in t.places), None) if place else None
        if home is None or not home.condition.own_area:
            return one.division
        inside = DivisionCode(home.unit.division).holds(one.division)
        return one.division if inside else f"{one.division}{FROM}{home.unit.division}"

    def _travel(self, codes: Sequence[str]) -> tuple[list[str], tuple[tuple[int | None, ...], ...]]:
        """Return the points where units assemble and, per village, the minutes.

        Unknown stays None. A unit that takes only people of its own area has a point of its own,
        which nobody else reaches.
        """
        points = {_point(t): t for t in self.terms}
        rows = tuple(tuple(_minutes(code, terms) for terms in points.values()) for code in codes)
        return list(points), rows

    def _unit(self, one: Terms, taken: Mapping[str, int]) -> UnitRow:
        limit, ask = _limited(one), one.condition
        return UnitRow(
            id=str(one.unit.pk), kind=str(one.unit.force),
            assembly_point=_point(one),
            max_assembly_min=ask.max_assembly_min or 1 if limit else 1,
            age_min=one.age_min, age_max=one.age_max, age_max_skilled=one.age_max_skilled,
            veteran_min_pct=ask.veteran_min_pct, party_min_pct=one.party_min_pct,
            skill_min_pct=ask.skill_min_pct, employer_max=ask.employer_max,
            keep_min_pct=ask.keep_min_pct, vetting_required=ask.vetting_required,
            slots=tuple(
                Slot(id=p.key, role=p.role, skill=p.skill or None, skill_required=p.skill_required,
                     count=max(0, p.count - taken[p.key]), min_education=p.min_education,
                     party_required=False, veteran_required=False)
                for p in one.places
            ),
        )  # fmt: skip

    def _say_what_is_unchecked(self) -> None:
        for one in self.terms:
            name = one.unit.name
            if one.missing:
                self.notes.append({"code": "age_rule", "unit": name, "missing": list(one.missing)})
            if one.condition.max_assembly_min and not one.condition.assembly_place_id:
                self.notes.append({"code": "no_place", "unit": name})
            if one.condition.party_min_pct and not one.party_min_pct:
                self.notes.append({"code": "party_silent", "unit": name})
        unborn = sum(1 for one in self.everybody.members if one.age is None)
        if unborn:
            self.notes.append({"code": "member_age_unknown", "count": unborn})


def _limited(one: Terms) -> bool:
    """Return whether the time to assemble is judged: a limit and a place are both known."""
    return bool(one.condition.max_assembly_min and one.condition.assembly_place_id)


def _point(one: Terms) -> str:
    place = str(one.condition.assembly_place_id) if _limited(one) else ANYWHERE
    return f"{place}{WITHIN}{one.unit.division}" if one.condition.own_area else place


def _minutes(village: str, one: Terms) -> int | None:
    """Return the minutes of a village to where a unit assembles; None: unknown, or not its area."""
    code, _, guest_of = village.partition(FROM)
    division = one.unit.division
    outside = one.condition.own_area and not DivisionCode(division).holds(code)
    if outside and guest_of != division:
        return None
    place = one.condition.assembly_place if _limited(one) else None
    return place.minutes.get(code) if place is not None else 0


def lives_outside(candidate: Candidate, unit: UnitRow) -> bool:
    """Return whether a unit does not take somebody because of where he lives."""
    _, _, area = unit.assembly_point.partition(WITHIN)
    code, _, guest_of = candidate.village.partition(FROM)
    return bool(area) and guest_of != area and not DivisionCode(area).holds(code)


def obstacles_to(directory: Directory, candidate: Candidate, slot: str) -> list[dict[str, Any]]:
    """Return why somebody may not take a slot, as plain values; living elsewhere is told apart."""
    unit, place = directory.slots[slot]
    found = obstacles(directory, candidate=candidate, unit=unit, slot=place)
    plain = [{"code": r.code, "text": r.text, "facts": r.facts} for r in found]
    if lives_outside(candidate, unit):
        plain = [row for row in plain if row["code"] != "travel_unknown"]
        plain.append({"code": "outside", "text": "不住在分队所在地", "facts": {}})
    return plain


def fingerprint(snapshot: Snapshot) -> dict[str, Any]:
    """Return person → what is known of him, to tell later whether a fact changed."""
    known: dict[str, Any] = {one.id: asdict(one) for one in snapshot.instance.candidates}
    known |= {row["candidate"]: row["why"] for row in snapshot.barred}
    return known
