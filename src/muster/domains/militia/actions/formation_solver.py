"""Running the solving process: progress, wall clock, cancelling, and refusing a bad answer."""

import contextlib
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from time import monotonic
from typing import IO, Any

import orjson

from muster.core.kernel import Problem
from muster.domains.militia.problems_formation import (
    FormationNotProved,
    FormationRefused,
    FormationStopped,
)

Json = dict[str, Any]
Tell = Callable[[float, str], None]
MEMORY_MB, SPARE_S, LISTEN_S = 4096, 30.0, 0.5
_KEPT = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "LD_LIBRARY_PATH", "LANG", "LC_ALL")


def ask_solver(order: Mapping[str, Any], *, time_limit: float, tell: Tell) -> Json:
    """Return the answer of the solving process.

    ``tell`` hears progress and may raise to stop: the process is then killed at once. Refuses what
    the solver refuses, a process that died or ran out of time, and a plan that the independent
    checker does not accept.
    """
    whole = {**order, "time_limit": time_limit, "memory_mb": MEMORY_MB,
             "cpu_s": int(3 * time_limit + SPARE_S)}  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "muster.domains.militia.formation_child"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env=_environment(),
    )  # fmt: skip
    if process.stdin is None or process.stdout is None:
        raise ValueError("the child has no pipes")
    lines: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
    threads = [
        threading.Thread(target=_feed, args=(process.stdin, orjson.dumps(whole)), daemon=True),
        threading.Thread(target=_listen, args=(process.stdout, lines), daemon=True),
    ]
    for thread in threads:
        thread.start()
    try:
        answer = _conversation(lines, until=monotonic() + time_limit + SPARE_S, tell=tell)
    finally:
        process.kill()
        process.wait()
        for thread in threads:
            thread.join()
        process.stdout.close()
    return accepted(answer)


def accepted(answer: Json) -> Json:
    """Return the answer; refuse a plan that the independent checker found broken."""
    report = answer.get("report")
    if answer["way"] == "full" and not (report and report["sound"]):
        raise FormationNotProved(count=len(report["broken"]) if report else 0)
    return answer


def _conversation(lines: "queue.SimpleQueue[bytes | None]", *, until: float, tell: Tell) -> Json:
    share, text = 0.05, "正在计算"
    while monotonic() < until:
        tell(share, text)
        try:
            line = lines.get(timeout=LISTEN_S)
        except queue.Empty:
            continue
        if line is None:
            raise FormationStopped(why="计算进程异常结束（可能是内存不够）")
        said = orjson.loads(line)
        if "answer" in said:
            answer: Json = said["answer"]
            return answer
        if "problem" in said:
            raise _refusal(said["problem"], said["facts"])
        share, text = said["progress"], said["text"]
    raise FormationStopped(why="超过了时间限制")


def _refusal(code: str, facts: Json) -> Problem:
    """Return the solver's refusal by its code; one of unknown kind is a stop."""
    from muster.core.formation import problems

    for found in vars(problems).values():
        if isinstance(found, type) and issubclass(found, Problem) and found.code == code:
            return FormationRefused(why=found(**facts).message, of=code)
    return FormationStopped(why=code)


def _feed(stdin: IO[bytes], order: bytes) -> None:
    # The child may stop reading at any moment; its answer or its death tells why.
    with contextlib.suppress(OSError), stdin:
        stdin.write(order + b"\n")


def _listen(stdout: IO[bytes], lines: "queue.SimpleQueue[bytes | None]") -> None:
    with contextlib.suppress(OSError, ValueError):
        for line in stdout:
            lines.put(line)
    lines.put(None)


def _environment() -> dict[str, str]:
    """Return the little the child needs: no secret of this process's environment goes along."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    threads = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    return kept | threads | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
                             "PYTHONUTF8": "1"}  # fmt: skip
