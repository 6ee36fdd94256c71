"""muster serve and muster worker."""

import os
import subprocess
import sys
import threading
import time
from typing import Annotated

import typer

from muster.config.console import django_ready, note


def serve(
    host: Annotated[str, typer.Option(help="监听地址")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="端口")] = 8000,
) -> None:
    """Serve the web application, with a job worker beside it."""
    django_ready()
    from django.conf import settings

    from muster.config.start import prepare_office

    prepare_office()
    sqlite = not settings.MUSTER_DATABASE_URL
    os.environ["MUSTER_WORKER_THREAD"] = "1" if sqlite else "0"
    workers = 1 if sqlite else max(2, (os.cpu_count() or 2))
    beside = None if sqlite else _start_worker()
    note(f"基层武装工作台已启动：http://{host}:{port}/  （按 Ctrl+C 停止）")
    try:
        _granian(host, port, workers)
    finally:
        if beside:
            beside.terminate()


def _granian(host: str, port: int, workers: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        "muster.config.wsgi:application", address=host, port=port, interface=Interfaces.WSGI,
        workers=workers, blocking_threads=8, log_enabled=False, respawn_failed_workers=True,
        websockets=False,
    ).serve()  # fmt: skip


def _start_worker() -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "muster.config", "worker"])


def worker(*, batch: Annotated[bool, typer.Option(help="做完已有工作即退出")] = False) -> None:
    """Do long work: take jobs one after another, reap what died, run what is due."""
    django_ready()
    run_worker(batch=batch)


def run_worker(*, batch: bool = False) -> None:
    """Run the worker loop in this thread."""
    from django_tasks_db.management.commands.db_worker import Worker

    threading.Thread(target=_tend, daemon=True).start()
    Worker(
        queue_names=["*"], excluded_queue_names=[], interval=1.0, batch=batch,
        backend_name="default", startup_delay=False, max_tasks=None,
        worker_id=f"muster-{os.getpid()}",
    ).run()  # fmt: skip


def _tend() -> None:
    """Each minute: reap dead jobs, run the schedules that are due (after long sleeps too)."""
    from django.db import close_old_connections
    from django.utils import timezone

    from muster.config.start import run_due
    from muster.ground.jobs.actions import reap

    while True:
        close_old_connections()
        reap(now=timezone.now())
        run_due(timezone.now())
        close_old_connections()
        time.sleep(60)
