"""Reading plans and campaigns within the scope."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from muster.engines.campaigns.models import Campaign, Phase, PlanPaper
from muster.engines.checklists import queries as checklists
from muster.engines.checklists.models import Item
from muster.engines.tasks.models import Task
from muster.engines.tasks.queries import OPEN, tasks_of


def papers() -> QuerySet[PlanPaper]:
    """Return the uploaded plans that wait for confirmation."""
    return PlanPaper.objects.filter(state=PlanPaper.State.READ)  # type: ignore[no-any-return]


def paper(pk: UUID | str) -> PlanPaper:
    """Return one uploaded plan of the scope."""
    return PlanPaper.objects.fetch(pk)  # type: ignore[no-any-return]


def campaigns_visible() -> QuerySet[Campaign]:
    """Return the campaigns of the scope and of the levels above."""
    return Campaign.objects.all()  # type: ignore[no-any-return]


def campaign(pk: UUID | str) -> Campaign:
    """Return one campaign."""
    return Campaign.objects.fetch(pk)  # type: ignore[no-any-return]


def campaign_named(title: str, year: int, division: str) -> Campaign | None:
    """Return the campaign of this title and year at a division."""
    rows = Campaign.objects.filter(title=title, year=year, division=division)
    return rows.first()  # type: ignore[no-any-return]


def phase(pk: UUID | str) -> Phase:
    """Return one phase."""
    return Phase.objects.fetch(pk)  # type: ignore[no-any-return]


def tasks_without_owner(work: Campaign) -> list[Task]:
    """Return open tasks of a campaign without owner or date."""
    rows = Task.objects.filter(campaign=work.pk).exclude(state=Task.State.CANCELLED)
    return list(rows.filter(Q(owner=None) | Q(due=None)))


@dataclass(frozen=True, slots=True)
class PhaseView:
    """A phase with its tasks, items and how far it is."""

    phase: Phase
    tasks: list[Task]
    items: list[Item]
    done: int
    required: int

    @property
    def open_tasks(self) -> int:
        """Return how many tasks still wait."""
        return sum(t.state in OPEN for t in self.tasks)

    @property
    def percent(self) -> int:
        """Return the share of required items with evidence and of tasks that are done, together."""
        live = [t for t in self.tasks if t.state != Task.State.CANCELLED]
        finished = sum(1 for t in live if t.state == Task.State.DONE)
        whole = self.required + len(live)
        return 100 * (self.done + finished) // whole if whole else 0

    def stage(self, day: date) -> str:
        """Return how a phase stands on a day, in words: an open one may not have begun yet."""
        if self.phase.state == Phase.State.CLOSED:
            return self.phase.get_state_display()
        if self.phase.campaign.state == Campaign.State.DRAFT:
            return gettext("未启动")
        if day < self.phase.starts:
            return gettext("未开始")
        return gettext("到期未结束") if day > self.phase.ends else gettext("进行中")


def phase_views(work: Campaign) -> list[PhaseView]:
    """Return the phases of a campaign in order with what each still needs."""
    return [view_of(p) for p in work.phases.select_related("campaign")]


def view_of(one: Phase) -> PhaseView:
    """Return a phase with its tasks and items."""
    items = list(checklists.items_of(one.pk))
    required = [i for i in items if i.required]
    done = sum(map(checklists.is_proved, required))
    return PhaseView(
        one, list(tasks_of(one.pk).select_related("owner")), items, done, len(required)
    )


def phase_on(work: Campaign, day: date) -> Phase | None:
    """Return the phase a day falls into."""
    return work.phases.filter(starts__lte=day, ends__gte=day).first()
