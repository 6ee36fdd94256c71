"""Score sheets from catalogue entries (YAML or JSON) and back: from_entry and as_entry."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, cast

from muster.core.assessment.model import (
    Band,
    Begins,
    Effect,
    Heading,
    Item,
    ScoreSheet,
    Veto,
)
from muster.core.assessment.node import Node
from muster.core.assessment.points import NONE
from muster.core.assessment.problems import EntryFieldMissing, EntryFormatUnknown, EntryTooLarge
from muster.core.assessment.rule_entries import MEASURES, begins_of, measure_of, rule_of, side_of
from muster.core.kernel import Citation

FORMAT = "muster-assessment/1"
STATUSES = ("", "law", "directive", "practice", "target", "example", "default", "read")
DEEPEST = 4
_SHEET = ("format", "code", "title", "subject", "points", "most", "ranking", "status", "source",
          "clause", "note", "bands", "stars", "headings", "vetoes")  # fmt: skip
_HEADING = ("code", "title", "points", "bonus", "most", "place", "headings", "items")
_ITEM = ("code", "title", "points", "most", "least", "begins", "rules", "evidence",
         "needs_evidence", "words", "basis", "status", "place")  # fmt: skip
_VETO = ("code", "title", "item", *MEASURES, "at_least", "at_most", "effect", "place")
_BAND = ("code", "name", "at_least", "up_to")


def from_entry(entry: Mapping[str, Any]) -> ScoreSheet:
    """Return the sheet of a catalogue entry; refused with place, reason and remedy.

    Refused is only what cannot be understood. What contradicts itself is accepted and reported by
    ``contradictions``: a county has to be able to keep the sheet its superior sent.
    """
    node = Node(entry, "", _SHEET)
    if node.entry.get("format") != FORMAT:
        raise EntryFormatUnknown(found=str(node.entry.get("format"))[:30], wanted=FORMAT)
    headings = tuple(_heading(row, f"headings {n}", 1) for n, row in _numbered(node, "headings"))
    if not headings:
        raise EntryFieldMissing(where="headings", field="headings", wanted="至少一个大项")
    return ScoreSheet(
        code=node.text("code", required=True), title=node.text("title", required=True),
        subject=node.text("subject", required=True), headings=headings,
        points=node.points("points"), most=node.points("most"),
        vetoes=tuple(_veto(row, f"vetoes {n}") for n, row in _numbered(node, "vetoes")),
        bands=_ladder(node, "bands"), stars=_ladder(node, "stars"), ranking=node.flag("ranking"),
        status=node.word("status", STATUSES), note=node.text("note"),
        citation=Citation(node.text("source"), node.text("clause")),
    )  # fmt: skip


def _numbered(node: Node, name: str) -> list[tuple[str, Any]]:
    """Return the rows of a list, each under its code where it has one, else its number."""
    return [
        (str(row["code"]) if isinstance(row, Mapping) and "code" in row else f"#{n}", row)
        for n, row in enumerate(node.rows(name), start=1)
    ]


def _heading(entry: Any, where: str, depth: int) -> Heading:
    node = Node(entry, where, _HEADING)
    if depth > DEEPEST:
        raise EntryTooLarge(where=where, found=depth, most=DEEPEST)
    inner = [
        _heading(row, f"{where} › headings {n}", depth + 1)
        for n, row in _numbered(node, "headings")
    ]
    items = [_item(row, f"{where} › items {n}") for n, row in _numbered(node, "items")]
    bonus, points = node.flag("bonus"), node.points("points")
    most = node.points("most")
    return Heading(
        code=node.text("code", required=True), title=node.text("title", required=True),
        points=points, items=tuple(items), headings=tuple(inner), bonus=bonus,
        most=points if bonus and most is None else most, place=node.text("place"),
    )  # fmt: skip


def _item(entry: Any, where: str) -> Item:
    node = Node(entry, where, _ITEM)
    points = node.needed_points("points", least=0)
    rows = node.rows("rules")
    rules = tuple(
        rule_of(row, f"{where} › rules #{n}", points) for n, row in enumerate(rows, start=1)
    )
    least = node.points("least")
    begins = node.word("begins", ("full", "zero"), begins_of(rules))
    most = node.points("most")
    return Item(
        code=node.text("code", required=True), title=node.text("title", required=True),
        points=points, most=points if most is None else most, least=NONE if least is None else least,
        rules=rules, begins=cast(Begins, begins), evidence=node.texts("evidence"),
        needs_evidence=node.flag("needs_evidence"), words=node.text("words"),
        basis=node.text("basis"), status=node.word("status", STATUSES), place=node.text("place"),
    )  # fmt: skip


def _veto(entry: Any, where: str) -> Veto:
    node = Node(entry, where, _VETO)
    limit, side = side_of(node, default=Fraction(1))
    effect = node.word("effect", ("item", "heading", "sheet"), "sheet")
    return Veto(
        code=node.text("code", required=True), title=node.text("title", required=True),
        item=node.text("item"), measure=measure_of(node), limit=limit, side=side,
        effect=cast(Effect, effect), place=node.text("place"),
    )  # fmt: skip


def _ladder(node: Node, name: str) -> tuple[Band, ...]:
    return tuple(_band(row, f"{name} {n}") for n, row in _numbered(node, name))


def _band(entry: Any, where: str) -> Band:
    node = Node(entry, where, _BAND)
    return Band(
        code=node.text("code", required=True), name=node.text("name", required=True),
        at_least=node.points("at_least"), up_to=node.points("up_to"),
    )  # fmt: skip
