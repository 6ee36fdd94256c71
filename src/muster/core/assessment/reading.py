"""A score sheet out of the cells of a workbook, with what was not understood said.

What is not understood stays on the sheet as an item that people score; nothing is guessed.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from muster.core.assessment.clauses import Clauses, clauses_of
from muster.core.assessment.contradictions import Contradiction, contradiction, contradictions
from muster.core.assessment.facts import Mark
from muster.core.assessment.grid import MOST_ROWS, SEARCHED, Columns, Grid, columns_of
from muster.core.assessment.items import Made, place, raw_items
from muster.core.assessment.model import ONE, Band, Heading, Item, Measure, ScoreSheet, Veto
from muster.core.assessment.points import Points, in_words, points_of
from muster.core.assessment.problems import (
    ScoreSheetEmpty,
    ScoreSheetHeaderMissing,
    ScoreSheetTooLarge,
)
from muster.core.assessment.rows import VETO, Part, Sorted, Sorter, stated, without_points
from muster.core.assessment.sentences import Sentence, say

_ABOVE = re.compile(
    r"(\d+(?:\.\d+)?)\s*分?\s*(?:\(含\)|（含）)?\s*(?:及)?以上\s*的?\s*(?:评?为|定为)\s*[“\"]?([^\s，,；;。“”\"\d]{1,8})"
)
_BETWEEN = re.compile(
    r"(\d+(?:\.\d+)?)\s*分?\s*(?:[-—–~～]+|至|到)\s*(\d+(?:\.\d+)?)\s*分?\s*的?\s*(?:评?为|定为)\s*[“\"]?([^\s，,；;。“”\"\d]{1,8})"
)
_BELOW = re.compile(
    r"(\d+(?:\.\d+)?)\s*分?\s*以下\s*的?\s*(?:评?为|定为)\s*[“\"]?([^\s，,；;。“”\"\d]{1,8})"
)


@dataclass(frozen=True, slots=True)
class Unclear:
    """One thing that was not understood: its place, the item it stays with ("" for none), why."""

    place: str
    item: str
    sentence: Sentence

    @property
    def text(self) -> str:
        """Return it in one Chinese line."""
        return f"{self.place}：{self.sentence.text}"


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """What was read: the sheet, the marks that stood in it, what is unclear or contradictory."""

    sheet: ScoreSheet
    marks: Mapping[str, Mark]
    unclear: tuple[Unclear, ...]
    contradictions: tuple[Contradiction, ...]


@dataclass(slots=True)
class _Book:
    """What gathers while the sheet is built."""

    unclear: list[Unclear] = field(default_factory=list)
    vetoes: list[Veto] = field(default_factory=list)
    marks: dict[str, Mark] = field(default_factory=dict)
    extra: list[Contradiction] = field(default_factory=list)


def read_sheet(
    rows: Sequence[Sequence[object]],
    *,
    merges: Iterable[tuple[int, int, int, int]] = (),
    first_row: int = 1,
    code: str = "read",
    subject: str = "department",
    title: str = "",
) -> ReadSheet:
    """Return the score sheet in a grid of cells.

    ``rows[0]`` is row ``first_row`` of the sheet; ``merges`` are (top, left, bottom, right) from 0
    at A1, both ends included, as ``muster.core.sheets`` gives them. Refused where no header is
    found, where nothing stands below it, and beyond 2,000 rows.
    """
    if len(rows) > MOST_ROWS:
        raise ScoreSheetTooLarge(rows=len(rows), most=MOST_ROWS)
    grid = Grid(rows, merges, first_row)
    columns = columns_of(grid)
    if columns is None:
        raise ScoreSheetHeaderMissing(searched=SEARCHED)
    found = Sorter(grid, columns).run()
    if not any(_all_items(part) for part in found.parts):
        raise ScoreSheetEmpty(row=columns.last_row + 1)
    return _built(found, grid, columns, code=code, subject=subject, title=title)


def _all_items(part: Part) -> bool:
    return bool(part.items) or any(map(_all_items, part.parts))


def _built(
    found: Sorted, grid: Grid, columns: Columns, *, code: str, subject: str, title: str
) -> ReadSheet:
    book = _Book()
    above = _title(grid, columns)
    name = title or without_points(above) or code
    headings = tuple(
        _heading(part, str(n), name, book) for n, part in enumerate(found.parts, start=1)
    )
    for number, (row, text) in enumerate(found.vetoes, start=1):
        book.vetoes.append(_veto(f"!{number}", text.rstrip("。"), "", place(row)))
    for row, text in found.loose:
        book.unclear.append(Unclear(place(row), "", say("unclear.loose_row", text=text)))
    note = "\n".join(found.notes)
    sheet = ScoreSheet(
        code=code, title=name, subject=subject, headings=headings,
        points=found.total if found.total is not None else stated(above),
        vetoes=tuple(book.vetoes), bands=bands_in(note), status="read", note=note,
    )  # fmt: skip
    report = (*book.extra, *contradictions(sheet))
    return ReadSheet(sheet, book.marks, tuple(book.unclear), report)


def _title(grid: Grid, columns: Columns) -> str:
    header = min(spot.row for spot in (grid.at(columns.last_row, c) for c in columns.texts))
    lines = [spot.text for row in range(grid.top, header) for spot in grid.own(row)]
    scored = [line for line in lines if any(word in line for word in ("考评", "考核", "评分"))]
    return next(iter(scored or lines), "").replace("\n", " ")


def _heading(part: Part, code: str, sheet: str, book: _Book) -> Heading:
    title = part.title or sheet
    bonus, penalty = "加分" in title, "扣分项" in title or "减分项" in title
    items = [
        _item(made, f"{code}.{n}", book, bonus=bonus, penalty=penalty, vetoes=VETO in title)
        for n, made in enumerate(raw_items(part.items), start=1)
    ]
    first = len(items) + 1
    inner = [_heading(p, f"{code}.{n}", sheet, book) for n, p in enumerate(part.parts, start=first)]
    heading = Heading(
        code=code, title=title, points=None if penalty else part.points, items=tuple(items),
        headings=tuple(inner), bonus=bonus or penalty,
        most=part.points if bonus else None, place=place(part.row),
    )  # fmt: skip
    if part.subtotal and part.subtotal[1] != heading.worth:
        book.extra.append(
            contradiction("subtotal_sum", place(part.subtotal[0]), heading=title,
                          stated=in_words(part.subtotal[1]), sum=in_words(heading.worth))
        )  # fmt: skip
    return heading


def _item(made: Made, code: str, book: _Book, *, bonus: bool, penalty: bool, vetoes: bool) -> Item:
    points, faults = made.points, list(made.faults)
    read = clauses_of(made.words or made.title, points, code)
    if made.manual:
        read = Clauses((), read.vetoes, ())
    if vetoes and not read.vetoes:
        read = Clauses((), (made.title,), ())
    item = made.item(code, read, bonus=bonus, penalty=penalty)
    if (read.vetoes or item.points or item.least) and not made.has_points:
        faults = [one for one in faults if one.code != "unclear.no_points"]
    faults += [*read.unclear, *made.over(item, read)]
    for sentence in faults:
        book.unclear.append(Unclear(item.place, code, sentence))
    for number, text in enumerate(read.vetoes, start=1):
        book.vetoes.append(_veto(f"{code}!{number}", text, code, item.place))
    _mark(made, item, book)
    return item


def _veto(code: str, text: str, item: str, where: str) -> Veto:
    measure = Measure(code, text, "", "hand", ONE)
    only_item = any(word in text for word in ("该项", "本项", "此项"))
    return Veto(code, text, item, measure, effect="item" if only_item else "sheet", place=where)


def _mark(made: Made, item: Item, book: _Book) -> None:
    given: dict[str, Points] = {}
    for name, column, text in (
        ("self_points", "自评分", made.self_mark),
        ("review_points", "考评分", made.review),
    ):
        if not text:
            continue
        points = points_of(text.removesuffix("分"))
        if points is None:
            book.unclear.append(
                Unclear(
                    item.place, item.code, say("unclear.bad_mark", column=column, found=text[:20])
                )
            )
        elif not item.least <= points <= item.most:
            book.unclear.append(
                Unclear(
                    item.place,
                    item.code,
                    say("unclear.mark_range", column=column, found=in_words(points)),
                )
            )
        else:
            given[name] = points
    if given:
        book.marks[item.code] = Mark(given.get("self_points"), given.get("review_points"))


def bands_in(text: str) -> tuple[Band, ...]:
    """Return the bands that a note states ("90分以上为达优，80-89分为达标"), highest first."""
    cuts = [(m[1], "", m[2]) for m in _ABOVE.finditer(text)]
    cuts += [(m[1], m[2], m[3]) for m in _BETWEEN.finditer(text)]
    found = [_band(low, points_of(high) if high else None, name) for low, high, name in cuts]
    for match in _BELOW.finditer(text):
        limit = points_of(match[1])
        if limit:
            # 以下 holds the number itself, except where another band begins with it.
            shared = any(points_of(low) == limit for low, _, _ in cuts)
            found.append(_band("0", Points(limit - 1) if shared else limit, match[2]))
    bands = [band for band in found if band is not None]
    return tuple(sorted(bands, key=lambda band: -(band.at_least or 0)))


def _band(low: str, high: Points | None, name: str) -> Band | None:
    cut = points_of(low)
    return None if cut is None else Band(name, name, cut, high)
