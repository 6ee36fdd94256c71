"""The cleaning process: ``python -m muster.core.photos.child MEMORY CPU``; limits itself, then reads stdin.

It answers with the JPEG on stdout and 0, or with the number of a reason.
"""

import contextlib
import sys

UNREADABLE, TOO_LARGE = 3, 4


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


def main() -> int:
    """Clean the picture on stdin; return 0 or the number of the reason."""
    limit(int(sys.argv[1]), int(sys.argv[2]))
    from muster.core.photos.clean import TOO_MANY, cleaned

    try:
        answer = cleaned(sys.stdin.buffer.read())
    except (*TOO_MANY, MemoryError):
        return TOO_LARGE
    except Exception:
        return UNREADABLE
    sys.stdout.buffer.write(answer)
    return 0


if __name__ == "__main__":
    sys.exit(main())
