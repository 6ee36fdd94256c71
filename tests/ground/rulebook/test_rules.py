"""Rules are dated, cited and nearest first; what nobody configured answers so."""

from datetime import date

import pytest

from muster.ground.journal.models import Entry
from muster.ground.rows.actor import Actor
from muster.ground.rows.problems import MayNotWriteThere
from muster.ground.rulebook.actions import adopt_catalogue, change, end
from muster.ground.rulebook.entries import entries, read
from muster.ground.rulebook.models import Rule
from muster.ground.rulebook.problems import (
    RuleFixed,
    RuleNotInForce,
    RuleOutOfOrder,
    RuleSourceMissing,
    RuleUnknown,
    RuleValueRefused,
)
from muster.ground.rulebook.queries import entry, lines, rows_of, value_of
from tests.domains.militia.building import COUNTY, OTHER_TOWN, TOWN, VILLAGE, as_role
from tests.domains.militia.conftest import desk  # noqa: F401  (a fixture)

SPRING, SUMMER = date(2024, 3, 1), date(2024, 7, 1)
KEY = "outofarea.contact_interval"
AGE = "militia.age.max"


def set_age(value: int, *, place: str = COUNTY, on: date = SPRING) -> Rule:
    return change(AGE, division=place, value=value, status="directive", source="县通知", on=on)


def test_what_nobody_configured_is_not_guessed(desk: Actor) -> None:  # noqa: F811
    adopt_catalogue(COUNTY, SPRING)

    assert value_of(AGE, division=TOWN, on=SUMMER) is None
    assert {line.entry.key: line.current for line in lines(division=TOWN, on=SUMMER)}[AGE] is None


def test_the_catalogue_is_adopted_once_and_leaves_what_the_county_set(desk: Actor) -> None:  # noqa: F811
    change(KEY, division=COUNTY, value=1, status="practice", source="县里做法", on=SPRING)

    first, again = adopt_catalogue(COUNTY, SPRING), adopt_catalogue(COUNTY, SUMMER)

    found = value_of(KEY, division=VILLAGE, on=SUMMER)
    assert first == sum(1 for e in entries().values() if e.status) - 1 and again == 0
    assert found is not None and (found.value, found.words) == (1, "1 个月")


def test_a_value_counts_from_its_day_to_the_day_before_the_next(desk: Actor) -> None:  # noqa: F811
    set_age(45)
    set_age(40, on=SUMMER)

    days = [date(2024, 2, 29), SPRING, date(2024, 6, 30), SUMMER]
    found = [value_of(AGE, division=COUNTY, on=day) for day in days]

    assert [f and f.value for f in found] == [None, 45, 45, 40]
    assert [r.value for r in rows_of(AGE, division=COUNTY)] == [40, 45]


def test_the_nearest_place_wins_and_other_townships_do_not_notice(desk: Actor) -> None:  # noqa: F811
    set_age(45)
    set_age(40, place=TOWN, on=SUMMER)

    where = {place: value_of(AGE, division=place, on=SUMMER) for place in (VILLAGE, OTHER_TOWN)}
    assert {p: v and v.value for p, v in where.items()} == {VILLAGE: 40, OTHER_TOWN: 45}

    end(AGE, division=TOWN, on=date(2024, 8, 1))
    later = value_of(AGE, division=VILLAGE, on=date(2024, 8, 1))
    assert later is not None and later.value == 45
    with pytest.raises(RuleNotInForce):
        end(AGE, division=TOWN, on=date(2024, 9, 1))


def test_a_second_change_for_the_same_day_corrects_the_first(desk: Actor) -> None:  # noqa: F811
    set_age(44)
    row = set_age(45)

    assert [r.value for r in rows_of(AGE, division=COUNTY)] == [45]
    assert [h.value for h in row.history.all()] == [45, 44]


REFUSED = [
    (AGE, "45", "directive", "通知", RuleValueRefused),
    (AGE, True, "directive", "通知", RuleValueRefused),
    ("militia.rollcall.attendance", 101, "target", "通知", RuleValueRefused),
    ("militia.emergency.requires_primary", 1, "directive", "通知", RuleValueRefused),
    ("office.posts", [], "directive", "通知", RuleValueRefused),
    (AGE, 45, "directive", "  ", RuleSourceMissing),
    ("militia.vetting.values", ["优秀"], "practice", "通知", RuleFixed),
    ("militia.loves_music", 1, "practice", "通知", RuleUnknown),
]


@pytest.mark.parametrize(("key", "value", "status", "source", "refusal"), REFUSED)
def test_values_that_do_not_fit_are_refused(
    desk: Actor, key: str, value: object, status: str, source: str, refusal: type[Exception]  # noqa: F811
) -> None:  # fmt: skip
    with pytest.raises(refusal):
        change(key, division=COUNTY, value=value, status=status, source=source, on=SPRING)

    assert not Rule.objects.exists()


def test_a_change_before_the_present_value_began_is_refused(desk: Actor) -> None:  # noqa: F811
    set_age(45, on=SUMMER)

    with pytest.raises(RuleOutOfOrder):
        set_age(40, on=SPRING)


def test_only_posts_that_write_settings_change_rules(desk: Actor) -> None:  # noqa: F811
    with as_role("armed_officer"), pytest.raises(MayNotWriteThere):
        set_age(45, place=TOWN)
    with as_role("county_armed_department", COUNTY):
        set_age(45)
    with as_role("armed_officer"):
        found = value_of(AGE, division=TOWN, on=SUMMER)

    assert found is not None and found.value == 45


def test_the_values_of_a_vetting_result_are_a_principle(desk: Actor) -> None:  # noqa: F811
    assert entry("militia.vetting.values").value == ["合格", "不合格", "待审"]
    assert entry("militia.vetting.values").fixed


def test_changes_stand_in_the_journal(desk: Actor) -> None:  # noqa: F811
    set_age(45)
    set_age(40, on=SUMMER)

    last = Entry.objects.filter(action="rule.changed").order_by("-sequence").first()

    assert last is not None and (last.facts["from"], last.facts["to"]) == (45, 40)


BROKEN = [
    {"kind": "number", "value": 3},
    {"kind": "number", "value": 3, "status": "law"},
    {"kind": "number", "status": "law", "source": "x"},
    {"kind": "colour"},
    {"kind": "percent", "value": 120, "status": "law", "source": "x"},
]


@pytest.mark.parametrize("raw", BROKEN)
def test_a_broken_catalogue_entry_is_named(raw: dict[str, object]) -> None:
    labels = {"zh": "某规则", "en": "a rule"}
    data = {"format": "muster-rules/1", "group": labels, "rules": {"a.b": {"label": labels} | raw}}

    with pytest.raises(ValueError, match=r"a\.b"):
        read(data, name="broken.yaml")


def test_every_rule_of_the_catalogue_is_named_in_both_languages() -> None:
    for found in entries().values():
        assert found.labels["zh"] and found.labels["en"] and found.group["zh"] and found.group["en"]
