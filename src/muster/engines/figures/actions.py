"""Storing a figure."""

from dataclasses import dataclass
from datetime import date, datetime

from muster.core.kernel import Period
from muster.engines.figures.models import Figure, packed
from muster.ground.journal.actions import record
from muster.ground.rows.scope import current_actor


@dataclass(frozen=True, slots=True)
class Taken:
    """What an evaluation gave: ready to be stored. ``value`` is "30" or "96.7"."""

    code: str
    version: int
    basis: str
    name: str
    words: str
    unit: str
    value: str
    part: int
    whole: int | None
    division: str
    period: Period
    on: date
    grain: str
    keys: tuple[str, ...]
    part_of: str = ""


def store(taken: Taken, *, at: datetime, journalled: bool = True) -> Figure:
    """Return the figure, written once with its digest, and journal that it was taken.

    Without ``journalled`` the caller journals the digests of many figures in one act of its own.
    """
    actor = current_actor()
    figure = Figure(
        division=taken.division, code=taken.code, version=taken.version, basis=taken.basis,
        name=taken.name, words=taken.words, unit=taken.unit, part_of=taken.part_of,
        value=taken.value, part=taken.part, whole=taken.whole, period_start=taken.period.start,
        period_end=taken.period.end, on=taken.on, as_of=at, grain=taken.grain,
        records=len(taken.keys), packed=packed(list(taken.keys)),
        taken_by=actor.account if actor else None,
    )  # fmt: skip
    figure.digest = figure.digested()
    figure.save()
    if journalled:
        facts = {"code": figure.code, "records": figure.records, "digest": figure.digest}
        record("figure.taken", figure, facts=facts)
    return figure
