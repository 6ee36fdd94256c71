"""The reading process: ``python -m muster.core.plans.child``; limits itself, then reads stdin."""

import contextlib
import json
import sys
from typing import Any

from muster.core.kernel import Problem


def limit(memory_mb: int, cpu_s: int) -> None:
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
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def main() -> None:
    """Read one order line and the file from stdin; write one answer to stdout."""
    order = json.loads(sys.stdin.buffer.readline())
    limit(order["memory_mb"], order["cpu_s"])
    try:
        answer = _answer(order, sys.stdin.buffer.read())
    except Problem as problem:
        answer = {"problem": problem.code, "facts": problem.facts}
    except BaseException as fault:
        why = "内存不够" if isinstance(fault, MemoryError) else "文件内容异常"
        answer = {"problem": "plan.died", "facts": {"file": order["filename"], "why": why}}
    sys.stdout.buffer.write(json.dumps(answer).encode())


def _answer(order: dict[str, Any], data: bytes) -> dict[str, Any]:
    from muster.core.plans.files import read_bytes

    document = read_bytes(data, order["filename"], year=order["year"])
    places = [[path, span.start, span.end] for path, span in document.places()]
    return {"text": document.text, "plan": document.to_json(), "places": places}


if __name__ == "__main__":
    main()
