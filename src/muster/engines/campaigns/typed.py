"""What stands on the confirm page: first what was read, then what a person has typed."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from muster.engines.campaigns.joining import matter_of
from muster.engines.campaigns.models import PlanPaper

MOST_PHASES = 30
MOST_LINES = 100


@dataclass(frozen=True, slots=True)
class PhaseRow:
    """One phase of the form; ``anchor`` is the id of its place in the text, "" for an added one."""

    number: int
    name: str = ""
    start: str = ""
    end: str = ""
    lines: str = ""
    raw: str = ""
    anchor: str = ""
    drop: bool = False


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    """One deadline of the form."""

    number: int
    name: str
    by: str
    keep: bool = True


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One quota of the form."""

    number: int
    value: str
    unit: str
    of: str
    raw: str
    keep: bool = True


@dataclass(frozen=True, slots=True)
class Rows:
    """Everything below the head of the confirm page."""

    phases: list[PhaseRow]
    deadlines: list[DeadlineRow]
    targets: list[TargetRow]


def rows_read(paper: PlanPaper) -> Rows:
    """Return the rows as the plan was read; without phases, one empty row to fill by hand."""
    plan = paper.reading
    phases = [
        PhaseRow(n, p["name"], p["start"] or "", p["end"] or "", "\n".join(p["tasks"]), p["raw"],
                 f"phases-{n}")
        for n, p in enumerate(plan["phases"])
    ]  # fmt: skip
    matters = [task for p in plan["phases"] for task in p["tasks"]]
    deadlines = [
        DeadlineRow(n, matter_of(m["name"], m["raw"], matters) or m["name"], m["by"] or "")
        for n, m in enumerate(plan["milestones"])
    ]
    targets = [
        TargetRow(n, _said(q["value"]), q["unit"] or "", q["of"] or "", q["raw"])
        for n, q in enumerate(plan["quotas"])
    ]
    return Rows(phases or [PhaseRow(0)], deadlines, targets)


def rows_typed(data: QueryDict, paper: PlanPaper, *, more: bool) -> Rows:
    """Return the rows as a person has typed them, with one more empty phase where asked for."""
    read = len(paper.reading["phases"])
    phases = [
        PhaseRow(
            n, data.get(f"phase-{n}-name", ""), data.get(f"phase-{n}-start", ""),
            data.get(f"phase-{n}-end", ""), data.get(f"phase-{n}-tasks", ""),
            data.get(f"phase-{n}-raw", ""), f"phases-{n}" if n < read else "",
            bool(data.get(f"phase-{n}-drop")),
        )
        for n in range(MOST_PHASES) if f"phase-{n}-name" in data
    ]  # fmt: skip
    if more and len(phases) < MOST_PHASES:
        phases.append(PhaseRow(max((p.number for p in phases), default=-1) + 1))
    deadlines = [
        DeadlineRow(n, data.get(f"deadline-{n}-name", ""), data.get(f"deadline-{n}-by", ""),
                    bool(data.get(f"deadline-{n}-keep")))
        for n in range(MOST_LINES) if f"deadline-{n}-name" in data
    ]  # fmt: skip
    targets = [
        TargetRow(n, data.get(f"target-{n}-value", ""), data.get(f"target-{n}-unit", ""),
                  data.get(f"target-{n}-of", ""), data.get(f"target-{n}-raw", ""),
                  bool(data.get(f"target-{n}-keep")))
        for n in range(MOST_LINES) if f"target-{n}-value" in data
    ]  # fmt: skip
    return Rows(phases, deadlines, targets)


def _said(value: Any) -> str:
    return "" if value is None else str(value)
