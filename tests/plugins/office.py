"""Each test process has an office of its own: folder, fresh keys and, on SQLite, a real file."""

import shutil
import tempfile
from pathlib import Path

import pytest

MEMORY_DISK = Path("/dev/shm")
ENOUGH = 2**30
HOME = pytest.StashKey[Path]()


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    if not config.pluginmanager.hasplugin("django"):
        return
    from django.conf import settings

    from muster.ground.rows.keys import create_key_file

    # Containers often have 64 MB there, which a test database outgrows.
    roomy = MEMORY_DISK.is_dir() and shutil.disk_usage(MEMORY_DISK).free > ENOUGH
    place = MEMORY_DISK if roomy else None
    home = Path(tempfile.mkdtemp(prefix="muster-test-", dir=place))
    config.stash[HOME] = home
    settings.MUSTER_HOME = home
    settings.MUSTER_KEYS_FILE = home / "keys" / "office.json"
    create_key_file(settings.MUSTER_KEYS_FILE)
    settings.STATIC_ROOT = home / "static"  # WhiteNoise warns where it is missing
    settings.STATIC_ROOT.mkdir()
    default = settings.DATABASES["default"]
    if not default["ENGINE"].endswith("postgresql"):
        # A file, not memory: the live server's threads need connections of their own.
        default.setdefault("TEST", {})["NAME"] = str(home / "test.sqlite3")


def pytest_unconfigure(config: pytest.Config) -> None:
    if HOME in config.stash:
        shutil.rmtree(config.stash[HOME], ignore_errors=True)
