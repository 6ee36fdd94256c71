"""Strength, movement and attendance: what the views and expressions give."""

from datetime import date

from muster.ground.rows.scope import acting
from muster.overview.indicators import queries
from tests.factories import actor
from tests.overview.indicators.town import (
    DAY,
    TOWN,
    YEAR,
    Town,
    freeze,
    joins,
    leaves,
    moves,
    roll_call,
)


def value(code: str, division: str = TOWN, *, on: date = DAY) -> str | None:
    with acting(actor("county_armed_department", "990101000000")):
        return queries.ask(code, division, YEAR, on=on).value


def test_each_member_is_counted_once_in_the_kind_of_his_unit(town: Town) -> None:
    joins(town.emergency, 3)
    joins(town.camouflage, 2)
    joins(town.city, 1)
    joins(town.first, 4)
    joins(town.second, 5)

    parts = [value(code) for code in ("I-03", "I-04", "I-05", "I-06", "I-06.other", "I-07")]

    assert parts == ["3", "2", "1", "9", None, "15"]


def test_a_kind_of_unit_that_does_not_exist_has_no_figure_rather_than_zero(town: Town) -> None:
    joins(town.first, 4)

    assert value("I-03") == "0"
    assert value("I-03", "990101001001") is None
    assert value("I-06", "990101001001") == "4"


def test_the_frozen_roster_of_the_year_is_counted_where_there_is_one(town: Town) -> None:
    people = joins(town.emergency, 3)
    freeze([(p, town.emergency) for p in people])
    leaves(people[0], on=date(2026, 5, 15))

    with acting(actor("county_armed_department", "990101000000")):
        answer = queries.ask("I-03", TOWN, YEAR, on=DAY)

    assert (answer.value, answer.basis) == ("3", "frozen")
    assert value("I-50.closing") == "2"


def test_opening_and_in_less_out_is_closing_and_moves_inside_change_nothing(town: Town) -> None:
    stay = joins(town.first, 5)
    joins(town.second, 2, on=date(2026, 2, 1))
    leaves(stay[0], on=date(2026, 3, 1))
    moves(stay[1], town.second, on=date(2026, 3, 2))

    assert [value(f"I-50.{p}") for p in ("opening", "in", "out", "moved", "closing")] == [
        "5", "2", "1", "1", "6",
    ]  # fmt: skip
    # Seen from the village that lost him, a move across its border is an out.
    village = [value(f"I-50.{p}", "990101001001") for p in ("opening", "in", "out", "closing")]
    assert village == ["5", "0", "2", "3"]


def test_attendance_counts_closed_roll_calls_only(town: Town) -> None:
    people = joins(town.emergency, 4)
    places = [(p, town.emergency) for p in people]
    roll_call({"present": places[:2], "leave": places[2:3]})
    roll_call({"unmarked": places}, closed=False)

    assert (value("I-51"), value("I-51.expected"), value("I-51.present")) == ("66.7", "3", "2")


def test_attendance_without_a_roll_call_is_no_figure(town: Town) -> None:
    joins(town.emergency, 2)

    assert (value("I-51"), value("I-51.present")) == (None, None)
