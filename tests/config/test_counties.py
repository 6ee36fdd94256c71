"""The county's code, as it is typed at the console."""

import pytest

from muster.config.counties import NotACounty, county_code


@pytest.mark.parametrize("given", ["990202", " 990202 ", "990202000000"])
def test_six_or_twelve_digits_name_a_county(given):
    assert county_code(given) == "990202000000"


@pytest.mark.parametrize(
    "given", ["", "99020", "990202001000", "990200", "云岭县", "99020200000", "９９０２０２"]
)
def test_anything_else_is_refused_in_words(given):
    with pytest.raises(NotACounty, match="6 位"):
        county_code(given)
