"""Different people: what is said to be certain is certain, whoever the counted heads were."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.core.activities import (
    Line,
    Reach,
    Seen,
    Verdict,
    marks,
    person_hours,
    reach,
    totals,
    verdict,
)

NUMBERS = st.integers(min_value=0, max_value=14)
EVENTS = st.lists(
    st.tuples(st.sets(NUMBERS), st.sets(NUMBERS), st.sampled_from("ab"), st.booleans()), max_size=8
)


def told(events: list[tuple[set[int], set[int], str, bool]]) -> list[Seen]:
    """Return what records say of events whose truth is known: who was named, who only counted."""
    met: dict[str, set[int]] = {"a": set(), "b": set()}
    found = []
    for present, named, by, says in events:
        counted = present - named
        fresh = len(counted - met[by])
        met[by] |= present
        people = frozenset(str(n) for n in present & named)
        found.append(Seen(people, len(counted), fresh if says else None, by))
    return found


@pytest.mark.requirement("EDU-01")
@given(EVENTS)
def test_the_true_number_of_people_lies_between_the_bounds(
    events: list[tuple[set[int], set[int], str, bool]],
) -> None:
    truth = len(set().union(*(present for present, *_ in events)))

    found = reach(told(events))

    assert found.at_least <= truth <= found.at_most


@given(EVENTS, st.integers(min_value=1, max_value=30), st.sampled_from([0, 50, 80, 100]))
def test_a_verdict_is_never_wrong_about_the_truth(
    events: list[tuple[set[int], set[int], str, bool]], more: int, percent: int
) -> None:
    truth = len(set().union(*(present for present, *_ in events)))
    size = truth + more - 1

    answer = verdict(reach(told(events)), size=size, percent=percent)

    assert answer != Verdict.REACHED or truth * 100 >= percent * size
    assert answer != Verdict.MISSED or truth * 100 < percent * size


@given(st.lists(st.frozensets(st.sampled_from("abcdef")), max_size=6))
def test_people_recorded_by_name_are_counted_once_however_often_they_came(
    days: list[frozenset[str]],
) -> None:
    found = reach(Seen(day) for day in days)

    whole = len(frozenset().union(*days))
    assert (found.named, found.at_least, found.at_most, found.heads) == (whole, whole, whole, 0)


def test_heads_of_two_events_are_not_added_up_as_people() -> None:
    assert reach([Seen(counted=30), Seen(counted=40)]) == Reach(0, 70, 40, 70, 2)


@pytest.mark.parametrize(
    ("seen", "size", "percent", "answer"),
    [
        (Seen(counted=80), 100, 80, Verdict.REACHED),
        (Seen(counted=79), 100, 80, Verdict.MISSED),
        (Seen(counted=79), None, 80, Verdict.UNKNOWN),
        (Seen(counted=79), 100, None, Verdict.UNKNOWN),
        (Seen(counted=0), 0, 80, Verdict.UNKNOWN),
    ],
)
def test_the_standard_is_met_at_its_edge(
    seen: Seen, size: int | None, percent: float | None, answer: Verdict
) -> None:
    assert verdict(reach([seen]), size=size, percent=percent) == answer


def test_counts_that_leave_both_answers_open_are_said_to_be_unclear() -> None:
    found = reach([Seen(counted=50), Seen(counted=50)])

    assert verdict(found, size=100, percent=80) == Verdict.UNCLEAR


def test_stated_first_timers_of_one_organiser_are_different_people() -> None:
    found = reach(
        [Seen(counted=30, first_time=30, by="x"), Seen(counted=40, first_time=35, by="x")]
    )

    assert found.at_least == 65


def test_hours_are_multiplied_exactly_and_unknown_hours_stay_unknown() -> None:
    assert person_hours(Decimal("1.5"), people=31) == Decimal("46.5")
    assert person_hours(None, people=31) is None


def test_months_are_marked_from_the_unit_s_beginning_to_the_present_day() -> None:
    days = [date(2026, 3, 1), date(2026, 3, 31), date(2025, 4, 1)]

    found = marks(days, year=2026, until=date(2026, 5, 2), since=date(2026, 2, 10))

    assert [m.count for m in found] == [0, 0, 2, *[0] * 9]
    assert [m.number for m in found if m.empty] == [2, 4, 5]


def test_quantities_are_added_within_a_channel_only() -> None:
    rows = [Line("banner", "school", 3), Line("banner", "", 4), Line("message", "school", 50)]

    found = {t.channel: (t.quantity, t.columns, t.records) for t in totals(rows)}

    assert found == {
        "banner": (7, {"school": 3, "": 4}, 2),
        "message": (50, {"school": 50}, 1),
    }
