"""Taking a figure: the answer of this moment and the records behind it, stored for good."""

from datetime import date, datetime

from django.db import transaction

from muster.core.kernel import Period
from muster.engines.figures.actions import Taken, store
from muster.engines.figures.models import Figure
from muster.overview.indicators import queries
from muster.overview.indicators.problems import NoSource
from muster.overview.indicators.queries import Answer

TRIES = 3


@transaction.atomic
def take(code: str, division: str, period: Period, *, on: date, at: datetime,
         part_of: str = "") -> Figure:  # fmt: skip
    """Return a stored figure; refuse an indicator without records, an outside division or area."""
    return keep(queries.ask(code, division, period, on=on, part_of=part_of), at=at)


@transaction.atomic
def keep(answer: Answer, *, at: datetime, journalled: bool = True) -> Figure:
    """Return an answer stored with the keys of the records behind it."""
    if answer.value is None:
        raise NoSource(indicator=answer.definition.name, why=answer.why)
    steady, rows = _steady(answer)
    asked, question = steady.definition, steady.question
    keys = tuple(row.key for row in rows)
    source, _roster = queries.choose(asked, question)
    return store(
        Taken(
            code=asked.code, version=asked.version, basis=steady.basis, name=asked.name,
            words=asked.words, unit=asked.unit, value=str(steady.value), part=steady.part,
            whole=steady.whole, division=question.division, period=question.period,
            on=question.as_of, grain=source.grain, keys=keys, part_of=question.part_of,
        ),
        at=at,
        journalled=journalled,
    )  # fmt: skip


def _steady(answer: Answer) -> tuple[Answer, list[queries.Behind]]:
    """Return answer and records that agree; others may write between two readings."""
    for _turn in range(TRIES):
        rows = queries.behind(answer)
        if sum(r.part for r in rows) == answer.part and len({r.key for r in rows}) == len(rows):
            return answer, rows
        answer = queries.evaluate(answer.definition, answer.question)
    raise ValueError(f"{answer.definition.code} and its records do not agree")
