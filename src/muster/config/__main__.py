"""``python -m muster.config`` is ``muster``."""

from muster.config.cli import main

main()
