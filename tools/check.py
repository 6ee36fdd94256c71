"""Every static check at once, two at a time; none stops the others; the status is the truth."""

import argparse
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
CODE = ("src", "tests", "tools", "bench")
WORKERS = 2


@dataclass(frozen=True)
class Check:
    """One command and what it guards."""

    name: str
    command: tuple[str, ...]
    needs: str = "."

    def run(self) -> tuple[int, str, float]:
        """Return status, output and seconds."""
        began = time.monotonic()
        done = subprocess.run(
            self.command, cwd=ROOT, capture_output=True, text=True, check=False, env=_surroundings(),
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
        return done.returncode, done.stdout + done.stderr, time.monotonic() - began


def _tool(name: str, *arguments: str) -> tuple[str, ...]:
    return (str(BIN / name), *arguments)


def _python(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, *arguments)


def _surroundings() -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "muster.config.settings",
        "MUSTER_HOME": str(ROOT / "var" / "test" / "check"),
        "MUSTER_DATABASE_URL": "",
    }


def code() -> list[str]:
    """Return the folders of code that exist."""
    return [name for name in CODE if (ROOT / name).exists()]


def checks() -> list[Check]:
    """Return every check, the slowest first."""
    rules = ("-q", "-p", "no:cacheprovider", "--no-header", "tests/house_rules")
    every = [
        Check("types", _tool("mypy", "--no-error-summary")),
        Check("house rules", _python("-m", "pytest", *rules)),
        Check(
            "migrations",
            _python("-W", "ignore", "-m", "django", "makemigrations", "--check", "--dry-run"),
        ),
        Check("import contracts", _tool("lint-imports", "--cache-dir", ".import_linter_cache")),
        Check("types of tools", _tool("mypy", "--config-file", "tools/mypy.ini", "tools")),
        Check("templates", _tool("djlint", "--lint", "--quiet", "src/muster")),
        Check("old browsers", _python("tools/floor_scan.py"), "tools/floor_scan.py"),
        Check("translations", _python("tools/translations.py", "check")),
        Check("reference pages", _python("tools/reference.py", "check")),
        Check("lint", _tool("ruff", "check", "--quiet", *code())),
        Check("format", _tool("ruff", "format", "--check", "--quiet", *code())),
    ]
    return [check for check in every if (ROOT / check.needs).exists()]


def fix() -> int:
    """Let the formatters mend what they can, then bring generated files up to date."""
    steps = [
        _tool("ruff", "check", "--fix", *code()),
        _tool("ruff", "format", *code()),
        _python("tools/translations.py", "extract"),
        _python("tools/reference.py", "write"),
    ]
    return max(
        subprocess.run(step, cwd=ROOT, check=False, env=_surroundings()).returncode
        for step in steps
    )


def main() -> int:
    """Run the checks and say in a few lines how they went."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fix", action="store_true", help="mend instead of checking")
    if parser.parse_args().fix:
        return fix()
    began = time.monotonic()
    failed: list[tuple[str, str]] = []
    with ThreadPoolExecutor(WORKERS) as pool:
        running = {pool.submit(check.run): check.name for check in checks()}
        for done in as_completed(running):
            status, output, seconds = done.result()
            print(
                f"  {'FAIL' if status else 'ok':<5}{running[done]:<20}{seconds:6.1f} s", flush=True
            )
            if status:
                failed.append((running[done], output))
    for name, output in failed:
        print(f"\n==== {name} ====\n{output.rstrip()}")
    took = f"{len(running)} checks, {len(failed)} failed, {time.monotonic() - began:.0f} s"
    print(f"\ncheck: {took}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
