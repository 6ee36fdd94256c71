"""Refuses an expression outside the subset that gives equal answers on every engine.

Measured elsewhere: approximate distinct counts, sampled quantiles, collations and float sums differ
between engines. Distinct is grouping and counting; rates are divided once, after the query.
"""

from typing import Any

import ibis.expr.datatypes as dt
import ibis.expr.operations as ops

RELATIONS = frozenset({
    "UnboundTable", "Project", "Filter", "Aggregate", "JoinChain", "JoinLink", "JoinReference",
    "JoinTable", "SelfReference",
})  # fmt: skip
VALUES = frozenset({
    "Field", "Literal", "ScalarParameter", "Alias", "Equals", "NotEquals", "Less", "LessEqual",
    "Greater", "GreaterEqual", "Between", "And", "Or", "Not", "IsNull", "NotNull", "Coalesce",
    "IfElse", "SearchedCase", "SimpleCase", "InValues", "Add", "Subtract", "Multiply", "Cast",
    "Count", "CountStar", "Sum", "Min", "Max", "DateTruncate", "ExtractYear", "ExtractMonth",
    "RowNumber", "WindowFunction", "SortKey",
})  # fmt: skip
ORDERING = (ops.Less, ops.LessEqual, ops.Greater, ops.GreaterEqual, ops.Between)
TYPES = (dt.Int64, dt.Int32, dt.Int16, dt.Int8, dt.Date, dt.String, dt.Boolean, dt.Null)


class NotPortable(ValueError):
    """An expression uses something that answers differently on another engine."""


def check(expression: Any) -> None:
    """Raise NotPortable naming the first thing outside the subset."""
    faults = faults_of(expression)
    if faults:
        raise NotPortable("; ".join(faults))


def faults_of(expression: Any) -> list[str]:
    """Return everything in an expression that is outside the subset, each once."""
    found: dict[str, None] = {}
    for node in expression.op().find(ops.Node):
        for fault in _faults(node):
            found[fault] = None
    return list(found)


def _faults(node: Any) -> list[str]:
    name = type(node).__name__
    if name not in RELATIONS | VALUES:
        return [f"{name} is not in the portable subset"]
    if isinstance(node, ops.Value):
        return _value_faults(node, name)
    if isinstance(node, ops.JoinLink):
        return _join_faults(node)
    return []


def _value_faults(node: Any, name: str) -> list[str]:
    if not isinstance(node.dtype, TYPES):
        return [f"{name} gives {node.dtype}: only whole numbers, dates and strings are exact"]
    if isinstance(node, ops.WindowFunction):
        return _window_faults(node)
    if isinstance(node, ops.Cast) and (node.arg.dtype.is_string() or node.dtype.is_string()):
        return ["a cast from or to string"]
    return _ordering_faults(node, name)


def _ordering_faults(node: Any, name: str) -> list[str]:
    if isinstance(node, ORDERING) and any(_is_text(arg) for arg in node.args):
        return ["strings are ordered, and collations differ"]
    if isinstance(node, ops.Min | ops.Max) and _is_text(node.arg):
        return [f"{name} of strings orders them, and collations differ"]
    if isinstance(node, ops.SortKey) and _is_text(node.arg) and not _is_key(node.arg):
        return ["rows are sorted by a string that is no key"]
    return []


def _is_text(arg: Any) -> bool:
    return isinstance(arg, ops.Value) and arg.dtype.is_string()


def _is_key(arg: Any) -> bool:
    return isinstance(arg, ops.Field) and arg.name in {"id", "key"}


def _window_faults(node: Any) -> list[str]:
    keys = [key.arg for key in node.order_by]
    if isinstance(node.func, ops.RowNumber) and any(_is_key(key) for key in keys):
        return []
    return ["a window without a total order (end it with the key)"]


def _join_faults(node: Any) -> list[str]:
    if node.how not in {"inner", "left", "semi", "anti"}:
        return [f"a {node.how} join"]
    if not all(isinstance(p, ops.Equals) for p in node.predicates):
        return ["a join that is not by equality"]
    sides = {p.left.name for p in node.predicates if isinstance(p.left, ops.Field)}
    if "county" not in sides:
        return ["a join without county"]
    return []
