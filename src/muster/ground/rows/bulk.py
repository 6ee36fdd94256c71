"""Bulk inserts by executemany: five times faster than bulk_create, under the same scope."""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, models

from muster.ground.rows.models import CountyRow, check_writable
from muster.ground.rows.problems import MayNotWriteThere

BATCH = 2000


def insert_many(
    model: type[CountyRow], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> int:
    """Insert rows given in the order of ``columns`` (attribute names); return how many.

    Columns left out take the model's default. ``division`` must be among the columns: every row is
    checked against the scope, and its county is set from it.
    """
    scope = check_writable(model)
    names = [*columns, "county"]
    place = names.index("division")
    fields = {f.attname: f for f in model._meta.concrete_fields}
    rest = [f for name, f in fields.items() if name not in names]
    defaults = [_prepared(f, f.get_default()) for f in rest]
    prepare = [_converter(fields[name]) for name in names]
    sql = _insert_sql(model, [fields[n] for n in names] + rest)
    count, checked = 0, set()
    batch: list[list[Any]] = []
    with connection.cursor() as cursor:
        for row in rows:
            division = row[place]
            if division not in checked:
                if not scope.holds(division):
                    raise MayNotWriteThere(post=scope.post_label)
                checked.add(division)
            whole = (*row, division[:6])
            batch.append([c(v) if c else v for c, v in zip(prepare, whole, strict=True)] + defaults)
            count += 1
            if len(batch) >= BATCH:
                cursor.executemany(sql, batch)
                batch = []
        if batch:
            cursor.executemany(sql, batch)
    return count


def _insert_sql(model: type[models.Model], fields: Sequence[models.Field[Any, Any]]) -> str:
    quote = connection.ops.quote_name
    names = ", ".join(quote(f.column) for f in fields)
    places = ", ".join(["%s"] * len(fields))
    return f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})"  # noqa: S608 - names come from the model


def _prepared(field: models.Field[Any, Any], value: Any) -> Any:
    return field.get_db_prep_save(value, connection)


def _converter(field: models.Field[Any, Any]) -> Callable[[Any], Any] | None:
    """Return what a value needs on the way to this database, or None where it passes as it is."""
    if isinstance(field, models.JSONField):
        return lambda value: field.get_db_prep_save(value, connection)
    if connection.vendor == "postgresql":
        return None
    if isinstance(field, models.UUIDField | models.ForeignKey):
        return lambda value: value.hex if isinstance(value, UUID) else value
    if isinstance(field, models.DateTimeField):
        return lambda value: _prepared(field, value) if isinstance(value, datetime) else value
    if isinstance(field, models.DateField):
        return lambda value: value.isoformat() if isinstance(value, date) else value
    return None


def as_json(value: Any) -> str:
    """Return compact JSON with dates as text, for sealed blobs."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
