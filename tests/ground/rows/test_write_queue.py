"""Writers on SQLite are served in the order in which they came."""

import threading
import time

import pytest
from django.db import IntegrityError, OperationalError, connections
from django.db.utils import ConnectionHandler

from muster.ground.rows.sqlite.base import QUEUE, DatabaseWrapper, Queue


@pytest.fixture
def office(tmp_path, django_db_blocker):
    """Return a maker of connections to one database file, each for a thread of its own."""
    settings = {
        "ENGINE": "muster.ground.rows.sqlite", "NAME": tmp_path / "office.sqlite3",
        "OPTIONS": {"timeout": 5, "transaction_mode": "IMMEDIATE",
                    "init_command": "PRAGMA journal_mode=WAL;"},
    }  # fmt: skip
    made = []

    def connect():
        connection = ConnectionHandler({"default": settings})["default"]
        connection.inc_thread_sharing()
        made.append(connection)
        return connection

    with django_db_blocker.unblock():
        with connect().cursor() as cursor:
            cursor.execute("CREATE TABLE line (id INTEGER PRIMARY KEY, who INT)")
        yield connect
        for connection in made:
            connection.close()


def begin(connection):
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def write(connection, who):
    begin(connection)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO line (who) VALUES (%s)", [who])
    connection.commit()
    connection.set_autocommit(True)


def waiting():
    return len(QUEUE._waiting)


def test_writers_are_served_in_the_order_they_came(office):
    holder = office()
    begin(holder)
    threads = []
    for who in range(6):
        thread = threading.Thread(target=write, args=(office(), who))
        thread.start()
        while waiting() <= who:
            time.sleep(0.001)
        threads.append(thread)
    holder.rollback()
    holder.set_autocommit(True)
    for thread in threads:
        thread.join(10)
    with holder.cursor() as cursor:
        cursor.execute("SELECT who FROM line ORDER BY id")
        assert [who for (who,) in cursor.fetchall()] == [0, 1, 2, 3, 4, 5]


def test_a_turn_is_given_up_after_an_error_and_when_a_connection_closes(office):
    first, second = office(), office()
    begin(first)
    with pytest.raises(IntegrityError), first.cursor() as cursor:
        cursor.execute("INSERT INTO line (id, who) VALUES (1, 1), (1, 2)")
    first.rollback()
    first.set_autocommit(True)
    begin(second)
    second.close()
    write(first, 3)
    assert not QUEUE._held


def test_who_waits_too_long_is_refused_and_leaves_the_queue():
    queue = Queue()
    queue.enter(1)
    with pytest.raises(OperationalError, match="locked"):
        queue.enter(0.01)
    queue.leave()
    queue.enter(0.01)


def test_the_office_uses_the_queue():
    office = connections["default"]
    assert isinstance(office, DatabaseWrapper) == (office.vendor == "sqlite")
