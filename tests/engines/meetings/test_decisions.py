"""Resolutions: handed out as tasks in one step, fed back, their effect noted."""

from datetime import timedelta

import pytest

from muster.engines.meetings import actions, queries
from muster.engines.meetings.models import Resolution
from muster.engines.meetings.problems import (
    EffectTooEarly,
    MeetingState,
    NothingToHandOut,
    ResolutionBare,
    ResolutionHandedOut,
    ResolutionNotHandedOut,
)
from muster.engines.tasks.models import Task
from muster.ground.journal.models import Entry
from muster.ground.rows.scope import acting
from tests.engines.meetings.laying import ON, held, office, planned, with_minutes
from tests.factories import TOWN, VILLAGE, actor

pytestmark = pytest.mark.usefixtures("county")
CLERK = actor()
DUE = ON + timedelta(30)


@pytest.mark.requirement("GOV-01", "SHR-06")
def test_a_decision_becomes_a_task_gets_feedback_and_its_effect_is_noted() -> None:
    with acting(CLERK):
        meeting = held()
        for words in ("解决训练场地", "补齐器材"):
            actions.add_resolution(meeting, words=words, owner=meeting.organisation, due=DUE)
        first, second = actions.hand_out(with_minutes(meeting))
        row = Resolution.objects.get(task=first)

        assert (first.title, first.owner, first.due, first.group) == (
            "解决训练场地", meeting.organisation, DUE, meeting.pk,
        )  # fmt: skip
        with pytest.raises(EffectTooEarly):
            actions.note_effect(row, "场地可用", on=ON)
        actions.feed_back(row, "已与学校签约", on=ON)
        actions.note_effect(row, "训练不再停", on=ON)
        told = [
            (d.task.state if d.task else "", d.feedback, d.row.effect)
            for d in queries.decisions_of(meeting)
        ]
        assert told == [("done", "已与学校签约", "训练不再停"), ("open", "", "")]
        assert second.state == "open"
    seen = [
        e.action for e in Entry.objects.order_by("sequence") if e.action.startswith("resolution")
    ]
    assert seen == ["resolution.added", "resolution.added", "resolution.handed_out",
                    "resolution.handed_out", "resolution.effect_noted"]  # fmt: skip


def test_decisions_are_handed_out_all_or_none() -> None:
    with acting(CLERK):
        meeting = held()
        with pytest.raises(NothingToHandOut):
            actions.hand_out(meeting)
        actions.add_resolution(meeting, words="甲", owner=meeting.organisation, due=DUE)
        bare = actions.add_resolution(meeting, words="乙")
        with pytest.raises(ResolutionBare) as refusal:
            actions.hand_out(meeting)
        assert "2" in refusal.value.message
        assert not Task.objects.exists()
        actions.change_resolution(bare, owner=meeting.organisation, due=DUE)
        assert len(actions.hand_out(meeting)) == 2
        with pytest.raises(NothingToHandOut):
            actions.hand_out(meeting)
        for again in (lambda: actions.change_resolution(bare, owner=None, due=None),
                      lambda: actions.remove_resolution(bare)):  # fmt: skip
            with pytest.raises(ResolutionHandedOut):
                again()


def test_a_planned_meeting_has_decided_nothing_yet() -> None:
    with acting(CLERK):
        meeting = planned()
        row = actions.add_resolution(meeting, words="甲", owner=meeting.organisation, due=DUE)
        with pytest.raises(MeetingState):
            actions.hand_out(meeting)
        with pytest.raises(ResolutionNotHandedOut):
            actions.feed_back(row, "已办", on=ON)
        actions.remove_resolution(row)
        assert queries.decisions_of(meeting) == []


def test_a_village_that_must_act_sees_its_task() -> None:
    with acting(CLERK):
        meeting = held()
        village = office("village_committee", VILLAGE)
        actions.add_resolution(meeting, words="张贴标语", owner=village, due=DUE)
        task = actions.hand_out(meeting)[0]
        assert task.division == VILLAGE
    with acting(actor("village_secretary", VILLAGE)):
        assert Task.objects.fetch(task.pk).title == "张贴标语"
        assert not queries.meetings().exists()
    with acting(actor(division=TOWN)):
        assert queries.decisions_of(meeting)[0].task == task
