from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.core.identity import PersonFacts, similar
from tests.core.identity.numbers import number

ZHANG = PersonFacts(
    "张建国", birth_date=date(1995, 3, 4), phone="13800000000", sex="M", village="青溪村"
)
FACTS = st.builds(
    PersonFacts,
    name=st.sampled_from(["张建国", "章建国", "张建军", "李四"]),
    identity=st.sampled_from(["", number(sequence=1), number(sequence=3)]),
    birth_date=st.sampled_from([None, date(1995, 3, 4), date(1995, 4, 3)]),
    phone=st.sampled_from(["", "13800000000", "13900000000"]),
    sex=st.sampled_from(["", "M", "F"]),
    village=st.sampled_from(["", "青溪村"]),
)


def test_equal_numbers_are_one_person_whatever_else_differs() -> None:
    a = PersonFacts("张建国", identity=number())
    b = PersonFacts("章建国", identity=number(), phone="13900000000")

    assert similar(a, b).verdict == "same"


def test_two_different_numbers_are_never_one_person() -> None:
    a = replace(ZHANG, identity=number(sequence=1))
    b = replace(ZHANG, identity=number(sequence=3))

    found = similar(a, b)

    assert found.vetoed and found.strength == 0


def test_same_name_and_birthday_alone_is_only_possible() -> None:
    a, b = replace(ZHANG, phone=""), replace(ZHANG, phone="")

    assert similar(a, b).verdict == "possible"


def test_name_birthday_and_phone_together_are_likely_and_say_why() -> None:
    found = similar(ZHANG, replace(ZHANG, village=""))

    assert found.verdict == "likely"
    assert {reason.text for reason in found.reasons} >= {"姓名相同", "出生日期相同", "电话相同"}


@pytest.mark.parametrize(
    ("name", "code"),
    [("章建国", "homophone"), ("张健国", "homophone"), ("张建军", "near_name"), ("李四", "name")],
)
def test_names_are_compared_by_sound_and_by_character(name: str, code: str) -> None:
    assert code in {reason.code for reason in similar(ZHANG, replace(ZHANG, name=name)).reasons}


@pytest.mark.parametrize("day", [date(1995, 4, 3), date(1995, 3, 5), date(1996, 3, 4)])
def test_a_tired_typists_birthday_is_near(day: date) -> None:
    found = similar(ZHANG, replace(ZHANG, birth_date=day))

    assert "near_birth" in {reason.code for reason in found.reasons}


@given(FACTS, FACTS)
def test_similarity_is_symmetric_and_only_equal_numbers_are_certain(
    a: PersonFacts, b: PersonFacts
) -> None:
    found, back = similar(a, b), similar(b, a)

    assert (found.verdict, found.strength) == (back.verdict, back.strength)
    assert (found.verdict == "same") == (bool(a.identity) and a.identity == b.identity)
    assert (found.strength == 100) == (found.verdict == "same")
    assert found.reasons
