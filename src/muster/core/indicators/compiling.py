"""Expressions to SQL of a database, with what is asked bound by the driver, never written in."""

from typing import Any, Literal

import ibis.expr.datashape as ds
import ibis.expr.datatypes as dt
import ibis.expr.operations as ops
import sqlglot.expressions as sge
from ibis.backends.sql.compilers.postgres import PostgresCompiler
from ibis.backends.sql.compilers.sqlite import SQLiteCompiler

from muster.core.indicators.facts import Asked

Vendor = Literal["sqlite", "postgresql"]
MARK = "__asked_{}__"


class Bound(ops.Value):  # type: ignore[misc]
    """A value that the driver binds under a name."""

    asked: str
    type: dt.DataType
    shape = ds.scalar

    @property
    def dtype(self) -> dt.DataType:
        """Return the type the expression gave it."""
        return self.type


class _Marks:
    @staticmethod
    def visit_Bound(op: Bound, **_: Any) -> sge.Expression:  # noqa: N802 - Ibis finds it by name
        """Return the mark that stands for a bound value until the SQL is text."""
        return sge.Var(this=MARK.format(op.asked))


class _SQLite(_Marks, SQLiteCompiler):  # type: ignore[misc]
    __slots__ = ()


class _Postgres(_Marks, PostgresCompiler):  # type: ignore[misc]
    __slots__ = ()


_COMPILERS: dict[str, Any] = {"sqlite": _SQLite, "postgresql": _Postgres}
_NAMED = {getattr(Asked, name).op(): name for name in Asked.NAMES}


def sql_of(expression: Any, vendor: Vendor) -> str:
    """Return the SQL of an expression with ``%(name)s`` for what is asked (DB-API pyformat)."""

    def bound(node: Any, changed: Any) -> Any:
        if node in _NAMED:
            return Bound(asked=_NAMED[node], type=node.dtype)
        return node.__recreate__(changed) if changed else node

    compiler = _COMPILERS[vendor]()
    tree = expression.as_table().op().replace(bound)
    text: str = compiler.to_sqlglot(tree.to_expr()).sql(compiler.dialect)
    text = text.replace("%", "%%")
    for name in Asked.NAMES:
        text = text.replace(MARK.format(name), f"%({name})s")
    return text
