"""Binds what a sheet counts by hand to an indicator or a count, and sets its cuts."""

from collections.abc import Mapping
from dataclasses import replace

from muster.core.assessment.model import Band, Heading, Item, Measure, ScoreSheet
from muster.core.assessment.points import Points
from muster.core.assessment.problems import LevelUnknown, MeasureUnknown


def bound(sheet: ScoreSheet, code: str, measure: Measure) -> ScoreSheet:
    """Return the sheet with one measure replaced wherever a rule or veto reads it.

    Refused where nothing reads the code: a binding without effect would look like one that works.
    """
    if code not in {known.code for known in sheet.measures}:
        raise MeasureUnknown(sheet=sheet.title, measure=code)
    vetoes = tuple(
        replace(veto, measure=measure) if veto.measure.code == code else veto
        for veto in sheet.vetoes
    )
    headings = tuple(_heading(heading, code, measure) for heading in sheet.headings)
    return replace(sheet, headings=headings, vetoes=vetoes)


def with_cuts(sheet: ScoreSheet, cuts: Mapping[str, Points | None]) -> ScoreSheet:
    """Return the sheet with other cuts: band or star code → points, None for "not set"."""
    known = {band.code for band in (*sheet.bands, *sheet.stars)}
    for code in cuts:
        if code not in known:
            raise LevelUnknown(sheet=sheet.title, level=code)
    return replace(sheet, bands=_cut(sheet.bands, cuts), stars=_cut(sheet.stars, cuts))


def _cut(ladder: tuple[Band, ...], cuts: Mapping[str, Points | None]) -> tuple[Band, ...]:
    return tuple(
        replace(band, at_least=cuts[band.code]) if band.code in cuts else band for band in ladder
    )


def _heading(heading: Heading, code: str, measure: Measure) -> Heading:
    items = tuple(_item(item, code, measure) for item in heading.items)
    inner = tuple(_heading(part, code, measure) for part in heading.headings)
    return replace(heading, items=items, headings=inner)


def _item(item: Item, code: str, measure: Measure) -> Item:
    if all(rule.measure.code != code for rule in item.rules):
        return item
    rules = tuple(
        replace(rule, measure=measure) if rule.measure.code == code else rule for rule in item.rules
    )
    return replace(item, rules=rules)
