"""What a meeting lacks, and what a year had: rules without a database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.core.calendar import from_entries
from muster.engines.meetings import kinds, rules
from muster.engines.meetings.rules import Facts
from muster.ground.rows import catalogue

WHOLE = Facts(chair="甲", chair_post="镇长", present=3, sides=frozenset({"local", "military"}),
              agenda=("通报上次议定事项落实情况",), minutes=True)  # fmt: skip


@pytest.mark.parametrize(
    ("code", "changes", "missing"),
    [
        ("party_armed_forces", {}, ()),
        ("party_armed_forces", {"chair": ""}, ("chair_named",)),
        ("party_armed_forces", {"minutes": False, "present": 0}, ("attendance", "minutes")),
        ("civil_military_joint", {}, ()),
        ("civil_military_joint", {"sides": frozenset({"local"})}, ("sides",)),
        ("civil_military_joint", {"agenda": ()}, ("agenda",)),
        ("mutual_support_office", {}, ("chair",)),
        ("mutual_support_office", {"chair_post": "双拥办主任"}, ()),
        ("mutual_support_office", {"chairs": ("乙",), "chair_post": "双拥办主任"}, ("chair",)),
        ("mutual_support_office", {"chairs": ("甲", "乙")}, ()),
        ("mutual_support_office", {"chair": ""}, ("chair_named",)),
    ],
)
def test_what_keeps_minutes_from_being_confirmed(
    code: str, changes: dict[str, object], missing: tuple[str, ...]
) -> None:
    facts = Facts(**{n: getattr(WHOLE, n) for n in Facts.__slots__} | changes)  # type: ignore[arg-type]

    assert rules.lacks(kinds.kind(code), facts) == missing


def test_marks_are_only_what_is_there() -> None:
    joint = kinds.kind("civil_military_joint")

    assert rules.marks(joint, WHOLE, confirmed=True) == {"minutes", "sides"}
    assert rules.marks(joint, Facts(chair="甲"), confirmed=False) == frozenset()


def duties() -> list[object]:
    return list(from_entries((n, catalogue.load(n)) for n in catalogue.names("duties")).values())


@pytest.mark.parametrize(
    ("code", "windows", "wanted"),
    [
        ("mutual_support_office", 12, 1),
        ("party_armed_forces", 4, 1),
        ("mobilisation_committee", 2, 1),
        ("mutual_support_group", 1, 2),
        ("conscription_hearing", 0, 0),
        ("support_forum", 0, 0),
        ("publicity_education", 0, 0),
    ],
)
def test_the_windows_of_a_year_come_from_the_duties(code: str, windows: int, wanted: int) -> None:
    found = rules.year_of(duties(), code, 2026)  # type: ignore[arg-type]

    assert (len(found), sum(n for _, n in found)) == (windows, windows * wanted)


def test_a_quarter_without_its_meeting_is_missing_once_it_is_over() -> None:
    windows = rules.year_of(duties(), "party_armed_forces", 2026)  # type: ignore[arg-type]
    row = rules.cells(
        windows, [date(2026, 1, 5), date(2026, 2, 5), date(2026, 6, 30)], date(2026, 8, 1)
    )

    assert [(c.label, c.state, c.have) for c in row] == [
        ("第一季度", "held", 2), ("第二季度", "held", 1), ("第三季度", "open", 0), ("第四季度", "coming", 0),
    ]  # fmt: skip
    assert rules.cells(windows, [], date(2027, 1, 1))[0].state == "missing"


@given(
    st.lists(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=20),
    st.sampled_from(["mutual_support_office", "party_armed_forces", "mutual_support_group", "support_forum"]),
    st.dates(date(2025, 12, 1), date(2027, 2, 1)),
)  # fmt: skip
def test_every_meeting_of_a_year_stands_in_exactly_one_cell(
    days: list[date], code: str, today: date
) -> None:
    row = rules.cells(rules.year_of(duties(), code, 2026), days, today)  # type: ignore[arg-type]

    assert sum(c.months for c in row) == 12
    assert sum(c.have for c in row) == len(days)
    assert all(c.state != "missing" or date(2026, c.first, 1) + timedelta(27) < today for c in row)
