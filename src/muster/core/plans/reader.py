"""Reads a plan: cleans the text, asks each finder in turn, checks what was found."""

from muster.core.plans.checks import check
from muster.core.plans.groups import read_bodies
from muster.core.plans.head import Head, read_head
from muster.core.plans.kinds import kind_of
from muster.core.plans.marks import refuse_classified
from muster.core.plans.milestones import read_milestones
from muster.core.plans.outline import headings
from muster.core.plans.paper import Paper
from muster.core.plans.periods import read_period
from muster.core.plans.phases import Found, headed, to_phase
from muster.core.plans.problems import PlanEmpty, PlanTooLong
from muster.core.plans.quotas import read_quotas
from muster.core.plans.tables import Table, tabled, tables
from muster.core.plans.values import Phase, Places, PlanDocument, Span

LONGEST = 200_000


def read_text(text: str, *, year: int | None = None, name: str = "文本") -> PlanDocument:
    """Return what the text of a plan says; refuses empty, endless and classified texts."""
    if len(text) > LONGEST:
        raise PlanTooLong(file=name, size=len(text), limit=LONGEST)
    refuse_classified(text)
    paper = Paper(text)
    if not paper.text:
        raise PlanEmpty(file=name)
    return _read(paper, year)


def _read(paper: Paper, year: int | None) -> PlanDocument:
    head = read_head(paper, year=year)
    grids = tables(paper)
    phases = _phases(paper, grids)
    dated = [Span(f.start, f.end) for f in phases[1]]
    period = read_period(paper, dated)
    milestones = read_milestones(paper, phases[0], grids)
    quotas = read_quotas(paper, grids)
    bodies = read_bodies(paper, grids)
    kind = kind_of(head.title, paper.view)
    check(paper, head, period, phases[0], grids, given=year)
    return PlanDocument(
        text=paper.text,
        title=head.title,
        kind=kind,
        issuer=head.issuer,
        year=head.year,
        period=period,
        phases=tuple(phases[0]),
        milestones=tuple(milestones),
        quotas=tuple(quotas),
        bodies=tuple(bodies),
        outline=headings(paper.text, paper.nodes),
        warnings=tuple(paper.remarks),
        head_places=_head_places(head),
    )


def _phases(paper: Paper, grids: list[Table]) -> tuple[list[Phase], list[Found]]:
    found = headed(paper)
    known = {(one.label, one.date and one.date.first) for one in found}
    for grid in grids:
        for one in tabled(paper, grid):
            if (one.label, one.date and one.date.first) not in known:
                found.append(one)
    found = _once(found)
    return [to_phase(paper, one) for one in found], found


def _once(found: list[Found]) -> list[Found]:
    """Return phases in the order of the text, a phase told twice only once."""
    seen: set[tuple[str, object]] = set()
    kept: list[Found] = []
    for one in sorted(found, key=lambda item: item.start):
        day = (one.date.first, one.date.last) if one.date else None
        if (one.label, day) not in seen:
            seen.add((one.label, day))
            kept.append(one)
    return kept


def _head_places(head: Head) -> Places:
    pairs = (("title", head.title_span), ("issuer", head.issuer_span), ("year", head.year_span))
    return tuple((name, span) for name, span in pairs if span)
