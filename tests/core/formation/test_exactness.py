"""The solver against brute force, against a plain integer program, and against the checker."""

import json
import pickle
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from bench.formation_instances import make
from bench.formation_peers import highs_mip
from bench.formation_plain import plain_arcs
from muster.core.formation import Instance, Result, check, solve
from muster.core.formation.problems import FormationCancelled, FormationInfeasible
from tests.core.formation.builders import (
    Row,
    answer,
    every_plan,
    person,
    problem,
    problems,
    slot,
    unit,
)

CLAIMS = ("总分", "上界")


def best_by_force(data: Row) -> int | None:
    """The best objective over all plans without a broken rule, None when there is none."""
    best = None
    for assignments in every_plan(data):
        found = check(data, answer(data, assignments))
        broken = [text for text in found.broken if not text.startswith(CLAIMS)]
        if not broken and (best is None or found.objective > best):
            best = found.objective
    return best


@settings(max_examples=60, deadline=None)
@given(problems())
def test_tiny_problems_are_solved_as_well_as_by_trying_everything(data: Row) -> None:
    best = best_by_force(data)

    if best is None:
        with pytest.raises(FormationInfeasible) as refusal:
            solve(Instance.from_json(data))
        assert refusal.value.facts["rules"]
        return
    result = solve(Instance.from_json(data))

    found = check(data, result.to_json())
    assert found.broken == ()
    assert (result.objective, result.optimal) == (best, True)
    assert result.bound >= best - 1e-6


@pytest.mark.parametrize("seed", [1, 6, 10])
def test_small_problems_equal_the_plain_integer_program(seed: int) -> None:
    data = make("S", seed=seed)

    result = solve(Instance.from_json(data))

    peer = highs_mip(plain_arcs(data), time_limit=60)
    assert peer is not None
    assert check(data, answer(data, peer)).objective <= result.objective
    assert check(data, result.to_json()).broken == ()
    assert result.optimal


def test_a_middle_sized_problem_is_near_its_proved_bound_and_breaks_no_rule() -> None:
    data = make("M", seed=1)

    result = solve(Instance.from_json(data), time_limit=300)

    found = check(data, result.to_json())
    assert found.broken == ()
    assert result.quality_gap_pct <= 0.6
    assert found.bound == pytest.approx(result.bound, rel=1e-6)


def test_the_same_problem_gives_the_same_answer() -> None:
    instance = Instance.from_json(make("S", seed=4))

    first, second = (solve(instance).to_json() for _ in range(2))

    assert {**first, "seconds": 0} == {**second, "seconds": 0}


def test_the_golden_problem_gives_the_golden_answer() -> None:
    golden = json.loads((Path(__file__).parent / "golden.json").read_text(encoding="utf-8"))

    result = solve(Instance.from_json(golden["problem"])).to_json()

    assert {key: result[key] for key in golden["result"]} == golden["result"]


def test_rule_shares_are_met_even_where_the_linear_program_could_cheat() -> None:
    people = [person(f"C{at}") for at in range(5)] + [person("V", veteran=True)]
    data = problem(people, [unit("U", slot("U-1", count=6), veteran_min_pct=30)])

    result = solve(Instance.from_json(data))

    # one veteran carries three posts at 30 %: the other three stay empty
    assert len(result.assignments) == 3
    assert [(row.slot, row.missing) for row in result.unfilled] == [("U-1", 3)]
    assert "比例" in result.unfilled[0].why


def test_an_empty_problem_has_an_empty_plan() -> None:
    result = solve(Instance.from_json(problem([], [])))

    assert (result.assignments, result.objective, result.bound) == ((), 0, 0)


def test_keeping_more_than_can_stay_names_the_smallest_relaxation() -> None:
    people = [person("A", member_of="U-1"), person("B", member_of="U-1")]
    data = problem(people, [unit("U", slot("U-1"), keep_min_pct=100)])

    with pytest.raises(FormationInfeasible) as refusal:
        solve(Instance.from_json(data))

    assert refusal.value.facts["rules"] == [
        {"rule": "keep_min_pct", "unit": "U", "missing": 1, "percent": 50}
    ]
    assert "降到 50%" in refusal.value.message


def test_a_cancelled_run_ends_with_a_refusal() -> None:
    with pytest.raises(FormationCancelled):
        solve(Instance.from_json(make("S", seed=1)), cancelled=lambda: True)


def test_cancelling_in_the_middle_of_the_solver_is_heard() -> None:
    asked: list[int] = []

    def after_some_questions() -> bool:
        asked.append(1)
        return len(asked) > 4

    with pytest.raises(FormationCancelled):
        solve(Instance.from_json(make("S", seed=1)), cancelled=after_some_questions)


def test_progress_rises_and_is_told_in_words() -> None:
    told: list[tuple[float, str]] = []

    solve(
        Instance.from_json(make("S", seed=1)), progress=lambda done, text: told.append((done, text))
    )

    shares = [done for done, _ in told]
    assert shares == sorted(shares) and shares[0] > 0 and shares[-1] < 1
    assert all(text for _, text in told)


def test_a_time_limit_that_is_over_at_once_still_gives_a_plan_without_broken_rules() -> None:
    data = make("S", seed=1)

    result = solve(Instance.from_json(data), time_limit=0.001)

    assert check(data, result.to_json()).broken == ()


def test_problem_and_result_travel_to_another_process_and_to_a_file() -> None:
    instance = Instance.from_json(make("XS", seed=1))
    result = solve(instance)

    assert pickle.loads(pickle.dumps((instance, result))) == (instance, result)
    assert Result.from_json(json.loads(json.dumps(result.to_json()))) == result


def changed(result: dict[str, Any], **facts: Any) -> dict[str, Any]:
    return {**result, **facts}


def test_the_checker_finds_every_kind_of_lie() -> None:
    data = make("XS", seed=1)
    true = solve(Instance.from_json(data)).to_json()
    lies = [
        changed(true, objective=true["objective"] + 1),
        changed(true, bound=true["bound"] - 5),
        changed(true, bound=true["bound"] + 5),
        changed(true, assignments=true["assignments"] + true["assignments"][:1]),
        changed(true, instance="另一个"),
        changed(true, prices=[*true["prices"], {"rule": "cap", "village": "V0001", "price": -1}]),
    ]

    assert check(data, true).sound
    assert [check(data, lie).sound for lie in lies] == [False] * len(lies)


@pytest.mark.parametrize(
    ("people", "facts", "said"),
    [
        ([person("A"), person("B")], {"veteran_min_pct": 50}, "退役军人"),
        ([person("A"), person("B")], {"party_min_pct": 50}, "党员"),
        ([person("A", employer="E"), person("B", employer="E")], {"employer_max": 1}, "工作单位"),
        ([person("A"), person("B", age=36)], {}, "不符合岗位"),
        ([person("A"), person("B", village="V2")], {"max_assembly_min": 20}, "不符合岗位"),
        ([person("A"), person("B")], {"vetting_required": True}, "不符合岗位"),
        ([person("A"), person("B"), person("C", member_of="U-1")], {"keep_min_pct": 50}, "留用"),
    ],
)
def test_the_checker_names_each_broken_rule(people: list[Row], facts: Row, said: str) -> None:
    data = problem(people, [unit("U", slot("U-1", count=2), **facts)])
    assignments = [{"candidate": name, "slot": "U-1"} for name in ("A", "B")]

    broken = check(data, answer(data, assignments)).broken

    assert any(said in text for text in broken)
