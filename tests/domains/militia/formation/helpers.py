"""What the formation tests share: the town with its proposals, and short ways to look at them."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from muster.domains.militia.actions import formation as acts
from muster.domains.militia.models import FormationRun
from muster.domains.militia.queries import formation as reading
from muster.domains.militia.queries.formation_page import Layout
from muster.domains.militia.queries.formation_stale import staleness
from muster.domains.militia.queries.formation_words import Words
from muster.domains.militia.queries.members import roster_on
from muster.ground.register.models import Person as Row
from muster.overview.story.town import Town
from tests.domains.militia.formation.settled import FORMATION_DAY, NOON, TOWN


@dataclass(frozen=True)
class Place:
    """The story's town in the database, with one proposal of each way."""

    town: Town
    rows: dict[str, Row]
    runs: dict[str, Any]


def layout_of(run: FormationRun) -> Layout:
    return Layout(run, Words(run, reading.snapshot_of(run)), staleness(run))


def standing(day: date) -> set[tuple[Any, Any, Any]]:
    """Return (person, unit, post) of everybody on a day's roster."""
    return {(m.person_id, m.unit_id, m.post_id) for m in roster_on(day, division=TOWN)}


def compute_again(run: FormationRun) -> None:
    acts.again(run, at=NOON)
    acts.propose(run)


def strengths() -> Counter[str]:
    return Counter(m.unit.name for m in roster_on(FORMATION_DAY, division=TOWN))


def first_entering(run: FormationRun) -> tuple[str, str]:
    """Return (person, slot) of the first person proposed for a gap."""
    return next((people[0], slot) for slot, people in run.decisions["choices"].items())


def a_stayer(run: FormationRun) -> str:
    return str(run.answer["kept"][0][0])
