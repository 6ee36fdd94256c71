"""The annexes: a line per unit, every number a figure that opens."""

from datetime import date
from io import BytesIO
from typing import Any

import docx
from docx.oxml.ns import qn

from muster.core.documents import read_figures
from muster.engines.documents.queries import figures_of
from muster.ground.rows.scope import acting
from muster.overview.reports import actions
from tests.overview.indicators.town import Town, joins, leaves, moves
from tests.overview.reports.test_issue_and_verify import DAY, HEAD, issued, verified


def test_every_number_of_the_annexes_is_a_stored_figure(town: Town) -> None:
    stays = joins(town.first, 2, on=date(2026, 2, 1))
    moves(stays[0], town.second, on=date(2026, 3, 1))
    leaves(stays[1], on=date(2026, 4, 1))
    paper, body = issued()

    with acting(HEAD):
        lines = {
            (f.figure.code, f.figure.part_of): f.printed
            for f in figures_of(paper) if f.figure.part_of
        }  # fmt: skip
    first, second = town.first.pk.hex, town.second.pk.hex
    assert [lines[f"I-50.{p}", first] for p in ("opening", "joined", "parted", "closing")] == [
        "8", "2", "2", "8",
    ]  # fmt: skip
    assert [lines[f"I-50.{p}", second] for p in ("opening", "joined", "parted", "closing")] == [
        "0", "1", "0", "1",
    ]  # fmt: skip
    assert lines["I-51", town.emergency.pk.hex] == "83.3%"
    assert len(read_figures(body).figures) == len(lines) + len(
        [f for f in read_figures(body).figures if f.key in main_keys(paper)]
    )
    assert verified(body)["tampered"] == []


def test_the_last_line_of_an_annex_is_the_sum_of_the_lines_above(town: Town) -> None:
    stays = joins(town.first, 2, on=date(2026, 2, 1))
    moves(stays[0], town.second, on=date(2026, 3, 1))
    _, body = issued()
    tables = docx.Document(BytesIO(body)).tables
    moved = next(t for t in tables if t.rows[0].cells[2].text == "入队和转入")

    lines = [[said(c) for c in row.cells] for row in moved.rows[1:]]
    assert lines[-1][0] == "合计"
    for column in range(1, 5):
        assert int(lines[-1][column]) == sum(int(line[column]) for line in lines[:-1])


def said(cell: Any) -> str:
    """Return the words of a cell with those inside content controls."""
    return "".join(run.text or "" for run in cell._tc.iter(qn("w:t")))


def main_keys(paper: object) -> set[str]:
    with acting(HEAD):
        return {f.figure.pk.hex for f in figures_of(paper) if not f.figure.part_of}  # type: ignore[arg-type]


def test_a_draft_prints_the_same_annexes_and_stores_nothing(town: Town) -> None:
    paper, body = issued()
    with acting(HEAD):
        draft = actions.draft("reorganisation_report", division=paper.division, year=2026,
                              texts=actions.Texts(), on=DAY, at=paper.made_at)  # fmt: skip
        printed = [f.printed for f in read_figures(actions.draft_file(draft, on=DAY)).figures]

    assert printed == [f.printed for f in read_figures(body).figures]
    assert not figures_of_draft(draft)


def figures_of_draft(paper: object) -> list[object]:
    with acting(HEAD):
        return list(figures_of(paper))  # type: ignore[arg-type]
