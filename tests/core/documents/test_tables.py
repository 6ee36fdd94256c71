"""Lines of tables add up or are refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.core.documents import TableUnbalanced, muster_row, strength_row, transfer_row
from tests.core.documents.samples import figure

COUNT = st.integers(0, 2000)


def count(value, key="k"):
    return figure("I-50", value, key=key)


@given(COUNT, COUNT, COUNT, COUNT)
def test_a_transfer_line_stands_only_if_opening_plus_in_less_out_is_closing(o, j, left, c):
    line = {
        "opening": count(o),
        "joined": count(j),
        "left": count(left),
        "closing": count(c),
    }
    if o + j - left == c:
        assert transfer_row("柳河连", **line)["closing"].value == c
    else:
        with pytest.raises(TableUnbalanced) as refusal:
            transfer_row("柳河连", **line)
        assert "柳河连" in refusal.value.message


@pytest.mark.parametrize(
    ("planned", "actual", "vacant", "stands"),
    [(30, 28, 2, True), (30, 30, 0, True), (30, 33, 0, True), (30, 28, 0, False)],
)
def test_vacant_is_planned_less_actual_and_never_negative(planned, actual, vacant, stands):
    line = {
        "planned": count(planned),
        "actual": count(actual),
        "vacant": count(vacant),
        "contributed": None,
    }
    if stands:
        assert strength_row("应急排", **line)["contributed"] is None
    else:
        with pytest.raises(TableUnbalanced):
            strength_row("应急排", **line)


def test_present_and_absent_are_all_who_were_expected():
    line = {"day": None, "expected": count(30), "present": count(29), "rate": None}
    assert muster_row("应急排", absent=count(1), **line)["unit"] == "应急排"
    with pytest.raises(TableUnbalanced):
        muster_row("应急排", absent=count(2), **line)


def test_a_line_with_something_unknown_is_not_judged():
    row = transfer_row("柳河连", opening=count(1), joined=None, left=None, closing=count(9))
    assert row["joined"] is None


def test_a_share_in_a_column_of_counts_is_a_bug():
    with pytest.raises(ValueError, match="no count"):
        transfer_row("x", opening=count(1.5), joined=count(1), left=count(1), closing=count(1))
