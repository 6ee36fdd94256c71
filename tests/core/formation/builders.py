"""Small formation problems for tests, as formation/1 objects."""

from itertools import product
from typing import Any

from hypothesis import strategies as st

Row = dict[str, Any]
WEIGHTS = {"fill": 1000, "skill": 300, "time": 100, "same_unit": 50, "same_slot": 30,
           "lead_veteran": 20, "lead_party": 0, "lead_education": 5}  # fmt: skip


def person(name: str, **facts: Any) -> Row:
    return {
        "id": name, "age": 25, "sex": "M", "education": 2, "skills": [], "veteran": False,
        "party": False, "health_ok": True, "out_of_area": False, "village": "V1",
        "employer": None, "member_of": None, **facts,
    }  # fmt: skip


def slot(name: str, **facts: Any) -> Row:
    return {
        "id": name, "role": "member", "skill": None, "skill_required": False, "count": 1,
        "min_education": 0, "party_required": False, "veteran_required": False, **facts,
    }  # fmt: skip


def unit(name: str, *slots: Row, **facts: Any) -> Row:
    return {
        "id": name, "kind": "应急", "assembly_point": "P1", "max_assembly_min": 40, "age_min": 18,
        "age_max": 35, "age_max_skilled": 45, "veteran_min_pct": 0, "party_min_pct": 0,
        "skill_min_pct": 0, "employer_max": None, "keep_min_pct": 0, "slots": list(slots), **facts,
    }  # fmt: skip


def problem(people: list[Row], units: list[Row], **facts: Any) -> Row:
    return {
        "format": "formation/1", "name": "试算",
        "villages": [
            {"id": "V1", "township": "T1", "lat": None, "lon": None, "cap": None},
            {"id": "V2", "township": "T1", "lat": None, "lon": None, "cap": 2},
        ],
        "assembly_points": [{"id": "P1", "lat": 30.0, "lon": 110.0}],
        "travel_min": [[10], [30]], "skills": ["驾驶", "医护"], "weights": dict(WEIGHTS),
        "candidates": people, "units": units, **facts,
    }  # fmt: skip


@st.composite
def problems(draw: st.DrawFn) -> Row:
    """Tiny random problems in which every rule can bind."""
    counts = draw(
        st.lists(st.lists(st.integers(0, 2), min_size=1, max_size=2), min_size=1, max_size=2)
    )
    share = st.sampled_from([0, 0, 30, 50, 70])
    units = [
        unit(
            f"U{at}",
            *[
                slot(
                    f"U{at}-{place}", count=count, role=draw(st.sampled_from(["leader", "member"])),
                    skill=draw(st.sampled_from([None, "驾驶"])),
                    min_education=draw(st.integers(0, 2)),
                    veteran_required=draw(st.integers(0, 5)) == 0,
                )
                for place, count in enumerate(row)
            ],
            veteran_min_pct=draw(share), party_min_pct=draw(share), skill_min_pct=draw(share),
            employer_max=draw(st.sampled_from([None, 1, 2])), keep_min_pct=draw(share),
            vetting_required=draw(st.integers(0, 4)) == 0,
        )
        for at, row in enumerate(counts)
    ]  # fmt: skip
    posts = [row["id"] for each in units for row in each["slots"]]
    people = [
        person(
            f"C{at}", age=draw(st.integers(17, 47)), education=draw(st.integers(0, 4)),
            skills=draw(st.sampled_from([[], ["驾驶"]])), veteran=draw(st.booleans()),
            party=draw(st.booleans()), health_ok=draw(st.integers(0, 9)) > 0,
            village=draw(st.sampled_from(["V1", "V2", "V2"])),
            employer=draw(st.sampled_from([None, "E1", "E2"])),
            member_of=draw(st.sampled_from([None, *posts])),
            vetting=draw(st.sampled_from([None, "pass", "pending"])),
        )
        for at in range(draw(st.integers(1, 5)))
    ]  # fmt: skip
    caps = draw(st.integers(0, 3))
    made = problem(people, units)
    made["villages"][1]["cap"] = caps
    made["travel_min"] = [[draw(st.sampled_from([0, 10, None]))], [draw(st.integers(20, 45))]]
    return made


def every_plan(data: Row) -> list[list[Row]]:
    """Every way to give each person one slot or none (for problems of a few people)."""
    posts = [None, *(row["id"] for each in data["units"] for row in each["slots"])]
    names = [row["id"] for row in data["candidates"]]
    return [
        [{"candidate": who, "slot": post} for who, post in zip(names, chosen, strict=True) if post]
        for chosen in product(posts, repeat=len(names))
    ]


def answer(data: Row, assignments: list[Row]) -> Row:
    """A result object that claims nothing."""
    return {"format": "formation-result/1", "instance": data["name"], "assignments": assignments,
            "objective": 0, "bound": 0, "prices": []}  # fmt: skip
