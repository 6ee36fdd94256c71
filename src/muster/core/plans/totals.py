"""Totals that do not add up: in a sentence, in a table, and told in both."""

import re

from muster.core.plans.paper import Paper
from muster.core.plans.tables import Row, Table
from muster.core.plans.values import Span

_UNITS = "人|名|支|个|辆|台|套|户|份|次|场|条|件"
_WHOLE = re.compile(
    rf"(?<!\d)(?P<total>\d{{1,7}}) *(?P<unit>{_UNITS})[^。;\d,:]{{0,12}}[,(:]?"
    r"(?P<how>其中|分别是|分别为|包括|含)[:,]?(?P<parts>[^。;\n)]{3,160})"
)
_SUM = re.compile(rf"[,、](?:共计?|合计|总计)(?P<total>\d{{1,7}}) *(?P<unit>{_UNITS})")
_LABEL = re.compile(r"^(?:合 *计|总 *计|小 *计|共 *计)$")
_GRAND = re.compile(r"^(?:合 *计|总 *计|共 *计)$")
_CELL = re.compile(rf"^(?P<n>\d{{1,9}}) *(?:{_UNITS})?$")
_NOTHING = frozenset(("", "—", "-", "–", "/", "无", "——"))


def check_totals(paper: Paper, grids: list[Table]) -> None:
    """Note totals of sentences and tables that differ from their parts; nothing is changed."""
    _sentences(paper)
    for grid in grids:
        _columns(paper, grid)
        _rows(paper, grid)


def _sentences(paper: Paper) -> None:
    """Compare a total with its parts, told after it (其中…) or before it (…，共…)."""
    for match in _WHOLE.finditer(paper.view):
        exact = match["how"] in ("分别是", "分别为")
        _add_up(paper, match, match["parts"], Span(*match.span()), exact=exact)
    for match in _SUM.finditer(paper.view):
        start = max(paper.view.rfind(stop, 0, match.start()) for stop in "。;\n") + 1
        start = max(start, match.start() - 160)
        parts = paper.view[start : match.start()]
        _add_up(paper, match, parts, Span(start, match.end()), exact=True)


def _add_up(paper: Paper, match: re.Match[str], parts: str, span: Span, *, exact: bool) -> None:
    total, unit = int(match["total"]), match["unit"]
    found = [int(n) for n in re.findall(rf"(?<![\d.第月年])(\d{{1,7}}) *{unit}", parts)]
    if len(found) > 1 and (sum(found) > total or (exact and sum(found) != total)):
        message = f"总数 {total}{unit}，分项相加是 {sum(found)}{unit}。"
        paper.remark("total.mismatch", message, span)


def _label(row: Row) -> str:
    """Return what the row is called; a number or nothing may stand before it."""
    words = [word.strip() for word in row.words[:2]]
    return next((word for word in words if _LABEL.match(word)), words[0])


def _number(row: Row, column: int) -> int | None:
    """Return the cell as a number, 0 for a dash or nothing, None where it is something else."""
    if column >= len(row):
        return 0
    word = row.words[column].strip()
    found = _CELL.match(word)
    return int(found["n"]) if found else 0 if word in _NOTHING else None


def _columns(paper: Paper, grid: Table) -> None:
    """Compare each 合计 row with the rows above it, back to the subtotal before; 小计 count once."""
    head = grid.rows[0]
    for column in range(1, len(head)):
        parts: list[int | None] = []
        subtotals: list[int] = []
        for row in grid.rows[1:]:
            label = _label(row)
            if not _LABEL.match(label):
                parts.append(_number(row, column))
                continue
            summed = subtotals if not parts and _GRAND.match(label) else parts
            _compare_cell(paper, row, column, head.words[column], summed)
            if (stated := _number(row, column)) is not None:
                subtotals.append(stated)
            parts = []


def _compare_cell(
    paper: Paper, row: Row, column: int, heading: str, summed: list[int] | list[int | None]
) -> None:
    stated, known = _number(row, column), [n for n in summed if n is not None]
    if not stated or len(known) < 2 or len(known) < len(summed) or sum(known) == stated:
        return
    place = row.cells[column]
    paper.remark(
        "total.mismatch", f"“{heading}”的合计写 {stated}，各行相加是 {sum(known)}。", place
    )
    _said_again(paper, stated, sum(known), place)


def _said_again(paper: Paper, stated: int, summed: int, place: Span) -> None:
    """Point at sentences that state the same wrong total."""
    for match in re.finditer(
        rf"[^。;\n\t]*共[^。;\n\t\d]{{0,10}}{stated} *(?:{_UNITS})", paper.view
    ):
        if not place.start <= match.start() < place.end:
            message = f"这里的总数 {stated} 与附表不符，附表各行相加是 {summed}。"
            paper.remark("total.mismatch", message, Span(*match.span()))


def _rows(paper: Paper, grid: Table) -> None:
    """Compare a last column headed 合计 with the numbers before it in the row."""
    head = grid.rows[0]
    last = len(head) - 1
    if last < 3 or not _LABEL.match(head.words[last].strip()):
        return
    for row in grid.rows[1:]:
        cells = [_number(row, column) for column in range(1, last)]
        known = [n for n in cells if n is not None]
        stated = _number(row, last)
        if stated and len(known) == len(cells) and sum(known) != stated:
            paper.remark(
                "total.mismatch",
                f"“{row.words[0].strip()}”一行合计写 {stated}，各列相加是 {sum(known)}。",
                row.cells[last],
            )
