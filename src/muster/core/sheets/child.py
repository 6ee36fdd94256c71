"""The reading process: ``python -m muster.core.sheets.child``; limits itself, then reads stdin."""

import contextlib
import errno
import sys
from typing import Any

import orjson

from muster.core.kernel import Problem
from muster.core.sheets.problems import FileParserDied


def limit(memory_mb: int, cpu_s: int, *, file_bytes: int = 0) -> None:
    """Lower this process's own ceilings; systems without such limits keep the wall clock only."""
    try:
        import resource
    except ImportError:  # Windows
        return
    ceiling = memory_mb * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (ceiling, ceiling))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s + 2))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes))


def main() -> None:
    """Read one order line and the file from stdin; write the answer's lines to stdout."""
    order = orjson.loads(sys.stdin.buffer.readline())
    # Reading writes no file; openpyxl keeps each sheet it writes in a temporary one.
    file_bytes = 0 if order["task"] == "read" else 32 * 2**20
    limit(order["memory_mb"], order["cpu_s"], file_bytes=file_bytes)
    try:
        _answer(order, sys.stdin.buffer.read())
    except BaseException as fault:
        if _starved(fault):
            _refuse(FileParserDied.code, {"reason": "内存不够"})
        elif isinstance(fault, Problem):
            _refuse(fault.code, fault.facts)
        else:
            _refuse(FileParserDied.code, {"reason": "文件内容异常"})


def _starved(fault: BaseException | None) -> bool:
    """Return whether memory ran out: libraries say so in ways that look like a damaged file."""
    while fault is not None:
        words = str(fault)
        if isinstance(fault, MemoryError) or getattr(fault, "errno", 0) == errno.ENOMEM:
            return True
        if words.startswith(("Error -4 ", "out of memory")):  # zlib, expat
            return True
        fault = fault.__context__
    return False


def _answer(order: dict[str, Any], data: bytes) -> None:
    out = sys.stdout.buffer
    if order["task"] == "read":
        from muster.core.sheets.reader import read
        from muster.core.sheets.wire import pack

        for line in pack(read(data, order["filename"])):
            out.write(line)
    else:
        from muster.core.sheets.repair_styled import styled_repair

        out.write(styled_repair(data, order["plan"]))
    out.flush()


def _refuse(code: str, facts: dict[str, Any]) -> None:
    sys.stdout.buffer.write(orjson.dumps({"problem": code, "facts": facts}) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
