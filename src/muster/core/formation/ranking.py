"""Ranking free eligible people for an empty post, on arrays."""

import numpy as np

from muster.core.formation.arcs import Arcs, Floats, Ints, build_arcs
from muster.core.formation.model import Directory, Slot, Unit
from muster.core.formation.roster import Roster


class Ranking:
    """Who could fill the gaps of a kept roster without breaking a village or employer limit."""

    def __init__(self, directory: Directory, roster: Roster) -> None:
        """Build the arrays once for all slots."""
        instance = directory.instance
        self._roster = roster
        self._arcs: Arcs = build_arcs(instance)
        self._at = {slot_id: at for at, slot_id in enumerate(directory.slots)}
        self._ids = [candidate.id for candidate in instance.candidates]
        placed = np.array([name in roster.post for name in self._ids], bool)
        used = np.array([roster.village[village.id] for village in instance.villages], float)
        full = used >= self._arcs.caps
        self._free = ~placed & ~full[self._arcs.people.village] if len(self._ids) else placed
        self._employer_at: dict[str | None, int] = {}
        for candidate, at in zip(
            instance.candidates, self._arcs.people.employer.tolist(), strict=True
        ):
            self._employer_at[candidate.employer] = at

    def best(self, unit: Unit, slot: Slot, *, most: int) -> list[str]:
        """Return ids: those who mend a short share first, then by points, then in input order."""
        at = self._at[slot.id]
        who = self._arcs.who[at].astype(np.int64)
        points = self._arcs.points[at].astype(float)
        free = self._free[who] & ~self._crowded(unit)[self._arcs.people.employer[who]]
        who, points = who[free], points[free]
        order = np.lexsort((who, -points, -self._mends(unit, slot, who)))[:most]
        return [self._ids[one] for one in who[order].tolist()]

    def _crowded(self, unit: Unit) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Return per employer whether the unit has its most people; the last entry is 'none'."""
        crowded = np.zeros(max(self._employer_at.values(), default=0) + 2, bool)
        if unit.employer_max is None:
            return crowded
        for employer, at in self._employer_at.items():
            if employer is not None:
                crowded[at] = self._roster.employer[unit.id, employer] >= unit.employer_max
        return crowded

    def _mends(self, unit: Unit, slot: Slot, who: Ints) -> Floats:
        """Return how many short shares of the unit each person would help."""
        people = self._arcs.people
        mends: Floats = np.zeros(len(who))
        if self._roster.short(unit, "veteran"):
            mends += people.veteran[who]
        if self._roster.short(unit, "party"):
            mends += people.party[who]
        if slot.skill is not None and self._roster.short(unit, "skill"):
            mends += people.holds[slot.skill][who]
        return mends
