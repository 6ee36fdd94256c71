"""What a read plan is made of; every value knows its place in the text."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Places = tuple[tuple[str, "Span"], ...]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters ``start`` to ``end`` (exclusive) of ``PlanDocument.text``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase; a bound that the text does not give is None."""

    name: str
    start: date | None
    end: date | None
    raw: str
    span: Span
    tasks: tuple[str, ...] = ()
    places: Places = ()

    def to_json(self) -> dict[str, Any]:
        """Return the phase as ``muster plan read`` prints it."""
        return {
            "name": self.name,
            "start": _iso(self.start),
            "end": _iso(self.end),
            "raw": self.raw,
            "tasks": list(self.tasks),
        }


@dataclass(frozen=True, slots=True)
class Milestone:
    """Something due by a day."""

    name: str
    by: date | None
    raw: str
    span: Span
    places: Places = ()

    def to_json(self) -> dict[str, Any]:
        """Return the milestone as ``muster plan read`` prints it."""
        return {"name": self.name, "by": _iso(self.by), "raw": self.raw}


@dataclass(frozen=True, slots=True)
class Quota:
    """A number with its unit and what it counts."""

    value: int | float
    unit: str
    of: str | None
    raw: str
    span: Span
    places: Places = ()

    def to_json(self) -> dict[str, Any]:
        """Return the quota as ``muster plan read`` prints it."""
        return {"value": self.value, "unit": self.unit, "of": self.of, "raw": self.raw}


@dataclass(frozen=True, slots=True)
class Seat:
    """A role in a body and the words that say who holds it."""

    role: str
    holder: str
    span: Span

    def to_json(self) -> dict[str, Any]:
        """Return the seat as ``muster plan read`` prints it."""
        return {"role": self.role, "holder": self.holder}


@dataclass(frozen=True, slots=True)
class Body:
    """A leading group or task force named by the plan."""

    name: str
    seats: tuple[Seat, ...]
    span: Span

    def to_json(self) -> dict[str, Any]:
        """Return the body as ``muster plan read`` prints it."""
        return {"name": self.name, "seats": [seat.to_json() for seat in self.seats]}


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered heading and those below it; ``level`` is the depth, from 1."""

    level: int
    number: str
    title: str
    span: Span
    children: tuple["Heading", ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the heading as ``muster plan read`` prints it."""
        return {
            "level": self.level,
            "number": self.number,
            "title": self.title,
            "children": [child.to_json() for child in self.children],
        }


@dataclass(frozen=True, slots=True)
class Remark:
    """A warning: something missing, vague or contradictory, with the text that caused it."""

    code: str
    message: str
    raw: str
    span: Span | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the warning as ``muster plan read`` prints it."""
        return {"code": self.code, "message": self.message, "raw": self.raw}


@dataclass(frozen=True, slots=True)
class PlanPeriod:
    """The stated first and last day of the whole work; either may be unknown."""

    start: date | None = None
    end: date | None = None
    raw: str = ""
    span: Span | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the period as ``muster plan read`` prints it."""
        return {"start": _iso(self.start), "end": _iso(self.end)}


@dataclass(frozen=True, slots=True)
class PlanDocument:
    """All that was read, beside the cleaned text that the spans point into."""

    text: str
    title: str | None
    kind: str
    issuer: str | None
    year: int | None
    period: PlanPeriod
    phases: tuple[Phase, ...]
    milestones: tuple[Milestone, ...]
    quotas: tuple[Quota, ...]
    bodies: tuple[Body, ...]
    outline: tuple[Heading, ...]
    warnings: tuple[Remark, ...]
    head_places: Places = field(default=())

    def to_json(self) -> dict[str, Any]:
        """Return the document as ``muster plan read --json`` prints it."""
        return {
            "title": self.title,
            "kind": self.kind,
            "issuer": self.issuer,
            "year": self.year,
            "period": self.period.to_json(),
            "phases": [phase.to_json() for phase in self.phases],
            "milestones": [milestone.to_json() for milestone in self.milestones],
            "quotas": [quota.to_json() for quota in self.quotas],
            "bodies": [body.to_json() for body in self.bodies],
            "outline": [heading.to_json() for heading in self.outline],
            "warnings": [warning.to_json() for warning in self.warnings],
        }

    def places(self) -> list[tuple[str, Span]]:
        """Return (path, span) of every value, e.g. ("phases.0.start", Span(120, 131))."""
        return list(self._places())

    def _places(self) -> Iterator[tuple[str, Span]]:
        yield from self.head_places
        if self.period.span:
            yield "period", self.period.span
        for group in ("phases", "milestones", "quotas"):
            for index, item in enumerate(getattr(self, group)):
                yield f"{group}.{index}", item.span
                yield from ((f"{group}.{index}.{name}", span) for name, span in item.places)
        for index, body in enumerate(self.bodies):
            yield f"bodies.{index}", body.span
            yield from (
                (f"bodies.{index}.seats.{n}", seat.span) for n, seat in enumerate(body.seats)
            )
        for index, heading in enumerate(self.outline):
            yield from _heading_places(f"outline.{index}", heading)
        for index, warning in enumerate(self.warnings):
            if warning.span:
                yield f"warnings.{index}", warning.span


def _heading_places(path: str, heading: Heading) -> Iterator[tuple[str, Span]]:
    yield path, heading.span
    for index, child in enumerate(heading.children):
        yield from _heading_places(f"{path}.children.{index}", child)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
