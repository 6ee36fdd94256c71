"""Reading plans and campaigns within the scope."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

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
        """Return the share of items that have evidence; tasks count where there are no items."""
        if self.required:
            return 100 * self.done // self.required
        finished = sum(1 for t in self.tasks if t.state == Task.State.DONE)
        return 100 * finished // len(self.tasks) if self.tasks else 0


def phase_views(work: Campaign) -> list[PhaseView]:
    """Return the phases of a campaign in order with what each still needs."""
    return [view_of(p) for p in work.phases.all()]


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
