"""The cells of a score sheet with merged blocks filled, and which column says what."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from muster.core.assessment.problems import ScoreSheetTooLarge

Role: TypeAlias = Literal[
    "number", "heading", "item", "points", "rule", "self", "review", "evidence", "note"
]
SEARCHED = 15
MOST_ROWS = 2_000
MOST_COLUMNS = 60
MOST_FILLED = 400_000  # cells of merged blocks; honest sheets stay far below
LONGEST_CELL = 4_000
_BLANKS = re.compile(r"[\s\u200b\ufeff\u3000]+")
_TAIL = re.compile(r"[（(][^（）()]*[）)]$|[:：*]")
# The longest word that stands in a header cell decides; 得分 alone is the reviewer's column.
_WORDS: dict[str, Role] = {
    "序号": "number", "编号": "number", "项次": "number",
    "一级指标": "heading", "大项": "heading", "类别": "heading", "项目": "heading",
    "考评项目": "heading", "考核项目": "heading", "考评类别": "heading", "考核类别": "heading",
    "二级指标": "item", "三级指标": "item", "四级指标": "item", "指标": "item", "小项": "item",
    "内容": "item", "考评内容": "item", "考核内容": "item", "评价内容": "item", "检查内容": "item",
    "考评指标": "item", "考核指标": "item", "考核要点": "item", "考评要点": "item",
    "工作内容": "item", "目标任务": "item", "工作要求": "item", "项目内容": "item",
    "分值": "points", "标准分": "points", "满分": "points", "基本分": "points", "权重": "points",
    "分数": "points", "配分": "points", "赋分": "points",
    "评分标准": "rule", "计分标准": "rule", "计分办法": "rule", "评分办法": "rule",
    "评分细则": "rule", "考评细则": "rule", "考核细则": "rule", "考核标准": "rule",
    "考评标准": "rule", "扣分标准": "rule", "计分方法": "rule", "评分方法": "rule",
    "考评办法": "rule", "考核办法": "rule", "计分规则": "rule", "评分说明": "rule",
    "自评分": "self", "自评": "self", "自查得分": "self", "自评得分": "self", "自查分": "self",
    "考评分": "review", "考核得分": "review", "得分": "review", "复核分": "review",
    "考评得分": "review", "考核分": "review", "评定得分": "review", "核定分": "review",
    "佐证材料": "evidence", "印证材料": "evidence", "印证资料": "evidence", "佐证": "evidence",
    "证明材料": "evidence", "所需资料": "evidence", "备查资料": "evidence", "佐证资料": "evidence",
    "备注": "note", "说明": "note",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell as text, and the top left cell of the merged block it belongs to."""

    text: str
    row: int
    column: int


BLANK = Spot("", -1, -1)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of each role from left to right, and the last row of the header."""

    roles: dict[Role, tuple[int, ...]]
    last_row: int
    texts: dict[int, str]

    def first(self, role: Role) -> int | None:
        """Return the first column of a role."""
        return next(iter(self.roles.get(role, ())), None)


class Grid:
    """Cells by row and column, both counted from 0 at A1 of the sheet."""

    def __init__(
        self,
        rows: Sequence[Sequence[object]],
        merges: Iterable[tuple[int, int, int, int]],
        first: int,
    ) -> None:
        """Fill each merged block (top, left, bottom, right; both ends included) with its cell."""
        self.top = first - 1
        self.spots: dict[tuple[int, int], Spot] = {}
        for index, row in enumerate(rows):
            for column, cell in enumerate(row[:MOST_COLUMNS]):
                text = cell_text(cell)
                if text:
                    place = (self.top + index, column)
                    self.spots[place] = Spot(text, *place)
        self.bottom = self.top + len(rows)
        self.width = min(max((len(row) for row in rows), default=0), MOST_COLUMNS)
        self.filled = 0
        for top, left, bottom, right in merges:
            self._fill(top, left, bottom, right)

    def _fill(self, top: int, left: int, bottom: int, right: int) -> None:
        source = self.spots.get((top, left))
        if source is None:
            return
        self.filled += (min(bottom + 1, self.bottom) - top) * (min(right + 1, self.width) - left)
        if self.filled > MOST_FILLED:
            raise ScoreSheetTooLarge(rows=self.filled, most=MOST_FILLED)
        for row in range(max(top, self.top), min(bottom + 1, self.bottom)):
            for column in range(left, min(right + 1, self.width)):
                self.spots[row, column] = source

    def at(self, row: int, column: int | None) -> Spot:
        """Return a cell; blank outside the data or without a column."""
        return BLANK if column is None else self.spots.get((row, column), BLANK)

    def own(self, row: int) -> list[Spot]:
        """Return the distinct cells of a row, merged blocks once, from left to right."""
        found = (self.spots.get((row, column)) for column in range(self.width))
        return list(dict.fromkeys(spot for spot in found if spot))


def cell_text(cell: object) -> str:
    """Return a cell as one-line-per-line text: full-width forms folded, outer blanks cut."""
    if cell is None or isinstance(cell, bool):
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    lines = (_fold(line) for line in str(cell).splitlines())
    text = "\n".join(line for line in lines if line)
    return text if len(text) <= LONGEST_CELL else f"{text[:LONGEST_CELL]}…"


def _fold(line: str) -> str:
    """Fold full-width digits and letters, but keep Chinese punctuation for people to read."""
    folded = "".join(
        unicodedata.normalize("NFKC", sign) if sign not in "，。；：（）“”、？！" else sign
        for sign in line
    )
    return _BLANKS.sub(" ", folded).strip()


def columns_of(grid: Grid) -> Columns | None:
    """Return the columns of the header within the first rows, or None.

    A header needs what is assessed and either its points or how it is scored.
    """
    for row in range(grid.top, min(grid.top + SEARCHED, grid.bottom)):
        for last in (row + 1, row):
            found = _columns_at(grid, row, last)
            if found is not None:
                return found
    return None


def is_header(grid: Grid, columns: Columns, row: int) -> bool:
    """Return whether a row repeats the header, as printed pages do."""
    same = [grid.at(row, column).text == text for column, text in columns.texts.items()]
    # The upper of two header rows names pairs of columns ("得分" over 自评分 and 考评分).
    return sum(same) * 3 >= max(4, len(same) * 2)


def _columns_at(grid: Grid, row: int, last: int) -> Columns | None:
    roles: dict[Role, list[int]] = {}
    texts: dict[int, str] = {}
    unknown = 0
    for column in range(grid.width):
        spot = grid.at(last, column) if last < grid.bottom else BLANK
        role = role_of(spot.text)
        unknown += bool(spot.text and role is None)
        if role:
            texts[column] = spot.text
            # A header cell merged over several columns names each of them.
            roles.setdefault(role, []).append(column)
    # A column of a name we do not know is left alone; a row of mostly such names is no header.
    if unknown >= len(texts) or (last > row and not _joined(grid, row, last)):
        return None
    if "item" not in roles and "heading" in roles:
        roles["item"] = [roles["heading"].pop()]
        if not roles["heading"]:
            del roles["heading"]
    if "item" not in roles or not {"points", "rule"} & roles.keys():
        return None
    items = roles["item"]
    roles["heading"], roles["item"] = [*roles.get("heading", []), *items[:-1]], items[-1:]
    return Columns({role: tuple(found) for role, found in roles.items()}, last, texts)


def _joined(grid: Grid, row: int, last: int) -> bool:
    """Return whether two rows are one header: a cell of the upper one reaches into the lower."""
    return any(
        grid.at(row, column).text and grid.at(row, column) == grid.at(last, column)
        for column in range(grid.width)
    )


def role_of(text: str) -> Role | None:
    """Return what a header text says of its column."""
    plain = _TAIL.sub("", re.sub(r"\s+", "", text))
    return _WORDS.get(plain) or _WORDS.get(_TAIL.sub("", plain))
