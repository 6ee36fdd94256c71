"""Reading tasks within the scope."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

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
        (who(h.history_user_id), str(labels[h.state]), h.history_date) for h in one.history.all()
    ]
