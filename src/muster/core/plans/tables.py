"""Tables: lines whose cells are parted by tabs; phases, deadlines, quotas and seats stand in them."""

import re
from dataclasses import dataclass

from muster.core.plans.dates import Mention, numeric
from muster.core.plans.outline import lines_of
from muster.core.plans.paper import Paper
from muster.core.plans.phases import Found
from muster.core.plans.tasks import pieces
from muster.core.plans.values import Span

_TIME = re.compile(
    r"^(?:(?:起止|实施|工作|活动|计划|具体|完成|办结|开始|结束|起始|截止|阶段)?(?:时间|日期|时限|期限)(?:安排|节点|要求)?|月份|时段|起止|开始|结束|起|止)(?:\(.*\))?$"
)
_DUE = re.compile(r"完成|办结|截止|时限|期限")
_FROM = re.compile(r"^(?:开始|起始|起)")
_TO = re.compile(r"^(?:结束|截止|止|完成时间)")
_NAME = re.compile(r"^(?:(?:工作|实施|活动)?(?:阶段|步骤|环节)(?:名称|划分)?|名称|项目名称)$")
_MATTER = re.compile(r"任务|内容|事项|项目|措施|工作|要求|活动")
_INDEX = re.compile(r"^(?:序号|编号|No\.?|#|序)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one line, with their places."""

    cells: tuple[Span, ...]
    words: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """Lines with cells that follow each other."""

    rows: tuple[Row, ...]
    start: int
    end: int


def tables(paper: Paper) -> list[Table]:
    """Return the tables of the paper."""
    found: list[Table] = []
    rows: list[Row] = []
    start = last = 0
    for begin, end in [*lines_of(paper.view), (len(paper.view), len(paper.view))]:
        if "\t" in paper.view[begin:end]:
            start = start if rows else begin
            rows.append(_row(paper.view, begin, end))
            last = end
        elif rows:
            found.append(Table(tuple(rows), start, last))
            rows = []
    return found


def _row(view: str, begin: int, end: int) -> Row:
    cells, at = [], begin
    for part in view[begin:end].split("\t"):
        lead = len(part) - len(part.lstrip())
        cells.append(Span(at + lead, at + max(lead, len(part.rstrip()))))
        at += len(part) + 1
    return Row(tuple(cells), tuple(re.sub(r"\s+", "", view[c.start : c.end]) for c in cells))


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds what in a table of times; None where there is none."""

    first: int
    time: int
    until: int | None
    name: int | None
    matter: int | None
    due: bool


def columns_of(table: Table) -> Columns | None:
    """Return the columns of a table whose header names times; None for other tables."""
    for index, row in enumerate(table.rows[:3]):
        times = [n for n, word in enumerate(row.words) if _TIME.match(word)]
        if not times:
            continue
        names = [n for n, word in enumerate(row.words) if _NAME.match(word)]
        matters = [
            n
            for n, word in enumerate(row.words)
            if n not in times + names
            and _MATTER.search(word)
            and not re.search(r"责任|牵头|单位|部门|负责|配合", word)
        ]
        if not names and not matters:
            continue
        pair = (
            len(times) > 1 and _FROM.match(row.words[times[0]]) and _TO.match(row.words[times[1]])
        )
        due = not pair and not names and bool(_DUE.search(row.words[times[0]]))
        return Columns(
            index + 1,
            times[0],
            times[1] if pair else None,
            names[0] if names else None,
            matters[0] if matters else None,
            due,
        )
    return None


def cell_date(paper: Paper, cell: Span) -> Mention | None:
    """Return the one date of a cell, also as ``4.5-4.8``."""
    plain = numeric(paper.view, cell.start, cell.end)
    if plain:
        return plain
    found = [m for m in paper.within(cell.start, cell.end) if not m.first.whole_year or m.ranged]
    return found[0] if len(found) == 1 else None


def tabled(paper: Paper, table: Table) -> list[Found]:
    """Return the phases of a table; rows without name and time carry on the row above."""
    columns = columns_of(table)
    if columns is None or columns.due:
        return _headless(paper, table) if columns is None else []
    found: list[Found] = []
    for row in table.rows[columns.first :]:
        one = _phase(paper, row, columns)
        if one:
            found.append(one)
        elif found and _carries_on(row, columns):
            found[-1] = _longer(found[-1], paper, row, columns)
    return found


def _cell(row: Row, index: int | None) -> Span | None:
    return row.cells[index] if index is not None and index < len(row) and row.words[index] else None


def _phase(paper: Paper, row: Row, columns: Columns) -> Found | None:
    time, name, matter = (
        _cell(row, columns.time),
        _cell(row, columns.name),
        _cell(row, columns.matter),
    )
    date = cell_date(paper, time) if time else None
    second = _cell(row, columns.until)
    until = cell_date(paper, second) if second else None
    tasks = tuple(pieces(paper.view, matter.start, matter.end)) if matter else ()
    label_at = name
    if label_at is None and time is not None and columns.name is None and (matter or date):
        short = matter is not None and len(tasks) == 1 and matter.end - matter.start <= 30
        label_at, tasks = (matter, ()) if short else (time, tasks)
    if label_at is None or (date is None and name is None):
        return None
    label, label_at = _plain(paper, label_at)
    if re.match(r"合计|总计|备注|小计", label) or not label:
        return None
    return Found(
        row.cells[0].start,
        row.cells[-1].end,
        label_at,
        label,
        date,
        row.cells[-1].end,
        until,
        tasks,
    )


def _plain(paper: Paper, cell: Span) -> tuple[str, Span]:
    from muster.core.plans.phases import read_phase

    one = read_phase(paper, cell.start, cell.end, _after_number(paper, cell))
    words = re.sub(r"\s+", "", paper.text[cell.start : cell.end])
    if one is None:
        return words, cell
    return one.label, one.name


def _after_number(paper: Paper, cell: Span) -> int:
    from muster.core.plans.numbering import number_at

    number = number_at(paper.view, cell.start, cell.end)
    return number.end if number and number.style != "stage" else cell.start


def _carries_on(row: Row, columns: Columns) -> bool:
    return not _cell(row, columns.time) and not _cell(row, columns.name)


def _longer(found: Found, paper: Paper, row: Row, columns: Columns) -> Found:
    from dataclasses import replace

    matter = _cell(row, columns.matter)
    more = tuple(pieces(paper.view, matter.start, matter.end)) if matter else ()
    return replace(found, matters=found.matters + more)


def _headless(paper: Paper, table: Table) -> list[Found]:
    """Return phases of a table without a header: each row a name that ends with 阶段 and a date."""
    found: list[Found] = []
    for row in table.rows:
        dated = [n for n, cell in enumerate(row.cells) if row.words[n] and cell_date(paper, cell)]
        named = [
            n
            for n, word in enumerate(row.words)
            if re.search(r"阶段|^第.{1,2}步", word) and len(word) <= 30 and n not in dated
        ]
        if len(dated) == 1 and named:
            matters = [
                n
                for n in range(len(row))
                if n not in (dated[0], named[0]) and len(row.words[n]) > 4
            ]
            one = _phase(
                paper,
                row,
                Columns(0, dated[0], None, named[0], matters[0] if matters else None, due=False),
            )
            found += [one] if one else []
    return found


def unnumbered(row: Row) -> list[int]:
    """Return the columns that are not a running number."""
    return [
        n
        for n, word in enumerate(row.words)
        if word and not re.fullmatch(r"\d{1,2}", word) and not _INDEX.match(word)
    ]
