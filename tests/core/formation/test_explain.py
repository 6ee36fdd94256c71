"""Reasons, why not, and what relaxing a rule would bring; share rows as a convex hull."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.formation_instances import make
from muster.core.formation import Instance, reasons, relaxations, solve, why_not
from muster.core.formation.shares import hull_rows
from tests.core.formation.builders import Row, person, problem, slot, unit


def codes(found: list) -> set[str]:  # type: ignore[type-arg]
    assert all(one.text for one in found)
    return {one.code for one in found}


def test_reasons_say_what_speaks_for_the_person() -> None:
    people = [person("A", skills=["驾驶"], veteran=True, member_of="U-1"), person("B")]
    instance = Instance.from_json(problem(people, [unit("U", slot("U-1", skill="驾驶"))]))
    result = solve(instance)

    assert codes(reasons(instance, result, "A")) == {"same_slot", "skill", "near", "served"}
    assert "unassigned" in codes(reasons(instance, result, "B"))


def test_a_reason_changes_when_the_fact_changes() -> None:
    def said(**facts: object) -> set[str]:
        instance = Instance.from_json(
            problem([person("A", **facts)], [unit("U", slot("U-1", skill="驾驶"))])
        )
        return codes(reasons(instance, solve(instance), "A"))

    assert said(skills=["驾驶"]) - said() == {"skill"}
    assert said(veteran=True) - said() == {"served"}
    assert "unassigned" in said(age=50) and "nowhere" in said(age=50)


@pytest.mark.parametrize(
    ("people", "facts", "expected"),
    [
        ([person("A", skills=["驾驶"]), person("B", age=50)], {}, {"age_over"}),
        ([person("A", skills=["驾驶"]), person("B")], {}, {"slot_full"}),
        ([person("A", skills=["驾驶"], employer="E"), person("B", employer="E")],
         {"employer_max": 1}, {"slot_full", "employer_max"}),
    ],
)  # fmt: skip
def test_why_not_names_the_obstacle(people: list[Row], facts: Row, expected: set[str]) -> None:
    instance = Instance.from_json(problem(people, [unit("U", slot("U-1", skill="驾驶"), **facts)]))
    result = solve(instance)

    assert codes(why_not(instance, result, "B", "U-1")) == expected
    assert why_not(instance, result, "A", "U-1") == []


def test_why_not_knows_bans_and_posts_elsewhere() -> None:
    rows = [slot("U-1", skill="驾驶"), slot("U-2")]
    instance = Instance.from_json(problem([person("A", skills=["驾驶"])], [unit("U", *rows)]))

    placed = solve(instance)
    banned = solve(instance, banned=[("A", "U-1")])

    assert codes(why_not(instance, placed, "A", "U-2")) == {"elsewhere"}
    assert codes(why_not(instance, banned, "A", "U-1")) == {"banned"}


def test_unknown_names_are_bugs() -> None:
    instance = Instance.from_json(problem([person("A")], [unit("U", slot("U-1"))]))
    result = solve(instance)

    with pytest.raises(ValueError, match="no candidate"):
        reasons(instance, result, "X")
    with pytest.raises(ValueError, match="no slot"):
        why_not(instance, result, "A", "X")


def test_a_binding_cap_says_how_many_more_could_serve() -> None:
    people = [person(f"A{at}", village="V2") for at in range(4)]
    instance = Instance.from_json(problem(people, [unit("U", slot("U-1", count=4))]))
    result = solve(instance)

    found = relaxations(instance, result)

    assert [row.missing for row in result.unfilled] == [2]
    assert (found[0].rule, found[0].people) == ("cap", 1)
    assert found[0].text == "放宽村 V2 的上限 1 人，可多编约 1 人"


@pytest.mark.parametrize(
    ("facts", "post", "rule", "said"),
    [
        ({"age": 37}, {}, "age_max", "年龄上限放宽到 37 岁"),
        ({"village": "V2"}, {}, "max_assembly_min", "集结时间放宽到 30 分钟"),
        ({}, {"skill": "驾驶", "skill_required": True}, "skill", "不再硬性要求“驾驶”"),
        ({}, {"veteran_required": True}, "veteran", "不再要求退役军人"),
    ],
)
def test_an_empty_post_names_the_smallest_change_that_lets_someone_in(
    facts: Row, post: Row, rule: str, said: str
) -> None:
    data = problem([person("A", **facts)], [unit("U", slot("U-1", **post), max_assembly_min=20)])
    instance = Instance.from_json(data)

    found = relaxations(instance, solve(instance))

    assert found[0].rule == rule and said in found[0].text


def test_prices_of_a_larger_problem_become_sentences_without_a_broken_template() -> None:
    instance = Instance.from_json(make("S", seed=5))

    found = relaxations(instance, solve(instance))

    assert found and all("{" not in one.text and one.points >= 0 for one in found)


@given(st.integers(0, 100), st.integers(0, 40))
def test_hull_rows_allow_exactly_the_whole_numbers_that_the_share_allows(
    percent: int, most: int
) -> None:
    rows = hull_rows(percent, most=most)

    for n in range(most + 1):
        least = min(v for v in range(n + 1) if 100 * v >= percent * n)
        for v in range(n + 1):
            allowed = all(gain * v - cost * n >= floor for gain, cost, floor in rows)
            assert allowed == (v >= least)
