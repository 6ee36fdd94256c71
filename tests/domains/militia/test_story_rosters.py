"""The three dirty rosters of the invented town give exactly the results that were planted."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from muster.core.kernel import Period
from muster.domains.militia.models import Absence, Membership, Transfer
from muster.domains.militia.queries import figures, members
from muster.engines.imports import actions as imports
from muster.engines.imports.models import Import, ImportRow
from muster.engines.imports.repairing import repair_file
from muster.ground.register.models import Person
from muster.ground.rows.scope import acting
from muster.overview.story.clerk import repair
from muster.overview.story.county import IMPORT_DAY, TOWN
from muster.overview.story.rosters import Roster, write_rosters
from muster.overview.story.town import Town, town
from muster.overview.story.truth import Counts
from tests.domains.militia import story_office
from tests.domains.militia.building import actor_of, county_desk

SEED = 7
AT = datetime(2024, 5, 22, 1, tzinfo=UTC)


def counts(job: Import) -> Counts:
    return Counts(**{k: job.counts[k] for k in Counts.__slots__})


def brought_in(name: str, data: bytes) -> Import:
    job = imports.take_file(name, data, kind="people", division=TOWN, at=AT)
    imports.check(job, at=AT)
    return imports.write(job, at=AT)


def unexpected(job: Import, roster: Roster) -> list[object]:
    """Return rows whose outcome is not the planted one, with what was said of them."""
    truth = {(r.sheet, r.row): r for r in roster.truth.rows}
    default = roster.truth.sheets[0].title if len(roster.truth.sheets) == 1 else ""
    found = []
    for row in ImportRow.objects.filter(of=job):
        planted = truth.get((row.sheet, row.number)) or truth.get((default, row.number))
        if planted is None or planted.outcome != row.outcome:
            said = [(f["column"], f["code"], f["message"]) for f in row.faults]
            found.append((row.sheet, row.number, row.outcome, said, planted))
    return found


@pytest.mark.django_db
def test_rosters_repairs_and_undo_give_the_planted_counts(tmp_path: Path, settings: object) -> None:
    settings.MUSTER_TODAY = IMPORT_DAY.isoformat()  # type: ignore[attr-defined]
    everyone = town(SEED)
    with acting(county_desk()):
        story_office.lay_out(everyone)
    with acting(actor_of("armed_officer", TOWN)):
        before = members.roster_on(IMPORT_DAY).count()
        jobs = []
        for roster in write_rosters(everyone, tmp_path, seed=SEED):
            job = brought_in(roster.name, roster.content)
            assert unexpected(job, roster) == []
            assert counts(job) == roster.truth.first, roster.name
            name, data = repair_file(job)
            path = tmp_path / name
            path.write_bytes(data)
            mended = repair(path, roster.truth)
            again = brought_in(mended.name, mended.read_bytes())
            assert counts(again) == roster.truth.second, roster.name
            jobs += [job, again]

        check_sums(everyone, before)
        check_undo(jobs, before)


def check_sums(everyone: Town, before: int) -> None:
    flows = figures.in_and_out(Period.year(2024))
    joined = Transfer.objects.filter(source="import").count()
    total = flows.total

    assert all(f.adds_up for f in [*flows.lines, total])
    assert (total.opening, total.entered, total.closing) == (before, joined, before + joined)
    assert joined == sum(p.fate == "joins" for p in everyone.people) == 56
    assert members.roster_on(date(2024, 5, 22)).count() == len(
        members.rebuilt_roster(date(2024, 5, 22))
    )
    away = [p for p in everyone.people if p.away]
    assert Absence.objects.filter(source="import").count() == len(away) == 23
    assert not Absence.objects.filter(left_on=IMPORT_DAY).exists()
    assert set(Absence.objects.values_list("hours_to_return", flat=True)) == {24, None}


def check_undo(jobs: list[Import], before: int) -> None:
    people = Person.objects.exclude(state="withdrawn").count()
    new = sum(job.counts["new"] for job in jobs)
    for job in reversed(jobs):
        result = imports.undo(job, at=AT)
        assert (result["kept"], result["failed"]) == ([], [])

    assert Membership.objects.filter(valid_to=None).count() == before
    assert Person.objects.exclude(state="withdrawn").count() == people - new
    assert not Absence.objects.exists()
