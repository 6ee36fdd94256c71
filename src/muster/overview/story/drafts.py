"""A sheet before it is written: columns in the office's own words, lines, and what is no data."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from muster.overview.story.cells import Cell, Formula, Grid
from muster.overview.story.people import Person, facts
from muster.overview.story.truth import Column, Family, Mending, SheetTruth


@dataclass(frozen=True, slots=True)
class Look:
    """How a sheet writes things: columns in order with their headers, and styles by field."""

    headers: Mapping[str, str]
    styles: Mapping[str, str] = field(default_factory=dict)
    # Field to the words of the upper header line; empty for a one-line header.
    groups: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Line:
    """One data row: what is meant (``facts``), what is written (``cells``), what was planted."""

    person: str
    facts: dict[str, str]
    cells: dict[str, Cell]
    faults: list[tuple[str, Family, str]] = field(default_factory=list)
    mending: Mending = "none"
    fixes: dict[str, str] = field(default_factory=dict)
    traps: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Draft:
    """One sheet: title rows above the header, lines, rows between them, rows below."""

    title: str
    look: Look
    above: list[list[Cell]] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    # Before the line of that index come these rows, which are no data.
    between: dict[int, list[list[Cell]]] = field(default_factory=dict)
    below: list[list[Cell]] = field(default_factory=list)


def written(value: str, *, style: str) -> Cell:
    """Return a canonical value as an office would type it in that style."""
    if not value:
        return None
    if style in _DAYS:
        return _DAYS[style](date.fromisoformat(value))
    return _WORDS[style](value) if style in _WORDS else value


def _month_number(day: date) -> Cell:
    # As a number October looks like January; people who know that type such months as text.
    text = f"{day.year}.{day.month}"
    return float(text) if 1 < day.month < 10 else text


_DAYS: dict[str, Callable[[date], Cell]] = {
    "cell": lambda day: day,
    "iso": lambda day: day.isoformat(),
    "slash": lambda day: f"{day.year}/{day.month}/{day.day}",
    "dot": lambda day: f"{day.year}.{day.month:02d}.{day.day:02d}",
    "chinese": lambda day: f"{day.year}年{day.month}月{day.day}日",
    "compact": lambda day: f"{day:%Y%m%d}",
    "month-chinese": lambda day: f"{day.year}年{day.month}月",
    "month-compact": lambda day: f"{day:%Y%m}",
    "month-number": _month_number,
    "month-dash": lambda day: f"{day:%Y-%m}",
}
_WORDS: dict[str, Callable[[str], Cell]] = {
    "coded-sex": lambda word: {"男": 1, "女": 2}[word],
    "spaced-phone": lambda word: f"{word[:3]} {word[3:7]} {word[7:]}",
    "dashed-phone": lambda word: f"{word[:3]}-{word[3:7]}-{word[7:]}",
    "number": int,
    "short-party": lambda word: {"中共党员": "党员", "共青团员": "团员"}.get(word, word),
    "with-town": lambda word: f"青溪镇{word}",
    "long-category": lambda word: f"{word}民兵",
    "tick": lambda word: "√" if word == "是" else None,
    "slashed": lambda word: word.replace("、", "/"),
    "comma": lambda word: word.replace("、", "，"),
}


def line_of(person: Person, look: Look, *, extra: Mapping[str, str] | None = None) -> Line:
    """Return the line of a person in a look, as he stands now; ``extra`` fills other columns."""
    meant = {**facts(person), **(extra or {})}
    shown = {
        name: written(meant.get(name, ""), style=look.styles.get(name, "")) for name in look.headers
    }
    return Line(person.key, {name: meant.get(name, "") for name in look.headers}, shown)


def lay_out(draft: Draft) -> tuple[Grid, SheetTruth, tuple[int, ...]]:
    """Return the sheet to write, its truth, and the row number of each line."""
    grid = Grid(draft.title)
    width = len(draft.look.headers)
    for row in draft.above:
        if row and len(row) == 1 and width > 1:
            grid.merged.append((len(grid.rows), 0, len(grid.rows), width - 1))
        grid.rows.append(row)
    _write_header(grid, draft.look)
    header_row, numbers, not_data = len(grid.rows), [], []
    for index, line in enumerate(draft.lines):
        for row in draft.between.get(index, []):
            grid.rows.append(row)
            not_data.append(len(grid.rows))
        if "serial" in draft.look.headers:
            line.cells["serial"] = index + 1
        grid.rows.append([line.cells[name] for name in draft.look.headers])
        numbers.append(len(grid.rows))
    for row in draft.below:
        grid.rows.append(row)
        not_data.append(len(grid.rows))
    truth = SheetTruth(draft.title, header_row, columns_of(draft.look), tuple(not_data))
    return grid, truth, tuple(numbers)


def columns_of(look: Look) -> tuple[Column, ...]:
    """Return the columns of a look, counted from 1."""
    return tuple(
        Column(name, header, index) for index, (name, header) in enumerate(look.headers.items(), 1)
    )


def header_cells(look: Look) -> list[Cell]:
    """Return the lowest header line as cells."""
    return list(look.headers.values())


def total_row(look: Look, *, first: int, last: int) -> list[Cell]:
    """Return a 合计 row that counts the names with a real formula; rows as the user sees them."""
    place = list(look.headers).index("name")
    letter = chr(ord("A") + place)
    row: list[Cell] = [None] * len(look.headers)
    row[place] = Formula(f"=COUNTA({letter}{first}:{letter}{last})", last - first + 1)
    # Where names come first the word takes the cell, and nothing is counted.
    row[0] = "合计"
    return row


def _write_header(grid: Grid, look: Look) -> None:
    if not look.groups:
        grid.rows.append(header_cells(look))
        return
    top = len(grid.rows)
    upper: list[Cell] = []
    lower: list[Cell] = []
    started: dict[str, int] = {}
    for index, (name, header) in enumerate(look.headers.items()):
        group = look.groups.get(name, "")
        if not group:
            upper.append(header)
            lower.append(None)
            grid.merged.append((top, index, top + 1, index))
            continue
        lower.append(header)
        upper.append(None if group in started else group)
        started.setdefault(group, index)
    for group, index in started.items():
        last = max(i for i, name in enumerate(look.headers) if look.groups.get(name) == group)
        if last > index:
            grid.merged.append((top, index, top, last))
    grid.rows += [upper, lower]
