"""Locks and bans: kept in the answer, refused with the reason, part of the proof."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.formation_instances import make
from muster.core.formation import Instance, check, solve
from muster.core.formation.problems import FormationInfeasible, LockRefused, LockUnknown
from tests.core.formation.builders import Row, person, problem, problems, slot, unit


def test_a_ban_takes_someone_out_and_a_lock_puts_someone_in() -> None:
    data = problem([person("A"), person("B", village="V2")], [unit("U", slot("U-1"))])
    instance = Instance.from_json(data)

    free = solve(instance)
    banned = solve(instance, banned=[("A", "U-1")])
    locked = solve(instance, locks=[("B", "U-1")])

    assert [row.candidate for row in free.assignments] == ["A"]
    assert [row.candidate for row in banned.assignments] == ["B"]
    assert locked.assignments == banned.assignments
    assert all(check(data, result.to_json()).sound for result in (free, banned, locked))


@settings(max_examples=40, deadline=None)
@given(problems(), st.data())
def test_locks_and_bans_hold_or_are_refused_and_the_bound_stays_proved(
    data: Row, draw: st.DataObject
) -> None:
    pairs = [
        (who["id"], post["id"])
        for who in data["candidates"]
        for each in data["units"]
        for post in each["slots"]
    ]
    locks = draw.draw(st.lists(st.sampled_from(pairs), max_size=2))
    banned = draw.draw(st.lists(st.sampled_from(pairs), max_size=2))

    with suppress(LockRefused, FormationInfeasible):
        result = solve(Instance.from_json(data), locks=locks, banned=banned)
        assert check(data, result.to_json()).broken == ()


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"health_ok": False}, "健康"),
        ({"out_of_area": True}, "外出"),
        ({"age": 40}, "超过 35 岁"),
        ({"age": 17}, "不满 18 岁"),
        ({"village": "V2"}, "超过 20 分钟"),
    ],
)
def test_a_lock_on_someone_ineligible_is_refused_with_the_reason(facts: Row, said: str) -> None:
    data = problem([person("A", **facts)], [unit("U", slot("U-1"), max_assembly_min=20)])

    with pytest.raises(LockRefused) as refusal:
        solve(Instance.from_json(data), locks=[("A", "U-1")])

    assert said in refusal.value.message


@pytest.mark.parametrize(
    ("locks", "banned", "said"),
    [
        ([("A", "U-1"), ("B", "U-1")], [], "名额已满"),
        ([("A", "U-1"), ("A", "U-2")], [], "已锁定"),
        ([("A", "U-1"), ("B", "U-2")], [], "同一工作单位"),
        ([("A", "U-1")], [("A", "U-1")], "又被排除"),
        ([("C", "U-2"), ("D", "U-3")], [], "达到上限"),
    ],
)
def test_locks_that_break_a_rule_together_are_refused(
    locks: list[tuple[str, str]], banned: list[tuple[str, str]], said: str
) -> None:
    people = [
        person("A", employer="E"), person("B", employer="E"),
        person("C", village="V2"), person("D", village="V2"),
    ]  # fmt: skip
    rows = [slot("U-1"), slot("U-2"), slot("U-3")]
    data = problem(people, [unit("U", *rows, employer_max=1)])
    data["villages"][1]["cap"] = 1

    with pytest.raises(LockRefused) as refusal:
        solve(Instance.from_json(data), locks=locks, banned=banned)

    assert said in refusal.value.message


def test_a_lock_that_no_share_rule_can_bear_names_the_lock_to_lift() -> None:
    data = problem(
        [person("A"), person("B")], [unit("U", slot("U-1", count=2), veteran_min_pct=50)]
    )

    with pytest.raises(FormationInfeasible) as refusal:
        solve(Instance.from_json(data), locks=[("A", "U-1")])

    assert "锁定" in refusal.value.message and "退役军人" in refusal.value.message


@pytest.mark.parametrize("pair", [("X", "U-1"), ("A", "X-1")])
def test_an_unknown_name_is_refused(pair: tuple[str, str]) -> None:
    instance = Instance.from_json(problem([person("A")], [unit("U", slot("U-1"))]))

    with pytest.raises(LockUnknown):
        solve(instance, locks=[pair])
    with pytest.raises(LockUnknown):
        solve(instance, banned=[pair])


def test_locking_the_free_answer_changes_nothing() -> None:
    data = make("S", seed=1)
    instance = Instance.from_json(data)
    free = solve(instance)

    again = solve(instance, locks=[(row.candidate, row.slot) for row in free.assignments[:20]])

    assert again.objective == free.objective
    assert check(data, again.to_json()).sound
