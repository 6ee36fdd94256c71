"""Django's SQLite backend with a first-come queue before each writing transaction.

SQLite wakes waiting writers by chance: with two dozen desks somebody waits for seconds while
others are served again and again. One process serves the office, so a queue inside it is enough.
"""

import threading
from collections import deque
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError


class Queue:
    """A lock that is given in the order in which it was asked for."""

    def __init__(self) -> None:
        """Begin free."""
        self._guard = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._held = False

    def enter(self, patience: float) -> None:
        """Wait for one's turn; refuse with OperationalError after ``patience`` seconds."""
        turn = threading.Event()
        with self._guard:
            if not self._held:
                self._held = True
                return
            self._waiting.append(turn)
        if turn.wait(patience):
            return
        with self._guard:
            if turn.is_set():  # the turn came while the guard was asked for
                return
            self._waiting.remove(turn)
        raise OperationalError("database is locked: no turn to write in time")

    def leave(self) -> None:
        """Hand the turn to whoever has waited longest."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._held = False


QUEUE = Queue()


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that takes its turn before BEGIN IMMEDIATE and gives it up at the end."""

    _turn = False

    def _start_transaction_under_autocommit(self) -> None:
        if not self.is_in_memory_db():
            QUEUE.enter(float(self.settings_dict["OPTIONS"].get("timeout", 5)))
            self._turn = True
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._give_up_turn()
            raise

    def _set_autocommit(self, autocommit: Any) -> None:
        super()._set_autocommit(autocommit)  # type: ignore[misc]
        if autocommit:  # before the hooks of the commit, which may write again
            self._give_up_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._give_up_turn()

    def _give_up_turn(self) -> None:
        if self._turn:
            self._turn = False
            QUEUE.leave()
