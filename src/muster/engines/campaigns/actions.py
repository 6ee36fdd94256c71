"""Plans in, confirmed into campaigns; campaigns started; phases closed with their evidence."""

from datetime import datetime
from typing import Any

from django.db import transaction

from muster.core.plans import PlanDocument, read_bytes
from muster.engines.campaigns import queries
from muster.engines.campaigns.drafting import CampaignDraft, PhaseDraft, check_phases
from muster.engines.campaigns.models import Campaign, Phase, PlanPaper, Target
from muster.engines.campaigns.problems import (
    CampaignExists,
    EvidenceMissing,
    PaperDecided,
    TasksWithoutOwner,
)
from muster.engines.checklists import actions as checklists
from muster.engines.checklists import queries as items
from muster.engines.tasks.models import Task
from muster.ground.files.actions import keep
from muster.ground.journal.actions import record
from muster.ground.register.models import Organisation
from muster.ground.rows import catalogue
from muster.ground.rows.scope import current_actor


@transaction.atomic
def take_plan(
    name: str, data: bytes, *, division: str, at: datetime, year: int | None = None
) -> PlanPaper:
    """Return the paper with what was read from it; unreadable and classified papers are refused."""
    document = read_bytes(data, name, year=year)
    actor = current_actor()
    file = keep(name, data, purpose="plan", division=division, at=at, holds_area="governance")
    paper = PlanPaper.objects.create(
        division=division, name=name[:200], file=file, text=document.text,
        reading=document.to_json(), places=_places(document), read_at=at,
        read_by=actor.account if actor else None,
    )  # fmt: skip
    record(
        "plan.read", paper, facts={"phases": len(paper.reading["phases"]), "sha256": file.sha256}
    )
    return paper  # type: ignore[no-any-return]


def _places(document: PlanDocument) -> list[list[Any]]:
    return [[path, span.start, span.end] for path, span in document.places()]


@transaction.atomic
def drop_plan(paper: PlanPaper) -> None:
    """Set a paper aside."""
    _undecided(paper)
    paper.state = PlanPaper.State.DROPPED
    paper.save(update_fields=["state"])
    record("plan.dropped", paper)


def _undecided(paper: PlanPaper) -> None:
    if paper.state != PlanPaper.State.READ:
        raise PaperDecided(name=paper.name, state=paper.get_state_display())


@transaction.atomic
def confirm(draft: CampaignDraft, *, division: str, at: datetime, paper: PlanPaper | None = None,
            owner: Organisation | None = None) -> Campaign:  # fmt: skip
    """Return the campaign that a person confirmed: phases, tasks, deadlines, evidence to show."""
    if paper is not None:
        _undecided(paper)
    starts, ends = check_phases(draft.phases)
    if queries.campaign_named(draft.title, draft.year, division):
        raise CampaignExists(year=draft.year, title=draft.title)
    actor = current_actor()
    campaign = Campaign.objects.create(
        division=division, title=draft.title, kind=draft.kind, issuer=draft.issuer,
        year=draft.year, starts=starts, ends=ends, paper=paper, confirmed_at=at,
        confirmed_by=actor.account if actor else None,
    )  # fmt: skip
    phases = [_add_phase(campaign, n, p, owner) for n, p in enumerate(draft.phases, start=1)]
    _add_deadlines(campaign, draft, phases, owner)
    for target in draft.targets:
        Target.objects.create(division=division, campaign=campaign, **target)
    if paper is not None:
        paper.state = PlanPaper.State.CONFIRMED
        paper.save(update_fields=["state"])
    record("campaign.confirmed", campaign, facts={"phases": len(phases)})
    return campaign  # type: ignore[no-any-return]


def _add_phase(
    campaign: Campaign, order: int, draft: PhaseDraft, owner: Organisation | None
) -> Phase:
    phase = Phase.objects.create(
        division=campaign.division, campaign=campaign, order=order, name=draft.name,
        starts=draft.starts, ends=draft.ends, raw=draft.raw[:300],
    )  # fmt: skip
    for number, title in enumerate(draft.tasks):
        Task.objects.create(
            division=campaign.division, title=title[:300], group=phase.pk, campaign=campaign.pk,
            owner=owner, starts=draft.starts, due=draft.ends, order=number,
        )  # fmt: skip
    checklists.require(phase.pk, items_for(campaign.kind, phase.name), division=campaign.division)
    return phase  # type: ignore[no-any-return]


def _add_deadlines(campaign: Campaign, draft: CampaignDraft, phases: list[Phase],
                   owner: Organisation | None) -> None:  # fmt: skip
    for number, deadline in enumerate(draft.deadlines, start=100):
        if deadline.by is None:
            continue
        phase = next((p for p in phases if p.starts <= deadline.by <= p.ends), phases[-1])
        Task.objects.create(
            division=campaign.division, title=deadline.name[:300], group=phase.pk,
            campaign=campaign.pk, owner=owner, starts=phase.starts, due=deadline.by, order=number,
        )  # fmt: skip


def items_for(kind: str, phase_name: str) -> list[tuple[str, str]]:
    """Return the (key, label) items the catalogue requires of a phase of this kind."""
    name = f"checklists/{kind}.yaml"
    if name not in catalogue.names("checklists"):
        return []
    for entry in catalogue.load(name)["phases"]:
        if entry["phase"] in phase_name:
            return list(entry["items"].items())
    return []


@transaction.atomic
def start(campaign: Campaign) -> Campaign:
    """Start a campaign; refused while a task has no owner or no date (PLN-01)."""
    bare = queries.tasks_without_owner(campaign)
    if bare:
        raise TasksWithoutOwner(count=len(bare), example=bare[0].title)
    campaign.state = Campaign.State.ACTIVE
    campaign.save(update_fields=["state"])
    record("campaign.started", campaign)
    return campaign


@transaction.atomic
def close_phase(phase: Phase, *, at: datetime) -> Phase:
    """Close a phase; refused while required evidence is missing (MIL-02)."""
    missing = items.missing(phase.pk)
    if missing:
        raise EvidenceMissing(phase=phase.name, count=len(missing), items="、".join(missing))
    actor = current_actor()
    phase.state, phase.closed_at = Phase.State.CLOSED, at
    phase.closed_by = actor.account if actor else None
    phase.save()
    record("phase.closed", phase)
    if not phase.campaign.phases.filter(state=Phase.State.OPEN).exists():
        phase.campaign.state = Campaign.State.CLOSED
        phase.campaign.save(update_fields=["state"])
    return phase


@transaction.atomic
def reopen_phase(phase: Phase) -> Phase:
    """Open a closed phase again; the journal keeps both."""
    phase.state, phase.closed_at, phase.closed_by = Phase.State.OPEN, None, None
    phase.save()
    if phase.campaign.state == Campaign.State.CLOSED:
        phase.campaign.state = Campaign.State.ACTIVE
        phase.campaign.save(update_fields=["state"])
    record("phase.reopened", phase)
    return phase
