"""Age, growth, absence and phase items: what they count and when they say nothing."""

from datetime import date

from muster.domains.militia.models import Absence
from muster.engines.campaigns.models import Campaign, Phase
from muster.engines.checklists.models import Evidence, Item
from muster.ground.rows.scope import acting
from muster.overview.indicators import queries
from tests.factories import TOWN, actor, everything
from tests.overview.indicators.town import DAY, NOON, YEAR, Town, joins, leaves, unit


def value(code: str, *, on: date = DAY) -> str | None:
    with acting(actor("armed_officer")):
        return queries.ask(code, TOWN, YEAR, on=on).value


def test_age_counts_full_years_by_birthday(town: Town) -> None:
    for born in (date(2001, 5, 20), date(2001, 5, 21), date(1981, 5, 20), None):
        joins(town.first, 1, birth_date=born)

    bands = [value(f"I-48.{b}") for b in ("under_25", "25_34", "35_44", "over_44", "unknown")]

    assert bands == ["1", "1", "0", "1", "1"]


def test_growth_compares_with_the_same_day_a_year_before(town: Town) -> None:
    stay = joins(town.first, 4)
    joins(town.first, 1, on=date(2026, 1, 1))
    for person in stay[:2]:
        leaves(person, on=date(2026, 2, 1))
    unit("新建连", valid_from=date(2026, 3, 1))

    assert (value("I-53"), value("I-53.strength_before")) == ("-25", "4")
    assert (value("I-53.units"), value("I-53.units_before")) == ("6", "5")


def test_growth_without_a_year_before_is_no_figure(town: Town) -> None:
    joins(town.first, 3, on=date(2026, 1, 1))

    assert (value("I-53"), value("I-53.strength_before")) == (None, None)


def test_who_is_away_counts_once_and_only_on_the_roster(town: Town) -> None:
    assert value("I-57") is None
    people = joins(town.first, 3)
    gone = joins(town.first, 1)[0]
    leaves(gone, on=date(2026, 2, 1))
    with everything():
        for person, back in ((people[0], None), (people[1], date(2026, 5, 1)), (gone, None)):
            Absence.objects.create(
                division=person.division, person=person, left_on=date(2026, 1, 5),
                destination="云泽县", reason="work", back_on=back,
            )  # fmt: skip

    assert value("I-57") == "1"


def campaign(state: str) -> list[Item]:
    with everything():
        work = Campaign.objects.create(
            division=TOWN, title="整组", kind="militia_reorganisation", year=2026, state=state,
            starts=date(2026, 4, 1), ends=date(2026, 6, 15), confirmed_at=NOON,
        )  # fmt: skip
        phase = Phase.objects.create(division=TOWN, campaign=work, order=1, name="编组",
                                     starts=work.starts, ends=work.ends)  # fmt: skip
        items = [
            Item.objects.create(division=TOWN, about=phase.pk, key=f"k{n}", label=f"事项{n}",
                                required=n != 3)
            for n in range(4)
        ]  # fmt: skip
        for item, day in ((items[0], date(2026, 5, 1)), (items[1], date(2026, 6, 1))):
            Evidence.objects.create(division=TOWN, item=item, on=day, note="有", added_at=NOON)
    return items


def test_progress_is_required_items_with_evidence_by_the_day(town: Town) -> None:
    campaign("active")

    assert (value("I-45"), value("I-45", on=date(2026, 6, 2))) == ("33.3", "66.7")
    with acting(actor("armed_officer")):
        parts = queries.by_part(queries.ask("I-45", TOWN, YEAR, on=DAY))
    assert list(parts.values()) == ["33.3"]


def test_a_plan_that_was_not_started_is_no_progress(town: Town) -> None:
    campaign("draft")

    assert value("I-45") is None
