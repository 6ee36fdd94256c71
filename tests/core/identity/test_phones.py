import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.core.identity import ValueFault, mask_phone, parse_phone

MOBILES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


@given(MOBILES)
def test_every_spelling_of_a_mobile_number_gives_its_digits(mobile: str) -> None:
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in mobile)
    spellings = [mobile, f"+86{mobile}", f"86{mobile}", f"+86 {mobile[:3]}-{mobile[3:7]}-{mobile[7:]}",
                 f" {mobile[:3]} {mobile[3:7]} {mobile[7:]}", wide, float(mobile), int(mobile)]  # fmt: skip

    assert {parse_phone(written) for written in spellings} == {mobile}


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ("0999-2345678", "0999-2345678"),
        ("（0999）2345678", "0999-2345678"),
        ("09992345678", "0999-2345678"),
        ("010 8888 8888", "010-88888888"),
        ("0999-2345678-12", "0999-2345678-12"),
        ("0999-2345678转12", "0999-2345678-12"),
        ("400-800-1234", "400-800-1234"),
        ("61234", "61234"),
        (61234.0, "61234"),
    ],
)
def test_landlines_services_and_short_numbers_are_read(raw: str | float, found: str) -> None:
    assert parse_phone(raw) == found


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("", "phone.blank"),
        ("无", "phone.characters"),
        ("12800000000", "phone.prefix"),
        ("1380000000", "phone.length"),
        ("138000000000", "phone.length"),
        ("2345678", "phone.area_code"),
        ("13800000000、13900000000", "phone.several"),
        ("13800000000/0999-2345678", "phone.several"),
        ("1.38E+10", "phone.characters"),
        (1e20, "phone.length"),
    ],
)
def test_each_fault_has_its_code(raw: str | float, code: str) -> None:
    with pytest.raises(ValueFault) as fault:
        parse_phone(raw)

    assert fault.value.code == code


def test_of_several_numbers_the_first_is_offered() -> None:
    with pytest.raises(ValueFault) as fault:
        parse_phone("13800000000、13900000000")

    assert fault.value.suggestion == "13800000000"


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13800001234", "138****1234"),
        ("0999-2345678", "********5678"),
        ("61234", "*****"),
        ("", ""),
    ],
)
def test_masks_keep_at_most_the_ends(phone: str, masked: str) -> None:
    assert mask_phone(phone) == masked


@given(st.one_of(st.text(), st.text("0123456789+-()转、 "), st.floats(), st.integers()))
def test_no_cell_crashes_the_reader_and_reading_again_changes_nothing(raw: object) -> None:
    try:
        found = parse_phone(raw)  # type: ignore[arg-type]
    except ValueFault:
        return
    assert parse_phone(found) == found
