"""Finds the header of a sheet below titles, across merged cells and up to three levels."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from muster.core.sheets.columns import (
    JOIN,
    Column,
    Names,
    UnknownHeader,
    fingerprint,
    is_other_person,
)
from muster.core.sheets.model import Cell, Merge, Sheet, is_blank

_SEARCHED = 30
_LEVELS = 3


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header stands and what its columns are; row numbers as the user sees them."""

    row_numbers: tuple[int, ...]
    texts: tuple[str, ...]
    mapping: Mapping[int, str]
    unknown: tuple[UnknownHeader, ...]
    missing: tuple[str, ...]  # keys of required columns that no header has
    score: int
    fingerprint: str

    @property
    def last_row(self) -> int:
        """Return the number of the lowest header row; data begins below it."""
        return self.row_numbers[-1]

    def label(self, key: str) -> str:
        """Return the header text as the user wrote it, or "" when the sheet has no such column."""
        return next(
            (self.texts[index] for index, found in self.mapping.items() if found == key), ""
        )


def find_header(
    sheet: Sheet, columns: Sequence[Column], *, remembered: Mapping[str, str] | None = None
) -> Header | None:
    """Return the header within the first 30 rows, or None when fewer than two columns fit.

    The first row with every required column decides, so that a header repeated on each printed
    page never hides the rows above it; without such a row the best match wins.
    """
    names = Names(columns, remembered or {})
    found = [
        header
        for top in range(min(_SEARCHED, len(sheet.rows)))
        if not all(is_blank(cell) for cell in sheet.rows[top])
        for depth in _depths(sheet, top)
        if (header := _header_at(sheet, columns, names, top, depth)).score
    ]
    first = min((header.last_row for header in found if not header.missing), default=0)
    if first:
        # A second level below the first row may still add columns.
        found = [header for header in found if first in header.row_numbers and not header.missing]
    if not found:
        return None
    header = max(found, key=lambda other: other.score)
    texts = _under_others(sheet, header.row_numbers[0] - sheet.first_row, header.texts)
    return replace(header, unknown=names.open_headers(texts, names.claims(texts)))


def _depths(sheet: Sheet, top: int) -> range:
    """Return how many rows a header from ``top`` may have; vertical merges set the least.

    A row that begins inside a merged block is a lower level of the header above it.
    """
    row = sheet.first_row - 1 + top
    if any(merge.top < row <= merge.bottom for merge in sheet.merges):
        return range(0)
    deep = (m.bottom - row + 1 for m in sheet.merges if m.top == row and m.bottom > row)
    room = len(sheet.rows) - top
    return range(min(max(deep, default=1), _LEVELS, room), min(_LEVELS, room) + 1)


def _header_at(
    sheet: Sheet, columns: Sequence[Column], names: Names, top: int, depth: int
) -> Header:
    texts = header_texts(sheet, top, depth)
    claims = names.claims(_under_others(sheet, top, texts))
    keys = set(claims.mapping.values())
    required = [column.key for column in columns if column.required]
    missing = tuple(key for key in required if key not in keys)
    enough = len(keys) >= min(2, len(columns))
    # More columns first; then exacter names; then fewer levels, so that data is not eaten.
    score = len(keys) * 1000 + (len(required) - len(missing)) * 500 + claims.rank * 10 - depth
    first = sheet.first_row + top
    return Header(
        row_numbers=tuple(range(first, first + depth)),
        texts=texts,
        mapping=claims.mapping,
        unknown=(),
        missing=missing,
        score=score if enough else 0,
        fingerprint=fingerprint(texts),
    )


def _under_others(sheet: Sheet, top: int, texts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the texts with a group heading from the rows above where it names another person.

    Otherwise the lowest level of a header, taken alone, would give a father's phone as one's own.
    """
    found = list(texts)
    for above in range(max(0, top - _LEVELS + 1), top):
        levels = _unmerged(sheet, above)[: len(found)]
        if not sheet.merges:
            _carry_right([levels, list(texts)])
        # One text over everything is a title: it says nothing of single columns.
        if len(set(filter(None, levels))) < 2:
            continue
        for column, text in enumerate(levels):
            if found[column] and is_other_person(text):
                found[column] = f"{text}{JOIN}{found[column]}"
    return tuple(found)


def header_texts(sheet: Sheet, top: int, depth: int) -> tuple[str, ...]:
    """Return one text per column, the levels joined from above."""
    rows = [_unmerged(sheet, top + level) for level in range(depth)]
    width = max((len(row) for row in rows), default=0)
    rows = [row + [""] * (width - len(row)) for row in rows]
    if depth > 1 and not sheet.merges:
        _carry_right(rows)
    texts = []
    for column in range(width):
        levels: list[str] = []
        for row in rows:
            if row[column] and (not levels or levels[-1] != row[column]):
                levels.append(row[column])
        texts.append(JOIN.join(levels))
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)


def _unmerged(sheet: Sheet, index: int) -> list[str]:
    """Return the texts of a row with merged blocks filled from their first cell."""
    texts = [_text(cell) for cell in sheet.rows[index]]
    row = sheet.first_row - 1 + index
    for merge in sheet.merges:
        if merge.top <= row <= merge.bottom:
            _fill(texts, merge, _text(_cell(sheet, merge.top, merge.left)))
    return texts


def _fill(texts: list[str], merge: Merge, text: str) -> None:
    right = min(merge.right, 255)
    texts.extend([""] * (right + 1 - len(texts)))
    texts[merge.left : right + 1] = [text] * (right + 1 - merge.left)


def _carry_right(rows: list[list[str]]) -> None:
    """Without merge marks (text files) a group heading stands over its first column only."""
    for upper, lower in itertools.pairwise(rows):
        for column in range(1, min(len(upper), len(lower))):
            if not upper[column] and lower[column]:
                upper[column] = upper[column - 1]


def _cell(sheet: Sheet, row: int, column: int) -> Cell:
    cells = sheet.row(row + 1)
    return cells[column] if column < len(cells) else ""


def _text(cell: Cell) -> str:
    if is_blank(cell):
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())
