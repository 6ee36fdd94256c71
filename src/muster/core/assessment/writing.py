"""Score sheets as catalogue entries: what from_entry reads back to the same sheet."""

from collections.abc import Sequence
from typing import Any

from muster.core.assessment.entries import FORMAT
from muster.core.assessment.model import (
    Add,
    Band,
    Deduct,
    Heading,
    Item,
    Measure,
    Ratio,
    Rule,
    ScoreSheet,
    Veto,
)
from muster.core.assessment.points import Points, entry_number, in_words


def as_entry(sheet: ScoreSheet) -> dict[str, Any]:
    """Return the entry of a sheet: plain texts, numbers and lists for YAML or JSON."""
    return _given(
        format=FORMAT, code=sheet.code, title=sheet.title, subject=sheet.subject,
        points=_points(sheet.points), most=_points(sheet.most), ranking=sheet.ranking or None,
        status=sheet.status, source=sheet.citation.source, clause=sheet.citation.clause,
        note=sheet.note, bands=_ladder(sheet.bands), stars=_ladder(sheet.stars),
        headings=[_heading(heading) for heading in sheet.headings],
        vetoes=[_veto(veto) for veto in sheet.vetoes],
    )  # fmt: skip


def _given(**fields: Any) -> dict[str, Any]:
    """Return the fields that say something."""
    return {name: value for name, value in fields.items() if value not in (None, "", [], ())}


def _points(points: Points | None) -> int | str | None:
    if points is None:
        return None
    return in_words(points) if points % 4 else points // 4


def _ladder(ladder: Sequence[Band]) -> list[dict[str, Any]]:
    return [
        {"code": band.code, "name": band.name, "at_least": _points(band.at_least),
         **_given(up_to=_points(band.up_to))}
        for band in ladder
    ]  # fmt: skip


def _heading(heading: Heading) -> dict[str, Any]:
    return _given(
        code=heading.code, title=heading.title, points=_points(heading.points),
        bonus=heading.bonus or None, most=_points(heading.most), place=heading.place,
        headings=[_heading(part) for part in heading.headings],
        items=[_item(item) for item in heading.items],
    )  # fmt: skip


def _item(item: Item) -> dict[str, Any]:
    return _given(
        code=item.code, title=item.title, points=_points(item.points), most=_points(item.most),
        least=_points(item.least), begins=item.begins, rules=[_rule(rule) for rule in item.rules],
        evidence=list(item.evidence), needs_evidence=item.needs_evidence or None,
        words=item.words, basis=item.basis, status=item.status, place=item.place,
    )  # fmt: skip


def _rule(rule: Rule) -> dict[str, Any]:
    if isinstance(rule, Add):
        kind, own = "add", _given(
            points=_points(rule.points), each=entry_number(rule.each),
            above=entry_number(rule.above), most=_points(rule.most),
        )  # fmt: skip
    elif isinstance(rule, Deduct):
        kind, own = "deduct", _given(
            points=_points(rule.points), each=entry_number(rule.each),
            above=None if rule.above is None else entry_number(rule.above),
            below=None if rule.below is None else entry_number(rule.below),
            begun=rule.begun or None, most=_points(rule.most),
        )  # fmt: skip
    elif isinstance(rule, Ratio):
        kind, own = "ratio", {"points": _points(rule.points), "full": entry_number(rule.full)}
    else:
        steps = [{"limit": entry_number(s.limit), "points": _points(s.points)} for s in rule.steps]
        kind, own = "threshold", {"side": rule.side, "steps": steps}
    return {"kind": kind, **_measure(rule.measure), **own}


def _measure(measure: Measure) -> dict[str, Any]:
    highest = 0 if measure.highest is None else entry_number(measure.highest)
    return {str(measure.source): measure.code, **_given(name=measure.name, unit=measure.unit),
            "highest": highest}  # fmt: skip


def _veto(veto: Veto) -> dict[str, Any]:
    return _given(
        code=veto.code, title=veto.title, item=veto.item, **_measure(veto.measure),
        **{str(veto.side): entry_number(veto.limit)}, effect=veto.effect, place=veto.place,
    )  # fmt: skip
