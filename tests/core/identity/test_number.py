import logging
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from muster.core.identity import IdentityNumber, ValueFault
from tests.core.identity.numbers import number

DAYS = st.dates(date(1900, 1, 1), date(2025, 12, 31))
SEQUENCES = st.integers(0, 999)
GOOD = number()


@given(DAYS, SEQUENCES)
def test_a_right_number_gives_birth_date_sex_and_last_four(born: date, sequence: int) -> None:
    text = number(born, sequence)

    found = IdentityNumber.parse(text)

    assert (found.text, found.birth_date, found.region) == (text, born, "000000")
    assert found.sex == ("M" if sequence % 2 else "F")
    assert found.last4 == text[-4:]


@given(DAYS, SEQUENCES, st.integers(6, 17), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(born: date, sequence: int, at: int, shift: int) -> None:
    text = number(born, sequence)
    digit = 10 if text[at] == "X" else int(text[at])
    wrong = text[:at] + str((digit + shift) % 10) + text[at + 1 :]
    if wrong == text:
        return

    with pytest.raises(ValueFault) as fault:
        IdentityNumber.parse(wrong)

    assert fault.value.code in {"id.checksum", "id.date"}


@given(DAYS, SEQUENCES)
def test_the_check_digit_agrees_with_an_independent_library(born: date, sequence: int) -> None:
    text = number(born, sequence)

    assert ric.calc_check_digit(text) == IdentityNumber.parse(text).text[-1]


@pytest.mark.parametrize(
    "written",
    [
        f" {GOOD} ",
        f"'{GOOD}",
        f"{GOOD[:6]} {GOOD[6:14]} {GOOD[14:]}",
        "".join(chr(ord(digit) + 0xFEE0) for digit in GOOD),
        f"\u200b{GOOD}\u00a0",
        f"{GOOD[:6]}-{GOOD[6:14]}-{GOOD[14:]}",
    ],
)
def test_spellings_of_one_number_are_read(written: str) -> None:
    assert IdentityNumber.parse(written).text == GOOD


@pytest.mark.parametrize("last", ["x", "X", "Ｘ", "×"])
def test_a_small_or_wide_x_is_read(last: str) -> None:
    ending = next(text for text in (number(sequence=n) for n in range(50)) if text[-1] == "X")

    assert IdentityNumber.parse(ending[:-1] + last).text == ending


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("", "id.length"),
        (None, "id.length"),
        (GOOD[:17], "id.length"),
        (GOOD[:6] + GOOD[8:17], "id.length"),
        (f"{GOOD}1", "id.length"),
        (1.1010119900101e17, "id.scientific"),
        (110101199001011008, "id.scientific"),
        ("1.10101E+17", "id.scientific"),
        ("1.10101199001011E+17", "id.scientific"),
        (float("nan"), "id.length"),
        (float("inf"), "id.scientific"),
        (12345.0, "id.length"),
        (True, "id.characters"),
        ("张三", "id.characters"),
        (GOOD[:10] + "O" + GOOD[11:], "id.characters"),
        (f"{GOOD[:6]}19951304{GOOD[14:]}", "id.date"),
        (f"{GOOD[:6]}19950229{GOOD[14:]}", "id.date"),
        (f"{GOOD[:6]}00000000{GOOD[14:]}", "id.date"),
        (GOOD[:-1] + str((int(GOOD[-1]) + 1) % 10), "id.checksum"),
    ],
)
def test_each_fault_has_its_code_and_tells_what_is_allowed(raw: object, code: str) -> None:
    with pytest.raises(ValueFault) as fault:
        IdentityNumber.parse(raw)  # type: ignore[arg-type]

    assert fault.value.code == code
    assert fault.value.message.endswith("。") and fault.value.allowed


def test_a_number_that_excel_shortened_tells_to_set_the_column_to_text() -> None:
    with pytest.raises(ValueFault) as fault:
        IdentityNumber.parse(1.1010119900101e17)

    assert "科学计数法" in fault.value.message and "“文本”" in fault.value.message


def test_a_birth_date_after_today_is_refused_only_when_today_is_given() -> None:
    text = number(date(2030, 1, 1))

    assert IdentityNumber.parse(text).birth_date == date(2030, 1, 1)
    with pytest.raises(ValueFault, match=r"id\.future"):
        IdentityNumber.parse(text, today=date(2026, 1, 1))


def test_the_mask_hides_birth_date_and_region_and_keeps_its_length() -> None:
    found = IdentityNumber.parse(GOOD)

    assert found.masked == f"000***********{GOOD[-4:]}"
    assert len(found.masked) == 18


def test_a_log_line_never_carries_the_whole_number(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("test").warning("%r", IdentityNumber.parse(GOOD))

    assert GOOD not in caplog.text


@given(st.one_of(st.text(), st.floats(), st.integers(), st.booleans(), st.none()))
def test_no_cell_crashes_the_reader_and_no_fault_repeats_the_value(raw: object) -> None:
    message = ""
    try:
        IdentityNumber.parse(raw)  # type: ignore[arg-type]
    except ValueFault as fault:
        message = fault.message
    assert len(str(raw)) < 6 or str(raw) not in message
