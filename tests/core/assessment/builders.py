"""Small score sheets for the tests."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from muster.core.assessment import Facts, Mark, Points, Reading, ScoreSheet, from_entry


def quarters(text: str | int) -> Points:
    """Return quarter points of points as people write them."""
    return Points(int(Fraction(str(text)) * 4))


def entry(*items: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """Return the entry of a sheet with one heading of items."""
    return {
        "format": "muster-assessment/1", "code": "t", "title": "测试考评表", "subject": "township",
        "headings": [{"code": "1", "title": "大项", "items": list(items)}], **fields,
    }  # fmt: skip


def item(
    code: str = "1.1", points: object = 10, *rules: dict[str, Any], **fields: Any
) -> dict[str, Any]:
    """Return the entry of an item."""
    return {"code": code, "title": f"项目{code}", "points": points, "rules": list(rules), **fields}


def rule(kind: str, **fields: Any) -> dict[str, Any]:
    """Return the entry of a rule on the count "n" unless another is named."""
    own = {} if {"indicator", "hand", "count"} & fields.keys() else {"count": "n"}
    return {"kind": kind, **own, "name": "数量", **fields}


def sheet(*items: dict[str, Any], **fields: Any) -> ScoreSheet:
    """Return a sheet with one heading."""
    return from_entry(entry(*items, **fields))


def values(**given: int | str | None) -> Facts:
    """Return facts with counts."""
    readings = {k: Reading(Decimal(v) if isinstance(v, str) else v) for k, v in given.items()}
    return Facts(readings)


def marks(**given: Mark) -> Facts:
    """Return facts with marks; i1_1 stands for item 1.1."""
    return Facts({}, {k[1:].replace("_", "."): v for k, v in given.items()})
