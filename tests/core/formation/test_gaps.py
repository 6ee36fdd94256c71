"""沿用上年、只补缺: leavers with reasons, vacancies with proposals, breaches of the kept roster."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.core.formation import Instance, fill_gaps
from muster.core.formation.matching import first_choices
from tests.core.formation.builders import Row, person, problem, problems, slot, unit


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        ({"age": 36}, {"age_over"}),
        ({"age": 17}, {"age_under"}),
        ({"health_ok": False, "out_of_area": True}, {"health", "out_of_area"}),
        ({"education": 0}, {"education"}),
        ({"village": "V2"}, {"travel"}),
        ({"skills": []}, {"skill"}),
        ({"party": False}, {"party"}),
        ({"veteran": False, "age": 40}, {"veteran"}),
        ({"vetting": "pending"}, {"vetting"}),
        ({"vetting": None}, {"vetting"}),
    ],
)
def test_a_member_who_must_leave_is_listed_with_every_reason(facts: Row, codes: set[str]) -> None:
    fine = {
        "skills": ["驾驶"],
        "party": True,
        "veteran": True,
        "vetting": "pass",
        "member_of": "U-1",
    }
    post = slot("U-1", skill="驾驶", skill_required=True, party_required=True,
                veteran_required=True, min_education=1)  # fmt: skip
    body = unit("U", post, vetting_required=True, max_assembly_min=20)
    age_limit = {"age_max_skilled": 35} if "age" in facts and codes == {"age_over"} else {}
    data = problem([person("A", **{**fine, **facts})], [{**body, **age_limit}])

    plan = fill_gaps(Instance.from_json(data))

    assert [leaver.candidate for leaver in plan.leavers] == ["A"]
    assert codes <= {reason.code for reason in plan.leavers[0].reasons}
    assert all(reason.text for reason in plan.leavers[0].reasons)
    assert plan.vacancies[0].missing == 1 and plan.vacancies[0].why


def test_members_stay_and_each_gap_gets_three_proposals_best_first() -> None:
    people = [person("A", member_of="U-1")] + [
        person(f"B{at}", skills=["驾驶"] if at == 3 else []) for at in range(5)
    ]
    data = problem(people, [unit("U", slot("U-1"), slot("U-2", skill="驾驶"))])

    plan = fill_gaps(Instance.from_json(data))

    assert plan.kept == (("A", "U-1"),)
    assert [(row.slot, row.missing, len(row.proposals)) for row in plan.vacancies] == [
        ("U-2", 1, 3)
    ]
    first = plan.vacancies[0].proposals[0]
    assert first.candidate == "B3" and "skill" in {reason.code for reason in first.reasons}
    values = [one.value for one in plan.vacancies[0].proposals]
    assert values == sorted(values, reverse=True)


def test_nobody_is_first_choice_twice_where_it_can_be_avoided() -> None:
    people = [person("A", skills=["驾驶", "医护"]), person("B"), person("C", skills=["医护"])]
    rows = [slot("U-1", skill="驾驶", skill_required=True), slot("U-2", skill="医护"), slot("U-3")]
    data = problem(people, [unit("U", *rows)])

    plan = fill_gaps(Instance.from_json(data))

    firsts = [row.proposals[0].candidate for row in plan.vacancies]
    assert sorted(firsts) == ["A", "B", "C"] and firsts[0] == "A"


def test_a_short_share_is_a_warning_and_menders_are_proposed_first() -> None:
    people = [person(f"A{at}", member_of="U-1") for at in range(4)]
    people += [person("B", skills=["驾驶"]), person("V", veteran=True, village="V2")]
    data = problem(people, [unit("U", slot("U-1", count=5), veteran_min_pct=30)])

    plan = fill_gaps(Instance.from_json(data))

    breach = plan.warnings[0]
    assert (breach.code, breach.replacements, breach.facts["unit"]) == ("veteran_min_pct", 2, "U")
    assert plan.vacancies[0].proposals[0].candidate == "V"
    assert "additions" not in breach.facts


def test_a_short_share_that_the_vacancies_can_mend_says_how_many_to_add() -> None:
    people = [person("A", member_of="U-1"), person("V", veteran=True)]
    data = problem(people, [unit("U", slot("U-1", count=2), veteran_min_pct=50)])

    breach = fill_gaps(Instance.from_json(data)).warnings[0]

    assert (breach.replacements, breach.facts["additions"]) == (1, 1)
    assert "在空缺中补 1 名退役军人" in breach.text


def test_too_many_members_for_a_post_leave_from_the_weakest() -> None:
    people = [person("A", member_of="U-1"), person("B", member_of="U-1", village="V2")]
    data = problem(people, [unit("U", slot("U-1"), slot("U-2"))])

    plan = fill_gaps(Instance.from_json(data))

    assert [leaver.candidate for leaver in plan.leavers] == ["B"]
    assert plan.leavers[0].reasons[0].code == "over_count"
    assert plan.leavers[0].movable_to == ("U-2",)


def test_limits_that_the_kept_roster_breaks_are_warned_of() -> None:
    people = [person(f"A{at}", member_of="U-1", village="V2", employer="E") for at in range(3)]
    data = problem(people, [unit("U", slot("U-1", count=3), employer_max=1)])

    codes = {
        breach.code: breach.replacements for breach in fill_gaps(Instance.from_json(data)).warnings
    }

    assert codes == {"employer_max": 2, "village_cap": 1}


@settings(max_examples=50, deadline=None)
@given(problems())
def test_every_member_stays_or_leaves_and_no_kept_person_is_proposed(data: Row) -> None:
    plan = fill_gaps(Instance.from_json(data))

    members = {row["id"] for row in data["candidates"] if row["member_of"]}
    kept = {who for who, _ in plan.kept}
    assert kept | {row.candidate for row in plan.leavers} == members
    assert not kept & {row.candidate for row in plan.leavers}
    proposed = [one.candidate for row in plan.vacancies for one in row.proposals]
    assert not kept & set(proposed)
    posts = sum(row["count"] for each in data["units"] for row in each["slots"])
    assert len(kept) + sum(row.missing for row in plan.vacancies) == posts


@given(
    st.dictionaries(st.integers(0, 5), st.lists(st.sampled_from("abcde"), unique=True), max_size=6)
)
def test_first_choices_are_distinct_and_as_many_as_possible(wishes: dict[int, list[str]]) -> None:
    chosen = first_choices(wishes)

    assert len(set(chosen.values())) == len(chosen)
    assert all(person in wishes[post] for post, person in chosen.items())
    assert len(chosen) == most_matched(wishes, list(wishes))


def most_matched(wishes: dict[int, list[str]], posts: list[int]) -> int:
    """The size of a largest matching, by trying everything."""
    if not posts:
        return 0
    without = most_matched(wishes, posts[1:])
    taken = [
        1
        + most_matched(
            {post: [w for w in wish if w != one] for post, wish in wishes.items()}, posts[1:]
        )
        for one in wishes[posts[0]]
    ]
    return max([without, *taken])
