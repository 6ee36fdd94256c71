"""Reading tasks within the scope."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext

from muster.engines.tasks.models import Task
from muster.ground.register.queries import who

OPEN = (Task.State.OPEN, Task.State.RETURNED, Task.State.REPORTED)


def tasks_visible() -> QuerySet[Task]:
    """Return the tasks of the scope."""
    return Task.objects.all()  # type: ignore[no-any-return]


def task(pk: UUID | str) -> Task:
    """Return one task of the scope."""
    return Task.objects.fetch(pk)  # type: ignore[no-any-return]


def tasks_of(group: UUID) -> QuerySet[Task]:
    """Return the tasks of a phase."""
    return Task.objects.filter(group=group)  # type: ignore[no-any-return]


def tasks_of_campaigns(keys: Iterable[UUID]) -> QuerySet[Task]:
    """Return the tasks of some campaigns."""
    return Task.objects.filter(campaign__in=list(keys))  # type: ignore[no-any-return]


def due_until(day: date) -> QuerySet[Task]:
    """Return open tasks due by a day, the latest first overdue."""
    return Task.objects.filter(state__in=OPEN, due__lte=day).order_by("due")  # type: ignore[no-any-return]


def history_of(one: Task) -> list[tuple[str, str, object]]:
    """Return (who, state, when) of a task's past, newest first."""
    labels = dict(Task.State.choices)
    return [
        (who(h.history_user_id), gettext(labels[h.state]), h.history_date)
        for h in one.history.all()
    ]


def listed(
    *, state: str = "", owner: str = "", words: str = "", late_on: date | None = None
) -> QuerySet[Task]:
    """Return the tasks of a list page: ``open`` for all that wait, ``late`` for those overdue."""
    rows = tasks_visible().select_related("owner")
    if state == "open":
        rows = rows.filter(state__in=OPEN)
    elif state == "late":
        rows = rows.filter(state__in=OPEN, due__lt=late_on)
    elif state:
        rows = rows.filter(state=state)
    if owner:
        rows = rows.filter(owner_id=UUID(owner))
    return rows.filter(title__contains=words) if words else rows


def late_count(day: date) -> int:
    """Return how many tasks of the scope are overdue on a day."""
    return int(Task.objects.filter(state__in=OPEN, due__lt=day).count())
