"""WSGI entry point; on SQLite the job worker is a thread of this process."""

import os
import threading

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "muster.config.settings")
application = get_wsgi_application()

if os.environ.get("MUSTER_WORKER_THREAD") == "1":
    from muster.config.commands.server import run_worker

    threading.Thread(target=run_worker, name="muster-worker", daemon=True).start()
