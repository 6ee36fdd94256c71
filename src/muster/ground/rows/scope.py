"""The current scope: fail-closed in Python, mirrored into PostgreSQL row-level security."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.db import connection, transaction

from muster.ground.rows.actor import Actor, Scope
from muster.ground.rows.problems import ScopeNotSet

_scope: ContextVar[Scope | None] = ContextVar("muster_scope", default=None)
_actor: ContextVar[Actor | None] = ContextVar("muster_actor", default=None)

APP_ROLE = "muster_app"


def current_scope() -> Scope:
    """Return the scope in force; raise ScopeNotSet where none is."""
    scope = _scope.get()
    if scope is None:
        raise ScopeNotSet("a scoped table was touched outside acting() or system_scope()")
    return scope


def current_actor() -> Actor | None:
    """Return the actor in force, or None for the system and for nobody."""
    return _actor.get()


@contextmanager
def acting(actor: Actor) -> Iterator[Actor]:
    """Run the block as this actor, in the database too."""
    with _entered(Scope.of(actor), actor):
        yield actor


@contextmanager
def system_scope(reason: str) -> Iterator[None]:
    """Run the block over every row. Each use is listed in an approved file and tested for."""
    with _entered(Scope(everything=True, reason=reason), _actor.get()):
        yield


@contextmanager
def _entered(scope: Scope, actor: Actor | None) -> Iterator[None]:
    before, by = _scope.get(), _actor.get()
    _scope.set(scope)
    _actor.set(actor)
    try:
        with _database_follows(scope, before):
            yield
    finally:
        _scope.set(before)
        _actor.set(by)


@contextmanager
def _database_follows(scope: Scope, before: Scope | None) -> Iterator[None]:
    if connection.vendor != "postgresql":
        yield
        return
    local = connection.in_atomic_block
    tell_database(scope, local=local)
    try:
        yield
    finally:
        # A broken transaction is rolled back by its owner, and the settings with it.
        if not (connection.in_atomic_block and _broken()):
            tell_database(before, local=local and connection.in_atomic_block)


def _broken() -> bool:
    """Return whether the transaction can do nothing but roll back."""
    raw = connection.connection
    return connection.needs_rollback or raw is None or raw.info.transaction_status.name == "INERROR"


def tell_database(scope: Scope | None, *, local: bool) -> None:
    """Set the row-level security settings of this connection to the scope (None closes all)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('muster.low', %s, %s), set_config('muster.high', %s, %s),"
            " set_config('muster.ancestors', %s, %s), set_config('muster.all', %s, %s),"
            " set_config('muster.organisations', %s, %s), set_config('muster.person', %s, %s),"
            " set_config('role', %s, %s)",
            _settings(scope, local=local),
        )


def _settings(scope: Scope | None, *, local: bool) -> list[str | bool]:
    if scope is None:
        values = ["~", "", "{}", "off", "{}", "", "none"]
    else:
        role = "none" if scope.everything or not settings.MUSTER_DATABASE_ROLE else APP_ROLE
        ancestors = "{" + ",".join(scope.ancestors) + "}"
        everything = "on" if scope.everything else "off"
        organisations = "{" + ",".join(map(str, scope.organisations)) + "}"
        person = str(scope.person or "")
        low = scope.low or "~"
        values = [low, scope.high, ancestors, everything, organisations, person, role]
    return [item for value in values for item in (value, local)]


@contextmanager
def reading_only() -> Iterator[None]:
    """Run the block so that the database itself refuses writes (audit and finance posts)."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ ONLY")
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only=ON")
    try:
        yield
    finally:
        # Past Django's cursor, which refuses to work in a transaction that has failed.
        connection.connection.execute("PRAGMA query_only=OFF")
