"""The demo keeps its hands off what is somebody's own."""

import os
import secrets
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from muster.config import demoguard

URL = os.environ.get("MUSTER_DATABASE_URL", "")


@pytest.fixture
def database(monkeypatch):
    """Return the address of an empty database of its own."""
    if not URL:
        pytest.skip("the mark in the database is PostgreSQL's")
    name = f"guard_{secrets.token_hex(4)}"
    with psycopg.connect(URL, autocommit=True) as office:
        office.execute(f"CREATE DATABASE {name}")
        address = urlunsplit(urlsplit(URL)._replace(path=f"/{name}"))
        monkeypatch.setenv("MUSTER_DATABASE_URL", address)
        yield address
        office.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _tables(address, *, mark):
    with psycopg.connect(address) as database:
        database.execute("CREATE TABLE django_migrations (id int)")
        if mark:
            database.execute(f"COMMENT ON TABLE django_migrations IS '{mark}'")


def test_a_demo_may_use_an_empty_database(database, tmp_path):
    demoguard.mark_demo(tmp_path / "home")
    assert demoguard.kind_of(tmp_path / "home") == "demo"


def test_a_demo_refuses_a_database_without_its_mark(database, tmp_path):
    _tables(database, mark="")
    with pytest.raises(demoguard.NotADemo):
        demoguard.mark_demo(tmp_path / "home")
    assert not (tmp_path / "home").exists()
    assert demoguard.mark_of(database) == "office"


def test_a_reset_also_refuses_a_database_that_is_an_offices(database, tmp_path):
    demoguard.mark_demo(tmp_path)
    _tables(database, mark="")
    with pytest.raises(demoguard.NotADemo):
        demoguard.holds_own_rows(tmp_path)


def test_a_reset_empties_the_demos_tables(database, tmp_path):
    _tables(database, mark=demoguard.DATABASE_MARK)
    demoguard.holds_own_rows(tmp_path)
    demoguard.remove_demo(tmp_path)
    assert demoguard.mark_of(database) == ""


def test_tables_of_a_demo_whose_folder_is_gone_are_made_anew(database, tmp_path):
    _tables(database, mark=demoguard.DATABASE_MARK)
    demoguard.mark_demo(tmp_path / "home")
    assert demoguard.mark_of(database) == ""


def test_a_folder_with_other_things_in_it_loses_nothing(tmp_path, monkeypatch):
    monkeypatch.delenv("MUSTER_DATABASE_URL", raising=False)
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    demoguard.mark_demo(tmp_path)
    assert (tmp_path / "letter.txt").exists()
