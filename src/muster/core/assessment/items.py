"""One item out of its rows: title, points, scoring text, marks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from muster.core.assessment.clauses import Clauses
from muster.core.assessment.grid import BLANK
from muster.core.assessment.model import Deduct, Item, Rule, Threshold
from muster.core.assessment.points import NONE, Points, in_words, points_of
from muster.core.assessment.rows import Raw, all_stated, cell_number, stated_text, without_points
from muster.core.assessment.rule_entries import begins_of
from muster.core.assessment.rules import reach
from muster.core.assessment.sentences import Sentence, say

LONGEST = 300
LONGEST_WORDS = 16_000
_DASHES = frozenset({"-", "—", "/", "\\", "——", "无"})


@dataclass(frozen=True, slots=True)
class Made:
    """An item on its way: what its cells say, and what is wrong with them already."""

    title: str
    words: str
    points: Points
    has_points: bool
    evidence: tuple[str, ...]
    self_mark: str
    review: str
    place: str
    faults: tuple[Sentence, ...]
    manual: bool = False

    def item(self, code: str, read: Clauses, *, bonus: bool, penalty: bool) -> Item:
        """Return the item with the rules that were understood."""
        rules = () if penalty and not _bounded(read.rules) else read.rules
        if not (self.has_points or bonus or penalty):
            rules = ()  # no rule can be checked against points that nobody knows
        points = self.points
        if bonus and not self.has_points:
            points = Points(sum(reach(rule) or 0 for rule in rules))
        least = NONE
        if penalty:
            deepest = sum(rule.most or 0 for rule in rules if isinstance(rule, Deduct))
            points, least = NONE, Points(-(deepest or self.points))
        if self.over_sum(rules, points):
            rules = ()
        full = begins_of(rules) == "full" and points > 0
        return Item(
            code=code, title=self.title, points=points, most=points, least=least, rules=rules,
            begins="full" if full else "zero", evidence=self.evidence,
            needs_evidence=bool(self.evidence), words=self.words, status="read", place=self.place,
        )  # fmt: skip

    def over(self, item: Item, read: Clauses) -> Iterator[Sentence]:
        """Yield what was understood alone, but makes no sense together."""
        if self.over_sum(read.rules, item.points):
            yield say("unclear.clauses_over", points=in_words(item.points))
        elif item.least < 0 and read.rules and not item.rules:
            yield say("unclear.clause", text=self.words or self.title)

    def over_sum(self, rules: Sequence[Rule], points: Points) -> bool:
        """Return whether several yes-or-no rules give more than the item: alternatives, maybe."""
        parts = [reach(rule) or 0 for rule in rules if isinstance(rule, Threshold)]
        return len(parts) > 1 and sum(parts) > points


def _bounded(rules: Sequence[Rule]) -> bool:
    return all(isinstance(rule, Deduct) and rule.most is not None for rule in rules)


def place(row: int) -> str:
    """Return a row as its reader sees it."""
    return f"第{row + 1}行"


def raw_items(rows: Sequence[Raw]) -> Iterator[Made]:
    """Yield the items of a heading; rows that share one points cell become one item."""
    position = 0
    while position < len(rows):
        group = [rows[position]]
        shared = rows[position].points
        while (
            shared != BLANK
            and position + len(group) < len(rows)
            and rows[position + len(group)].points == shared
        ):
            group.append(rows[position + len(group)])
        position += len(group)
        yield _made(group, _numbered(group[0], rows))


def _numbered(raw: Raw, rows: Sequence[Raw]) -> int:
    """Return which of several items under one title this is; 0 where it is the only one."""
    same = [row.row for row in rows if row.item is raw.item]
    return same.index(raw.row) + 1 if len(same) > 1 else 0


def _made(group: Sequence[Raw], number: int) -> Made:
    raw = group[0]
    titles = dict.fromkeys(without_points(row.item.text) for row in group)
    title = "；".join(titles)[:LONGEST] + (f"（{number}）" if number and len(group) == 1 else "")
    words = "\n".join(spot.text for row in group for spot in row.rules)[:LONGEST_WORDS]
    points, faults, written = _points(raw)
    manual = len(group) > 1 or not written
    if len(group) > 1:
        faults.append(say("unclear.shared_points", count=len(group), points=in_words(points)))
    if not written:
        # Without points only what needs none is read: vetoes, bonus and penalty rules.
        manual = points_of(raw.points.text) is None and raw.points.text not in {"", *_DASHES}
    return Made(
        title=title, words=words, points=points, has_points=written, manual=manual,
        evidence=tuple(line for row in group for spot in row.evidence for line in spot.text.split("\n")),
        self_mark=raw.self_mark.text, review=raw.review.text, place=place(raw.row),
        faults=tuple(faults),
    )  # fmt: skip


def _points(raw: Raw) -> tuple[Points, list[Sentence], bool]:
    """Return the points of an item, what is wrong with them, and whether any could be read."""
    cell, text = raw.points.text, stated_text(raw.item.text)
    number = cell_number(cell)
    if cell and not number and cell not in _DASHES:
        return NONE, [say("unclear.bad_points", found=cell[:20])], False
    several = all_stated(raw.item.text)
    if not number and len(several) > 1:
        return NONE, [say("unclear.bad_points", found="、".join(several)[:20])], False
    written = number or text
    if not written:
        return NONE, [say("unclear.no_points")], False
    points = points_of(written)
    if points is None:
        return NONE, [say("unclear.points_step", found=written)], False
    faults = []
    if number and text and points_of(text) != points:
        faults.append(say("unclear.two_points", column=number, text=text))
    return points, faults, True
