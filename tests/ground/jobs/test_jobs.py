"""Long work: asked for, done under the asker's post, told about, stopped, reaped, given up."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from muster.core.kernel import Problem
from muster.ground.jobs import actions, queries
from muster.ground.jobs.actions import KINDS, JobKind, Progress, ask, ask_cancel, reap, run
from muster.ground.jobs.models import Job
from muster.ground.jobs.problems import JobTakenOver, UnknownJobKind
from muster.ground.journal.models import Entry
from muster.ground.register.models import Organisation
from muster.ground.rows.problems import MayNotWriteThere
from muster.ground.rows.scope import acting, current_actor
from tests.factories import FAR_VILLAGE, NOON, OTHER_TOWN, TOWN, actor, everything

pytestmark = pytest.mark.usefixtures("county")
Work = Callable[[Progress, dict[str, Any]], dict[str, Any]]


class TooFew(Problem):
    code = "trial.too_few"
    template = "只有 {n} 行。"


@pytest.fixture(autouse=True)
def _eager(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    before = dict(KINDS)
    yield
    KINDS.clear()
    KINDS.update(before)


def asked(work: Work, *, restartable: bool = True, **parameters: Any) -> Job:
    KINDS["trial"] = JobKind("trial", "试", work, restartable)
    with acting(actor()):
        return ask("trial", title="试一试", parameters=parameters, at=NOON)


def fresh(job: Job) -> Job:
    with everything():
        return queries.job(job.pk)


def test_work_runs_under_the_post_of_who_asked_and_keeps_its_result() -> None:
    def work(progress: Progress, parameters: dict[str, Any]) -> dict[str, Any]:
        who = current_actor()
        Organisation.objects.create(division=TOWN, name=parameters["name"], kind="school")
        return {"role": who.role if who else "", "seen": Organisation.objects.count()}

    job = asked(work, name="一小")
    with everything():
        Organisation.objects.create(division=OTHER_TOWN, name="别处", kind="school")

    assert run(job.pk) == "done"
    job = fresh(job)
    assert job.result == {"role": "armed_officer", "seen": 1}
    assert (job.permille, job.attempts, job.problem) == (1000, 1, None)
    assert job.started_at
    assert job.ended_at
    assert list(Entry.objects.filter(object=str(job.pk)).values_list("action", flat=True)) == [
        "job.ended", "job.asked",
    ] or set(Entry.objects.filter(object=str(job.pk)).values_list("action", flat=True)) == {
        "job.asked", "job.ended",
    }  # fmt: skip


def test_work_cannot_leave_the_scope_of_who_asked() -> None:
    def work(progress: Progress, parameters: dict[str, Any]) -> dict[str, Any]:
        Organisation.objects.create(division=FAR_VILLAGE, name="越界", kind="school")
        return {}

    job = asked(work)

    assert run(job.pk) == "refused"
    assert (fresh(job).problem or {})["problem"] == MayNotWriteThere.code
    with everything():
        assert not Organisation.objects.filter(name="越界").exists()


def test_refused_work_keeps_its_problem() -> None:
    def work(progress: Progress, parameters: dict[str, Any]) -> dict[str, Any]:
        raise TooFew(n=3)

    job = asked(work)

    assert run(job.pk) == "refused"
    assert fresh(job).problem == {
        "problem": "trial.too_few",
        "message": "只有 3 行。",
        "facts": {"n": 3},
    }


def test_a_fault_of_the_program_is_told_without_its_innards(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def work(progress: Progress, parameters: dict[str, Any]) -> dict[str, Any]:
        raise RuntimeError("身份证 000000199001010015")

    job = asked(work)

    assert run(job.pk) == "refused"
    problem = fresh(job).problem or {}
    assert problem["problem"] == "job.failed"
    assert "000000199001010015" not in str(problem)
    assert "RuntimeError" in caplog.text


def test_work_runs_once_however_often_it_is_handed_out() -> None:
    ran = []

    def work(progress: Progress, parameters: dict[str, Any]) -> dict[str, Any]:
        ran.append(1)
        return {}

    job = asked(work)

    assert [run(job.pk), run(job.pk)] == ["done", "skipped"]
    assert ran == [1]


def test_progress_is_told_with_a_heartbeat() -> None:
    said = []

    def work(progress: Progress, parameters: dict[str, Any]) -> dict[str, Any]:
        progress._told -= timedelta(seconds=1)
        progress.tell(0.42, "第 42 行")
        progress.tell(0.43, "太快，不写")
        said.append(queries.job(progress.job.pk))
        return {}

    job = asked(work)
    began = timezone.now()
    run(job.pk)

    assert (said[0].permille, said[0].doing) == (420, "第 42 行")
    assert said[0].heartbeat
    assert said[0].heartbeat >= began


def test_queued_work_is_cancelled_at_once_and_running_work_at_its_next_word() -> None:
    def work(progress: Progress, parameters: dict[str, Any]) -> dict[str, Any]:
        ask_cancel(progress.job)
        progress._told -= timedelta(seconds=1)
        progress.tell(0.5)
        raise AssertionError("went on after cancel")

    queued, running = asked(work), asked(work)
    with acting(actor()):
        ask_cancel(queued)

    assert fresh(queued).state == "cancelled"
    assert run(queued.pk) == "skipped"
    assert run(running.pk) == "cancelled"
    assert (fresh(running).problem or {})["problem"] == "job.cancelled"


def test_ended_work_is_not_cancelled_any_more() -> None:
    job = asked(lambda *_: {"n": 1})
    run(job.pk)

    with acting(actor()):
        ask_cancel(job)

    assert (fresh(job).state, fresh(job).cancel_asked) == ("done", False)


def test_only_a_post_that_imports_cancels() -> None:
    job = asked(lambda *_: {})

    with acting(actor("township_secretary")), pytest.raises(Problem):
        ask_cancel(job)


def died(job: Job) -> None:
    """Make a job look as if its worker had stopped long ago."""
    with everything():
        actions._claim(job.pk)
        Job.objects.filter(pk=job.pk).update(heartbeat=timezone.now() - timedelta(minutes=5))


def test_silent_work_is_started_again_and_given_up_after_three_attempts() -> None:
    job = asked(lambda *_: {"n": 1})
    for _ in range(2):
        died(job)
        assert reap(now=timezone.now())["requeued"] == 1
        assert fresh(job).state == "queued"
    died(job)

    assert reap(now=timezone.now())["died"] == 1
    job = fresh(job)
    assert (job.state, job.attempts) == ("died", 3)
    assert (job.problem or {})["problem"] == "job.died"


def test_work_that_must_not_restart_dies_at_once() -> None:
    job = asked(lambda *_: {}, restartable=False)
    died(job)

    assert reap(now=timezone.now()) == {"requeued": 0, "died": 1, "cancelled": 0}


def test_silent_work_that_somebody_cancelled_stays_cancelled() -> None:
    job = asked(lambda *_: {})
    died(job)
    with acting(actor()):
        ask_cancel(job)

    assert reap(now=timezone.now())["cancelled"] == 1
    assert fresh(job).state == "cancelled"


def test_work_that_speaks_is_left_alone() -> None:
    job = asked(lambda *_: {})
    with everything():
        actions._claim(job.pk)

    assert reap(now=timezone.now()) == {"requeued": 0, "died": 0, "cancelled": 0}
    assert fresh(job).state == "running"


def test_a_worker_given_up_for_dead_neither_tells_nor_ends_what_another_does() -> None:
    job = asked(lambda *_: {})
    with everything():
        late = actions._claim(job.pk)
    assert late is not None
    died_at = timezone.now() - timedelta(minutes=5)
    with everything():
        Job.objects.filter(pk=job.pk).update(heartbeat=died_at)
        reap(now=timezone.now())
        actions._claim(job.pk)

        progress = Progress(late)
        progress._told -= timedelta(seconds=1)
        with pytest.raises(JobTakenOver):
            progress.tell(0.9)
        assert actions._end(late, Job.State.DONE) == "skipped"
    assert fresh(job).state == "running"


def test_unknown_work_is_refused_when_asked_and_when_found_in_the_queue() -> None:
    with acting(actor()), pytest.raises(UnknownJobKind):
        ask("nothing", title="无", parameters={}, at=NOON)
    job = asked(lambda *_: {})
    KINDS.pop("trial")

    assert run(job.pk) == "refused"
    assert (fresh(job).problem or {})["problem"] == "job.unknown_kind"


def test_jobs_of_other_places_are_not_seen() -> None:
    asked(lambda *_: {})

    with acting(actor(division=OTHER_TOWN)):
        assert queries.jobs_visible().count() == 0
    with acting(actor("finance", TOWN)):
        assert queries.jobs_visible().count() == 0
