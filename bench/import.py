"""Bench of imports against django-import-export and against plain reading and inserting.

python -m bench import --rows 1000,5000,20000 --against import-export,limit --json out.json

Every method runs in a process of its own, in turn, on SQLite with synchronous=FULL. Ours checks and
writes, encryption on, rows kept for repair and undo. The peers run on the same rows up to
``--peer-rows`` and are compared per row; they neither check identity numbers nor encrypt.
"""
# ruff: noqa: N999 - the word of the command is no name that Python can import

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.measure import Timed, report, surroundings
from bench.roster_file import write_roster

AGAINST = {"import-export": ("import-export", "import-export-bulk"), "limit": ("limit",)}
GOALS = {"import-export": 20.0, "import-export-bulk": 6.0, "limit": 0.40}
RSS_GOAL = 400
Row = dict[str, Any]


def _run(method: str, path: Path) -> Row:
    """Run a method in a fresh process and folder."""
    with tempfile.TemporaryDirectory(prefix="muster-bench-") as home:
        order = json.dumps({"method": method, "path": str(path), "home": home})
        done = subprocess.run(
            [sys.executable, "-m", "bench.import_methods"],
            input=order, capture_output=True, text=True, check=False,
        )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"{method}: {done.stderr[-2000:]}")
    found: Row = json.loads(done.stdout)
    return found


def _measure(files: dict[str, tuple[Path, int]], *, rounds: int) -> dict[str, Row]:
    """Run the methods in turn and return the median figures of each, with rows a second."""
    runs: dict[str, list[Row]] = {name: [] for name in files}
    for _ in range(rounds):
        for name, (path, _) in files.items():
            runs[name].append(_run(name, path))
    found = {}
    for name, rows in runs.items():
        times = Timed([row["cpu_s"] for row in rows], [row["wall_s"] for row in rows])
        middle = sorted(rows, key=lambda row: row["cpu_s"])[len(rows) // 2]
        summary = times.summary()
        found[name] = {**middle, **summary, "rows": files[name][1],
                       "rows_per_cpu_s": round(files[name][1] / summary["cpu_s"])}  # fmt: skip
    return found


def _faults(found: dict[str, Row], planted: int) -> list[str]:
    ours = found["muster"]
    faults = []
    if ours["rejected"] != planted or ours["new"] + ours["rejected"] != ours["rows"]:
        faults.append(f"{ours['rejected']} rows rejected, {planted} planted")
    faults += [f"{name}: {row['new']} rows of {row['rows']}" for name, row in found.items()
               if name != "muster" and row["new"] != row["rows"]]  # fmt: skip
    return faults


def _goals(found: dict[str, Row]) -> dict[str, Row]:
    ours = found["muster"]["rows_per_cpu_s"]
    goals = {
        name: {"ratio": round(ours / found[name]["rows_per_cpu_s"], 3), "goal": goal}
        for name, goal in GOALS.items()
        if name in found
    }
    goals["rss_mib"] = {"ratio": found["muster"]["rss_mib"], "goal": RSS_GOAL}
    for name, line in goals.items():
        held = line["ratio"] <= line["goal"] if name == "rss_mib" else line["ratio"] >= line["goal"]
        line["reached"] = held
    return goals


def main(arguments: list[str]) -> int:
    """Measure and report; the status is 1 when an answer is wrong."""
    parser = argparse.ArgumentParser(prog="bench import")
    parser.add_argument("--rows", default="10000", help="one size, or several with commas")
    parser.add_argument("--dirty", type=float, default=0.03)
    parser.add_argument("--against", default="import-export,limit")
    parser.add_argument("--peer-rows", type=int, default=3_000)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", dest="path")
    options = parser.parse_args(arguments)
    sizes, faults = {}, []
    for rows in sorted(int(word) for word in options.rows.split(",")):
        sizes[rows], wrong = _size(options, rows)
        faults += [f"{rows} rows: {fault}" for fault in wrong]
    answer = {"bench": "import", "dirty": options.dirty, "growth": _growth(sizes),
              "goals": {rows: _goals(found) for rows, found in sizes.items()}, "methods": sizes,
              **surroundings(["django", "django-import-export", "python-calamine"])}  # fmt: skip
    return report(answer, path=options.path, faults=faults)


def _size(options: argparse.Namespace, rows: int) -> tuple[dict[str, Row], list[str]]:
    """Measure every method at one size; return figures and wrong answers."""
    with tempfile.TemporaryDirectory(prefix="muster-bench-") as folder:
        whole, part = Path(folder) / "roster.xlsx", Path(folder) / "peer.xlsx"
        planted = write_roster(whole, rows=rows, dirty=options.dirty, seed=options.seed)
        peer_rows = min(options.peer_rows, rows)
        write_roster(part, rows=peer_rows, dirty=options.dirty, seed=options.seed, titled=False)
        names = [name for word in options.against.split(",") for name in AGAINST.get(word, ())]
        files = {"muster": (whole, rows)} | {
            name: (whole, rows) if name == "limit" else (part, peer_rows) for name in names
        }
        found = _measure(files, rounds=options.rounds)
    return found, _faults(found, planted)


def _growth(sizes: dict[int, dict[str, Row]]) -> dict[str, float]:
    """Return, per method, CPU a row at the largest size over that at the smallest (1 = linear)."""
    small, large = sizes[min(sizes)], sizes[max(sizes)]
    return {
        name: round(small[name]["rows_per_cpu_s"] / max(1, large[name]["rows_per_cpu_s"]), 2)
        for name in small
    }
