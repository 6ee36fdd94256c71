"""Reads a plan in a process of its own, under limits: whatever a file does to it, this one lives."""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from typing import Any

from muster.core.kernel import Problem
from muster.core.plans.files import refuse_size
from muster.core.plans.problems import PlanDied

_KEPT = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "LANG", "LC_ALL")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a plan says, as plain values: cleaned text, the reading, places as (path, start, end)."""

    text: str
    plan: dict[str, Any]
    places: list[list[Any]]


def read_in_child(data: bytes, filename: str, *, year: int | None = None, memory_mb: int = 768,
                  cpu_s: int = 30, wall_s: float = 60) -> Reading:  # fmt: skip
    """Return what the bytes of an uploaded plan say, read under limits of memory and time.

    Raises the ``Problem`` the reader found; any death of the process is ``PlanDied``.
    """
    refuse_size(data, filename)
    order = {"filename": filename, "year": year, "memory_mb": memory_mb, "cpu_s": cpu_s}
    with tempfile.TemporaryDirectory(prefix="muster-plan-") as scratch:
        try:
            done = subprocess.run(
                [sys.executable, "-P", "-m", "muster.core.plans.child"],
                input=json.dumps(order).encode() + b"\n" + data, capture_output=True,
                timeout=wall_s, env=_environment(scratch), check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired as expired:
            raise PlanDied(file=filename, why="超过了时间限制") from expired
    return _taken(done.stdout, filename)


def _taken(out: bytes, filename: str) -> Reading:
    try:
        answer = json.loads(out)
    except ValueError as error:
        raise PlanDied(file=filename, why="超出了内存或时间限制") from error
    if "problem" in answer:
        raise _problem(answer, filename)
    return Reading(answer["text"], answer["plan"], answer["places"])


def _problem(answer: dict[str, Any], filename: str) -> Problem:
    known = {cls.code: cls for cls in Problem.__subclasses__()}
    cls = known.get(answer["problem"])
    return cls(**answer["facts"]) if cls else PlanDied(file=filename, why="文件内容异常")


def _environment(scratch: str) -> dict[str, str]:
    """Return the little the child needs: no secret of this process's environment goes along."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    path = os.pathsep.join(filter(None, sys.path))
    folders = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), scratch)
    return kept | folders | {"PYTHONPATH": path, "PYTHONUTF8": "1"}
