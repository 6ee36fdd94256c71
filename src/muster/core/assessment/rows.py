"""Sorts the rows of a score sheet: headings, items, totals, notes. Nothing is judged yet."""

import re
from dataclasses import dataclass, field, replace

from muster.core.assessment.grid import BLANK, Columns, Grid, Role, Spot, is_header
from muster.core.assessment.points import Points, points_of

TOTAL = re.compile(r"^(?:合\s*计|总\s*计|总\s*分|共\s*计)")
SUBTOTAL = re.compile(r"^小\s*计")
NOTE = re.compile(r"^(?:说明|备注|注|附注|填表说明|等次|等级|评定)\s*[:：]?")
_FIRST = re.compile(
    r"^(?:第?[一二三四五六七八九十]{1,3}\s*[、.．]|第[一二三四五六七八九十]{1,3}部分)"
)
_SECOND = re.compile(r"^[（(][一二三四五六七八九十]{1,3}[）)]")
_NUMERAL = re.compile(r"^[（(]?[一二三四五六七八九十]{1,3}[）)]?[、.．]?$")
_POINTS = re.compile(r"[（(]\s*(?:共|满分|计|标准分)?\s*(\d+(?:\.\d+)?)\s*分\s*[）)]")
_CELL = re.compile(r"^(?:满分|共)?\s*(\d+(?:\.\d+)?)\s*分?$")
VETO = "一票否决"


@dataclass(slots=True)
class Raw:
    """One item as its rows show it."""

    row: int
    item: Spot
    points: Spot
    rules: list[Spot]
    evidence: list[Spot]
    self_mark: Spot
    review: Spot
    last: int


@dataclass(slots=True)
class Part:
    """One heading as it is being read."""

    title: str
    points: Points | None
    row: int
    level: int
    parts: list["Part"] = field(default_factory=list)
    items: list[Raw] = field(default_factory=list)
    subtotal: tuple[int, Points] | None = None
    origin: Spot = BLANK


@dataclass(slots=True)
class Sorted:
    """The rows of a sheet, sorted."""

    parts: list[Part] = field(default_factory=list)
    total: Points | None = None
    notes: list[str] = field(default_factory=list)
    vetoes: list[tuple[int, str]] = field(default_factory=list)
    loose: list[tuple[int, str]] = field(default_factory=list)


def stated(text: str) -> Points | None:
    """Return the points that a text states in brackets: "国防教育（20分）" is 20."""
    return points_of(stated_text(text))


def stated_text(text: str) -> str:
    """Return the number stated in brackets as it is written; "" for none, and for several."""
    found = all_stated(text)
    return found[0] if len(found) == 1 else ""


def all_stated(text: str) -> list[str]:
    """Return every number stated in brackets."""
    return [match[1] for match in _POINTS.finditer(text)]


def cell_number(text: str) -> str:
    """Return the number of a points cell ("10", "10 分", "满分10分"); "" where it is none."""
    match = _CELL.match(text)
    return match[1] if match else ""


def without_points(text: str) -> str:
    """Return a title without its points in brackets, in one line."""
    return " ".join(_POINTS.sub("", text).split())


class Sorter:
    """Goes down the rows once, holding the open headings."""

    def __init__(self, grid: Grid, columns: Columns) -> None:
        """Begin below the header."""
        self.grid, self.columns = grid, columns
        self.found = Sorted()
        self.open: list[Part] = []

    def run(self) -> Sorted:
        """Return all rows sorted."""
        for row in range(self.columns.last_row + 1, self.grid.bottom):
            own = self.grid.own(row)
            if own and not is_header(self.grid, self.columns, row):
                self._row(row, own)
        return self.found

    def _row(self, row: int, own: list[Spot]) -> None:
        words = [spot for spot in own if not re.fullmatch(r"[\d.、\s]+", spot.text)]
        # A heading merged down from above does not lead the rows below it.
        lead = next((spot for spot in words if spot.row == row), words[0] if words else own[0])
        if TOTAL.match(lead.text) or SUBTOTAL.match(lead.text):
            self._sum(row, lead, own)
        elif NOTE.match(lead.text) and lead.row == row and self._alone(row, lead):
            self.found.notes.append(" ".join(spot.text for spot in own))
        elif self._alone(row, lead) or self._section(row):
            self._line(row, self._title(row, lead))
        else:
            self._headings(row)
            self._item(row)

    def _alone(self, row: int, lead: Spot) -> bool:
        """Return whether a row says one thing across the sheet, perhaps with its points."""
        heads = self._cells(row, "heading")
        beside = self._cells(row, "points", "number", "self", "review")
        rest = {spot for spot in self.grid.own(row) if spot.row == row or spot == lead}
        if not rest - beside <= {lead} or heads - {lead}:
            return False
        text, item = lead.text, self.grid.at(row, self.columns.first("item"))
        if _FIRST.match(text) or _SECOND.match(text) or NOTE.match(text):
            return True
        if item == BLANK:
            return lead in heads | self._cells(row, "number")
        return item == lead and item == self.grid.at(row, self.columns.first("rule"))

    def _section(self, row: int) -> bool:
        """Return whether a Chinese numeral in the number column opens a heading."""
        number = "".join(spot.text for spot in self._cells(row, "number"))
        beside = self._cells(row, "rule", "evidence", "heading")
        return bool(_NUMERAL.match(number)) and not beside and bool(self._cells(row, "item"))

    def _title(self, row: int, lead: Spot) -> Spot:
        """Return what a heading row says: numeral and title where they stand in two cells."""
        if not self._section(row):
            return lead
        number, item = self._cells(row, "number").pop(), self._cells(row, "item").pop()
        joint = "" if _SECOND.match(number.text) or number.text[-1] in "、.．" else "、"
        return replace(item, text=f"{number.text}{joint}{item.text}")

    def _cells(self, row: int, *roles: Role) -> set[Spot]:
        """Return what stands in the columns of some roles."""
        columns = [column for role in roles for column in self.columns.roles.get(role, ())]
        return {self.grid.at(row, column) for column in columns} - {BLANK}

    def _sum(self, row: int, lead: Spot, own: list[Spot]) -> None:
        texts = [self.grid.at(row, c).text for c in self.columns.roles.get("points", ())]
        texts += [spot.text for spot in own if spot is not lead]
        texts.append(re.sub(r"^\D+", "", lead.text).rstrip("）)"))
        number = next((cell_number(text) for text in texts if cell_number(text)), "")
        points = points_of(number) if number else None
        if points is None:
            return
        if SUBTOTAL.match(lead.text) and self.open:
            self.open[0].subtotal = (row, points)
        elif TOTAL.match(lead.text):
            self.found.total = points

    def _line(self, row: int, lead: Spot) -> None:
        text, column = lead.text, self.columns.first("points")
        cell = cell_number(self.grid.at(row, column).text)
        if _FIRST.match(text) or _SECOND.match(text) or stated_text(text):
            level = 1 if _SECOND.match(text) else 0
            points = points_of(cell) if cell else stated(text)
            self._open(Part(without_points(text), points, row, level))
        elif VETO in text:
            self.found.vetoes.append((row, text))
        elif NOTE.match(text) or self.found.total is not None:
            self.found.notes.append(text)
        else:
            self.found.loose.append((row, text))

    def _open(self, part: Part) -> None:
        while self.open and self.open[-1].level >= part.level:
            self.open.pop()
        (self.open[-1].parts if self.open else self.found.parts).append(part)
        self.open.append(part)

    def _headings(self, row: int) -> None:
        # Column headings stand below the headings that fill a row of their own.
        for order, column in enumerate(self.columns.roles.get("heading", ())):
            spot = self.grid.at(row, column)
            level = 10 + order
            known = next((part for part in self.open if part.level == level), None)
            if spot == BLANK or (
                known and (known.origin == spot or known.origin.text == spot.text)
            ):
                continue
            self._open(Part(without_points(spot.text), stated(spot.text), row, level, origin=spot))

    def _item(self, row: int) -> None:
        at, columns = self.grid.at, self.columns
        item, points = at(row, columns.first("item")), at(row, columns.first("points"))
        rule, evidence = at(row, columns.first("rule")), at(row, columns.first("evidence"))
        last = self._last()
        goes_on = last is not None and last.last == row - 1 and item in (BLANK, last.item)
        if goes_on and last is not None and points in (BLANK, last.points):
            last.last = row
            if rule != BLANK and rule not in last.rules:
                last.rules.append(rule)
            if evidence != BLANK and evidence not in last.evidence:
                last.evidence.append(evidence)
            return
        if item == BLANK:
            text = " ".join(spot.text for spot in self.grid.own(row) if spot.row == row)
            if text:
                self.found.loose.append((row, text))
            return
        if not self.open:
            self._open(Part("", None, row, 0))
        self.open[-1].items.append(
            Raw(row, item, points, [rule] if rule != BLANK else [],
                [evidence] if evidence != BLANK else [], at(row, columns.first("self")),
                at(row, columns.first("review")), row)
        )  # fmt: skip

    def _last(self) -> Raw | None:
        return self.open[-1].items[-1] if self.open and self.open[-1].items else None
