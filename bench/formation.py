"""Bench of unit formation against plain HiGHS (all arcs, whole numbers) and plain assignment.

python -m bench formation --sizes S,M,L --seeds 1,2,3 --against highs-mip,lsa --json out.json
"""

import argparse
import statistics
from collections.abc import Callable
from typing import Any

from bench.formation_instances import SIZES, make
from bench.formation_peers import assignment, highs_mip
from bench.formation_plain import plain_arcs
from bench.measure import interleave, peak_rss_mib, report, surroundings
from muster.core.formation import Instance, check, solve

Row = dict[str, Any]
# plain HiGHS finds no plan at all in two minutes at M; plain assignment at L needs 4 GiB
FITS = {"highs-mip": {"XS", "S"}, "lsa": {"XS", "S", "M"}}
ROUNDS = {"XS": 3, "S": 3, "M": 2, "L": 1}


def _checked(instance: Row, assignments: list[Row] | None) -> tuple[int, int]:
    """Return points and broken rules of a peer's assignments, by our independent checker."""
    if assignments is None:
        return 0, 0
    answer = {"instance": instance["name"], "assignments": assignments, "objective": 0, "bound": 0,
              "prices": []}  # fmt: skip
    found = check(instance, answer)
    claims = ("总分", "上界")
    return found.objective, sum(not broken.startswith(claims) for broken in found.broken)


def _methods(
    instance: Row, *, against: list[str], size: str, time_limit: float
) -> dict[str, Callable[[], Any]]:
    parsed, plain = Instance.from_json(instance), None
    if size in FITS["lsa"]:
        plain = plain_arcs(instance)  # outside the timing: ours builds its arrays inside
    methods: dict[str, Callable[[], Any]] = {"muster": lambda: solve(parsed, time_limit=time_limit)}
    if plain is not None and "highs-mip" in against and size in FITS["highs-mip"]:
        methods["highs-mip"] = lambda: highs_mip(plain, time_limit=time_limit)
    if plain is not None and "lsa" in against:
        methods["lsa"] = lambda: assignment(instance, plain=plain)
    return methods


def _one(size: str, seed: int, *, against: list[str], time_limit: float) -> tuple[Row, list[str]]:
    """Return the figures of one instance, and the faults that make them worthless."""
    instance = make(size, seed=seed)
    methods = _methods(instance, against=against, size=size, time_limit=time_limit)
    figures, answers = interleave(methods, rounds=ROUNDS[size])
    ours = answers.pop("muster")
    rss = peak_rss_mib()
    found = check(instance, ours.to_json())
    faults = [f"{size}/{seed}: {text}" for text in found.broken]
    row: Row = {
        "size": size, "seed": seed, "arcs": found.arcs, "posts": found.posts,
        "filled": found.filled, "objective": ours.objective, "bound": ours.bound,
        "quality_gap_pct": ours.quality_gap_pct, "optimal": ours.optimal,
        "broken": len(found.broken), "rss_mib": rss, "muster": figures["muster"].summary(),
    }  # fmt: skip
    for name, answer in answers.items():
        points, broken = _checked(instance, answer)
        ratio = figures[name].summary()["cpu_s"] / max(row["muster"]["cpu_s"], 1e-6)
        row[name] = {**figures[name].summary(), "objective": points, "broken": broken,
                     "cpu_ratio": round(ratio, 2)}  # fmt: skip
        if name == "highs-mip" and broken == 0 and points > ours.objective * 1.0001:
            faults.append(f"{size}/{seed}: {name} found {points}, we found {ours.objective}")
    return row, faults


def _ratios(rows: list[Row], size: str) -> Row:
    """Return the median ratio of CPU to ours for each peer."""
    peers = {name for row in rows if row["size"] == size for name in row if name in FITS}
    return {
        name: statistics.median(row[name]["cpu_ratio"] for row in rows if name in row)
        for name in sorted(peers)
    }


def main(arguments: list[str]) -> int:
    """Measure and report; the status is 1 when an answer is wrong."""
    parser = argparse.ArgumentParser(prog="bench formation")
    parser.add_argument("--sizes", default="S")
    parser.add_argument("--seeds", default="1,2,3")
    parser.add_argument("--against", default="highs-mip,lsa")
    parser.add_argument("--time-limit", type=float, default=300.0)
    parser.add_argument("--json", dest="path")
    options = parser.parse_args(arguments)
    sizes = [size for size in options.sizes.split(",") if size in SIZES]
    rows: list[Row] = []
    faults: list[str] = [] if sizes else [f"no known size in {options.sizes}"]
    for size in sizes:
        for seed in options.seeds.split(","):
            against = options.against.split(",")
            row, wrong = _one(size, int(seed), against=against, time_limit=options.time_limit)
            rows.append(row)
            faults += wrong
    answer = {
        "bench": "formation",
        "ratios": {
            size: _ratios([row for row in rows if row["size"] == size], size) for size in sizes
        },
        "rows": rows,
        **surroundings(["highspy", "numpy", "scipy"]),
    }
    return report(answer, path=options.path, faults=faults)
