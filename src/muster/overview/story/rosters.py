"""The three dirty rosters of the story, in the order in which they are imported."""

from pathlib import Path

from muster.overview.story.expectation import Ledger
from muster.overview.story.primary_roster import PRIMARY_FILE, primary_roster
from muster.overview.story.roster_parts import Roster
from muster.overview.story.supplement_roster import SUPPLEMENT_FILE, supplement_roster
from muster.overview.story.town import Town
from muster.overview.story.truth import to_json
from muster.overview.story.village_rosters import ORDINARY_FILE, village_rosters

__all__ = ["ORDINARY_FILE", "PRIMARY_FILE", "SUPPLEMENT_FILE", "Roster", "rosters", "write_rosters"]


def rosters(everyone: Town, *, seed: int) -> tuple[Roster, ...]:
    """Return the three files in the order in which the story imports them."""
    inside = [one for one in everyone.people if one.last_seat]
    ledger = Ledger(inside, everyone.elsewhere)
    return (
        primary_roster(everyone, seed, ledger),
        village_rosters(everyone, seed, ledger),
        supplement_roster(everyone, seed, ledger),
    )


def write_rosters(everyone: Town, folder: Path, *, seed: int) -> tuple[Roster, ...]:
    """Write the three files, and beside each ``NAME.truth.json``; return them."""
    folder.mkdir(parents=True, exist_ok=True)
    made = rosters(everyone, seed=seed)
    for roster in made:
        (folder / roster.name).write_bytes(roster.content)
        (folder / f"{roster.name}.truth.json").write_text(to_json(roster.truth), "utf-8")
    return made
