import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.core.identity import (
    EDUCATION,
    POLITICS,
    ValueFault,
    parse_education,
    parse_int,
    parse_politics,
    parse_sex,
    parse_yes_no,
)


@pytest.mark.parametrize(
    ("raw", "sex"),
    [
        ("男", "M"),
        ("男性", "M"),
        ("m", "M"),
        (1.0, "M"),
        ("1", "M"),
        ("女", "F"),
        (" 女 ", "F"),
        ("２", "F"),
    ],
)
def test_sex_is_read_as_offices_code_it(raw: str | float, sex: str) -> None:
    assert parse_sex(raw) == sex


@pytest.mark.parametrize("raw", ["", "0", "男女", "未知", None])
def test_other_sexes_are_faults(raw: str | None) -> None:
    with pytest.raises(ValueFault, match=r"sex\.unknown"):
        parse_sex(raw)


@pytest.mark.parametrize("raw", ["是", "√", "有", "1", 1.0, "Y", "y", True, "✓"])
def test_yes_is_read(raw: str | float | bool) -> None:
    assert parse_yes_no(raw) is True


@pytest.mark.parametrize("raw", ["否", "×", "无", "0", 0.0, "N", False, "没有"])
def test_no_is_read(raw: str | float | bool) -> None:
    assert parse_yes_no(raw) is False


def test_a_blank_says_what_the_column_says() -> None:
    assert parse_yes_no("") is None
    assert parse_yes_no(" ", blank=False) is False
    with pytest.raises(ValueFault, match=r"yes_no\.unknown"):
        parse_yes_no("可能")


@pytest.mark.parametrize(
    ("raw", "level"),
    [("小学", 0), ("初中", 1), ("高中", 2), ("中专", 2), ("职高", 2), ("技校", 2), ("大专", 3), ("专科", 3),
     ("本科", 4), ("大学本科", 4), ("硕士研究生", 4), ("高中学历", 2), ("20", 4)],
)  # fmt: skip
def test_schooling_has_five_levels(raw: str, level: int) -> None:
    assert parse_education(raw) == level


def test_no_schooling_word_has_two_levels() -> None:
    words = [word for level in EDUCATION.values() for word in level]

    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("raw", "label"),
    [
        ("党员", "中共党员"),
        ("预备党员", "中共预备党员"),
        ("团员", "共青团员"),
        ("群众", "群众"),
        ("13", "群众"),
        (1.0, "中共党员"),
    ],
)
def test_politics_is_one_label(raw: str | float, label: str) -> None:
    assert parse_politics(raw) == label
    assert label in POLITICS


@pytest.mark.parametrize("raw", ["积极分子", "", "党群"])
def test_unclear_politics_is_a_fault_with_the_list(raw: str) -> None:
    with pytest.raises(ValueFault) as fault:
        parse_politics(raw)

    assert "群众" in fault.value.allowed


@given(st.integers(-(10**12), 10**12))
def test_whole_numbers_survive_their_spellings(value: int) -> None:
    wide = "".join(chr(ord(char) + 0xFEE0) for char in str(value))

    assert {parse_int(raw) for raw in (value, float(value), str(value), f" {value:,} ", wide)} == {
        value
    }


@pytest.mark.parametrize(
    ("raw", "code", "offer"),
    [
        ("15套", "int.unit", "15"),
        ("1,500 辆", "int.unit", "1500"),
        ("1.5", "int.fraction", ""),
        (1.5, "int.fraction", ""),
        ("十五", "int.characters", ""),
        ("", "int.blank", ""),
        (True, "int.characters", ""),
    ],
)
def test_what_is_not_a_whole_number_is_a_fault(raw: str | float, code: str, offer: str) -> None:
    with pytest.raises(ValueFault) as fault:
        parse_int(raw)

    assert (fault.value.code, fault.value.suggestion) == (code, offer)


def test_a_number_out_of_range_says_the_range() -> None:
    with pytest.raises(ValueFault) as fault:
        parse_int("300", low=140, high=220)

    assert (fault.value.code, fault.value.allowed) == ("int.range", "140 到 220")
