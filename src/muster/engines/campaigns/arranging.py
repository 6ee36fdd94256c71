"""Changing the phases of a campaign after it was confirmed: all at once, so that they still join."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from muster.engines.campaigns.actions import items_for
from muster.engines.campaigns.drafting import PhaseDraft, check_phases
from muster.engines.campaigns.models import Campaign, Phase
from muster.engines.campaigns.problems import CampaignState, PhaseInUse
from muster.engines.checklists import actions as checklists
from muster.engines.checklists import queries as items
from muster.engines.tasks.actions import cancel
from muster.engines.tasks.models import Task
from muster.engines.tasks.queries import tasks_of
from muster.ground.journal.actions import record

SPARE = 1000


@dataclass(frozen=True, slots=True)
class PhaseChange:
    """One phase as it should stand; ``phase`` is None for a new one."""

    phase: UUID | None
    draft: PhaseDraft


@transaction.atomic
def arrange_phases(campaign: Campaign, wanted: Sequence[PhaseChange]) -> Campaign:
    """Make these the phases of a campaign, in this order; refuse gaps, overlaps, lost evidence.

    Open tasks that were due on the last day of a phase move with it.
    """
    if campaign.state == Campaign.State.CLOSED:
        raise CampaignState(title=campaign.title, state=campaign.get_state_display(),
                            act="调整阶段", todo="确需调整的，请先重新打开一个阶段。")  # fmt: skip
    starts, ends = check_phases([w.draft for w in wanted])
    known = {p.pk: p for p in campaign.phases.all()}
    for pk in known.keys() - {w.phase for w in wanted}:
        _remove(known[pk])
    # Orders are unique: step aside first.
    for phase in campaign.phases.all():
        phase.order += SPARE
        phase.save(update_fields=["order"])
    for order, change in enumerate(wanted, start=1):
        if change.phase in known:
            _change(known[change.phase], order, change.draft)
        else:
            _add(campaign, order, change.draft)
    campaign.starts, campaign.ends = starts, ends
    campaign.save(update_fields=["starts", "ends"])
    return campaign


def _remove(phase: Phase) -> None:
    tasks = list(tasks_of(phase.pk))
    what = []
    if items.done_and_required(phase.pk)[0]:
        what.append("佐证")
    if any(t.state in (Task.State.DONE, Task.State.REPORTED) for t in tasks):
        what.append("办理情况")
    if phase.state == Phase.State.CLOSED:
        what.append("结束记录")
    if what:
        raise PhaseInUse(phase=phase.name, what="、".join(what))
    for task in tasks:
        if task.state != Task.State.CANCELLED:
            cancel(task)
    record("phase.removed", phase)
    items.items_of(phase.pk).delete()
    phase.delete()


def _add(campaign: Campaign, order: int, draft: PhaseDraft) -> None:
    phase = Phase.objects.create(
        division=campaign.division, campaign=campaign, order=order, name=draft.name[:80],
        starts=draft.starts, ends=draft.ends,
    )  # fmt: skip
    checklists.require(phase.pk, items_for(campaign.kind, phase.name), division=campaign.division)
    record("phase.added", phase)


def _change(phase: Phase, order: int, draft: PhaseDraft) -> None:
    before = (phase.name, phase.starts, phase.ends)
    for task in tasks_of(phase.pk).filter(due=phase.ends, state=Task.State.OPEN):
        task.due = draft.ends
        task.save()
    phase.order, phase.name = order, draft.name[:80]
    phase.starts, phase.ends = draft.starts, draft.ends  # type: ignore[assignment]
    phase.save()
    if before != (phase.name, phase.starts, phase.ends):
        record("phase.changed", phase)
