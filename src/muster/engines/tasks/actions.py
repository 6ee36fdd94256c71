"""Working on tasks: report, check, send back."""

from datetime import date

from django.db import transaction

from muster.engines.tasks.models import Task
from muster.engines.tasks.problems import OwnCheck, ReportMissing, TaskClosed
from muster.ground.journal.actions import record
from muster.ground.register.models import Organisation
from muster.ground.rows.scope import current_actor


@transaction.atomic
def report(task: Task, line: str, *, on: date) -> Task:
    """Close a task with one line; it waits for a check only where one is required."""
    if task.state in (Task.State.DONE, Task.State.CANCELLED):
        raise TaskClosed(title=task.title, state=task.get_state_display())
    if not line.strip():
        raise ReportMissing
    actor = current_actor()
    task.report, task.reported_on = line.strip()[:500], on
    task.reported_by = actor.account if actor else None
    task.state = Task.State.REPORTED if task.needs_check else Task.State.DONE
    task.save()
    record("task.reported", task, facts={"state": task.state})
    return task


@transaction.atomic
def check(task: Task, *, accepted: bool, note: str, on: date) -> Task:
    """Accept a reported task, or send it back with the reason; never by the one who reported."""
    actor = current_actor()
    who = actor.account if actor else None
    if task.state != Task.State.REPORTED:
        raise TaskClosed(title=task.title, state=task.get_state_display())
    if who is not None and who == task.reported_by:
        raise OwnCheck
    task.state = Task.State.DONE if accepted else Task.State.RETURNED
    task.checked_on, task.checked_by, task.check_note = on, who, note[:300]
    task.save()
    record("task.checked", task, facts={"state": task.state})
    return task


@transaction.atomic
def reopen(task: Task) -> Task:
    """Take back a report made by mistake."""
    task.state, task.report, task.reported_on = Task.State.OPEN, "", None
    task.save()
    record("task.reopened", task)
    return task


@transaction.atomic
def assign(task: Task, *, owner: Organisation | None, due: date | None, needs_check: bool) -> Task:
    """Change who is responsible, by when, and whether a check is needed."""
    if task.state in (Task.State.DONE, Task.State.CANCELLED):
        raise TaskClosed(title=task.title, state=task.get_state_display())
    task.owner, task.due, task.needs_check = owner, due, needs_check
    task.save()
    record("task.assigned", task)
    return task
