"""Reading long work within the scope."""

from uuid import UUID

from django.db.models import QuerySet

from muster.ground.jobs.models import Job
from muster.ground.rows.scope import current_actor


def jobs_visible() -> QuerySet[Job]:
    """Return the work of the scope, newest first."""
    return Job.objects.all()  # type: ignore[no-any-return]


def job(pk: UUID | str) -> Job:
    """Return one job of the scope; refuse with NotInScope otherwise."""
    return Job.objects.fetch(pk)  # type: ignore[no-any-return]


def my_open_jobs() -> QuerySet[Job]:
    """Return the actor's own work that still runs or ended unseen."""
    actor = current_actor()
    mine = Job.objects.filter(asked_by=actor.account if actor else None, seen_at=None)
    return mine.exclude(state=Job.State.CANCELLED)  # type: ignore[no-any-return]
