"""Joining, leaving, moving, reversing: refusals, the roster of any day, sums that add up."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from muster.core.kernel import Period
from muster.domains.militia.actions import Entry, enter, enter_many, leave, move, reverse
from muster.domains.militia.models import Membership, Transfer, Unit
from muster.domains.militia.policies import ORGANISE
from muster.domains.militia.problems import (
    AgeOutside,
    AlreadyInUnit,
    DateImplausible,
    HeldElsewhere,
    NotInUnit,
    NotTheLatest,
    ReasonNeeded,
    TransferOutOfOrder,
    TransfersCollide,
    UnitClosed,
)
from muster.domains.militia.queries import conditions, figures, members
from muster.ground.accounts.problems import ActNotYours
from muster.ground.journal.models import Entry as JournalEntry
from muster.ground.register.models import Person
from muster.ground.rows.actor import Actor
from muster.ground.rows.problems import MayNotWriteThere, NotInScope
from muster.ground.rows.scope import acting
from muster.ground.rulebook.actions import adopt_catalogue, change
from tests.domains.militia.building import (
    COUNTY,
    NOON,
    OTHER_TOWN,
    TOWN,
    VILLAGE,
    actor_of,
    as_role,
    person,
    post,
    unit,
)

DAY = date(2024, 5, 21)


def names_on(day: date, of: Unit | None = None) -> set[str]:
    return {m.person.name for m in members.roster_on(day, of)}


def test_a_member_stands_on_the_roster_from_the_first_day_to_the_day_before_leaving(
    desk: Actor,
) -> None:
    company, one = unit("柳树村民兵连"), person("张立")
    enter(one, company, None, on=DAY, reason="eligible", at=NOON)
    leave(one, on=date(2024, 6, 1), reason="enlisted", at=NOON)

    days = [date(2024, 5, 20), DAY, date(2024, 5, 31), date(2024, 6, 1)]

    assert [len(names_on(day)) for day in days] == [0, 1, 1, 0]


def test_one_person_has_one_place(desk: Actor) -> None:
    first, second, one = unit("一连"), unit("二连"), person("张立")
    enter(one, first, None, on=DAY, reason="eligible", at=NOON)

    with pytest.raises(AlreadyInUnit) as refusal:
        enter(one, second, None, on=DAY, reason="eligible", at=NOON)

    assert refusal.value.facts["unit"] == "一连"


def test_refusals_of_dates_and_units(desk: Actor) -> None:
    company = unit("一连", valid_from=date(2022, 1, 1), valid_to=date(2024, 1, 1))
    later, one = unit("二连"), person("张立", born=date(2000, 1, 1))

    with pytest.raises(UnitClosed):
        enter(one, company, None, on=DAY, reason="eligible", at=NOON)
    with pytest.raises(DateImplausible):
        enter(one, later, None, on=date(2030, 1, 1), reason="eligible", at=NOON)
    with pytest.raises(NotInUnit):
        leave(one, on=DAY, reason="moved", at=NOON)
    enter(one, later, None, on=DAY, reason="eligible", at=NOON)
    with pytest.raises(TransferOutOfOrder):
        leave(one, on=DAY, reason="moved", at=NOON)
    with pytest.raises(TransferOutOfOrder):
        move(one, unit("三连"), None, on=DAY - timedelta(days=1), at=NOON)
    with pytest.raises(DateImplausible):
        enter(person(born=date(2012, 1, 1)), later, None, on=DAY, reason="eligible", at=NOON)


def test_who_left_may_not_enter_again_before_that_day(desk: Actor) -> None:
    company, one = unit("一连"), person()
    enter(one, company, None, on=date(2024, 1, 1), reason="eligible", at=NOON)
    leave(one, on=DAY, reason="away", at=NOON)

    with pytest.raises(TransferOutOfOrder):
        enter(one, company, None, on=date(2024, 3, 1), reason="eligible", at=NOON)
    enter(one, company, None, on=DAY, reason="eligible", at=NOON)

    assert len(names_on(DAY)) == 1


def test_only_the_latest_transfer_is_reversed_and_the_place_before_is_open_again(
    desk: Actor,
) -> None:
    first, second, one = unit("一连"), unit("二连"), person("张立")
    entered = enter(one, first, None, on=date(2024, 1, 1), reason="eligible", at=NOON)
    moved = move(one, second, None, on=DAY, at=NOON)

    with pytest.raises(NotTheLatest):
        reverse(entered, at=NOON)
    back = reverse(moved, at=NOON)

    assert (back.reverses, back.reason) == (moved, "reversed")
    assert names_on(DAY, first) == {"张立"} and not names_on(DAY, second)
    reverse(entered, at=NOON)
    assert not names_on(DAY)
    with pytest.raises(NotTheLatest):
        reverse(entered, at=NOON)


def test_a_reversed_pair_counts_as_nothing_in_the_sums(desk: Actor) -> None:
    company, one = unit("一连"), person()
    reverse(enter(one, company, None, on=DAY, reason="eligible", at=NOON), at=NOON)

    flows = figures.in_and_out(Period.year(2024))

    assert flows.total.as_row() == (0, 0, 0, 0, 0, 0)


@pytest.mark.requirement("MIL-10")
def test_opening_and_in_and_out_give_closing_for_each_unit(desk: Actor) -> None:
    first, second = unit("一连"), unit("二连")
    people = [person() for _ in range(5)]
    for one in people[:3]:
        enter(one, first, None, on=date(2023, 6, 15), reason="opening", at=NOON)
    enter(people[3], first, None, on=DAY, reason="eligible", at=NOON, approver="镇武装部")
    enter(people[4], second, None, on=DAY, reason="discharged", at=NOON)
    leave(people[0], on=date(2024, 4, 1), reason="over_age", at=NOON)
    move(people[1], second, None, on=date(2024, 6, 1), at=NOON)

    flows = figures.in_and_out(Period.year(2024))

    # opening, in, moved in, out, moved out, closing
    assert {f.unit.name: f.as_row() for f in flows.lines} == {
        "一连": (3, 1, 0, 1, 1, 2),
        "二连": (0, 1, 1, 0, 0, 2),
    }
    assert flows.total.as_row() == (3, 2, 1, 1, 1, 4)
    assert all(f.adds_up for f in [*flows.lines, flows.total])
    assert {(m.person_id, m.unit_id) for m in members.roster_on(date(2024, 7, 1))} == (
        members.rebuilt_roster(date(2024, 7, 1))
    )


def test_a_change_of_post_is_no_transfer_between_units(desk: Actor) -> None:
    company = unit("一连")
    soldier, leader = post(company), post(company, "连长", places=1, role="leader")
    one = person("张立")
    enter(one, company, soldier, on=date(2024, 1, 1), reason="eligible", at=NOON)
    move(one, company, leader, on=DAY, at=NOON)

    flow = figures.in_and_out(Period(date(2024, 5, 1), date(2024, 5, 31))).total

    assert flow.as_row() == (1, 0, 0, 0, 0, 1)
    assert members.spell_on(one.pk, DAY).post == leader  # type: ignore[union-attr]


def test_moving_on_the_day_of_entering_enters_the_second_unit(desk: Actor) -> None:
    first, second, one = unit("一连"), unit("二连"), person()
    enter(one, first, None, on=DAY, reason="eligible", at=NOON)
    move(one, second, None, on=DAY, at=NOON)

    flows = figures.in_and_out(Period.year(2024))

    assert flows.total.as_row() == (0, 1, 0, 0, 0, 1)
    assert names_on(DAY, second) and not names_on(DAY, first)


@pytest.mark.requirement("MIL-08")
def test_the_age_rule_of_the_day_decides_and_without_one_nothing_is_guessed(desk: Actor) -> None:
    company, old, young = (
        unit("一连"),
        person(born=date(1977, 5, 20)),
        person(born=date(1990, 1, 1)),
    )

    codes = [c.code for c in conditions.cautions(old, company, None, on=DAY)]
    assert codes == ["age.not_configured"]
    for key, value in (("militia.age.min", 18), ("militia.age.max", 45)):
        change(key, division=COUNTY, value=value, status="directive", source="县人武部通知",
               on=date(2024, 1, 1))  # fmt: skip
    with pytest.raises(AgeOutside) as refusal:
        enter(old, company, None, on=DAY, reason="eligible", at=NOON)
    enter(young, company, None, on=DAY, reason="eligible", at=NOON)

    assert refusal.value.facts["age"] == 47 and "县人武部通知" in refusal.value.message
    assert conditions.cautions(young, company, None, on=DAY) == []
    enter(old, company, None, on=date(2023, 6, 1), reason="eligible", at=NOON)


def test_wider_ages_for_cadres_and_for_the_skill_a_post_asks_for(desk: Actor) -> None:
    company = unit("一连")
    rules = {"min": 18, "max": 45, "max_technical": 50, "max_cadre": 48}
    for name, value in rules.items():
        change(f"militia.age.{name}", division=COUNTY, value=value, status="directive",
               source="通知", on=date(2024, 1, 1))  # fmt: skip
    soldier = post(company)
    driver = post(company, "驾驶员", skill="驾驶")
    leader = post(company, "连长", role="leader")
    at_49 = person(born=date(1975, 1, 1), skills=["驾驶"])
    at_47 = person(born=date(1977, 1, 1))

    for one, place in ((at_49, soldier), (at_49, leader), (at_47, driver)):
        with pytest.raises(AgeOutside):
            enter(one, company, place, on=DAY, reason="eligible", at=NOON)
    enter(at_49, company, driver, on=DAY, reason="eligible", at=NOON)
    enter(at_47, company, leader, on=DAY, reason="eligible", at=NOON)


def test_an_emergency_unit_asks_why_for_who_is_not_of_the_primary_militia(desk: Actor) -> None:
    adopt_catalogue(COUNTY, date(2024, 1, 1))
    platoon = unit("应急排", primary=True, force="emergency", level="platoon")
    camouflage = unit("伪装遮障连", primary=True, force="professional")
    fresh, primary = person(), person()
    enter(primary, camouflage, None, on=date(2024, 1, 1), reason="opening", at=NOON)

    with pytest.raises(ReasonNeeded) as refusal:
        enter(fresh, platoon, None, on=DAY, reason="eligible", at=NOON)
    entered = enter(fresh, platoon, None, on=DAY, reason="eligible", at=NOON, note="驾驶员紧缺")
    move(primary, platoon, None, on=DAY, at=NOON)

    assert "民兵整组工作方案 二.1" in refusal.value.message
    assert entered.note == "驾驶员紧缺"


def test_a_full_post_warns_and_does_not_refuse(desk: Actor) -> None:
    company = unit("一连")
    leader = post(company, "连长", places=1)
    enter(person(), company, leader, on=DAY, reason="opening", at=NOON)
    second = person()

    codes = [c.code for c in conditions.cautions(second, company, leader, on=DAY, new=False)]
    enter(second, company, leader, on=DAY, reason="opening", at=NOON)

    assert codes == ["post.full"]


def test_seven_hundred_enter_at_once(desk: Actor) -> None:
    company = unit("一连")
    people = [Person(division=VILLAGE, name=f"甲{n}") for n in range(700)]
    for one in people:
        one.settle()
    Person.objects.bulk_create(people)
    entries = [Entry(p.pk, p.division, company, None, DAY, "opening") for p in people]

    assert enter_many(entries, at=NOON, source="story") == 700
    with pytest.raises(TransfersCollide):
        enter_many(entries[:1], at=NOON, source="story")

    assert members.roster_on(DAY).count() == 700
    assert len(members.rebuilt_roster(DAY)) == 700
    assert JournalEntry.objects.filter(action="militia.entered_many").count() == 1


def test_a_batch_with_one_collision_enters_nobody(desk: Actor) -> None:
    company, one = unit("一连"), person()
    entry = Entry(one.pk, one.division, company, None, DAY)

    with pytest.raises(TransfersCollide):
        enter_many([entry, entry], at=NOON, source="import")

    assert not Membership.objects.exists() and not Transfer.objects.exists()


def test_a_township_writes_its_own_units_only(desk: Actor) -> None:
    town, other, one = unit("一连"), unit("外镇连", division=OTHER_TOWN), person()

    with as_role("armed_officer"):
        enter(one, town, None, on=DAY, reason="eligible", at=NOON)
        with pytest.raises(MayNotWriteThere):
            move(one, other, None, on=date(2024, 6, 1), at=NOON)
    with as_role("armed_officer", OTHER_TOWN), pytest.raises(NotInScope):
        leave(one, on=date(2024, 6, 1), reason="moved", at=NOON)
    with as_role("township_secretary"), pytest.raises(ActNotYours):
        leave(one, on=date(2024, 6, 1), reason="moved", at=NOON)


def test_a_place_outside_the_scope_gets_one_constant_answer(desk: Actor) -> None:
    town, village, one = unit("一连"), unit("柳树村民兵连", division=VILLAGE), person()
    enter(one, town, None, on=DAY, reason="eligible", at=NOON)

    leader = actor_of("village_company_leader", VILLAGE)
    with acting(leader), pytest.raises(ActNotYours):
        leave(one, on=date(2024, 6, 1), reason="moved", at=NOON)
    with acting(replace(leader, acts=frozenset({ORGANISE}))):
        with pytest.raises(HeldElsewhere):
            enter(one, village, None, on=date(2024, 6, 1), reason="eligible", at=NOON)
        with pytest.raises(HeldElsewhere):
            leave(one, on=date(2024, 6, 1), reason="moved", at=NOON)
        with pytest.raises(TransfersCollide):
            enter_many([Entry(one.pk, VILLAGE, village, None, DAY)], at=NOON, source="import")


def test_the_journal_names_the_act_and_no_person(desk: Actor) -> None:
    company, one = unit("一连", division=TOWN), person("张立")
    enter(one, company, None, on=DAY, reason="eligible", at=NOON)

    entry = JournalEntry.objects.order_by("-sequence").first()

    assert entry is not None and entry.action == "militia.entered"
    assert "张立" not in str(entry.facts)


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["enter", "leave", "move", "reverse"]),
        st.integers(0, 1),
        st.integers(0, 2),
        st.integers(0, 6),
    ),
    max_size=14,
)


class Model:
    """Membership as a list of acts that stand; the roster of a day is replayed from them."""

    def __init__(self) -> None:
        self.acts: dict[int, list[tuple[str, int | None, date, Transfer]]] = {0: [], 1: []}

    def place(self, who: int, day: date) -> int | None:
        where = None
        for _, unit_index, on, _ in self.acts[who]:
            if on <= day:
                where = unit_index
        return where

    def may(self, act: str, who: int, where: int, on: date) -> bool:
        log = self.acts[who]
        if act == "reverse":
            return bool(log)
        inside = bool(log) and log[-1][1] is not None
        since = log[-1][2] if log else date.min
        if act == "enter":
            return not inside and on >= since
        return inside and (on >= since if act == "move" else on > since)


@settings(max_examples=25, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])  # fmt: skip
@given(steps=ACTS)
def test_any_sequence_of_acts_gives_the_roster_and_the_sums_of_the_model(
    desk: Actor, steps: list[tuple[str, int, int, int]]
) -> None:
    units = [unit(f"连{Unit.objects.count()}", valid_from=date(2020, 1, 1)) for _ in range(3)]
    people, model, start = [person(), person()], Model(), date(2024, 1, 1)
    for act, who, where, shift in steps:
        log, on = model.acts[who], start + timedelta(days=shift)
        if not model.may(act, who, where, on):
            continue
        if act == "reverse":
            reverse(log.pop()[3], at=NOON)
        elif act == "leave":
            log.append((act, None, on, leave(people[who], on=on, reason="other", at=NOON)))
        else:
            make = enter if act == "enter" else move
            made = make(people[who], units[where], None, on=on, at=NOON, reason="other")
            log.append((act, where, on, made))

    for day in (start + timedelta(days=n) for n in range(8)):
        keys = [p.pk for p in people]
        stored = {(m.person_id, m.unit_id) for m in members.roster_on(day).filter(person__in=keys)}
        expected = {
            (people[who].pk, units[where].pk)
            for who in (0, 1)
            if (where := model.place(who, day)) is not None
        }
        assert stored == expected
        assert {pair for pair in members.rebuilt_roster(day) if pair[0] in keys} == expected
    for last in range(7):
        flows = figures.in_and_out(
            Period(start + timedelta(days=1), start + timedelta(days=last + 1))
        )
        assert all(f.adds_up for f in flows.lines)
    Membership.objects.filter(person__in=people).delete()
    for one in people:
        for row in Transfer.objects.filter(person=one).order_by("-number"):
            row.delete()
