"""A private PostgreSQL for tests: made on demand, unsafe on purpose (no fsync), never an office's.

``start`` and ``stop`` keep it; ``run -- COMMAND`` lends it: the last borrower stops it.
The owner role may make databases but is no superuser and obeys row-level security; the
application steps down to ``muster_app``, which owns nothing.
"""

import argparse
import fcntl
import getpass
import json
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import system_packages

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "var" / "test-pg"
OWNER = "muster_owner"
APPLICATION = "muster_app"
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "shared_buffers": "128MB",
    "max_locks_per_transaction": "256",
    "autovacuum_naptime": "300",
    "max_parallel_workers_per_gather": "0",
    "jit": "off",
    "listen_addresses": "'127.0.0.1'",
    "timezone": "'UTC'",
}


class Cluster:
    """The one test cluster of this checkout."""

    def __init__(self) -> None:
        """Find the programs and the folder; nothing is started."""
        found = system_packages.postgres_bin()
        if found is None:
            sys.exit("no PostgreSQL 15 or newer: sudo apt-get install -y postgresql")
        self.bin = found
        self.user = "postgres" if os.geteuid() == 0 else getpass.getuser()
        self.home = _home_for(self.user)
        self.data = self.home / "data"
        self.note = KEPT / "cluster.json"

    def call(self, program: str, *arguments: str, feed: str | None = None) -> str:
        """Run one PostgreSQL program as the cluster's user and return what it printed."""
        command = [str(self.bin / program), *arguments]
        if os.geteuid() == 0:
            command = ["runuser", "-u", self.user, "--", *command]
        done = subprocess.run(
            command, input=feed, capture_output=True, text=True, check=False, cwd=self.home
        )
        if done.returncode:
            sys.exit(f"{program} failed:\n{done.stdout}{done.stderr}")
        return done.stdout

    def runs(self) -> bool:
        """Return whether the noted port answers."""
        if not self.note.exists():
            return False
        with socket.socket() as probe:
            probe.settimeout(2)
            return probe.connect_ex(("127.0.0.1", self.facts()["port"])) == 0

    def facts(self) -> dict[str, Any]:
        """Return the port and the owner's password of the running cluster."""
        return dict(json.loads(self.note.read_text(encoding="utf-8")))

    def start(self) -> None:
        """Make the cluster if need be and start it on a free port of this machine."""
        if self.runs():
            return
        if not (self.data / "PG_VERSION").exists():
            shutil.rmtree(self.data, ignore_errors=True)
            self.call(
                "initdb", "-D", str(self.data), "--auth=scram-sha-256", "--auth-local=trust",
                "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions",
                "-U", "postgres",
            )  # fmt: skip
        facts: dict[str, Any] = {"port": _free_port(), "password": secrets.token_urlsafe(16)}
        options = [f"-c {name}={value}" for name, value in SETTINGS.items()]
        options += [f"-p {facts['port']}", f"-k {self.home}"]
        log = str(self.home / "log")
        self.call(
            "pg_ctl",
            "-D",
            str(self.data),
            "-l",
            log,
            "-w",
            "-t",
            "60",
            "-o",
            " ".join(options),
            "start",
        )
        KEPT.mkdir(parents=True, exist_ok=True)
        self.note.touch(mode=0o600)
        self.note.write_text(json.dumps(facts), encoding="utf-8")
        self.sql(_roles(facts["password"]))

    def stop(self) -> None:
        """Stop the server and forget its data: making a cluster takes a second."""
        if (self.data / "postmaster.pid").exists():
            self.call("pg_ctl", "-D", str(self.data), "-m", "immediate", "-w", "stop")
        self.note.unlink(missing_ok=True)
        shutil.rmtree(self.data, ignore_errors=True)

    def sql(self, statements: str) -> None:
        """Run statements as the superuser, over the private socket."""
        port = str(self.facts()["port"])
        self.call(
            "psql", "-h", str(self.home), "-p", port, "-U", "postgres", "-d", "postgres",
            "-qX", "-v", "ON_ERROR_STOP=1", feed=statements,
        )  # fmt: skip

    def url(self, database: str) -> str:
        """Return the address of a database, as the application reads it."""
        facts = self.facts()
        return f"postgresql://{OWNER}:{facts['password']}@127.0.0.1:{facts['port']}/{database}"


def _roles(password: str) -> str:
    tame = "NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOREPLICATION"
    return f"""
    SELECT 'CREATE ROLE {OWNER}' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{OWNER}') \\gexec
    SELECT 'CREATE ROLE {APPLICATION}'
      WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{APPLICATION}') \\gexec
    ALTER ROLE {OWNER} LOGIN CREATEDB {tame} PASSWORD '{password}';
    ALTER ROLE {APPLICATION} NOLOGIN NOCREATEDB {tame};
    GRANT {APPLICATION} TO {OWNER};
    SELECT 'CREATE DATABASE muster OWNER {OWNER}'
      WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'muster') \\gexec
    """


def _home_for(user: str) -> Path:
    """Return a folder that the cluster's user can write: in the checkout, else a fresh one in /tmp."""
    KEPT.mkdir(parents=True, exist_ok=True)
    if os.geteuid() != 0 and len(str(KEPT)) < 80:
        return KEPT
    # A checkout under /root is closed to other users, and socket paths must be short.
    noted = KEPT / "home"
    if noted.exists() and Path(noted.read_text(encoding="utf-8")).is_dir():
        return Path(noted.read_text(encoding="utf-8"))
    home = Path(tempfile.mkdtemp(prefix="muster-pg-"))
    owner = pwd.getpwnam(user)
    os.chown(home, owner.pw_uid, owner.pw_gid)
    noted.write_text(str(home), encoding="utf-8")
    return home


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _locked(name: str, how: int) -> Iterator[IO[str]]:
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / name).open("w") as handle:
        fcntl.flock(handle, how)
        yield handle


def lend(command: list[str]) -> int:
    """Run a command with MUSTER_DATABASE_URL set to a database of its own; return its status."""
    # A stopped run must still stop the server it borrowed.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    cluster = Cluster()
    database = f"muster_{os.getpid()}"
    with _locked("borrowers", fcntl.LOCK_SH) as borrowers:
        with _locked("starting", fcntl.LOCK_EX):
            cluster.start()
        cluster.sql(f"CREATE DATABASE {database} OWNER {OWNER};")
        try:
            surroundings = {**os.environ, "MUSTER_DATABASE_URL": cluster.url(database)}
            return subprocess.run(command, env=surroundings, check=False).returncode
        finally:
            cluster.sql(f"DROP DATABASE IF EXISTS {database} WITH (FORCE);")
            _stop_if_last(cluster, borrowers)


def _stop_if_last(cluster: Cluster, borrowers: IO[str]) -> None:
    try:
        fcntl.flock(borrowers, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    if not (KEPT / "keep").exists():
        cluster.stop()


def keep() -> None:
    """Start the cluster until ``stop`` and print the line that points the application at it."""
    cluster = Cluster()
    with _locked("starting", fcntl.LOCK_EX):
        cluster.start()
    (KEPT / "keep").touch()
    print(f"export MUSTER_DATABASE_URL={cluster.url('muster')}")


def stop() -> None:
    """Stop the cluster even while borrowed."""
    (KEPT / "keep").unlink(missing_ok=True)
    Cluster().stop()


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("start")
    verbs.add_parser("stop")
    verbs.add_parser("run").add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    if options.verb == "run":
        given = options.command
        sys.exit(lend(given[1:] if given[:1] == ["--"] else given))
    simple: dict[str, Callable[[], None]] = {"start": keep, "stop": stop}
    simple[options.verb]()


if __name__ == "__main__":
    main()
