"""From what was read to what a person confirms: plain values, checked before anything is stored."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from muster.engines.campaigns.problems import DatesMissing, DeadlineUndated, PhasesBroken


@dataclass(frozen=True, slots=True)
class PhaseDraft:
    """A phase as a person confirms it."""

    name: str
    starts: date | None
    ends: date | None
    tasks: tuple[str, ...] = ()
    raw: str = ""


@dataclass(frozen=True, slots=True)
class DeadlineDraft:
    """Something due by a day that belongs to no single phase."""

    name: str
    by: date | None
    raw: str = ""


@dataclass(frozen=True, slots=True)
class CampaignDraft:
    """A campaign as a person confirms it."""

    title: str
    kind: str
    issuer: str
    year: int
    phases: tuple[PhaseDraft, ...]
    deadlines: tuple[DeadlineDraft, ...] = ()
    targets: tuple[dict[str, str], ...] = field(default=())


def check_phases(phases: Sequence[PhaseDraft]) -> tuple[date, date]:
    """Return first start and last end; refuse missing dates, gaps, overlaps, ends before starts.

    Phases of one campaign follow each other day by day (campaign.phase.contiguous).
    """
    if not phases:
        raise PhasesBroken(faults="方案里没有阶段")
    spans = [_dated(p) for p in phases]
    faults = [
        f"“{p.name}”结束早于开始"
        for p, (start, end) in zip(phases, spans, strict=True)
        if end < start
    ]
    for before, after, (_, end), (start, _) in zip(
        phases, phases[1:], spans, spans[1:], strict=False
    ):
        if start <= end:
            faults.append(f"“{before.name}”与“{after.name}”重叠")
        elif start > end + timedelta(days=1):
            faults.append(f"“{before.name}”与“{after.name}”之间空了 {(start - end).days - 1} 天")
    if faults:
        raise PhasesBroken(faults="；".join(faults))
    return spans[0][0], spans[-1][1]


def _dated(phase: PhaseDraft) -> tuple[date, date]:
    if phase.starts is None:
        raise DatesMissing(phase=phase.name, what="开始")
    if phase.ends is None:
        raise DatesMissing(phase=phase.name, what="结束")
    return phase.starts, phase.ends


def check_deadlines(deadlines: Sequence[DeadlineDraft]) -> None:
    """Refuse a deadline that was kept without a day."""
    for deadline in deadlines:
        if deadline.by is None:
            raise DeadlineUndated(name=deadline.name)
