"""The duty catalogue: all 49 of the annex, and what a bad entry is told."""

from typing import Any

import pytest

from muster.core.calendar import BadEntry, from_entries, in_words
from muster.core.calendar.duties import ON
from tests.core.calendar.shipped import around, duties, duty, files

ANNEX = """Party-committee armed-forces meeting
Hear armed-forces head on conscription
Special party-committee meeting on conscription
Mutual-support leading-group meeting
Mutual-support office meeting
Party/government hears mutual-support report
Member duty statement to the group
Secretary's duty report
Mobilisation-committee meeting
Civil–military joint meeting
Plan set: year / quarter / month / festival
Militia reorganisation
Muster of primary militia and emergency teams
Inspect all militia companies
Contact with out-of-area members
Primary-militia thematic education
Potential survey and update
Plan drills
Plan review and revision
Drill and training plan
Facility upkeep
Training of mobilisation staff
Visits at New Year and Spring Festival
Three-olds visit or seminar before Spring Festival
Leaders' visit to garrison before Spring Festival
Visits around 1 August
Visits to old demobilised soldiers, families, disabled veterans
Meeting for support of the army and families
Ethnic-unity month activity
Defence-education month: unit activity + 1 lesson by garrison leader
Board-newspaper contest
Defence Education Day
Knowledge contest
Information items
Soldier–civilian forum
School-holiday visits to barracks
Tradition talks by army leaders
Rounds to garrison units
Service-network activity
Correspondence with local soldiers
Preferential allowance payment
Disclosure of benefits
Education assessment of villages and units
Inspection and comparison
Summary + next-year plan to city office
Co-building plan and year-end summary
Superior's assessment of grassroots building
Fund supervision
Front-line research"""


def test_all_49_duties_of_the_annex_ship_in_its_order_under_codes_of_their_own() -> None:
    shipped = duties()

    assert sorted(shipped) == [f"D-{n:02}" for n in range(1, 50)]
    assert [shipped[code].english for code in sorted(shipped)] == ANNEX.splitlines()
    assert len({one.name for one in shipped.values()}) == 49


def test_only_what_a_law_or_a_directive_states_is_on_by_default() -> None:
    on = [code for code, one in duties().items() if one.switched_on]

    assert {duties()[code].status for code in on} == set(ON)
    assert sorted(on) == ["D-04", "D-05", "D-07", "D-08", "D-11", "D-12", "D-13", "D-14", "D-20",
                          "D-23", "D-26", "D-32", "D-41", "D-42", "D-45", "D-47"]  # fmt: skip


def test_every_number_that_no_source_gives_is_marked_as_ours() -> None:
    for one in duties().values():
        if one.status == "default":
            assert {part.basis for part in one.parts} == {"proposed"}, one.code
        assert one.citation.source, one.code


def test_every_day_season_campaign_and_event_of_a_duty_is_named_in_the_work_calendar() -> None:
    almanac = around().almanac

    unknown = {key for one in duties().values() for key in one.refers_to if not almanac.knows(key)}

    assert unknown == set()


def test_a_frequency_reads_as_an_officer_would_say_it() -> None:
    named = around().almanac.name
    said = {code: [in_words(part.frequency, named=named) for part in one.parts]
            for code, one in duties().items()}  # fmt: skip

    assert said["D-01"] == ["每季度 1 次"]
    assert said["D-02"] == ["征兵期间每周 1 次"]
    assert said["D-31"] == ["每年7月 1 次"]
    assert said["D-34"] == ["每月 2 次"]
    assert said["D-24"] == ["春节前（提前 30 天起）"]
    assert said["D-42"] == ["优抚标准调整后 20 个工作日内", "优待抚恤金发放后 20 个工作日内"]


def test_a_duty_concerns_the_places_that_have_what_it_needs() -> None:
    joint = duties()["D-10"].concern

    assert joint.fits(level="township", flags=["garrison", "campus"])
    assert not joint.fits(level="township")
    assert not joint.fits(level="village", flags=["garrison"])


def test_a_duty_can_be_for_places_without_a_garrison() -> None:
    one = duty({"every": "year"}, concerns={"levels": ["village"], "lacking": ["garrison"]})

    assert one.concern.fits(level="village")
    assert not one.concern.fits(level="village", flags=["garrison"])


@pytest.mark.parametrize(
    ("change", "field", "part"),
    [
        ({"frequency": [{"every": "fortnight"}]}, "every", "frequency[1]"),
        ({"frequency": [{"every": "quarter", "months": [1]}]}, "months", "frequency[1]"),
        ({"frequency": [{"every": "month", "count": True}]}, "count", "frequency[1]"),
        ({"frequency": [{"every": "month", "moths": [1]}]}, "moths", "frequency[1]"),
        ({"frequency": [{"often": 3}]}, "frequency", "frequency[1]"),
        ({"frequency": []}, "frequency", ""),
        ({"frequency": [{"every": "year"}, {"part": "1", "every": "month"}]}, "frequency", ""),
        ({"frequency": [{"times_a_year": 5, "spread": True}]}, "spread", ""),
        ({"frequency": [{"around": ["spring"], "from": 3, "to": 1}]}, "to", ""),
        ({"frequency": [{"around": [{"date": "13-01"}]}]}, "date", "around[1]"),
        ({"frequency": [{"around": [{"term": "dongzhi"}]}]}, "term", "around[1]"),
        ({"frequency": [{"on_event": "x", "days": 3, "months": 1}]}, "days", ""),
        ({"frequency": ["monthly"]}, "monthly", ""),
        ({"frequency": [{"every": "year", "part": "a/b"}]}, "part", "frequency[1]"),
        ({"fulfilled_by": [{"record": "photo"}]}, "record", "fulfilled_by[1]"),
        ({"fulfilled_by": []}, "fulfilled_by", "frequency[1]"),
        ({"fulfilled_by": [{"record": "meeting", "requires": ["stamp"]}]}, "requires", ""),
        ({"status": "custom"}, "status", ""),
        ({"source": ""}, "source", ""),
        ({"name": {"zh": "例会"}}, "en", "name"),
        ({"name": None}, "空", "name"),
        ({"concerns": {"levels": ["moon"]}}, "levels", "concerns"),
        ({"switched_on": True}, "switched_on", ""),
    ],
)
def test_a_bad_entry_is_refused_with_where_why_and_how(
    change: dict[str, Any], field: str, part: str
) -> None:
    with pytest.raises(BadEntry) as refusal:
        duty(*change.pop("frequency", [{"every": "month"}]), **change)

    facts = refusal.value.facts
    assert facts["where"].startswith("试验 T-1") and part in facts["where"]
    assert facts["field"] == field and facts["why"]


def test_a_code_used_twice_is_refused() -> None:
    (name, content), *_ = files("duties/militia.yaml")

    with pytest.raises(BadEntry, match="D-12"):
        from_entries([(name, content), ("again.yaml", content)])
