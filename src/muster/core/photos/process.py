"""Cleans a photo in a process of its own, under limits: what a file does to it does not reach us."""

import os
import subprocess
import sys

from muster.core.photos.child import TOO_LARGE
from muster.core.photos.problems import PhotoTooLarge, PhotoUnreadable

MOST_BYTES = 20 * 2**20
_KEPT = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "LANG", "LC_ALL")


def clean_in_child(
    name: str, data: bytes, *, memory_mb: int = 768, cpu_s: int = 30, wall_s: float = 60
) -> bytes:
    """Return the photo as a fresh JPEG that says nothing of place, time or device.

    Refuses files over 20 MB or 60 million dots, and what is no picture.
    """
    if len(data) > MOST_BYTES:
        raise PhotoTooLarge(what="文件超过 20 MB")
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            [sys.executable, "-P", "-m", "muster.core.photos.child", str(memory_mb), str(cpu_s)],
            input=data, capture_output=True, timeout=wall_s, env=_environment(), check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as expired:
        raise PhotoUnreadable(name=name) from expired
    if done.returncode == TOO_LARGE:
        raise PhotoTooLarge(what="超过 6000 万像素")
    if done.returncode or not done.stdout.startswith(b"\xff\xd8"):
        raise PhotoUnreadable(name=name)
    return done.stdout


def _environment() -> dict[str, str]:
    """Return the little the child needs: no secret of this process's environment goes along."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return kept | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"}
