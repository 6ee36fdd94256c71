"""Resolutions: written down, handed out as tasks, fed back, their effect noted (GOV-01, SHR-06)."""

from datetime import date

from django.db import transaction
from django.db.models import Max

from muster.engines.meetings import policies
from muster.engines.meetings.actions.holding import fresh
from muster.engines.meetings.models import AgendaItem, Meeting, Resolution
from muster.engines.meetings.problems import (
    EffectTooEarly,
    MeetingState,
    NothingToHandOut,
    ResolutionBare,
    ResolutionHandedOut,
    ResolutionNotHandedOut,
)
from muster.engines.tasks import actions as tasks
from muster.engines.tasks import queries as task_queries
from muster.engines.tasks.models import Task
from muster.ground.journal.actions import record
from muster.ground.register.models import Organisation
from muster.ground.rows.scope import current_scope


@transaction.atomic
def add_resolution(meeting: Meeting, *, words: str, owner: Organisation | None = None,
                   due: date | None = None, item: AgendaItem | None = None) -> Resolution:  # fmt: skip
    """Return one more thing that the meeting decided."""
    meeting = fresh(meeting, "增加决议", opened=True)
    last = Resolution.objects.filter(meeting=meeting).aggregate(last=Max("order"))["last"] or 0
    row = Resolution.objects.create(
        division=meeting.division, meeting=meeting, order=last + 1, words=words.strip()[:300],
        owner=owner, due=due, item=item,
    )  # fmt: skip
    record("resolution.added", row)
    return row  # type: ignore[no-any-return]


@transaction.atomic
def change_resolution(
    row: Resolution, *, owner: Organisation | None, due: date | None
) -> Resolution:
    """Return the resolution with who does it by when; refuse one that is a task already."""
    row = _fresh(row, "修改决议")
    if row.task_id:
        raise ResolutionHandedOut(number=row.order)
    row.owner, row.due = owner, due
    row.save()
    record("resolution.changed", row)
    return row


@transaction.atomic
def remove_resolution(row: Resolution) -> None:
    """Strike a resolution that was written by mistake; refuse one that is a task already."""
    row = _fresh(row, "删除决议")
    fresh(row.meeting_id, "删除决议", opened=True)
    if row.task_id:
        raise ResolutionHandedOut(number=row.order)
    record("resolution.removed", row)
    row.delete()


@transaction.atomic
def hand_out(meeting: Meeting) -> list[Task]:
    """Return the tasks made at once of all resolutions that are none yet; all of them or none.

    A task stands at the place of its owner where this post keeps that place, so the owner sees it.
    """
    meeting = fresh(meeting, "把决议转为任务")
    if meeting.state != Meeting.State.HELD:
        raise MeetingState(title=meeting.title, state=meeting.get_state_display(),
                           act="把决议转为任务", todo="请先登记“已开”。")  # fmt: skip
    waiting = list(meeting.resolutions.filter(task=None).select_related("owner"))
    if not waiting:
        raise NothingToHandOut
    bare = [str(r.order) for r in waiting if r.owner is None or r.due is None]
    if bare:
        raise ResolutionBare(numbers="、".join(bare))
    return [_task_of(meeting, row) for row in waiting]


def _task_of(meeting: Meeting, row: Resolution) -> Task:
    place = row.owner.division if row.owner else meeting.division
    if not current_scope().holds(place):
        place = meeting.division
    row.task = tasks.new_task(row.words, division=place, owner=row.owner, due=row.due,
                              starts=meeting.on, group=meeting.pk, order=row.order)  # fmt: skip
    row.save()
    record("resolution.handed_out", row, facts={"task": str(row.task.pk)})
    return row.task


@transaction.atomic
def feed_back(row: Resolution, line: str, *, on: date) -> Task:
    """Return the task closed by one line of feedback."""
    row = _fresh(row, "登记反馈")
    if row.task_id is None:
        raise ResolutionNotHandedOut(number=row.order)
    return tasks.report(task_queries.task(row.task_id), line, on=on)


@transaction.atomic
def note_effect(row: Resolution, words: str, *, on: date) -> Resolution:
    """Return the resolution with the effect it had; refuse while there is no feedback."""
    row = _fresh(row, "登记成效")
    if row.task_id is None or not task_queries.task(row.task_id).report:
        raise EffectTooEarly(number=row.order)
    row.effect, row.effect_on = words.strip()[:500], on if words.strip() else None
    row.save()
    record("resolution.effect_noted", row)
    return row


def _fresh(row: Resolution, act: str) -> Resolution:
    policies.check_may_keep(row.division, act)
    return Resolution.objects.select_for_update().fetch(row.pk)  # type: ignore[no-any-return]
