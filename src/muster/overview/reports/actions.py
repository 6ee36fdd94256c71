"""Drafting, issuing and verifying reports: figures stored with their records, print bound to them."""

from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction

from muster.core.documents import (
    BoundFigure,
    DocumentKind,
    Row,
    StoredFigure,
    Verification,
    compare,
    read_figures,
    render,
)
from muster.core.kernel import Period
from muster.engines.documents import actions as documents
from muster.engines.documents import policies
from muster.engines.documents import queries as papers
from muster.engines.documents.actions import Printed
from muster.engines.documents.models import Document, DocumentFile
from muster.overview.indicators import actions as figures
from muster.overview.indicators import queries as indicators
from muster.overview.indicators.queries import Answer
from muster.overview.reports import gathering, tables
from muster.overview.reports.gathering import Gathered, Texts
from muster.overview.reports.problems import NoRecords, NotIssuedHere


@transaction.atomic
def draft(kind_code: str, *, division: str, year: int, texts: Texts, on: date,
          at: datetime) -> Document:  # fmt: skip
    """Return a draft; refuse a place and year without any record for this kind."""
    kind = papers.kind(kind_code)
    gathered = gathering.gather(kind, division, year, on=on)
    said = gathering.content(gathered, texts, gathering.provisional(gathered), day=on,
                             document_id="draft")  # fmt: skip
    if not said.sections:
        raise NoRecords(place=gathered.place, year=year, kind=kind.name)
    return documents.draft(kind, division=division, year=year, title=said.title, at=at,
                           **asdict(texts))  # fmt: skip


def change(paper: Document, texts: Texts) -> Document:
    """Change the words of a draft; refuse an issued document."""
    return documents.change(paper, **asdict(texts))


def draft_file(paper: Document, *, on: date) -> bytes:
    """Return the draft as a Word file with the figures of this moment; nothing is stored."""
    kind = papers.kind(paper.kind)
    gathered = gathering.gather(kind, paper.division, paper.year, on=on)
    said = gathering.content(
        gathered, Texts.of(paper), gathering.provisional(gathered), day=on, document_id="draft",
        rows=tables.lines(gathered, tables.numbered(gathered)),
    )  # fmt: skip
    return render(papers.template_of(kind, paper.division), said)


@transaction.atomic
def issue(paper: Document, *, on: date, at: datetime) -> DocumentFile:
    """Return the issued file: every figure taken now, stored, and bound to its print."""
    policies.check_may_issue()
    policies.check_draft(paper)
    kind = papers.kind(paper.kind)
    gathered = gathering.gather(kind, paper.division, paper.year, on=on)
    texts = Texts.of(paper)
    printed = _take(kind, gathered, at=at)
    lines, in_lines = _lines(gathered, at=at)
    serial = papers.next_serial(kind.kind, paper.division, paper.year) if texts.agency else None
    said = gathering.content(gathered, texts, [p.bound for p in printed], day=on, rows=lines,
                             document_id=str(paper.pk), serial=serial)  # fmt: skip
    if not said.sections:
        raise NoRecords(place=gathered.place, year=paper.year, kind=kind.name)
    return documents.issue(paper, said, printed + in_lines, day=on, at=at)


def _lines(gathered: Gathered, *, at: datetime) -> tuple[dict[str, list[Row]], list[Printed]]:
    """Return the table lines of a report and the stored figures they print."""
    printed: list[Printed] = []

    def bound(answer: Answer, name: str) -> BoundFigure:
        figure = figures.keep(answer, at=at, journalled=False)
        one = tables.cell(gathered, answer, name, key=figure.pk.hex)
        printed.append(Printed(figure, one, "table"))
        return one

    return tables.lines(gathered, bound), printed


def _take(kind: DocumentKind, gathered: Gathered, *, at: datetime) -> list[Printed]:
    sections = {code: rule.key for rule in kind.sections for code in rule.figures}
    taken = []
    for code, answer in gathered.known.items():
        figure = figures.keep(answer, at=at, journalled=False)
        bound = gathering.bind(kind, figure, place=gathered.place)
        taken.append(Printed(figure, bound, sections.get(code, "")))
    return taken


def verify(body: bytes, *, on: date) -> tuple[Document, Verification]:
    """Return the document a file was issued as, and which figures are unchanged, changed, tampered.

    "Now" asks each figure's question again on ``on``. Refuses a file of nobody in this scope.
    """
    reading = read_figures(body)
    paper = papers.issued(reading.document_id or "")
    if paper is None:
        raise NotIssuedHere
    return paper, compare(reading, stored(paper), now(paper, on=on))


def stored(paper: Document) -> dict[str, StoredFigure]:
    """Return figure key → what was stored and printed at issue."""
    return {
        one.figure.pk.hex: StoredFigure(
            one.printed, gathering.number_of(one.figure.value), one.figure.code
        )
        for one in papers.figures_of(paper)
    }


def now(paper: Document, *, on: date) -> dict[str, str]:
    """Return figure key → how the document would print it today; without records it is left out."""
    kind, found = papers.kind(paper.kind), {}
    for one in papers.figures_of(paper):
        figure = one.figure
        if figure.code not in indicators.definitions():
            continue
        period = Period(figure.period_start, figure.period_end)
        answer = indicators.ask(figure.code, figure.division, period, on=on, part_of=figure.part_of)
        if answer.value is not None:
            found[figure.pk.hex] = gathering.printed(kind, figure.code, figure.unit, answer.value)
    return found
