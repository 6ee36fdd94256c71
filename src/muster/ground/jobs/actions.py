"""Asking for long work, doing it, stopping it, reaping what died."""

import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from muster.core.kernel import Problem
from muster.ground.jobs.models import Job
from muster.ground.jobs.problems import JobCancelled, JobDied, JobTakenOver, UnknownJobKind
from muster.ground.journal.actions import record
from muster.ground.rows.actor import Actor
from muster.ground.rows.scope import acting, current_actor, system_scope

log = logging.getLogger(__name__)
SILENT_AFTER = timedelta(seconds=150)
MOST_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class JobKind:
    """A kind of long work an app offers: how it is called, what runs it, whether it restarts."""

    code: str
    label: str
    run: Callable[["Progress", dict[str, Any]], dict[str, Any]]
    restartable: bool = True


KINDS: dict[str, JobKind] = {}


class Progress:
    """What running work says of itself, and asks: percent, words, heartbeat, cancel."""

    def __init__(self, job: Job) -> None:
        """Speak for this job."""
        self.job = job
        self._told = timezone.now()

    def tell(self, share: float, doing: str = "") -> None:
        """Note progress (0 to 1), beat the heart, and stop here if somebody asked to."""
        now = timezone.now()
        permille = max(0, min(1000, int(share * 1000)))
        # A write a second is enough for a screen that polls.
        if permille < 1000 and now - self._told < timedelta(seconds=0.7):
            return
        self._told = now
        mine = Job.objects.filter(pk=self.job.pk, state=Job.State.RUNNING)
        told = mine.filter(attempts=self.job.attempts).update(
            permille=permille, doing=doing[:120], heartbeat=now
        )
        if not told:
            raise JobTakenOver
        self.stop_if_asked()

    def stop_if_asked(self) -> None:
        """Raise JobCancelled where somebody asked to stop."""
        if Job.objects.filter(pk=self.job.pk, cancel_asked=True).exists():
            raise JobCancelled


def ask(
    kind: str, *, title: str, parameters: dict[str, Any], at: datetime, division: str = ""
) -> Job:
    """Return queued work, started as soon as the present transaction has committed."""
    if kind not in KINDS:
        raise UnknownJobKind(kind=kind)
    actor = current_actor()
    job = Job(
        division=division or (actor.division if actor else ""), kind=kind, title=title,
        parameters=parameters, asked_at=at, asked_by=actor.account if actor else None,
        asked_as=_as_json(actor),
    )  # fmt: skip
    with transaction.atomic():
        job.save()
        record("job.asked", job, facts={"kind": kind})
        transaction.on_commit(lambda: run_job.enqueue(str(job.pk)))
    return job


@task()
def run_job(job_id: str) -> str:
    """Do one queued job under the post of who asked; return its end state."""
    return run(UUID(job_id))


def run(job_id: UUID) -> str:
    """Do a queued job now; a job that is already running, ended or cancelled is left alone."""
    with system_scope("a worker takes the next job"):
        job = _claim(job_id)
    if job is None:
        return "skipped"
    actor = _from_json(job.asked_as)
    context = acting(actor) if actor else system_scope("a job of the office itself")
    with context:
        return _do(job)


def _claim(job_id: UUID) -> Job | None:
    with transaction.atomic():
        job = Job.objects.select_for_update().filter(pk=job_id, state=Job.State.QUEUED).first()
        if job is None:
            return None
        now = timezone.now()
        job.state, job.started_at, job.heartbeat = Job.State.RUNNING, job.started_at or now, now
        job.attempts += 1
        job.save(update_fields=["state", "started_at", "heartbeat", "attempts"])
        return job  # type: ignore[no-any-return]


def _do(job: Job) -> str:
    try:
        if job.kind not in KINDS:
            raise UnknownJobKind(kind=job.kind)
        result = KINDS[job.kind].run(Progress(job), job.parameters)
    except JobCancelled as problem:
        return _end(job, Job.State.CANCELLED, problem=problem.as_json())
    except Problem as problem:
        return _end(job, Job.State.REFUSED, problem=problem.as_json())
    except Exception as error:
        log.exception("job %s of kind %s failed", job.pk, job.kind)
        problem_json = {
            "problem": "job.failed",
            "message": "程序出错，这项工作没有完成，内容没有写入。请把编号告诉系统管理员。",
            "facts": {"job": str(job.pk), "error": type(error).__name__},
        }
        return _end(job, Job.State.REFUSED, problem=problem_json)
    return _end(job, Job.State.DONE, result=result)


def _end(job: Job, state: str, *, result: dict[str, Any] | None = None,
         problem: dict[str, Any] | None = None) -> str:  # fmt: skip
    with transaction.atomic():
        attempt = job.attempts
        job = Job.objects.select_for_update().fetch(job.pk)
        # A worker that was given up for dead must not end what another one does now.
        if (job.state, job.attempts) != (Job.State.RUNNING, attempt):
            return "skipped"
        job.state, job.ended_at = state, timezone.now()
        job.result, job.problem = result or {}, problem
        job.permille = 1000 if state == Job.State.DONE else job.permille
        job.save()
        record("job.ended", job, facts={"kind": job.kind, "state": state})
    return str(state)


def ask_cancel(job: Job) -> None:
    """Ask running work to stop at its next safe point; queued work stops at once, ended stays."""
    with transaction.atomic():
        job = Job.objects.select_for_update().fetch(job.pk)
        if job.state not in (Job.State.QUEUED, Job.State.RUNNING):
            return
        job.cancel_asked = True
        if job.state == Job.State.QUEUED:
            job.state, job.problem = Job.State.CANCELLED, JobCancelled().as_json()
            job.ended_at = timezone.now()
        job.save(update_fields=["cancel_asked", "state", "problem", "ended_at"])
        record("job.cancel_asked", job)


def reap(*, now: datetime) -> dict[str, int]:
    """Requeue or close work whose worker fell silent; enqueue what waits unstarted."""
    counts = {"requeued": 0, "died": 0, "cancelled": 0}
    with system_scope("the reaper looks at all running work"):
        silent = Job.objects.filter(state=Job.State.RUNNING, heartbeat__lt=now - SILENT_AFTER)
        for job in silent:
            counts[_reap_one(job, now)] += 1
        for job in Job.objects.filter(state=Job.State.QUEUED, asked_at__lt=now - SILENT_AFTER):
            run_job.enqueue(str(job.pk))
    return counts


def _reap_one(job: Job, now: datetime) -> str:
    kind = KINDS.get(job.kind)
    again = kind is not None and kind.restartable and job.attempts < MOST_ATTEMPTS
    with transaction.atomic():
        if job.cancel_asked:
            job.state, job.problem = Job.State.CANCELLED, JobCancelled().as_json()
            job.ended_at, again = now, False
        elif again:
            job.state, job.heartbeat = Job.State.QUEUED, None
        else:
            job.state, job.problem, job.ended_at = Job.State.DIED, JobDied().as_json(), now
        job.save()
        record("job.reaped", job, facts={"again": again})
        if again:
            transaction.on_commit(lambda: run_job.enqueue(str(job.pk)))
    if job.cancel_asked:
        return "cancelled"
    return "requeued" if again else "died"


def _as_json(actor: Actor | None) -> dict[str, Any]:
    if actor is None:
        return {}
    plain = asdict(actor)
    for name in ("account", "person"):
        plain[name] = str(plain[name]) if plain[name] else None
    for name in ("reads", "writes", "acts"):
        plain[name] = sorted(plain[name])
    plain["organisations"] = [str(o) for o in plain["organisations"]]
    return plain


def _from_json(plain: dict[str, Any]) -> Actor | None:
    if not plain:
        return None
    values = dict(plain)
    for name in ("account", "person"):
        values[name] = UUID(values[name]) if values[name] else None
    for name in ("reads", "writes", "acts"):
        values[name] = frozenset(values[name])
    values["organisations"] = tuple(UUID(o) for o in values["organisations"])
    return Actor(**values)
