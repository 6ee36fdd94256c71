"""Where the bars of a phase plan stand, in per cent of the time shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import get_language


@dataclass(frozen=True, slots=True)
class Span:
    """One phase. A missing start or end is drawn to the edge of the board."""

    label: str | Promise
    start: date | None
    end: date | None
    done: int = 0
    state: str | Promise = ""
    tone: str = "blue"
    href: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A phase with its place: ``x``, ``width`` and ``done_width`` in per cent of the board."""

    span: Span
    x: str
    width: str
    done_width: str


@dataclass(frozen=True, slots=True)
class Tick:
    """The first day of a month on the scale."""

    label: str
    x: str


@dataclass(frozen=True, slots=True)
class Board:
    """A phase plan ready to draw; ``today_x`` is None when today lies outside."""

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    today_x: str | None

    @classmethod
    def of(cls, spans: Sequence[Span], *, today: date) -> "Board":
        """Return the board over the whole months that the spans touch."""
        days = [d for s in spans for d in (s.start, s.end) if d is not None] or [today]
        first = min(days).replace(day=1)
        last = _next_month(max(days)) - timedelta(days=1)
        total = (last - first).days + 1

        def at(day: date) -> float:
            return 100 * (day - first).days / total

        bars = []
        for span in spans:
            left = at(span.start or first)
            width = max(0.0, at((span.end or last) + timedelta(days=1)) - left)
            done = width * min(100, max(0, span.done)) / 100
            bars.append(Bar(span, _text(left), _text(width), _text(done)))
        inside = first <= today <= last
        ticks = tuple(Tick(_month(m), _text(at(m))) for m in _months(first, last))
        return cls(tuple(bars), ticks, _text(at(today)) if inside else None)


def _months(first: date, last: date) -> list[date]:
    found, month = [], first
    while month <= last:
        found.append(month)
        month = _next_month(month)
    return found


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _month(day: date) -> str:
    if (get_language() or "").startswith("en"):
        return f"{day:%b}"
    return f"{day.month}月" if day.month > 1 else f"{day.year}年1月"


def _text(value: float) -> str:
    # A string, so that no locale turns the point into a comma inside an SVG attribute.
    return f"{value:.2f}"
