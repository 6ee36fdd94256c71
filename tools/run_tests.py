"""The whole test run: checks, then every test on SQLite, then on PostgreSQL; nothing is skipped.

A part that fails does not keep the next from running; the closing lines say how each part went.
"""

import argparse
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SUMMARY = re.compile(r"^=+ (.*\b(?:passed|failed|error|errors|no tests ran)\b.*?) =+$")
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
CORES = "2"


@dataclass(frozen=True)
class Result:
    """How one part went."""

    name: str
    status: int
    words: str
    seconds: float


def pytest_command(options: argparse.Namespace) -> list[str]:
    """Return the pytest call of both databases."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-n",
        CORES,
        "--dist",
        "loadgroup",
        "--durations",
        "15",
    ]
    command += ["-p", "no:cacheprovider"]
    if options.release:
        command.append("--release")
    return [*command, *options.tests]


def call(name: str, command: list[str]) -> Result:
    """Run one part, showing its output as it comes, and return how it went."""
    print(f"\n######## {name} ########\n", flush=True)
    began = time.monotonic()
    process = subprocess.Popen(
        command, cwd=ROOT, text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, env=_surroundings(),
    )  # fmt: skip
    assert process.stdout is not None
    words = _echo(process.stdout)
    return Result(name, process.wait(), words, time.monotonic() - began)


def _echo(lines: Iterable[str]) -> str:
    """Pass every line on; return the last one that sums up."""
    words = ""
    for line in lines:
        print(line, end="", flush=True)
        plain = COLOUR.sub("", line).strip()
        match = SUMMARY.match(plain)
        if match:
            words = match[1]
        elif plain.startswith("check: ") or re.match(r"\d+ (passed|failed)", plain):
            words = plain.removeprefix("check: ")
    return words


def _surroundings() -> dict[str, str]:
    return {
        **os.environ,
        "MUSTER_HOME": str(ROOT / "var" / "test"),
        "MUSTER_DATABASE_URL": "",
        "PYTHONUNBUFFERED": "1",
    }


def main() -> int:
    """Run the three parts and close with a plain summary."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--release", action="store_true", help="the long tests too")
    parser.add_argument("--only", choices=["check", "sqlite", "postgresql"], help="one part")
    parser.add_argument("tests", nargs="*", help="folders, files or tests; all by default")
    options = parser.parse_args()
    pytest = pytest_command(options)
    lender = [sys.executable, "tools/postgres.py", "run", "--"]
    parts = {
        "check": ("checks", [sys.executable, "tools/check.py"]),
        "sqlite": ("tests on SQLite", pytest),
        "postgresql": ("tests on PostgreSQL", [*lender, *pytest]),
    }
    chosen = [parts[options.only]] if options.only else list(parts.values())
    results = [call(name, command) for name, command in chosen]
    print("\n######## summary ########\n")
    for result in results:
        verdict = "FAILED" if result.status else "passed"
        print(f"{result.name:<22}{verdict:<8}{result.seconds:6.0f} s   {result.words}")
    bad = any(result.status for result in results)
    print(f"\n{'FAILED: see above' if bad else 'everything passed'}", flush=True)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
