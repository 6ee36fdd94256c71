"""Seeded formation instances: an invented county that grows with its number of townships."""

import math
import random
from typing import Any

# townships, candidates, units, posts a unit, kilometres between townships and inside one
SIZES = {
    "XS": (1, 90, 2, 8, 22.0, 5.0),
    "S": (1, 600, 5, 22, 22.0, 7.5),
    "M": (2, 5_000, 50, 24, 34.0, 6.0),
    "L": (20, 50_000, 247, 24, 33.0, 5.0),
}
SKILLS = ["驾驶", "医护", "通信", "工程机械", "水电维修", "游泳救援", "消防", "无人机"]
ROLES = ["leader", "instructor", "squad_leader", "squad_leader", "driver", "medic", "signaller",
         "operator"]  # fmt: skip
WEIGHTS = {"fill": 2000, "skill": 300, "time": 100, "same_unit": 120, "same_slot": 60,
           "lead_veteran": 80, "lead_party": 40, "lead_education": 15}  # fmt: skip
Row = dict[str, Any]


def make(size: str, *, seed: int) -> Row:
    """Return a formation/1 object of the size; the same seed gives the same object."""
    townships, people, units, posts, side, spread = SIZES[size]
    draw = random.Random(f"{size}/{seed}")
    centres = [(draw.uniform(0, side), draw.uniform(0, side)) for _ in range(townships)]
    villages = [_village(at, centres, spread=spread, draw=draw) for at in range(15 * townships)]
    points = [_point(at, centres, draw=draw) for at in range(max(units // 2, 1))]
    made = [_unit(at, points=len(points), posts=posts, draw=draw) for at in range(units)]
    total = sum(slot["count"] for unit in made for slot in unit["slots"])
    for village in villages:
        village["cap"] = max(2, round(total / len(villages) * draw.uniform(0.9, 1.7)))
    county = {
        "format": "formation/1",
        "name": f"{size}-{seed}",
        "villages": [{key: row[key] for key in ("id", "township", "lat", "lon", "cap")}
                     for row in villages],
        "assembly_points": [{key: row[key] for key in ("id", "lat", "lon")} for row in points],
        "travel_min": [[_minutes(v, p, draw=draw) for p in points] for v in villages],
        "skills": SKILLS,
        "weights": WEIGHTS,
        "candidates": [_person(at, villages, draw=draw) for at in range(people)],
        "units": made,
    }  # fmt: skip
    _serve(county, draw=draw)
    return county


def _spot(centre: tuple[float, float], spread: float, draw: random.Random) -> Row:
    x, y = draw.gauss(centre[0], spread), draw.gauss(centre[1], spread)
    return {"x": x, "y": y, "lat": round(30 + y / 111, 5), "lon": round(110 + x / 96, 5)}


def _village(
    at: int, centres: list[tuple[float, float]], *, spread: float, draw: random.Random
) -> Row:
    town = at % len(centres)
    return {"id": f"V{at:04}", "township": f"T{town:03}", **_spot(centres[town], spread, draw)}


def _point(at: int, centres: list[tuple[float, float]], *, draw: random.Random) -> Row:
    return {"id": f"P{at:04}", **_spot(centres[at % len(centres)], 2.0, draw)}


def _minutes(village: Row, point: Row, *, draw: random.Random) -> int | None:
    if draw.random() < 0.01:
        return None
    distance = math.hypot(village["x"] - point["x"], village["y"] - point["y"])
    return round(4 + distance * draw.uniform(1.1, 1.6))


def _unit(at: int, *, points: int, posts: int, draw: random.Random) -> Row:
    unit = f"U{at:04}"
    rows: list[Row] = []
    left = posts + draw.randint(-2, 2)
    for place, role in enumerate(ROLES):
        count = 1 if place < 2 else max(1, min(left - 2, round(posts / 9)))
        if left <= 1:
            break
        left -= count
        rows.append(_slot(f"{unit}-{place}", role, count, draw=draw))
    rows.append(_slot(f"{unit}-9", "member", max(left, 1), draw=draw))
    return {
        "id": unit, "kind": draw.choice(["应急", "专业", "普通"]),
        "assembly_point": f"P{at % points:04}", "max_assembly_min": draw.choice([15, 20, 30, 45]),
        "age_min": 18, "age_max": draw.choice([32, 35, 38]), "age_max_skilled": 45,
        "veteran_min_pct": draw.choice([20, 25, 30]), "party_min_pct": draw.choice([15, 20, 25]),
        "skill_min_pct": draw.choice([50, 60, 70]), "employer_max": draw.choice([2, 3, 4]),
        "keep_min_pct": draw.choice([50, 60, 70]), "slots": rows,
    }  # fmt: skip


def _slot(name: str, role: str, count: int, *, draw: random.Random) -> Row:
    special = role in {"driver", "medic", "signaller", "operator"}
    return {
        "id": name, "role": role,
        "skill": draw.choice(SKILLS) if special or draw.random() < 0.3 else None,
        "skill_required": special and draw.random() < 0.5, "count": count,
        "min_education": 2 if role in {"leader", "instructor"} else draw.choice([0, 0, 1]),
        "party_required": role == "instructor", "veteran_required": role == "leader",
    } | ({"skill_required": False} if not special else {})  # fmt: skip


def _person(at: int, villages: list[Row], *, draw: random.Random) -> Row:
    return {
        "id": f"C{at:06}", "age": min(55, max(17, round(draw.gauss(34, 9)))),
        "sex": "M" if draw.random() < 0.85 else "F",
        "education": draw.choices([0, 1, 2, 3, 4], [5, 35, 35, 17, 8])[0],
        "skills": sorted(s for s in SKILLS if draw.random() < 0.09),
        "veteran": draw.random() < 0.11, "party": draw.random() < 0.13,
        "health_ok": draw.random() < 0.95, "out_of_area": draw.random() < 0.25,
        "village": draw.choice(villages)["id"],
        "employer": f"E{int(draw.paretovariate(0.7)) % 400:03}" if draw.random() < 0.4 else None,
        "member_of": None,
    }  # fmt: skip


def _serve(county: Row, *, draw: random.Random) -> None:
    """Give about two thirds of the posts a present member, most of them near and fit."""
    people = list(range(len(county["candidates"])))
    draw.shuffle(people)
    column = {point["id"]: at for at, point in enumerate(county["assembly_points"])}
    row = {village["id"]: at for at, village in enumerate(county["villages"])}
    for unit in county["units"]:
        at = column[unit["assembly_point"]]
        for slot in unit["slots"]:
            for _ in range(slot["count"]):
                if draw.random() > 0.68:
                    continue
                for _ in range(40):
                    person = county["candidates"][draw.choice(people)]
                    minutes = county["travel_min"][row[person["village"]]][at]
                    near = minutes is not None and minutes <= unit["max_assembly_min"]
                    if person["member_of"] is None and near and person["age"] <= 40:
                        person["member_of"] = slot["id"]
                        break
