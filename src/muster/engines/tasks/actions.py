"""Working on tasks: report, check, send back."""

from datetime import date
from uuid import UUID

from django.db import transaction

from muster.engines.tasks.models import Task
from muster.engines.tasks.policies import home_of
from muster.engines.tasks.problems import (
    NotReported,
    OwnCheck,
    ReportMissing,
    TaskChecked,
    TaskClosed,
)
from muster.ground.accounts.queries import same_human
from muster.ground.journal.actions import record
from muster.ground.register.models import Organisation
from muster.ground.rows.scope import current_actor


def _fresh(task: Task) -> Task:
    """Return the task as it stands now, held until the transaction ends."""
    return Task.objects.select_for_update().fetch(task.pk)  # type: ignore[no-any-return]


@transaction.atomic
def new_task(title: str, *, division: str, owner: Organisation | None = None,
             due: date | None = None, starts: date | None = None, needs_check: bool = False,
             group: UUID | None = None, campaign: UUID | None = None,
             order: int = 0) -> Task:  # fmt: skip
    """Return a new open task, of a phase where one is named."""
    task = Task.objects.create(
        division=home_of(owner, division), title=title.strip()[:300], owner=owner, due=due, starts=starts,
        needs_check=needs_check, group=group, campaign=campaign, order=order,
    )  # fmt: skip
    record("task.created", task)
    return task  # type: ignore[no-any-return]


@transaction.atomic
def cancel(task: Task) -> Task:
    """Cancel a task that is not to be done; what was reported stays readable."""
    task = _fresh(task)
    if task.state in (Task.State.DONE, Task.State.CANCELLED):
        raise TaskClosed(title=task.title, state=task.get_state_display())
    task.state = Task.State.CANCELLED
    task.save()
    record("task.cancelled", task)
    return task


@transaction.atomic
def report(task: Task, line: str, *, on: date) -> Task:
    """Close a task with one line; it waits for a check only where one is required."""
    task = _fresh(task)
    if task.state not in (Task.State.OPEN, Task.State.RETURNED):
        raise TaskClosed(title=task.title, state=task.get_state_display())
    if not line.strip():
        raise ReportMissing
    actor = current_actor()
    task.report, task.reported_on = line.strip()[:500], on
    task.reported_by = actor.account if actor else None
    task.checked_on, task.checked_by, task.check_note = None, None, ""
    task.state = Task.State.REPORTED if task.needs_check else Task.State.DONE
    task.save()
    record("task.reported", task, facts={"state": task.state})
    return task


@transaction.atomic
def check(task: Task, *, accepted: bool, note: str, on: date) -> Task:
    """Accept a reported task, or send it back with the reason; never by the one who reported."""
    actor = current_actor()
    who = actor.account if actor else None
    task = _fresh(task)
    if task.state != Task.State.REPORTED:
        raise NotReported(title=task.title, state=task.get_state_display())
    if same_human(who, task.reported_by):
        raise OwnCheck
    task.state = Task.State.DONE if accepted else Task.State.RETURNED
    task.checked_on, task.checked_by, task.check_note = on, who, note[:300]
    task.save()
    record("task.checked", task, facts={"state": task.state})
    return task


@transaction.atomic
def reopen(task: Task) -> Task:
    """Take back a report or a cancelling made by mistake; what was checked only a check sends back."""
    task = _fresh(task)
    if task.state not in (Task.State.DONE, Task.State.REPORTED, Task.State.CANCELLED):
        raise NotReported(title=task.title, state=task.get_state_display())
    if task.state == Task.State.DONE and task.checked_on is not None:
        raise TaskChecked(title=task.title)
    task.state, task.report, task.reported_on, task.reported_by = Task.State.OPEN, "", None, None
    task.save()
    record("task.reopened", task)
    return task


@transaction.atomic
def assign(task: Task, *, owner: Organisation | None, due: date | None, needs_check: bool) -> Task:
    """Change who is responsible, by when, and whether a check is needed."""
    task = _fresh(task)
    if task.state in (Task.State.DONE, Task.State.CANCELLED):
        raise TaskClosed(title=task.title, state=task.get_state_display())
    task.owner, task.due, task.needs_check = owner, due, needs_check
    actor = current_actor()
    task.division = home_of(owner, task.division, seen_from=actor.division if actor else "")
    task.save()
    record("task.assigned", task)
    return task
