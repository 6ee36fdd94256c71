"""What a sheet says against itself, with place and numbers; nothing here is refused or repaired."""

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from muster.core.assessment.levels import in_order
from muster.core.assessment.model import Band, Deduct, Heading, Item, Ratio, ScoreSheet, Threshold
from muster.core.assessment.points import Points, in_words
from muster.core.assessment.rules import reach
from muster.core.assessment.sentences import Sentence, say


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One contradiction: a stable code, the place (code of the part, row of a file), the words."""

    code: str
    place: str
    sentence: Sentence

    @property
    def text(self) -> str:
        """Return it in one Chinese line."""
        return f"{self.place}：{self.sentence.text}" if self.place else self.sentence.text


def contradictions(sheet: ScoreSheet) -> tuple[Contradiction, ...]:
    """Return everything the sheet says against itself, in the order of the sheet."""
    return (
        *_totals(sheet),
        *(one for heading in sheet.all_headings for one in _heading(heading)),
        *(one for item in sheet.items for one in _item(item)),
        *_codes(sheet),
        *_vetoes(sheet),
        *_ladder(sheet, sheet.bands),
        *_ladder(sheet, sheet.stars),
    )


def highest(sheet: ScoreSheet) -> Points:
    """Return the most the whole sheet can give, bonus headings and caps counted."""
    total = sum(_highest(heading) for heading in sheet.headings)
    return Points(total if sheet.most is None else min(total, sheet.most))


def contradiction(code: str, place: str, /, **facts: object) -> Contradiction:
    """Return a contradiction with its sentence."""
    return Contradiction(code, place, say(f"contradiction.{code}", **facts))


def place_of(part: Heading | Item) -> str:
    """Return where a part stands: its row in the file it was read from, else its code."""
    return part.place or part.code


def _highest(heading: Heading) -> int:
    total = sum(item.most for item in heading.items) + sum(map(_highest, heading.headings))
    return total if heading.most is None else min(total, heading.most)


def _totals(sheet: ScoreSheet) -> Iterator[Contradiction]:
    if sheet.points is None:
        return
    stated = in_words(sheet.points)
    if sheet.worth != sheet.points:
        yield contradiction("sheet_sum", sheet.title, stated=stated, sum=in_words(sheet.worth))
    said = [heading.points for heading in sheet.headings if not heading.bonus]
    known = [points for points in said if points is not None]
    if known and len(known) == len(said) and sum(known) != sheet.points:
        yield contradiction("sheet_headings", sheet.title, stated=stated, sum=in_words(sum(known)))


def _heading(heading: Heading) -> Iterator[Contradiction]:
    # What a bonus heading states is its cap; the items may well offer more than that.
    sum_ = heading.worth if not heading.bonus else _uncapped(heading)
    agrees = heading.points in (None, sum_) or (heading.bonus and sum_ >= (heading.points or 0))
    if not agrees and heading.points is not None:
        yield contradiction(
            "heading_sum", place_of(heading), heading=heading.title,
            stated=in_words(heading.points), sum=in_words(sum_),
        )  # fmt: skip


def _uncapped(heading: Heading) -> Points:
    return Points(sum(item.most for item in heading.all_items))


def _item(item: Item) -> Iterator[Contradiction]:
    if item.by_hand:
        return
    place = place_of(item)
    can = reachable(item)
    full = max(item.points, item.most)
    if can is not None and can < full:
        yield contradiction(
            "rule_short", place, item=item.title, points=in_words(full), reach=in_words(can)
        )
    if can is not None and can > item.most and _stated(item):
        yield contradiction(
            "rule_over", place, item=item.title, points=in_words(item.most), reach=in_words(can)
        )
    for rule in item.rules:
        deducted = max(rule.points, rule.most or 0) if isinstance(rule, Deduct) else 0
        if deducted > item.points - item.least:
            yield contradiction(
                "deduct_over", place, item=item.title, points=in_words(item.points),
                deducted=in_words(deducted),
            )  # fmt: skip


def reachable(item: Item) -> Points | None:
    """Return the most the rules of an item can give before its cap; None where nothing bounds it."""
    parts = [reach(rule) for rule in item.rules]
    if any(part is None for part in parts):
        return None
    return Points(item.start + sum(part or 0 for part in parts))


def _stated(item: Item) -> bool:
    """Return whether a rule that states its own points is above the item, as no sum of parts is."""
    tops = [rule for rule in item.rules if isinstance(rule, Ratio | Threshold)]
    return any((reach(rule) or 0) > item.most for rule in tops)


def _codes(sheet: ScoreSheet) -> Iterator[Contradiction]:
    for parts in (sheet.all_headings, sheet.items):
        counted = Counter(part.code for part in parts)
        for code, count in counted.items():
            if count > 1:
                places = "、".join(f"“{part.title}”" for part in parts if part.code == code)
                yield contradiction("code_twice", code, code=code, count=count, places=places)
    vetoes = Counter(veto.code for veto in sheet.vetoes)
    for code, count in vetoes.items():
        if count > 1:
            places = "、".join(f"“{veto.title}”" for veto in sheet.vetoes if veto.code == code)
            yield contradiction("code_twice", code, code=code, count=count, places=places)


def _vetoes(sheet: ScoreSheet) -> Iterator[Contradiction]:
    codes = {item.code for item in sheet.items}
    for veto in sheet.vetoes:
        place = veto.place or veto.code
        if not veto.item:
            yield contradiction("veto_nothing", place, veto=veto.title)
        elif veto.item not in codes:
            yield contradiction("veto_unknown", place, veto=veto.title, item=veto.item)


def _ladder(sheet: ScoreSheet, ladder: Sequence[Band]) -> Iterator[Contradiction]:
    bands = in_order(ladder)
    for lower, upper in itertools.pairwise(bands):
        yield from _neighbours(lower, upper)
    top = highest(sheet)
    for band in bands:
        low, high = band.at_least or 0, band.up_to
        if high is not None and high < low:
            yield contradiction(
                "level_backward", band.code, level=band.name, low=in_words(low), high=in_words(high)
            )
        if low > top:
            yield contradiction(
                "level_beyond",
                band.code,
                level=band.name,
                points=in_words(low),
                reach=in_words(top),
            )
    if bands:
        yield from _ends(sheet, bands, top)


def _neighbours(lower: Band, upper: Band) -> Iterator[Contradiction]:
    names = {"lower": lower.name, "upper": upper.name}
    start = upper.at_least or 0
    if lower.at_least == upper.at_least:
        yield contradiction("level_twice", upper.code, points=in_words(start), **names)
    elif lower.up_to is not None:
        words = {"low": in_words(lower.up_to), "high": in_words(start), **names}
        if lower.up_to + 1 < start:
            yield contradiction("level_gap", upper.code, **words)
        elif lower.up_to >= start:
            yield contradiction("level_overlap", upper.code, **words)


def _ends(sheet: ScoreSheet, bands: Sequence[Band], top: Points) -> Iterator[Contradiction]:
    bottom, last = bands[0], bands[-1]
    low = bottom.at_least or 0
    # Stars may well begin above zero: no star is an answer too.
    if low > 0 and bottom in sheet.bands and all(b.at_least is not None for b in sheet.bands):
        yield contradiction("level_bottom", bottom.code, level=bottom.name, points=in_words(low))
    if last.up_to is not None and last.up_to < top:
        yield contradiction(
            "level_top",
            last.code,
            level=last.name,
            points=in_words(last.up_to),
            reach=in_words(top),
        )
