"""Measuring: CPU and wall of interleaved runs, medians, spread, ratio, load, versions."""

import json
import os
import platform
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any


@dataclass
class Timed:
    """Figures of one method, one entry a run."""

    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)

    def summary(self) -> dict[str, float]:
        """Return medians, and the spread (largest minus smallest, in per cent of the median)."""
        middle = statistics.median(self.cpu)
        return {
            "cpu_s": round(middle, 4),
            "wall_s": round(statistics.median(self.wall), 4),
            "cpu_spread_pct": round(100 * (max(self.cpu) - min(self.cpu)) / max(middle, 1e-9), 1),
            "runs": len(self.cpu),
        }


def timed(call: Callable[[], Any], into: Timed) -> Any:
    """Run once, note CPU (of this process and its children) and wall seconds, return the answer."""
    cpu, wall = _cpu(), time.perf_counter()
    answer = call()
    into.cpu.append(_cpu() - cpu)
    into.wall.append(time.perf_counter() - wall)
    return answer


def _cpu() -> float:
    children = os.times()
    return time.process_time() + children.children_user + children.children_system


def interleave(
    methods: dict[str, Callable[[], Any]], *, rounds: int
) -> tuple[dict[str, Timed], dict[str, Any]]:
    """Run the methods in turn (A B A B …) and return their figures and last answers."""
    figures = {name: Timed() for name in methods}
    answers: dict[str, Any] = {}
    for _ in range(rounds):
        for name, call in methods.items():
            answers[name] = timed(call, figures[name])
    return figures, answers


def peak_rss_mib() -> int:
    """Return the peak memory of this process so far in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def surroundings(packages: Iterable[str]) -> dict[str, Any]:
    """Return what a reader needs to judge the figures: machine, load, versions."""
    return {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "load": [round(value, 2) for value in os.getloadavg()],
        "versions": {name: metadata.version(name) for name in packages},
    }


def report(answer: dict[str, Any], *, path: str | None, faults: Sequence[str]) -> int:
    """Write the JSON to the path or stdout; return 1 when a fault makes the figures worthless."""
    text = json.dumps({**answer, "faults": list(faults)}, ensure_ascii=False, indent=1)
    if path:
        Path(path).write_text(text + "\n", encoding="utf-8")
    else:
        sys.stdout.write(text + "\n")
    for fault in faults:
        sys.stderr.write(f"FAULT {fault}\n")
    return 1 if faults else 0
