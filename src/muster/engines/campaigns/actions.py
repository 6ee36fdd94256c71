"""Plans in, confirmed into campaigns; campaigns started; phases closed with their evidence."""

from datetime import date, datetime

from django.db import transaction

from muster.core.kernel import Problem
from muster.core.plans import Reading, read_in_child
from muster.engines.campaigns import queries
from muster.engines.campaigns.drafting import (
    CampaignDraft,
    PhaseDraft,
    check_deadlines,
    check_phases,
)
from muster.engines.campaigns.joining import key_of
from muster.engines.campaigns.models import Campaign, Phase, PlanPaper, Target
from muster.engines.campaigns.problems import (
    CampaignExists,
    CampaignState,
    EvidenceMissing,
    PaperDecided,
    PhaseState,
    TasksWithoutOwner,
)
from muster.engines.checklists import actions as checklists
from muster.engines.checklists import queries as items
from muster.engines.tasks.models import Task
from muster.engines.tasks.policies import home_of
from muster.ground.files.actions import keep
from muster.ground.journal.actions import record
from muster.ground.register.models import Organisation
from muster.ground.rows import catalogue
from muster.ground.rows.scope import current_actor

Days = dict[str, date | None]


def take_plan(
    name: str, data: bytes, *, division: str, at: datetime, year: int | None = None
) -> PlanPaper:
    """Return the paper with what was read from it; unreadable and classified papers are refused.

    A limited process reads, outside any transaction; of a refused paper nothing is kept, only that
    one was refused and why.
    """
    try:
        found = read_in_child(data, name, year=year)
    except Problem as problem:
        record("plan.refused", facts={"problem": problem.code})
        raise
    return _keep_plan(name, data, found, division=division, at=at)


@transaction.atomic
def _keep_plan(name: str, data: bytes, found: Reading, *, division: str, at: datetime) -> PlanPaper:
    actor = current_actor()
    file = keep(name, data, purpose="plan", division=division, at=at, holds_area="governance")
    paper = PlanPaper.objects.create(
        division=division, name=name[:200], file=file, text=found.text, reading=found.plan,
        places=found.places, read_at=at, read_by=actor.account if actor else None,
    )  # fmt: skip
    record(
        "plan.read", paper, facts={"phases": len(paper.reading["phases"]), "sha256": file.sha256}
    )
    return paper  # type: ignore[no-any-return]


@transaction.atomic
def drop_plan(paper: PlanPaper) -> None:
    """Set a paper aside."""
    _undecided(paper)
    paper.state = PlanPaper.State.DROPPED
    paper.save(update_fields=["state"])
    record("plan.dropped", paper)


def _undecided(paper: PlanPaper) -> None:
    paper = PlanPaper.objects.select_for_update().fetch(paper.pk)
    if paper.state != PlanPaper.State.READ:
        raise PaperDecided(name=paper.name, state=paper.get_state_display())


@transaction.atomic
def confirm(draft: CampaignDraft, *, division: str, at: datetime, paper: PlanPaper | None = None,
            owner: Organisation | None = None) -> Campaign:  # fmt: skip
    """Return the campaign that a person confirmed: phases, tasks, deadlines, evidence to show."""
    if paper is not None:
        _undecided(paper)
    starts, ends = check_phases(draft.phases)
    check_deadlines(draft.deadlines)
    if queries.campaign_named(draft.title, draft.year, division):
        raise CampaignExists(year=draft.year, title=draft.title)
    actor = current_actor()
    campaign = Campaign.objects.create(
        division=division, title=draft.title, kind=draft.kind, issuer=draft.issuer,
        year=draft.year, starts=starts, ends=ends, paper=paper, confirmed_at=at,
        confirmed_by=actor.account if actor else None,
    )  # fmt: skip
    days = {key_of(d.name): d.by for d in draft.deadlines}
    phases = [_add_phase(campaign, n, p, owner, days) for n, p in enumerate(draft.phases, start=1)]
    _add_deadlines(campaign, draft, phases, owner)
    for target in draft.targets:
        Target.objects.create(division=division, campaign=campaign, **target)
    if paper is not None:
        paper.state = PlanPaper.State.CONFIRMED
        paper.save(update_fields=["state"])
    record("campaign.confirmed", campaign, facts={"phases": len(phases)})
    return campaign  # type: ignore[no-any-return]


def _add_phase(
    campaign: Campaign, order: int, draft: PhaseDraft, owner: Organisation | None, days: Days
) -> Phase:
    """Make a phase with its tasks; a deadline that names a task gives that task its day."""
    phase = Phase.objects.create(
        division=campaign.division, campaign=campaign, order=order, name=draft.name[:80],
        starts=draft.starts, ends=draft.ends, raw=draft.raw[:300],
    )  # fmt: skip
    for number, title in enumerate(draft.tasks):
        Task.objects.create(
            division=home_of(owner, campaign.division), title=title[:300], group=phase.pk,
            campaign=campaign.pk, owner=owner, starts=draft.starts,
            due=days.get(key_of(title)) or draft.ends, order=number,
        )  # fmt: skip
    checklists.require(phase.pk, items_for(campaign.kind, phase.name), division=campaign.division)
    return phase  # type: ignore[no-any-return]


def _add_deadlines(campaign: Campaign, draft: CampaignDraft, phases: list[Phase],
                   owner: Organisation | None) -> None:  # fmt: skip
    told = {key_of(title) for phase in draft.phases for title in phase.tasks}
    for number, deadline in enumerate(draft.deadlines, start=100):
        if deadline.by is None or key_of(deadline.name) in told:
            continue  # undated ones were refused before anything was written
        told.add(key_of(deadline.name))
        phase = next((p for p in phases if p.starts <= deadline.by <= p.ends), phases[-1])
        Task.objects.create(
            division=home_of(owner, campaign.division), title=deadline.name[:300],
            group=phase.pk, campaign=campaign.pk, owner=owner, starts=phase.starts, due=deadline.by, order=number,
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
    if campaign.state != Campaign.State.DRAFT:
        raise CampaignState(title=campaign.title, state=campaign.get_state_display(), act="再次启动",
                            todo="请直接打开它办理。")  # fmt: skip
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
    phase = Phase.objects.select_for_update().fetch(phase.pk)
    if phase.state == Phase.State.CLOSED:
        raise PhaseState(phase=phase.name, state="结束")
    if phase.campaign.state == Campaign.State.DRAFT:
        raise CampaignState(title=phase.campaign.title, state=phase.campaign.get_state_display(),
                            act="结束阶段", todo="请先启动专项工作。")  # fmt: skip
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
    phase = Phase.objects.select_for_update().fetch(phase.pk)
    if phase.state == Phase.State.OPEN:
        raise PhaseState(phase=phase.name, state="打开")
    phase.state, phase.closed_at, phase.closed_by = Phase.State.OPEN, None, None
    phase.save()
    if phase.campaign.state == Campaign.State.CLOSED:
        phase.campaign.state = Campaign.State.ACTIVE
        phase.campaign.save(update_fields=["state"])
    record("phase.reopened", phase)
    return phase
