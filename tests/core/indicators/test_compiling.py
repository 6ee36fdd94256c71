"""Definitions compile to SQL of both databases, with what is asked bound and never written in."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from muster.core.indicators import Definition, Source, check, load, sql_of
from muster.core.indicators.expressions import EXPRESSIONS
from muster.core.indicators.facts import SCHEMA, Asked

CATALOGUE = Path(__file__).resolve().parents[3] / "catalogue" / "indicators"
ARGUMENTS: dict[str, tuple[Any, ...]] = {
    "items_done": ("militia_reorganisation",),
    "age": (18, 25),
    "meetings": ("party_armed_forces",),
    "meetings_with_minutes": ("mutual_support_group",),
    "activities": ("drill",),
    "publicity": ("conscription_publicity", "banner"),
    "months_with_meeting": ("mutual_support_office",),
}
VENDORS = ("sqlite", "postgresql")


def definitions() -> dict[str, Definition]:
    files = (yaml.safe_load(p.read_text("utf-8")) for p in sorted(CATALOGUE.glob("*.yaml")))
    return load([e for f in files if f["format"] == "muster-indicators/1" for e in f["indicators"]])


def shapes(name: str) -> list[Any]:
    rows = EXPRESSIONS[name](*ARGUMENTS.get(name, ()))
    source = Source("", "", rows, rows)
    return [source.rows, source.total, source.by_division, source.by_part]


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_each_expression_is_portable_and_compiles_for_both_databases(name: str) -> None:
    for expression in shapes(name):
        check(expression)
        for vendor in VENDORS:
            assert sql_of(expression, vendor).startswith("SELECT")  # type: ignore[arg-type]


@pytest.mark.parametrize("name", EXPRESSIONS)
@pytest.mark.parametrize("vendor", VENDORS)
def test_each_expression_is_narrowed_to_the_asked_division(name: str, vendor: Any) -> None:
    sql = sql_of(shapes(name)[1], vendor)

    assert "%(low)s" in sql and "%(high)s" in sql
    assert "__asked" not in sql
    assert set(re.findall(r"%\((\w+)\)s", sql)) <= set(Asked.NAMES)
    assert "%" not in re.sub(r"%\(\w+\)s|%%", "", sql)


def test_each_expression_reads_published_tables_only() -> None:
    for name in EXPRESSIONS:
        sql = sql_of(shapes(name)[1], "sqlite")
        assert set(re.findall(r'FROM "(\w+)"', sql)) <= set(SCHEMA)


def test_all_94_indicators_are_defined_and_wait_or_answer() -> None:
    found = definitions()

    assert {d.parent for d in found.values()} == {f"I-{n:02d}" for n in range(1, 95)}
    assert all(bool(d.sources) != bool(d.waits_for) for d in found.values())
    assert all(d.words and d.unit and str(d.citation) for d in found.values())


def test_an_entry_that_neither_answers_nor_waits_is_a_bug() -> None:
    entry = {"code": "I-99", "name": "甲", "unit": "人", "words": "乙", "area": "militia",
             "citation": "丙 一"}  # fmt: skip

    with pytest.raises(ValueError, match="waits for"):
        load([entry])
    with pytest.raises(ValueError, match="twice"):
        load([entry | {"waits_for": "丁"}] * 2)
