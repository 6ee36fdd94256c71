"""Definitions of indicators: words from the catalogue, expressions from this package."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from muster.core.indicators.expressions import EXPRESSIONS
from muster.core.kernel import Citation

AREAS = {"governance": "党管武装", "militia": "民兵", "enlistment": "征兵", "potential": "动员潜力",
         "response": "应急动员", "support": "双拥优抚", "education": "国防教育", "facilities": "设施经费"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """One way to count: where the rows come from, and which records must exist for an answer.

    ``basis`` is "" or says which roster is counted (frozen, roster). ``rows`` is unbound.
    """

    basis: str
    grain: str
    rows: Any
    presence: Any

    @property
    def total(self) -> Any:
        """Return the aggregation of the row expression: the one expression of the figure."""
        return self.rows.aggregate(part=self.rows.part.sum(), whole=self.rows.whole.sum(),
                                   records=self.rows.count())  # fmt: skip

    @property
    def present(self) -> Any:
        """Return how many records there are that could answer at all."""
        return self.presence.aggregate(records=self.presence.count())

    @property
    def by_division(self) -> Any:
        """Return the same per division."""
        grouped = self.rows.group_by("division")
        return grouped.agg(part=self.rows.part.sum(), whole=self.rows.whole.sum())

    @property
    def by_part(self) -> Any:
        """Return the same per unit or phase."""
        grouped = self.rows.group_by("part_of")
        return grouped.agg(part=self.rows.part.sum(), whole=self.rows.whole.sum())


@dataclass(frozen=True, slots=True)
class Definition:
    """One indicator. Without sources it waits for records that the product does not hold yet."""

    code: str
    version: int
    name: str
    unit: str
    words: str
    citation: Citation
    area: str
    reads: str
    additive: bool
    ratio: bool = False
    by: str = ""
    waits_for: str = ""
    sources: tuple[Source, ...] = ()

    @property
    def parent(self) -> str:
        """Return the code of Annex 2 that this one belongs to: I-50.in is part of I-50."""
        return self.code.split(".")[0]

    def source(self, basis: str) -> Source:
        """Return one way to count; a basis that the definition does not have is a bug."""
        found = next((s for s in self.sources if s.basis == basis), None)
        if found is None:
            raise ValueError(f"{self.code} has no basis {basis!r}")
        return found


def load(entries: Sequence[Mapping[str, Any]]) -> dict[str, Definition]:
    """Return code → definition of catalogue entries; a malformed or repeated one is a bug."""
    found: dict[str, Definition] = {}
    for entry in entries:
        made = _definition(entry)
        if made.code in found:
            raise ValueError(f"{made.code} is defined twice")
        found[made.code] = made
    return found


def _definition(entry: Mapping[str, Any]) -> Definition:
    sources = tuple(_source(s) for s in entry.get("sources", ()))
    waits = entry.get("waits_for", "")
    if bool(sources) == bool(waits):
        raise ValueError(f"{entry['code']} needs sources, or the records it waits for")
    if entry["area"] not in AREAS:
        raise ValueError(f"{entry['code']} stands in the unknown area {entry['area']}")
    return Definition(
        code=entry["code"], version=entry.get("version", 1), name=entry["name"],
        unit=entry["unit"], words=entry["words"], citation=_citation(entry["citation"]),
        area=entry["area"], reads=entry.get("reads", entry["area"]),
        additive=entry.get("additive", False), ratio=entry.get("ratio", False),
        by=entry.get("by", ""), waits_for=waits, sources=sources,
    )  # fmt: skip


def _citation(text: str) -> Citation:
    source, _, clause = text.partition(" ")
    return Citation(source, clause)


def _source(entry: Mapping[str, Any]) -> Source:
    return Source(
        basis=entry.get("basis", ""), grain=entry["grain"],
        rows=_expression(entry["rows"]), presence=_expression(entry.get("presence", entry["rows"])),
    )  # fmt: skip


def _expression(entry: str | Mapping[str, Any]) -> Any:
    if isinstance(entry, str):
        return EXPRESSIONS[entry]()
    ((name, arguments),) = entry.items()
    if isinstance(arguments, Mapping):
        return EXPRESSIONS[name](**arguments)
    return EXPRESSIONS[name](arguments)
