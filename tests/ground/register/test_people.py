"""People: registered once, changed by one at a time, withdrawn and taken back, looked at with a reason."""

from datetime import date, timedelta
from typing import Any

import pytest

from muster.core.kernel import Problem
from muster.ground.journal.models import Entry
from muster.ground.register import actions, people, queries
from muster.ground.register.models import Person, Twin
from muster.ground.register.panels import HOLDS
from muster.ground.register.past import past_of
from muster.ground.register.problems import (
    PersonChanged,
    PersonElsewhere,
    PersonExists,
    PersonInUse,
    PersonWithdrawn,
    RestoreTooLate,
    UnknownDivision,
    ValueRefused,
)
from muster.ground.rows.problems import MayNotWriteThere, NotInScope
from muster.ground.rows.scope import acting
from tests.factories import (
    DAY,
    FAR_VILLAGE,
    NEXT_VILLAGE,
    NOON,
    OTHER_TOWN,
    TOWN,
    VILLAGE,
    OrganisationFactory,
    PersonFactory,
    actor,
    everything,
    id_number,
)

pytestmark = pytest.mark.usefixtures("county")
NUMBER, PHONE = id_number(7, born=date(1999, 3, 4)), "13900000007"


def registered(**changes: Any) -> Person:
    values: dict[str, Any] = {
        "id_number": NUMBER,
        "phone": PHONE,
        "skills": ["驾驶", "电工"],
    } | changes
    with acting(actor()):
        return actions.new_person(VILLAGE, values.pop("name", "赵志强"), **values)


def test_a_person_is_registered_with_what_the_number_says_and_nothing_in_clear() -> None:
    one = registered()

    assert (one.birth_date, one.sex) == (date(1999, 3, 4), "M")
    assert NUMBER.encode() not in bytes(one.id_sealed)
    assert PHONE.encode() not in bytes(one.phone_sealed)
    with everything():
        skills = [(s.skill, s.main) for s in one.skills.all()]
        entry = Entry.objects.get(action="person.created")
    assert sorted(skills) == [("电工", False), ("驾驶", True)]
    assert NUMBER not in str(entry.facts)
    assert set(entry.facts["hashes"]) == {"name", "id"}


@pytest.mark.requirement("ORG-02")
def test_a_number_stands_once_whoever_registers_it_wherever() -> None:
    one = registered()

    with pytest.raises(PersonExists) as here:
        registered(name="另一人")
    with acting(actor(division=OTHER_TOWN)), pytest.raises(PersonElsewhere) as there:
        actions.new_person(FAR_VILLAGE, "另一人", id_number=NUMBER)
    with acting(actor()):
        other = actions.new_person(VILLAGE, "钱海燕", id_number=id_number(8))
        with pytest.raises(PersonExists):
            actions.change_person(other, revision=1, id_number=NUMBER)
        assert queries.people_in().count() == 2

    assert one.name in here.value.message
    assert NUMBER not in here.value.message
    assert "赵志强" not in there.value.message


@pytest.mark.requirement("ORG-02")
def test_one_person_holds_several_roles_and_counts_once() -> None:
    one = registered()
    office = OrganisationFactory.create(name="武装部")
    with acting(actor()):
        actions.add_service(one, enlisted_on=date(2017, 9, 1), discharged_on=date(2019, 9, 1))
        actions.appoint(office, post="干事", holder_name=one.name, since=DAY, person=one)

        assert queries.people_in().count() == 1
        assert one.services.count() == 1
        assert one.appointments.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id_number", "000000199902300018"),
        ("phone", "电话不详"),
        ("skills", ["很" * 41]),
        ("skills", [f"专长{n:036d}" for n in range(4)]),
    ],
)  # fmt: skip
def test_values_that_cannot_be_are_refused(field: str, value: Any) -> None:
    with pytest.raises(ValueRefused):
        registered(**{field: value})


def test_a_person_needs_a_known_village_of_ones_own() -> None:
    with acting(actor()):
        with pytest.raises(UnknownDivision):
            actions.new_person("990101001099", "赵志强")
        with pytest.raises((UnknownDivision, MayNotWriteThere)):
            actions.new_person(FAR_VILLAGE, "赵志强")


def test_a_change_shows_in_words_and_numbers_stay_hidden() -> None:
    one = registered(education=2, politics="league")
    with acting(actor()):
        one = actions.change_person(one, revision=1, politics="party", veteran=True,
                                    employer="青溪农机站", id_number=id_number(9), skills=["电工"])  # fmt: skip
        actions.move_person(one, to=NEXT_VILLAGE)
        past = past_of(one)

    told = {what: (old, new) for line in past for what, old, new in line["changes"]}
    assert told["政治面貌"] == ("共青团员", "中共党员")
    assert told["退役军人"] == ("—", "是")
    assert told["所属村（社区）"] == ("柳湾村", "杏坡村")
    assert told["工作单位"] == ("—", "青溪农机站")
    assert told["专业特长"] == ("驾驶、电工", "电工")
    assert [line["hidden"] for line in past if line["hidden"]] == [["身份证号"]]
    assert past[-1]["made"]
    assert id_number(9) not in str(past)


def test_somebody_imported_has_an_empty_past_and_then_tells_the_first_change() -> None:
    one = registered(politics="league")
    with everything():
        Person.history.all().delete()  # an import of many rows writes none
    with acting(actor()):
        one = queries.person(one.pk)
        assert past_of(one) == []
        actions.change_person(one, revision=1, politics="party")
        now, before = past_of(one)

    assert now["changes"] == [("政治面貌", "共青团员", "中共党员")]
    assert before["made"]


def test_the_first_skill_becomes_the_main_one_when_the_order_changes() -> None:
    one = registered()
    with acting(actor()):
        actions.change_person(one, revision=1, skills=["电工", "驾驶"])
        assert {s.skill: s.main for s in one.skills.all()} == {"电工": True, "驾驶": False}


def test_whoever_saves_second_is_told_who_was_first() -> None:
    one = registered()
    with acting(actor()):
        actions.change_person(one, revision=1, employer="甲厂")
        with pytest.raises(PersonChanged) as refusal:
            actions.change_person(one, revision=1, employer="乙厂")
        assert queries.person(one.pk).employer == "甲厂"
    assert "赵志强" in refusal.value.message


def test_whole_numbers_are_shown_with_a_journalled_reason() -> None:
    one = registered()
    with acting(actor()):
        shown = actions.reveal(one, reason="核对身份证复印件")

    entry = Entry.objects.get(action="person.revealed")
    assert shown == {"id_number": NUMBER, "phone": PHONE}
    assert (entry.reason, entry.object, entry.result) == ("核对身份证复印件", str(one.pk), "looked")


def test_masked_values_leave_only_ends_and_the_look_is_journalled() -> None:
    one = registered()
    with acting(actor()):
        masked = queries.masked_pair(one)

    assert NUMBER[6:14] not in masked["id_number"]
    assert masked["phone"] == "139****0007"
    assert Entry.objects.filter(action="person.opened", object=str(one.pk)).count() == 1


# --- search ---


@pytest.mark.parametrize(
    ("words", "why"),
    [("志强", "姓名或拼音"), ("zhaozhiqiang", "姓名或拼音"), ("ZZQ", "姓名或拼音"), ("zhao zhi", "姓名或拼音"),
     (NUMBER[-4:], "身份证号后四位"), ("0007", "电话后四位"), (NUMBER, "身份证号"), (NUMBER.lower(), "身份证号"),
     (PHONE, "电话"), ("１３９００００ ０００７", "电话")],
)  # fmt: skip
def test_people_are_found_by(words: str, why: str) -> None:
    one = registered()
    PersonFactory.create(name="孙春生", id_number=id_number(300), phone="13811112222")
    with acting(actor()):
        assert queries.search(words) == [(one, why)]
        assert list(queries.people_listed(words=words)) == [one]


def test_a_number_that_ends_in_x_is_found_by_its_tail_and_whole() -> None:
    number = next(n for n in map(id_number, range(400)) if n.endswith("X"))
    one = registered(id_number=number, name="周文斌")
    with acting(actor()):
        for words in (number[-4:], number[-4:].lower(), number, number.lower()):
            assert [p for p, _ in queries.search(words)] == [one], words


@pytest.mark.parametrize("words", ["", " ", "|", "9876", "王"])
def test_nothing_is_found_for(words: str) -> None:
    registered()
    with acting(actor()):
        assert queries.search(words) == []


def test_search_stays_within_the_scope_and_tails_are_journalled() -> None:
    registered()
    for words in ("志强", NUMBER[-4:], NUMBER, PHONE):
        with acting(actor(division=OTHER_TOWN)):
            assert queries.search(words) == []
        with acting(actor("finance", TOWN)):
            assert queries.search(words) == []
    assert Entry.objects.filter(action="person.tail_searched").count() == 2
    assert Entry.objects.filter(action="person.number_searched").count() == 4


# --- twins ---


def twin(division: str = VILLAGE, other: str = VILLAGE) -> Twin:
    first, second = (PersonFactory.create(name="吴玉兰", division=d) for d in (division, other))
    with everything():
        actions.note_twin(first.pk, second.pk, division=division)
        actions.note_twin(second.pk, first.pk, division=division)
        return Twin.objects.get()


@pytest.mark.parametrize(("same", "state"), [(True, "same"), (False, "apart")])
def test_a_pair_waits_for_one_decision(same: bool, state: str) -> None:
    pair = twin()
    with acting(actor()):
        assert queries.twins_open().count() == 1
        assert queries.twins_of(pair.first).count() == 1
        decided = actions.decide_twin(queries.twin(pair.pk), same=same, at=NOON)
        assert queries.twins_open().count() == int(same)
        assert queries.people_in().count() == 2
    assert decided.state == state
    assert Entry.objects.get(action="twin.decided").facts == {"state": state}


def test_a_pair_found_to_be_one_person_stays_until_one_is_withdrawn() -> None:
    pair = twin()
    with acting(actor()):
        actions.decide_twin(queries.twin(pair.pk), same=True, at=NOON)
        assert [t.state for t in queries.twins_of(pair.second)] == ["same"]
        actions.withdraw_person(pair.second, why="重复登记", on=NOON.date())
        assert queries.twins_open().count() == 0


def test_a_pair_with_somebody_outside_the_scope_is_not_shown() -> None:
    twin(VILLAGE, NEXT_VILLAGE)
    with acting(actor("village_company_leader", VILLAGE)):
        assert queries.twins_open().count() == 0
    with acting(actor()):
        assert queries.twins_open().count() == 1


# --- scope ---


def test_a_person_is_seen_and_written_in_the_own_subtree_only() -> None:
    one = registered()
    with acting(actor("village_company_leader", NEXT_VILLAGE)), pytest.raises(NotInScope):
        queries.person(one.pk)
    with acting(actor(division=OTHER_TOWN)), pytest.raises(Problem):
        actions.change_person(one, revision=1, employer="x")
    with acting(actor("township_secretary", TOWN)), pytest.raises(MayNotWriteThere):
        actions.change_person(one, revision=1, employer="x")
    with acting(actor()), pytest.raises((UnknownDivision, MayNotWriteThere)):
        actions.move_person(one, to=FAR_VILLAGE)


# --- withdrawing ---


def withdrawn(one: Person, on: date = DAY) -> Person:
    with acting(actor()):
        return actions.withdraw_person(one, why="登记两次", on=on)


def test_somebody_registered_by_mistake_leaves_the_register_and_comes_back() -> None:
    one = withdrawn(registered(state="moved"))
    with acting(actor()):
        assert queries.people_in().count() == 0
        assert queries.search("赵志强") == []
        assert list(queries.withdrawn(since=DAY)) == [one]
        with pytest.raises(PersonWithdrawn):
            actions.change_person(one, revision=one.revision, employer="x")
        with pytest.raises(PersonWithdrawn):
            actions.withdraw_person(one, why="再来", on=DAY)

        back = actions.restore_person(one, on=DAY + timedelta(days=30))
        assert (back.state, back.withdrawn_on, back.withdrawn_why) == ("moved", None, "")
        assert queries.people_in().count() == 1
    assert Entry.objects.get(action="person.withdrawn").reason == "登记两次"
    assert Entry.objects.filter(action="person.restored").count() == 1


def test_the_bin_keeps_thirty_days() -> None:
    one = withdrawn(registered())
    with acting(actor()), pytest.raises(RestoreTooLate):
        actions.restore_person(one, on=DAY + timedelta(days=31))


def test_a_withdrawn_number_may_be_registered_anew_and_then_not_restored() -> None:
    one = withdrawn(registered())
    registered(name="赵志强二")
    with acting(actor()), pytest.raises(PersonExists):
        actions.restore_person(one, on=DAY)


def test_withdrawing_needs_a_reason_and_nothing_that_hangs_on_the_person() -> None:
    one, office = registered(), OrganisationFactory.create()
    with acting(actor()):
        with pytest.raises(ValueRefused):
            actions.withdraw_person(one, why="  ", on=DAY)
        held = actions.appoint(office, post="干事", holder_name=one.name, since=DAY, person=one)
        with pytest.raises(PersonInUse):
            actions.withdraw_person(one, why="误登", on=DAY)
        actions.end_appointment(held, on=DAY)
        body = actions.form_body(office, "专班", kind="x", formed_on=DAY, seats=[("组长", "")])
        holding = actions.fill_seat(body.seats.get(), holder_name=one.name, since=DAY, person=one)
        with pytest.raises(PersonInUse):
            actions.withdraw_person(one, why="误登", on=DAY)
        actions.vacate_seat(holding, on=DAY)
        assert actions.withdraw_person(one, why="误登", on=DAY).state == "withdrawn"


def test_other_apps_may_hold_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    one = registered()
    monkeypatch.setattr("muster.ground.register.actions.people.HOLDS", [lambda _: "在编"])
    with acting(actor()), pytest.raises(PersonInUse) as refusal:
        actions.withdraw_person(one, why="误登", on=DAY)
    assert "在编" in refusal.value.message
    assert HOLDS is not None


def test_an_age_counts_full_years() -> None:
    born = date(2000, 2, 29)
    assert people.age_on(born, date(2026, 2, 28)) == 25
    assert people.age_on(born, date(2026, 3, 1)) == 26
    assert people.age_on(None, DAY) is None
