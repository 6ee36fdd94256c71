"""A roster counted by rule: what one more person would break, and what is broken now."""

from collections import Counter
from collections.abc import Iterable, Iterator

from muster.core.formation.eligibility import Reason, reason
from muster.core.formation.model import Candidate, Directory, Slot, Unit

SHARE_NAMES = {"veteran": "退役军人", "party": "党员", "skill": "专业对口"}


class Roster:
    """Counts of a set of (candidate, slot) pairs, by slot, village, employer and unit share."""

    def __init__(self, directory: Directory, pairs: Iterable[tuple[str, str]]) -> None:
        """Count the pairs."""
        self.directory = directory
        self.post: dict[str, str] = {}
        self.filled: Counter[str] = Counter()
        self.village: Counter[str] = Counter()
        self.employer: Counter[tuple[str, str]] = Counter()
        self.posts: Counter[tuple[str, str]] = Counter()
        self.having: Counter[tuple[str, str]] = Counter()
        for candidate, slot in pairs:
            self.add(candidate, slot)

    def add(self, candidate_id: str, slot_id: str) -> None:
        """Count one more pair."""
        candidate = self.directory.candidates[candidate_id]
        unit, slot = self.directory.slots[slot_id]
        self.post[candidate_id] = slot_id
        self.filled[slot_id] += 1
        self.village[candidate.village] += 1
        if candidate.employer is not None:
            self.employer[unit.id, candidate.employer] += 1
        for kind, flag in flags(candidate, slot):
            self.posts[unit.id, kind] += 1
            self.having[unit.id, kind] += flag

    def short(self, unit: Unit, kind: str) -> int:
        """Return how many people must be replaced by others with the flag to reach the share."""
        percent: int = getattr(unit, f"{kind}_min_pct")
        needed = -(-percent * self.posts[unit.id, kind] // 100)
        return max(needed - self.having[unit.id, kind], 0)

    def would_break(self, candidate: Candidate, *, unit: Unit, slot: Slot) -> list[Reason]:
        """Return the hard rules over several people that adding this person would break."""
        return [
            *self._full(unit, slot),
            *self._village(candidate),
            *self._employer(candidate, unit),
            *self._shares(candidate, unit, slot),
        ]

    def _full(self, unit: Unit, slot: Slot) -> Iterator[Reason]:
        if self.filled[slot.id] >= slot.count:
            yield reason("slot_full", "该岗位 {count} 个名额已满", count=slot.count, unit=unit.id)

    def _village(self, candidate: Candidate) -> Iterator[Reason]:
        cap = self.directory.villages[candidate.village].cap
        if cap is not None and self.village[candidate.village] >= cap:
            yield reason(
                "village_cap", "本村已编 {cap} 人，达到上限", cap=cap, village=candidate.village
            )

    def _employer(self, candidate: Candidate, unit: Unit) -> Iterator[Reason]:
        most = unit.employer_max
        if candidate.employer is None or most is None:
            return
        if self.employer[unit.id, candidate.employer] >= most:
            facts = {"limit": most, "employer": candidate.employer, "unit": unit.id}
            yield reason("employer_max", "同一工作单位在本分队已有 {limit} 人，达到上限", **facts)

    def _shares(self, candidate: Candidate, unit: Unit, slot: Slot) -> Iterator[Reason]:
        for kind, flag in flags(candidate, slot):
            percent = getattr(unit, f"{kind}_min_pct")
            n, having = self.posts[unit.id, kind] + 1, self.having[unit.id, kind] + flag
            if not flag and 100 * having < percent * n:
                facts = {
                    "name": SHARE_NAMES[kind],
                    "percent": percent,
                    "unit": unit.id,
                    "kind": kind,
                }
                yield reason("share", "再编一名会使{name}比例低于 {percent}%", **facts)


def flags(candidate: Candidate, slot: Slot) -> Iterator[tuple[str, bool]]:
    """Return the share rules that this post counts in, and whether the person carries the flag."""
    yield "veteran", candidate.veteran
    yield "party", candidate.party
    if slot.skill is not None:
        yield "skill", slot.skill in candidate.skills
