"""What the story's rosters share: who is listed how, and which lines may be spoiled."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from muster.overview.story import dirt
from muster.overview.story.drafts import Line
from muster.overview.story.people import Person, as_registered
from muster.overview.story.town import Town, dice_for
from muster.overview.story.truth import FileTruth


@dataclass(frozen=True, slots=True)
class Roster:
    """One dirty file and what is really in it."""

    name: str
    content: bytes
    truth: FileTruth


class Picker:
    """Hands out lines to spoil, none twice, none of the people staged for their names."""

    def __init__(self, seed: int, *, purpose: str, lines: Sequence[Line], keep: set[str]) -> None:
        self._lines = [line for line in lines if line.person not in keep and not line.faults]
        dice_for(seed, purpose=purpose).shuffle(self._lines)

    def spoil(self, *deeds: Callable[[Line], None]) -> None:
        """Do each deed to a fresh line."""
        for deed in deeds:
            deed(self.take())

    def take(self) -> Line:
        """Return a line that nobody has touched."""
        return self._lines.pop()


def as_the_village_lists(person: Person) -> Person:
    """Return the person as the village lists him: it has not heard that he is away."""
    return replace(as_registered(person), seat=person.seat) if person.away else person


def absent_from(everyone: Town, units: set[str]) -> tuple[str, ...]:
    """Return last year's members of the units whom no row lists any more."""
    return tuple(
        one.key
        for one in everyone.people
        if one.last_seat and one.last_seat.unit in units and not one.seat
    )


def left_alone(everyone: Town) -> set[str]:
    """Return the keys of people whose name is the point, and of all who are away or leave."""
    names = {"陈立新", "黄海生", "张伟", "章伟", "张玮", "阿林·木仁"}
    return {
        one.key
        for one in everyone.people
        if one.name in names or one.away or one.fate in {"leaves", "unfit"}
    }


def repeated(line: Line, *, what: str) -> Line:
    """Return the same row once more; the later one is refused and deleted."""
    again = Line(line.person, dict(line.facts), dict(line.cells))
    dirt.dropped(again, field="identity", family="duplicate", what=what)
    return again
