"""Rows of people apart from totals, notes and blanks; every row left out is counted."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from muster.core.sheets.columns import Column, plain
from muster.core.sheets.header import Header, find_header
from muster.core.sheets.model import Cell, Sheet, Workbook, is_blank
from muster.core.sheets.problems import HeaderNotFound

EXAMPLE_MARK = "示例："
"""Begins the first cell of a template's example row."""

_TOTAL = re.compile(r"(?:合计|总计|小计|共计|累计|本页合计|本页小计)").match
_NOTE = re.compile(
    r"(?:备注|注|说明|填表说明|填表人|填报人|制表人?|制表|审核人?|负责人|单位负责人|填报单位|填报日期|填表日期"
    r"|填报时间|联系人|联系电话|经办人|主管领导|领导签字|盖章|报送单位|第.{1,4}页)(?:[:：(（\d、.]|$)"
).match
_END = re.compile(r"(?:以下空白|此页空白|本页空白|以下无正文|共\d+人|第\d+页|[-—]{2,})").match
_SERIAL = frozenset(("序号", "序", "编号", "no", "nо", "行号", "项次"))
_LETTERS = "甲乙丙丁戊己庚辛壬癸"
_INITIALS = frozenset("合总小共累本备注说填制审负单联经主领盖报第以此示例-—（(甲")
_ONES = frozenset(("1", "1.0"))


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is not a person's: its number and why (total, note, example, repeated_header …)."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class Row:
    """One data row under the number the user sees; cells as in the sheet, column A first."""

    number: int
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet with its header: ``len(rows) + len(skipped) + blank`` rows stand below the header."""

    sheet: Sheet
    header: Header
    rows: list[Row]
    skipped: tuple[Skipped, ...] = ()
    blank: int = 0

    def values(self) -> Iterator[tuple[int, dict[str, Cell]]]:
        """Yield row number and the cells by key; a column the sheet lacks is absent, not empty."""
        mapping = tuple(self.header.mapping.items())
        for row in self.rows:
            cells, width = row.cells, len(row.cells)
            yield (
                row.number,
                {key: cells[index] if index < width else "" for index, key in mapping},
            )

    @property
    def skipped_by_reason(self) -> Mapping[str, int]:
        """Return how many rows were left out, by reason."""
        return Counter(skip.reason for skip in self.skipped)


@dataclass(frozen=True, slots=True)
class SkippedSheet:
    """A sheet that was not read: hidden, or without a header, or empty."""

    name: str
    reason: str
    rows: int


@dataclass(frozen=True, slots=True)
class Tables:
    """The sheets that hold the list, and those that do not."""

    found: tuple[Table, ...]
    skipped: tuple[SkippedSheet, ...] = field(default=())


def find_tables(
    workbook: Workbook,
    columns: Sequence[Column],
    *,
    remembered: Mapping[str, str] | None = None,
    include_hidden: bool = False,
) -> Tables:
    """Return every sheet whose header fits; raise ``HeaderNotFound`` when none does.

    Hidden sheets are left out and named unless ``include_hidden``.
    """
    found, skipped = [], []
    for sheet in workbook.sheets:
        if sheet.hidden and not include_hidden:
            skipped.append(SkippedSheet(sheet.name, "hidden", len(sheet.rows)))
        elif header := find_header(sheet, columns, remembered=remembered):
            found.append(split_rows(sheet, header))
        else:
            reason = "no_header" if sheet.rows else "empty"
            skipped.append(SkippedSheet(sheet.name, reason, len(sheet.rows)))
    if not found:
        needed = [column.label for column in columns if column.required]
        raise HeaderNotFound(needed="、".join(needed or [column.label for column in columns[:3]]))
    return Tables(tuple(found), tuple(skipped))


def split_rows(sheet: Sheet, header: Header) -> Table:
    """Return the data rows below the header and every other row with its reason."""
    below = _unmerged_body(sheet, header)
    start = header.last_row - sheet.first_row + 1
    judge = _Judge(header)
    rows: list[Row] = []
    skipped: list[Skipped] = []
    blank = 0
    for offset, cells in enumerate(below):
        number = sheet.first_row + start + offset
        reason = judge.reason(cells)
        if not reason:
            rows.append(Row(number, cells))
        elif reason == "blank":
            blank += 1
        else:
            skipped.append(Skipped(number, reason))
    return Table(sheet, header, rows, tuple(skipped), blank)


class _Judge:
    """Says of a row below the header why it is not data, or ``""``."""

    def __init__(self, header: Header) -> None:
        texts = [plain(text) for text in header.texts]
        self._serial = {index for index, text in enumerate(texts) if text in _SERIAL}
        self._mapped = tuple(index for index in header.mapping if index not in self._serial)
        self._texts = [plain(text.rpartition(" / ")[2]) for text in header.texts]
        first = next((text for text in self._texts if text), "")
        self._initials = _INITIALS | {first[:1]}

    def reason(self, cells: list[Cell]) -> str:
        head = _first(cells)
        if head is None:
            return "blank"
        text = str(head).strip()
        if text[:1].lower() in self._initials or text in _ONES:
            named = self._by_words(plain(text), cells)
            if named:
                return named
        width = len(cells)
        for index in self._mapped:
            if index < width and (
                (cells[index] and not is_blank(cells[index])) or cells[index] == 0
            ):
                return ""
        filled = {index for index, cell in enumerate(cells) if not is_blank(cell)}
        counted = filled <= self._serial and all(_is_count(cells[index]) for index in filled)
        return "numbered_only" if counted else "outside_columns"

    def _by_words(self, head: str, cells: list[Cell]) -> str:
        filled = [plain(str(cell)) for cell in cells if not is_blank(cell)]
        if head.startswith((plain(EXAMPLE_MARK), "例:")):
            return "example"
        if len(filled) > 1 and sum(text in self._texts for text in filled) * 2 > len(filled) + 1:
            return "repeated_header"
        if len(filled) > 2 and _is_column_numbers(filled):
            return "column_numbers"
        if any(_is_person(text) for text in filled):
            return ""
        if _TOTAL(head):
            return "total"
        return "note" if _NOTE(head) or _END(head) else ""


def _first(cells: list[Cell]) -> Cell:
    """Return the first cell that holds something, or None."""
    for cell in cells:
        if cell:
            if not isinstance(cell, str) or not is_blank(cell):
                return cell
        elif cell is not None and cell != "":  # 0 and False are values
            return cell
    return None


def _is_column_numbers(filled: list[str]) -> bool:
    """Return whether the cells read 1 2 3 …, or 甲 乙 1 2 …: the numbering line of a form."""
    letters = [text for text in filled if text in _LETTERS]
    digits = [text.removesuffix(".0") for text in filled[len(letters) :]]
    return digits == [str(number) for number in range(1, len(digits) + 1)]


def _is_count(cell: Cell) -> bool:
    return isinstance(cell, int | float) or plain(str(cell)).isdecimal()


def _is_person(text: str) -> bool:
    """Return whether a cell looks like an identity number: such a row is never a total or note."""
    return len(text) in (15, 18) and text[:15].isdigit()


def _unmerged_body(sheet: Sheet, header: Header) -> list[list[Cell]]:
    """Return the rows below the header; a value merged downwards stands in each of its rows."""
    start = header.last_row - sheet.first_row + 1
    below = sheet.rows[start:]
    top = header.last_row  # index from 0 of the first data row
    copied: set[int] = set()
    for merge in sheet.merges:
        if merge.top < top or merge.bottom == merge.top or merge.top - top >= len(below):
            continue
        source = below[merge.top - top]
        value = source[merge.left] if merge.left < len(source) else ""
        for index in range(merge.top - top + 1, min(merge.bottom - top + 1, len(below))):
            if index not in copied:
                copied.add(index)
                below[index] = list(below[index])
            cells = below[index]
            cells.extend([""] * (merge.left + 1 - len(cells)))
            cells[merge.left] = value
    return below
