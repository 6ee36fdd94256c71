"""The portable subset: what answers differently somewhere is refused, with its name."""

from collections.abc import Callable
from typing import Any

import ibis
import pytest

from muster.core.indicators import SCHEMA, NotPortable, check, fact, faults_of

T = ibis.table(
    {"id": "string", "county": "int64", "division": "int64", "name": "string", "n": "int64",
     "day": "date"}, name="facts_t",
)  # fmt: skip
LOOSE = ibis.table({"id": "string", "x": "float64", "moment": "timestamp"}, name="facts_loose")
OTHER = ibis.table({"id": "string", "county": "int64", "n": "int64"}, name="facts_o")

FORBIDDEN: dict[str, Callable[[], Any]] = {
    "CountDistinct": lambda: T.aggregate(v=T.name.nunique()),
    "Median": lambda: T.aggregate(v=T.n.median()),
    "Quantile": lambda: T.aggregate(v=T.n.quantile(0.9)),
    "ApproxCountDistinct": lambda: T.aggregate(v=T.name.approx_nunique()),
    "ApproxMedian": lambda: T.aggregate(v=T.n.approx_median()),
    "a float sum": lambda: LOOSE.aggregate(v=LOOSE.x.sum()),
    "a mean": lambda: T.aggregate(v=T.n.mean()),
    "StandardDev": lambda: T.aggregate(v=T.n.std()),
    "Variance": lambda: T.aggregate(v=T.n.var()),
    "a division": lambda: T.mutate(v=T.n / 2),
    "a product of floats": lambda: LOOSE.mutate(v=LOOSE.x * 2),
    "FloorDivide": lambda: T.mutate(v=T.n // 2),
    "RegexSearch": lambda: T.filter(T.name.re_search("^a")),
    "StringSQLLike": lambda: T.filter(T.name.like("a%")),
    "Lowercase": lambda: T.mutate(v=T.name.lower()),
    "ordered strings": lambda: T.filter(T.name > "a"),
    "between strings": lambda: T.filter(T.name.between("a", "b")),
    "Max of strings": lambda: T.aggregate(v=T.name.max()),
    "Min of strings": lambda: T.aggregate(v=T.name.min()),
    "a timestamp": lambda: LOOSE.filter(LOOSE.moment.notnull()),
    "TimestampNow": lambda: LOOSE.filter(LOOSE.moment < ibis.now()),
    "DateNow": lambda: T.filter(T.day < ibis.today()),
    "RandomScalar": lambda: T.mutate(v=ibis.random()),
    "a cast from string": lambda: T.mutate(v=T.name.cast("int64")),
    "First": lambda: T.aggregate(v=T.n.first()),
    "GroupConcat": lambda: T.aggregate(v=T.name.group_concat()),
    "Limit": lambda: T.limit(3),
    "Distinct": T[["name"]].distinct,
    "a join without county": lambda: T.join(OTHER, "id"),
    "a join by inequality": lambda: T.join(OTHER, [T.county == OTHER.county, T.n > OTHER.n]),
    "an outer join": lambda: T.outer_join(OTHER, ["county", "id"]),
    "a window without total order": lambda: T.mutate(
        v=ibis.row_number().over(order_by=T.n)
    ),
    "a running sum": lambda: T.mutate(v=T.n.sum().over(order_by=T.id)),
    "sorted by a string": lambda: T.order_by(T.name),
}  # fmt: skip

ALLOWED: dict[str, Callable[[], Any]] = {
    "distinct by grouping": lambda: T.group_by(["county", "id"]).agg(k=T.count()).count().as_table(),
    "sum of integers": lambda: T.aggregate(v=T.n.sum(), low=T.n.min(), high=T.day.max()),
    "cases": lambda: T.mutate(v=ibis.cases((T.n > 3, 1), else_=0)),
    "join on county and id": lambda: T.join(OTHER, ["county", "id"]),
    "row number in total order": lambda: T.mutate(
        v=ibis.row_number().over(order_by=[T.n, T.id])
    ),
    "date truncation": lambda: T.mutate(v=T.day.truncate("M")),
}  # fmt: skip


@pytest.mark.parametrize("name", FORBIDDEN)
def test_what_is_not_portable_is_refused_and_nothing_else_of_it(name: str) -> None:
    with pytest.raises(NotPortable) as refused:
        check(FORBIDDEN[name]())

    if name[0].isupper() and " " not in name:
        assert name in str(refused.value)


@pytest.mark.parametrize("name", ALLOWED)
def test_what_is_portable_is_let_through(name: str) -> None:
    assert faults_of(ALLOWED[name]()) == []


def test_the_refusal_names_each_fault_once() -> None:
    two = T.aggregate(a=T.name.nunique(), b=T.id.nunique(), c=T.n.median())

    assert sorted(faults_of(two)) == [
        "CountDistinct is not in the portable subset",
        "Median is not in the portable subset",
    ]


def test_the_schema_publishes_whole_numbers_dates_and_strings_only() -> None:
    kinds = {kind for columns in SCHEMA.values() for kind in columns.values()}

    assert kinds == {"int64", "date", "string"}
    assert all({"id", "county", "division"} <= set(columns) for columns in SCHEMA.values())
    assert fact("facts_unit").get_name() == "facts_unit"
