"""Pages of indicators: live values, what is behind them, and stored figures."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from muster.core.kernel import Period
from muster.engines.figures import queries as figures
from muster.ground.journal.actions import look
from muster.ground.register import queries as register
from muster.ground.rows.clock import today
from muster.overview.indicators import listing, queries, records
from muster.web.downloads import workbook_response
from muster.web.said import said
from muster.web.tables import Table, respond

if TYPE_CHECKING:
    from muster.engines.figures.models import Figure

AUTUMN = 9
OLDEST = 2000


@dataclass(frozen=True, slots=True)
class Choice:
    """The place and year chosen on a page."""

    division: str
    name: str
    year: int
    on: date
    divisions: list[tuple[str, str]]

    @property
    def period(self) -> Period:
        """Return the year's days."""
        return Period.year(self.year)

    @property
    def years(self) -> list[int]:
        """Return the years offered: this one and four before; the next one from September on.

        Work of the coming year, such as a reorganisation, begins in its autumn.
        """
        latest = self.on.year + (self.on.month >= AUTUMN)
        return list(range(latest, latest - 5, -1))

    @property
    def query(self) -> str:
        """Return the choice as the end of an address."""
        return f"division={self.division}&year={self.year}"


def choice_of(request: HttpRequest) -> Choice:
    """Return what a request chooses: the post's own division and this year by default."""
    actor, day = request.actor, today()  # type: ignore[attr-defined]
    code = request.GET.get("division", "") or actor.division
    told = request.GET.get("year", "")
    year = int(told) if told.isdigit() and OLDEST <= int(told) <= day.year + 1 else day.year
    names = register.division_names()
    below = [(c, names[c]) for c in sorted(names) if actor.code.holds(c)]
    return Choice(code, names.get(code, code), year, day, below)


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Show every indicator with its value for a place and a year."""
    choice = choice_of(request)
    reads = request.actor.reads  # type: ignore[attr-defined]
    found = listing.groups(choice.division, choice.period, on=choice.on, reads=reads)
    return render(request, "indicators/list.html", {"choice": choice, "groups": found})


@require_GET
def page(request: HttpRequest, code: str) -> HttpResponse:
    """Show one indicator: definition, value, and where it comes from."""
    choice = choice_of(request)
    answer = queries.ask(code, choice.division, choice.period, on=choice.on)
    context = {
        "choice": choice, "answer": answer, "definition": answer.definition,
        "divisions": listing.shares_by_division(answer), "parts": listing.shares_by_part(answer),
    }  # fmt: skip
    return render(request, "indicators/page.html", context)


@require_GET
def behind(request: HttpRequest, code: str) -> HttpResponse:
    """Show the records behind a live value."""
    choice = choice_of(request)
    answer, table = _live(request, code, choice)
    context = {"choice": choice, "answer": answer, "definition": answer.definition}
    return respond(request, "indicators/records.html", table=table, context=context)


@require_GET
def behind_workbook(request: HttpRequest, code: str) -> HttpResponse:
    """Send the records behind a live value as a workbook."""
    choice = choice_of(request)
    answer, table = _live(request, code, choice)
    name = f"{answer.definition.name}-{choice.name}-{choice.year}"
    look("indicator.exported", kind=f"indicator.{code}", count=table.total)
    return workbook_response(f"{name}.xlsx", listing.workbook(table, title=name))


def _live(request: HttpRequest, code: str, choice: Choice) -> tuple[queries.Answer, Table]:
    answer = queries.ask(code, choice.division, choice.period, on=choice.on)
    rows: list[records.Record] = []
    grain = "membership"
    if answer.value is not None:
        grain = queries.choose(answer.definition, answer.question)[0].grain
        keys = [r.key for r in queries.behind(answer)]
        rows = records.read(grain, keys, today=choice.on)
        if grain in records.PEOPLE:
            look("indicator.opened", kind=f"indicator.{code}", count=len(rows))
    table = listing.table_of(grain, rows, request, caption=said(answer.definition.name))
    return answer, table


@require_GET
def figure(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a stored figure: what it said, its records then and how they stand now."""
    found, answer, table = _stored(request, pk)
    context = {"figure": found, "answer": answer, "label": records.LABELS[found.grain]}
    return respond(request, "indicators/figure.html", table=table, context=context)


@require_GET
def figure_workbook(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send the records of a stored figure as a workbook."""
    found, _answer, table = _stored(request, pk)
    look("figure.exported", kind="figures.figure", ids=[found.pk], count=table.total)
    name = f"{found.name}-{found.on}"
    return workbook_response(f"{name}.xlsx", listing.workbook(table, title=name))


def _stored(request: HttpRequest, pk: UUID) -> tuple["Figure", queries.Answer, Table]:
    found = figures.figure(pk)
    day = today()
    period = Period(found.period_start, found.period_end)
    answer = queries.ask(found.code, found.division, period, on=day, part_of=found.part_of)
    rows = records.read(found.grain, found.keys, today=day)
    if found.grain in records.PEOPLE:
        look("figure.opened", kind="figures.figure", ids=[found.pk], count=len(rows))
    counted = {r.key for r in queries.behind(answer)}
    marks = {r.key: _("仍计入") if r.key in counted else _("不再计入") for r in rows}
    table = listing.table_of(found.grain, rows, request, caption=said(found.name), marks=marks)
    return found, answer, table
