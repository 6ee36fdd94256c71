"""Tasks: closed by one line, checked by somebody else only where asked for, taken back, cancelled."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from muster.core.kernel import Problem
from muster.engines.tasks import actions, policies, queries
from muster.engines.tasks.models import Task
from muster.engines.tasks.problems import (
    NotReported,
    OwnCheck,
    ReportMissing,
    TaskChecked,
    TaskClosed,
)
from muster.ground.journal.models import Entry
from muster.ground.rows.problems import MayNotWriteThere, NotInScope
from muster.ground.rows.scope import acting
from tests.factories import (
    COUNTY,
    DAY,
    OTHER_TOWN,
    TOWN,
    OrganisationFactory,
    PersonFactory,
    actor,
    desk,
)

pytestmark = pytest.mark.usefixtures("county")
REPORTER, CHECKER = actor(account=uuid4()), actor(account=uuid4())


def task(**values: Any) -> Task:
    with acting(REPORTER):
        return actions.new_task("召开部署会议", division=TOWN, due=DAY, **values)


def states(one: Task) -> list[str]:
    with acting(REPORTER):
        return [state for _, state, _ in queries.history_of(one)]


def test_one_line_closes_a_task_that_needs_no_check() -> None:
    one = task()
    with acting(REPORTER):
        done = actions.report(one, " 已于5月20日召开，到会31人。 ", on=DAY)

    assert (done.state, done.report, done.reported_on) == (
        "done",
        "已于5月20日召开，到会31人。",
        DAY,
    )
    assert done.reported_by == REPORTER.account
    assert states(one) == ["已办结", "未办"]
    assert [e.action for e in Entry.objects.order_by("sequence")] == [
        "task.created",
        "task.reported",
    ]


def test_a_second_login_of_the_same_person_is_no_second_pair_of_eyes() -> None:
    person = PersonFactory.create(division=TOWN)
    first, second = (desk(account__person=person).account.pk for _ in range(2))
    one = task(needs_check=True)
    with acting(actor(account=first)):
        actions.report(one, "已办", on=DAY)
    with acting(actor(account=second)), pytest.raises(OwnCheck):
        actions.check(one, accepted=True, note="", on=DAY)


def test_a_task_to_be_checked_closes_with_a_report_and_somebody_elses_check() -> None:
    one = task(needs_check=True)
    with acting(CHECKER), pytest.raises(NotReported):
        actions.check(one, accepted=True, note="", on=DAY)
    with acting(REPORTER):
        assert actions.report(one, "已办", on=DAY).state == "reported"
        with pytest.raises(OwnCheck):
            actions.check(one, accepted=True, note="", on=DAY)
    with acting(CHECKER):
        assert actions.check(one, accepted=False, note="缺签到册", on=DAY).state == "returned"
    with acting(REPORTER):
        again = actions.report(one, "已补签到册", on=DAY)
        assert (again.state, again.check_note, again.checked_on) == ("reported", "", None)
    with acting(CHECKER):
        done = actions.check(one, accepted=True, note="属实", on=DAY)

    assert (done.state, done.checked_by, done.check_note) == ("done", CHECKER.account, "属实")
    assert states(one) == ["已办结", "已报，待核查", "退回重办", "已报，待核查", "未办"]


def test_a_report_says_something_and_is_given_once() -> None:
    one = task()
    with acting(REPORTER):
        with pytest.raises(ReportMissing):
            actions.report(one, "  ", on=DAY)
        actions.report(one, "已办", on=DAY)
        for again in (lambda: actions.report(one, "又办", on=DAY), lambda: actions.cancel(one),
                      lambda: actions.assign(one, owner=None, due=None, needs_check=False)):  # fmt: skip
            with pytest.raises(TaskClosed):
                again()


def test_a_report_made_by_mistake_is_taken_back_until_somebody_checked_it() -> None:
    plain, checked = task(), task(needs_check=True)
    with acting(REPORTER):
        with pytest.raises(NotReported):
            actions.reopen(plain)
        actions.report(plain, "错报", on=DAY)
        assert (actions.reopen(plain).state, actions.report(plain, "已办", on=DAY).state) == (
            "open",
            "done",
        )
        actions.report(checked, "已办", on=DAY)
        assert actions.reopen(checked).state == "open"
        actions.report(checked, "已办", on=DAY)
    with acting(CHECKER):
        actions.check(checked, accepted=True, note="", on=DAY)
        with pytest.raises(TaskChecked):
            actions.reopen(checked)


def test_a_task_is_assigned_and_cancelled() -> None:
    one, owner = task(), OrganisationFactory.create()
    with acting(REPORTER):
        assigned = actions.assign(one, owner=owner, due=DAY + timedelta(days=3), needs_check=True)
        assert (assigned.owner, assigned.needs_check) == (owner, True)
        assert actions.cancel(one).state == "cancelled"
        with pytest.raises(TaskClosed):
            actions.report(one, "已办", on=DAY)


def test_lists_tell_what_is_due_late_and_whose() -> None:
    owner = OrganisationFactory.create()
    late, soon, free = task(owner=owner), task(), task()
    with acting(REPORTER):
        actions.assign(late, owner=owner, due=DAY - timedelta(days=1), needs_check=False)
        actions.assign(free, owner=None, due=None, needs_check=False)
        assert list(queries.due_until(DAY)) == [late, soon]
        assert queries.late_count(DAY) == 1
        assert list(queries.listed(state="late", late_on=DAY)) == [late]
        assert list(queries.listed(owner=str(owner.pk))) == [late]
        assert set(queries.listed(state="open", words="部署")) == {late, soon, free}
        actions.report(late, "已办", on=DAY)
        assert list(queries.listed(state="done")) == [late]
        assert queries.late_count(DAY) == 0


def test_tasks_of_other_places_are_not_seen_and_readers_do_not_write() -> None:
    one = task()
    with acting(actor(division=OTHER_TOWN)), pytest.raises(NotInScope):
        queries.task(one.pk)
    with acting(actor("finance", TOWN)), pytest.raises(NotInScope):
        queries.task(one.pk)
    with acting(actor("audit", TOWN)), pytest.raises(MayNotWriteThere):
        actions.report(one, "已办", on=DAY)
    with pytest.raises(Problem):
        policies.check_may_work(actor("audit", TOWN))


def test_a_unit_works_on_the_tasks_it_owns_wherever_they_stand() -> None:
    owner = OrganisationFactory.create(division=COUNTY, kind="garrison")
    one, other = task(owner=owner), task()
    liaison = actor("garrison_liaison", TOWN, organisations=(owner.pk,))
    with acting(liaison):
        assert actions.report(queries.task(one.pk), "已办", on=DAY).state == "done"
        with pytest.raises(NotInScope):
            queries.task(other.pk)
    assert policies.may_work_on(liaison, one.division, owner.pk)
    assert not policies.may_work_on(liaison, other.division, None)
