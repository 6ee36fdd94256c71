"""`python -m bench NAME …`: runs bench/NAME.py, whose ``main`` takes the remaining arguments."""

import importlib
import sys
from pathlib import Path


def names() -> list[str]:
    """Return the benches: modules beside this one that define ``main``."""
    here = Path(__file__).parent
    return sorted(
        path.stem for path in here.glob("*.py") if "\ndef main(" in path.read_text(encoding="utf-8")
    )


def run(arguments: list[str]) -> int:
    """Run the named bench and return its exit status."""
    known = [name for name in names() if name != "__main__"]
    if not arguments or arguments[0] not in known:
        sys.stderr.write(
            f"usage: python -m bench NAME [options]; NAME is one of {', '.join(known)}\n"
        )
        return 2
    module = importlib.import_module(f"bench.{arguments[0]}")
    return int(module.main(arguments[1:]))


if __name__ == "__main__":
    raise SystemExit(run(sys.argv[1:]))
