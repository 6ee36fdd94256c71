"""Programs that the operating system must bring: what is missing, and how it gets installed."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

POSTGRES_HOME = Path("/usr/lib/postgresql")
OLDEST_POSTGRES = 15
CJK_FONTS = (
    "/usr/share/fonts/opentype/noto",
    "/usr/share/fonts/noto-cjk",
    "/usr/share/fonts/truetype/noto",
)


@dataclass(frozen=True)
class Need:
    """One program: Debian's package and how to see that it is there."""

    package: str
    purpose: str
    present: Callable[[], bool]


def postgres_bin() -> Path | None:
    """Return the folder of the newest PostgreSQL that is new enough, or None."""
    found = [
        (int(folder.parent.name), folder)
        for folder in POSTGRES_HOME.glob("*/bin")
        if re.fullmatch(r"\d+", folder.parent.name) and (folder / "initdb").exists()
    ]
    new_enough = [pair for pair in found if pair[0] >= OLDEST_POSTGRES]
    if new_enough:
        return max(new_enough)[1]
    elsewhere = shutil.which("initdb")
    return Path(elsewhere).resolve().parent if elsewhere else None


def _has_command(*names: str) -> Callable[[], bool]:
    return lambda: any(shutil.which(name) for name in names)


def _has_cjk_font() -> bool:
    return any(any(Path(folder).glob("*CJK*")) for folder in CJK_FONTS)


VENV = Need(
    "python3-venv",
    "the virtual environment",
    lambda: importlib.util.find_spec("ensurepip") is not None,
)
FONTS = Need("fonts-noto-cjk", "Chinese text in PDF files and pictures", _has_cjk_font)
FOR_TESTS = (
    Need(
        "chromium", "browser tests", _has_command("chromium", "chromium-browser", "google-chrome")
    ),
    FONTS,
    Need("postgresql", "the second database", lambda: postgres_bin() is not None),
    Need("poppler-utils", "reading issued PDF files", _has_command("pdftotext")),
    Need("libreoffice-writer-nogui", "issuing PDF files", _has_command("soffice", "libreoffice")),
)


def missing(needs: tuple[Need, ...]) -> list[Need]:
    """Return the needs that this machine does not meet."""
    return [need for need in needs if not need.present()]


def install(absent: list[Need], *, root: bool) -> None:
    """Install Debian packages as root; otherwise print the exact line and leave with status 2."""
    packages = [need.package for need in absent]
    for need in absent:
        print(f"  missing: {need.package} (for {need.purpose})", flush=True)
    line = "apt-get update && apt-get install -y --no-install-recommends " + " ".join(packages)
    if not root or not shutil.which("apt-get"):
        print(f"\nRun this line, then the same make command again:\n\n  sudo sh -c '{line}'\n")
        sys.exit(2)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    update = ["apt-get", "-o", "Acquire::Retries=3", "-qq", "update"]
    fetch = [
        "apt-get",
        "-o",
        "Acquire::Retries=3",
        "-qq",
        "install",
        "-y",
        "--no-install-recommends",
    ]
    subprocess.run(update, env=quiet, check=False)
    done = subprocess.run([*fetch, *packages], env=quiet, check=False, stdout=subprocess.DEVNULL)
    still = [need.package for need in missing(tuple(absent))]
    if done.returncode or still:
        print(f"\nThe system packages could not be installed: {' '.join(still or packages)}.")
        print(f"Run by hand and read its answer:\n\n  {line}\n")
        sys.exit(2)
