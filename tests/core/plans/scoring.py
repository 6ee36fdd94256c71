"""Field by field: how much of what is there was read, and how much of what was read is there."""

from collections import Counter
from typing import Any

from muster.core.plans.folding import fold

Score = Counter[tuple[str, str]]


def score(truth: dict[str, Any], read: dict[str, Any], tally: Score) -> list[str]:
    """Add the counts of one document to ``tally``; return the differences in words."""
    wrong: list[str] = []
    for key in ("title", "kind", "issuer", "year"):
        wrong += _set(tally, key, _one(truth[key]), _one(read[key]))
    wrong += _set(
        tally,
        "phase name",
        [p["name"] for p in truth["phases"]],
        [p["name"] for p in read["phases"]],
    )
    for bound in ("start", "end"):
        there = [(p["name"], p[bound]) for p in truth["phases"]]
        got = [(p["name"], p[bound]) for p in read["phases"]]
        wrong += _set(tally, f"phase {bound}", [x for x in there if x[1]], [x for x in got if x[1]])
        wrong += _set(
            tally,
            f"phase {bound} null",
            [x for x in there if not x[1]],
            [x for x in got if not x[1]],
        )
    wrong += _set(
        tally,
        "milestone",
        [(m["name"], m["by"]) for m in truth["milestones"]],
        [(m["name"], m["by"]) for m in read["milestones"]],
    )
    wrong += _set(
        tally,
        "milestone date",
        [m["by"] for m in truth["milestones"]],
        [m["by"] for m in read["milestones"]],
    )
    wrong += _set(
        tally,
        "quota",
        [(q["value"], q["unit"], q["of"]) for q in truth["quotas"]],
        [(q["value"], q["unit"], q["of"]) for q in read["quotas"]],
    )
    wrong += _set(
        tally,
        "quota value",
        [(q["value"], q["unit"]) for q in truth["quotas"]],
        [(q["value"], q["unit"]) for q in read["quotas"]],
    )
    wrong += _set(
        tally, "body", [b["name"] for b in truth["bodies"]], [b["name"] for b in read["bodies"]]
    )
    seats = [
        [(b["name"], s["role"], s["holder"]) for b in doc["bodies"] for s in b["seats"]]
        for doc in (truth, read)
    ]
    wrong += _set(tally, "seat", seats[0], seats[1])
    return wrong


def _one(value: object) -> list[object]:
    return [] if value is None else [value]


def _plain(value: Any) -> Any:
    """Return the value with full- and half-width brackets made equal."""
    if isinstance(value, tuple):
        return tuple(map(_plain, value))
    return fold(value) if isinstance(value, str) else value


def _set(tally: Score, field: str, truth: list[Any], read: list[Any]) -> list[str]:
    there, got = Counter(map(_plain, truth)), Counter(map(_plain, read))
    right = sum((there & got).values())
    tally[field, "right"] += right
    tally[field, "missed"] += sum(there.values()) - right
    tally[field, "invented"] += sum(got.values()) - right
    return [f"{field}: missed {x}" for x in there - got] + [
        f"{field}: invented {x}" for x in got - there
    ]


def table(tally: Score) -> dict[str, tuple[float, float]]:
    """Return field → (precision, recall)."""
    found = {}
    for field in dict.fromkeys(name for name, _ in tally):
        right, missed, invented = (tally[field, part] for part in ("right", "missed", "invented"))
        found[field] = (
            right / (right + invented) if right + invented else 1.0,
            right / (right + missed) if right + missed else 1.0,
        )
    return found
