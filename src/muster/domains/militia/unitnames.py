"""Which unit a roster means: by every way its name is written, within the writer's own tree."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz import process

from muster.core.identity import fold
from muster.domains.militia.models import Unit
from muster.ground.register.queries import division_names


@dataclass(slots=True)
class UnitNames:
    """Names → units. A short name that several units share needs the place to decide."""

    by_name: dict[str, list[Unit]] = field(default_factory=dict)

    @classmethod
    def of(cls, units: Iterable[Unit]) -> "UnitNames":
        """Return the names of these units: whole, without the township's or county's name."""
        places, found = division_names(), cls()
        for unit in units:
            for spelling in _spellings(unit, places):
                known = found.by_name.setdefault(spelling, [])
                if unit not in known:
                    known.append(unit)
        return found

    def find(self, told: str, *, division: str) -> Unit | None:
        """Return the unit a cell means, the one of the same township where several share a name."""
        named = self.by_name.get(_key(told), [])
        if len(named) > 1:
            near = [u for u in named if u.division[:9] == division[:9]]
            named = [u for u in near if u.division == division] or near
        return named[0] if len(named) == 1 else None

    def nearest(self, told: str) -> str:
        """Return the whole name of the unit that looks most like it, or ""."""
        hit = process.extractOne(_key(told), list(self.by_name), score_cutoff=55)
        return self.by_name[hit[0]][0].name if hit else ""

    def some(self, most: int = 12) -> str:
        """Return names to offer."""
        names = dict.fromkeys(u.name for units in self.by_name.values() for u in units)
        return "、".join(list(names)[:most])


def _key(text: str) -> str:
    return fold(text).replace(" ", "").replace("民兵连", "连").replace("民兵排", "排")


def _spellings(unit: Unit, places: dict[str, str]) -> set[str]:
    town = places.get(unit.division[:9] + "000", "")
    county = places.get(unit.division[:6] + "000000", "")
    short = unit.name.removeprefix(county).removeprefix(town) or unit.name
    return {_key(n) for n in (unit.name, short, town + short, county + town + short)}
