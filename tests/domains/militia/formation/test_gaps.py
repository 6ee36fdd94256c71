"""沿用上年、只补缺 on the story's town: proposal, hands, changed facts, confirming, undoing."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from muster.domains.militia.actions import formation as acts
from muster.domains.militia.actions import formation_confirm as confirming
from muster.domains.militia.actions import formation_hands as hands
from muster.domains.militia.actions.formation_conditions import keep_condition
from muster.domains.militia.actions.transfers import leave
from muster.domains.militia.models import Absence, FormationRun, Transfer, Unit, Vetting
from muster.domains.militia.problems_formation import (
    FormationChoiceRefused,
    FormationNotOpen,
    FormationOutdated,
    FormationReasonNeeded,
    FormationStale,
    FormationUnfit,
    FormationUsed,
)
from muster.domains.militia.queries import formation as reading
from muster.domains.militia.queries.members import roster_on
from muster.ground.journal.models import Entry as JournalEntry
from muster.ground.register.actions import move_person
from muster.ground.register.models import Person as Row
from muster.ground.rows.scope import acting
from muster.ground.rulebook.actions import change
from muster.overview.story.county import COUNTY, FORMATION_DAY
from tests.domains.militia.building import actor_of, as_role
from tests.domains.militia.formation.helpers import (
    Place,
    a_stayer,
    compute_again,
    first_entering,
    layout_of,
    standing,
    strengths,
)
from tests.domains.militia.formation.settled import NOON, TOWN

DAY_BEFORE = FORMATION_DAY - timedelta(days=1)


def test_gaps_name_exactly_those_who_must_leave_each_with_the_right_reason(
    gaps: FormationRun, place: Place
) -> None:
    everyone, rows = place.town, place.rows
    codes = {
        "超龄": "over_age",
        "外出务工": "away",
        "入伍": "enlisted",
        "户籍迁移": "moved",
        "死亡": "deceased",
    }
    expected = {str(rows[p.key].pk): codes[p.reason] for p in everyone.people if p.fate == "leaves"}

    changes = reading.changes_of(gaps, reading.snapshot_of(gaps))

    assert {c.person: c.reason for c in changes if c.kind == "out"} == expected
    assert len(expected) == 60


def test_each_empty_post_has_up_to_three_people_with_reasons(gaps: FormationRun) -> None:
    posts = [post for block in layout_of(gaps).blocks() for post in block.empty]

    assert len(posts) == 20
    assert all(1 <= len(post.options) <= 3 for post in posts)
    assert all(option.why for post in posts for option in post.options)
    assert len({post.chosen for post in posts}) == 20


@pytest.mark.requirement("MIL-10")
def test_the_first_choices_confirmed_give_30_20_5_and_705(gaps: FormationRun) -> None:
    counts = confirming.confirm(gaps, at=NOON, approver="镇武装部", note="基干民兵缺这项专长")

    found = strengths()
    primary = [found.pop(name) for name in ("青溪镇应急排", "青溪镇伪装遮障连", "市应急连")]
    assert counts == {"in": 20, "out": 60, "move": 0, "post": 0, "strength": 760}
    assert primary == [30, 20, 5] and sum(found.values()) == 705
    written = Transfer.objects.filter(source="formation", source_row=gaps.pk)
    assert Counter(t.kind for t in written) == {"in": 20, "out": 60}
    assert {t.approver for t in written} == {"镇武装部"} and {t.on for t in written} == {
        FORMATION_DAY
    }
    assert JournalEntry.objects.filter(action="formation.confirmed").count() == 1


@pytest.mark.requirement("MIL-07")
def test_an_emergency_unit_takes_nobody_from_outside_the_primary_militia_without_a_reason(
    gaps: FormationRun,
) -> None:
    due = [c for c in reading.changes_of(gaps, reading.snapshot_of(gaps)) if c.asks_note]
    emergency = set(Unit.objects.filter(force="emergency").values_list("name", flat=True))

    with pytest.raises(FormationReasonNeeded) as refusal:
        confirming.confirm(gaps, at=NOON, approver="镇武装部")
    assert refusal.value.facts["count"] == len(due) == 5
    assert not Transfer.objects.filter(source="formation").exists()
    confirming.confirm(gaps, at=NOON, note="驾驶员紧缺")

    noted = Transfer.objects.filter(source="formation", note="驾驶员紧缺")
    assert {str(t.person_id) for t in noted} == {c.person for c in due}
    assert {t.to_unit.name for t in noted} <= emergency


def test_undo_restores_the_roster_of_before(gaps: FormationRun) -> None:
    before = standing(FORMATION_DAY)
    confirming.confirm(gaps, at=NOON, note="缺这项专长")
    assert standing(FORMATION_DAY) != before

    assert confirming.undo(gaps, at=NOON) == 80

    assert standing(FORMATION_DAY) == before == standing(DAY_BEFORE)
    assert gaps.state == FormationRun.State.UNDONE
    with pytest.raises(FormationNotOpen):
        confirming.undo(gaps, at=NOON)


def test_undo_refuses_where_somebody_has_moved_on(gaps: FormationRun) -> None:
    person, _ = first_entering(gaps)
    confirming.confirm(gaps, at=NOON, note="缺这项专长")
    leave(Row.objects.get(pk=person), on=date(2024, 6, 10), reason="moved", at=NOON)

    with pytest.raises(FormationUsed):
        confirming.undo(gaps, at=NOON)


def test_a_changed_fact_marks_the_row_and_stops_confirming_until_it_is_noted(
    gaps: FormationRun,
) -> None:
    stayer = Row.objects.get(pk=a_stayer(gaps))
    away = {"division": stayer.division, "left_on": date(2024, 6, 1), "destination": "东屏县"}
    Absence.objects.create(person=stayer, reason="work", **away)

    changed = layout_of(gaps).changed()
    assert [(line.who.name, line.changed) for line in changed] == [(stayer.name, "外出情况")]
    assert changed[0].unfit == ("已登记外出，24 小时内回不来",)
    with pytest.raises(FormationStale):
        confirming.confirm(gaps, at=NOON, note="缺")
    assert not Transfer.objects.filter(source="formation").exists()
    hands.note_seen(gaps, [str(stayer.pk)])
    confirming.confirm(gaps, at=NOON, note="缺")

    assert sum(strengths().values()) == 760


def test_who_may_no_longer_enter_is_refused_even_when_noted_and_replaced_when_computed_again(
    gaps: FormationRun,
) -> None:
    person, slot = first_entering(gaps)
    row = Row.objects.get(pk=person)
    Vetting.objects.create(division=row.division, person=row, result="fail", authority="派出所",
                           on=date(2024, 6, 3))  # fmt: skip
    hands.note_seen(gaps, [person])

    with pytest.raises(FormationUnfit):
        confirming.confirm(gaps, at=NOON, note="缺")
    compute_again(gaps)

    assert person not in reading.plan_of(gaps)
    assert all(gaps.decisions["choices"][slot])
    confirming.confirm(gaps, at=NOON, note="缺")
    assert sum(strengths().values()) == 760


def test_a_changed_condition_asks_for_computing_again(gaps: FormationRun) -> None:
    keep_condition(Unit.objects.get(name="青溪镇应急排"), max_assembly_min=30)

    with pytest.raises(FormationOutdated):
        confirming.confirm(gaps, at=NOON, note="缺")
    compute_again(gaps)

    reasons = {r["code"] for row in gaps.answer["leavers"] for r in row["reasons"]}
    assert "travel" in reasons


def test_a_choice_by_hand_is_kept_and_locked_ones_stay_when_computed_again(
    gaps: FormationRun,
) -> None:
    vacancy = gaps.answer["vacancies"][0]
    other = vacancy["proposals"][-1]["candidate"]
    hands.choose(gaps, {vacancy["slot"]: [other]}, locked=[other])
    assert reading.plan_of(gaps)[other] == vacancy["slot"]

    compute_again(gaps)

    assert reading.plan_of(gaps)[other] == vacancy["slot"]
    assert [line.who.key for line in layout_of(gaps).locks()] == [other]
    confirming.confirm(gaps, at=NOON, note="缺")
    assert sum(strengths().values()) == 760


def test_who_is_wanted_elsewhere_makes_way_and_the_other_post_gets_its_next_proposal(
    gaps: FormationRun,
) -> None:
    shared = next(
        (mine["slot"], p["candidate"], other["slot"])
        for mine in gaps.answer["vacancies"]
        for other in gaps.answer["vacancies"]
        for p in mine["proposals"][mine["missing"] :]
        if p["candidate"] in gaps.decisions["choices"][other["slot"]]
        and mine["missing"] == 1
        and mine["slot"] != other["slot"]
    )
    slot, person, left = shared

    hands.choose(gaps, {slot: [person]})

    assert gaps.decisions["choices"][slot] == [person]
    assert person not in gaps.decisions["choices"][left]
    assert len(set(reading.plan_of(gaps))) == 760


def test_a_village_company_takes_its_own_villagers_and_keeps_members_who_moved_nearby(
    gaps: FormationRun,
) -> None:
    villages = {
        block.name: {option.who.village for post in block.empty for option in post.options}
        for block in layout_of(gaps).blocks()
        if block.name.endswith("民兵连") and block.empty
    }
    assert villages == {name: {name.removesuffix("民兵连")} for name in villages}
    spell = roster_on(FORMATION_DAY).filter(unit__name="大桥村民兵连", post__name="战士").first()
    assert spell is not None and str(spell.person_id) in reading.plan_of(gaps)
    move_person(spell.person, to="990101001002")
    compute_again(gaps)

    assert reading.plan_of(gaps)[str(spell.person_id)] == str(spell.post_id)


def test_a_post_may_stay_empty(gaps: FormationRun) -> None:
    _, slot = first_entering(gaps)
    hands.choose(gaps, {slot: [""] * len(gaps.decisions["choices"][slot])})

    counts = confirming.confirm(gaps, at=NOON, note="缺")

    assert counts["strength"] == 760 - len(gaps.decisions["choices"][slot])


def test_nobody_is_chosen_twice_or_against_the_rules(gaps: FormationRun, place: Place) -> None:
    everyone, rows = place.town, place.rows
    (person, slot), stayer = first_entering(gaps), a_stayer(gaps)
    minor = str(rows[next(p.key for p in everyone.people if p.reason == "未满十八")].pk)
    other_slot = next(s for s in gaps.decisions["choices"] if s != slot)
    size = len(gaps.decisions["choices"][other_slot])

    for wrong in (stayer, minor):
        with pytest.raises(FormationChoiceRefused):
            hands.choose(gaps, {other_slot: [wrong] + [""] * (size - 1)})
    with pytest.raises(FormationChoiceRefused):
        hands.choose(gaps, {slot: [person, person, person]})
    with pytest.raises(FormationChoiceRefused):
        hands.pick(gaps, slot, person=person, turn=9)


def test_a_member_who_should_stay_stays_with_a_reason_and_one_who_left_goes(
    gaps: FormationRun,
) -> None:
    leaver = gaps.answer["leavers"][0]["candidate"]
    stayer = a_stayer(gaps)
    with pytest.raises(FormationChoiceRefused):
        hands.settle(gaps, staying={leaver: " "})
    hands.settle(gaps, staying={leaver: "县里批准延期"}, leaving={stayer: "moved"})
    compute_again(gaps)

    changes = {c.person: c for c in reading.changes_of(gaps, reading.snapshot_of(gaps))}
    assert leaver not in changes and changes[stayer].reason == "moved"
    assert [line.why for line in layout_of(gaps).kept_by_hand()] == [("县里批准延期",)]
    confirming.confirm(gaps, at=NOON, note="缺")
    assert sum(strengths().values()) == 760


def test_the_problem_holds_no_name_and_no_number(gaps: FormationRun, place: Place) -> None:
    everyone = place.town
    stored = str(gaps.problem) + str(gaps.answer)

    assert not any(p.name in stored or p.identity in stored for p in everyone.people)


@pytest.mark.requirement("MIL-08")
def test_without_age_rules_nothing_is_guessed_and_the_page_says_so(place: Place) -> None:
    with acting(replace(actor_of("county_armed_department", COUNTY))):
        for name in ("min", "max", "max_technical"):
            from muster.ground.rulebook.actions import end

            end(f"militia.age.{name}", division=COUNTY, on=date(2024, 1, 1))
    run = acts.begin(way="gaps", on=FORMATION_DAY, division=TOWN, at=NOON)
    acts.propose(run)

    out = Counter(
        c.reason for c in reading.changes_of(run, reading.snapshot_of(run)) if c.kind == "out"
    )
    assert "over_age" not in out and out["away"] == 15
    assert any("年龄规则没有填全" in text for text in layout_of(run).words.notes())


def test_without_a_rule_of_hours_everybody_away_counts_as_away(place: Place) -> None:
    from muster.ground.rulebook.actions import end

    with as_role("county_armed_department", COUNTY):
        end("militia.absence.return_hours", division=COUNTY, on=date(2024, 1, 1))
    run = acts.begin(way="gaps", on=FORMATION_DAY, division=TOWN, at=NOON)
    acts.propose(run)

    out = Counter(
        c.reason for c in reading.changes_of(run, reading.snapshot_of(run)) if c.kind == "out"
    )
    assert out["away"] == 15 + 8


def test_party_membership_weighs_nothing_unless_a_dated_rule_says_so(place: Place) -> None:
    platoon = Unit.objects.get(name="青溪镇应急排")
    keep_condition(platoon, party_min_pct=20)
    run = acts.begin(way="gaps", on=FORMATION_DAY, division=TOWN, at=NOON)
    acts.propose(run)
    silent = reading.snapshot_of(run)
    with as_role("county_armed_department", COUNTY):
        change("militia.formation.party_weight", division=COUNTY, value=15, status="directive",
               source="县委文件", on=date(2024, 1, 1))  # fmt: skip
    said = reading.snapshot_now(run)

    by_unit = {u.id: u.party_min_pct for u in silent.instance.units}
    assert silent.instance.weights.lead_party == 0 and set(by_unit.values()) == {0}
    assert any("党员比例没有起作用" in t for t in layout_of(run).words.notes())
    assert said.instance.weights.lead_party == 15
    assert {u.id: u.party_min_pct for u in said.instance.units}[str(platoon.pk)] == 20
