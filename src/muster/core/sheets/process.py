"""Runs a parser in a process of its own: whatever a file does to it, this one lives."""

import contextlib
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from typing import IO, Any, TypeVar

import orjson

from muster.core.sheets.guard import MAX_BYTES
from muster.core.sheets.model import Workbook
from muster.core.sheets.problems import FileEmpty, FileParserDied, FileTooLarge, problem_from
from muster.core.sheets.wire import unpack

_Answer = TypeVar("_Answer")
_MEMORY_DISC = "/dev/shm"  # noqa: S108  where the system has it
_KEPT = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "LANG", "LC_ALL")


def run_in_child(
    data: bytes, filename: str, *, memory_mb: int = 1024, cpu_s: int = 60, wall_s: float = 120
) -> Workbook:
    """Return the workbook read under limits of memory, CPU and wall time.

    Raises the ``FileProblem`` that guard or reader found; any death of the process is
    ``FileParserDied``.
    """
    if not data:
        raise FileEmpty
    if len(data) > MAX_BYTES:
        raise FileTooLarge(size_mb=round(len(data) / 2**20, 1), limit_mb=MAX_BYTES // 2**20)
    order = {"task": "read", "filename": filename, "memory_mb": memory_mb, "cpu_s": cpu_s}
    return ask_child(order, data, wall_s=wall_s, take=lambda out: unpack(_answers(out)))


def ask_child(
    order: Mapping[str, Any],
    data: bytes,
    *,
    wall_s: float,
    take: Callable[[IO[bytes]], _Answer | None],
) -> _Answer:
    """Return what ``take`` makes of the child's output; None from it means the child died.

    Whatever the child leaves in its scratch folder is removed, however it ends.
    """
    with tempfile.TemporaryDirectory(prefix="muster-", dir=_memory_disc()) as scratch:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "muster.core.sheets.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(scratch),
        )
        return _dialogue(process, orjson.dumps(order) + b"\n", data, wall_s=wall_s, take=take)


def _dialogue(
    process: subprocess.Popen[bytes],
    order: bytes,
    data: bytes,
    *,
    wall_s: float,
    take: Callable[[IO[bytes]], _Answer | None],
) -> _Answer:
    stdin, stdout = process.stdin, process.stdout
    if stdin is None or stdout is None:
        raise ValueError("the child has no pipes")
    timed_out = threading.Event()

    def stop() -> None:
        timed_out.set()
        process.kill()

    def feed() -> None:
        # The child may stop reading at any moment; its answer or its death tells why.
        with contextlib.suppress(OSError), stdin:
            stdin.write(order)
            stdin.write(data)

    clock = threading.Timer(wall_s, stop)
    feeder = threading.Thread(target=feed, daemon=True)
    clock.start()
    feeder.start()
    try:
        answer = _taken(take, stdout)
    finally:
        clock.cancel()
        process.kill()
        process.wait()
        feeder.join()
        stdout.close()
    if answer is None:
        raise FileParserDied(
            reason="超过了时间限制" if timed_out.is_set() else "超出了内存或时间限制"
        )
    return answer


def _taken(take: Callable[[IO[bytes]], _Answer | None], out: IO[bytes]) -> _Answer | None:
    try:
        return take(out)
    except orjson.JSONDecodeError:
        return None


def _answers(out: IO[bytes]) -> Iterator[bytes]:
    """Yield the lines of the child; raise the problem it reports."""
    for line in out:
        raise_reported(line)
        yield line


def raise_reported(line: bytes) -> None:
    """Raise the problem when this line reports one."""
    if line.startswith(b'{"problem"'):
        found = orjson.loads(line)
        raise problem_from(found["problem"], found["facts"])


def _memory_disc() -> str | None:
    """Return the folder that lives in memory, so that rows of people touch no disc on the way."""
    return _MEMORY_DISC if os.path.isdir(_MEMORY_DISC) else None


def _environment(scratch: str) -> dict[str, str]:
    """Return the little the child needs: no secret of this process's environment goes along."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    path = os.pathsep.join(filter(None, sys.path))
    folders = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), scratch)
    return kept | folders | {"PYTHONPATH": path, "PYTHONUTF8": "1"}
