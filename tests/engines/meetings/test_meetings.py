"""Meetings on the database: planned, held, minutes confirmed only when whole, each step journalled."""

from datetime import date, timedelta

import pytest

from muster.core.kernel import Period
from muster.engines.meetings import actions, handlers, queries
from muster.engines.meetings.models import Attendance, Meeting
from muster.engines.meetings.problems import (
    AttendanceMissing,
    AttendeeExists,
    ChairNotPrescribed,
    ChairUnnamed,
    ItemMissing,
    MayNotKeepMeetings,
    MeetingBeforeBody,
    MeetingExists,
    MeetingInFuture,
    MeetingKindUnknown,
    MeetingState,
    MinutesConfirmed,
    MinutesMissing,
    SideMissing,
)
from muster.ground.journal.models import Entry
from muster.ground.register.actions import appoint
from muster.ground.rows.problems import NotInScope
from muster.ground.rows.scope import acting
from tests.engines.meetings.laying import (
    AT,
    LONG_AGO,
    ON,
    came,
    director,
    group,
    held,
    office,
    planned,
    with_minutes,
)
from tests.factories import COUNTY, OTHER_TOWN, TOWN, actor

pytestmark = pytest.mark.usefixtures("county")
CLERK = actor()
YEAR = Period.year(2026)


def acts() -> list[str]:
    return [e.action for e in Entry.objects.order_by("sequence") if e.action.startswith("meeting")]


@pytest.mark.requirement("GOV-01")
def test_a_meeting_is_planned_held_and_its_minutes_confirmed_each_step_journalled() -> None:
    with acting(CLERK):
        meeting = planned(items=("听取武装工作情况汇报",))
        actions.add_attendee(meeting, name="覃望舒", post="武装部部长")
        came(meeting)
        actions.hold(meeting, today=ON)
        done = with_minutes(meeting)

        assert (done.title, done.state, done.minutes_on) == ("党委议军会", "held", ON)
        assert [i.title for i in queries.items_of(done)] == ["听取武装工作情况汇报"]
    assert acts() == [
        "meeting.planned", "meeting.expected_listed", "meeting.attendee_added",
        "meeting.attendance_marked", "meeting.held", "meeting.minutes_written",
        "meeting.minutes_confirmed",
    ]  # fmt: skip


def test_the_expected_are_those_who_held_the_seats_on_the_day_of_the_meeting() -> None:
    with acting(CLERK):
        giver = office("government")
        body = group(giver)
        meeting = planned("mutual_support_group", giver, body=body)
        lines = queries.attendance_of(meeting)

        assert len(lines) == body.seats.count()
        assert [(a.name, a.post) for a in lines[:3]] == [
            ("盖云帆", "镇长"), ("覃望舒", "武装部部长"), ("", "分管民政的副乡镇长"),
        ]  # fmt: skip
        assert lines[0].person_id is not None
        actions.mark(meeting, {lines[0].pk: actions.Mark("leave", stand_in="翟静姝")})
        earlier = actions.MeetingDraft(on=LONG_AGO, body=body, chair="盖云帆")
        actions.change(meeting, earlier)
        again = queries.attendance_of(meeting)
        assert again[0].pk == lines[0].pk
        assert len(again) == len(lines)


def test_a_meeting_before_its_body_and_a_second_one_on_the_day_are_refused() -> None:
    with acting(CLERK):
        giver = office("government")
        body = group(giver)
        with pytest.raises(MeetingBeforeBody):
            planned("mutual_support_group", giver, body=body, on=LONG_AGO - timedelta(1))
        planned("mutual_support_group", giver)
        with pytest.raises(MeetingExists):
            planned("mutual_support_group", giver)
        planned("mutual_support_group", giver, title="第二次专题会")
        with pytest.raises(MeetingKindUnknown):
            planned("gathering", giver)


def test_a_meeting_to_come_is_not_held_and_a_held_one_is_taken_back_not_cancelled() -> None:
    with acting(CLERK):
        meeting = planned(on=ON + timedelta(9))
        with pytest.raises(MeetingInFuture):
            actions.hold(meeting, today=ON)
        actions.hold(meeting, today=ON + timedelta(9))
        with pytest.raises(MeetingState):
            actions.cancel(meeting, why="误登")
        assert actions.take_back_hold(meeting).state == "planned"
        gone = actions.cancel(meeting, why="改期")
        assert (gone.state, gone.cancelled_why) == ("cancelled", "改期")
        for again in (lambda: actions.cancel(meeting, why=""), lambda: came(meeting),
                      lambda: actions.hold(meeting, today=meeting.on)):  # fmt: skip
            with pytest.raises(MeetingState):
                again()
        assert actions.restore(meeting).state == "planned"


def test_a_cancelled_meeting_is_not_restored_over_the_one_that_took_its_place() -> None:
    with acting(CLERK):
        giver = office()
        first = actions.cancel(planned(organisation=giver), why="")
        planned(organisation=giver)
        with pytest.raises(MeetingExists):
            actions.restore(first)


@pytest.mark.requirement("GOV-02")
def test_minutes_are_confirmed_only_with_chair_attendance_and_a_record() -> None:
    with acting(CLERK):
        bare = actions.hold(planned("mutual_support_group", chair=""), today=ON)
        for problem, mend in (
            (
                ChairUnnamed,
                lambda: actions.change(bare, actions.MeetingDraft(on=ON, chair="盖云帆")),
            ),
            (AttendanceMissing, lambda: came(_with_one(bare))),
            (MinutesMissing, lambda: actions.write_minutes(bare, text="议", recorder="", at=AT)),
        ):
            with pytest.raises(problem):
                actions.confirm_minutes(bare, on=ON)
            mend()
        assert actions.confirm_minutes(bare, on=ON).minutes_on == ON
        assert list(queries.listed(state="bare")) == []


def _with_one(meeting: Meeting) -> Meeting:
    actions.add_attendee(meeting, name="覃望舒")
    return meeting


@pytest.mark.requirement("GOV-02")
def test_leading_group_meetings_without_minutes_are_listed_and_do_not_count_as_minuted() -> None:
    with acting(CLERK):
        giver = office("government")
        with_minutes(held("mutual_support_group", giver, title="第一次"))
        bare = held("mutual_support_group", giver, title="第二次")

        assert list(queries.listed(state="bare")) == [bare]
        marks = [
            r.has for r in handlers.meeting_records(TOWN, YEAR, kind_code="mutual_support_group")
        ]
        assert sorted("minutes" in m for m in marks) == [False, True]


@pytest.mark.requirement("GOV-03")
def test_the_monthly_meeting_counts_only_under_its_director_and_the_year_shows_its_months() -> None:
    with acting(CLERK):
        desk = office("mutual_support_office")
        director(desk)
        wrong = held("mutual_support_office", desk, chair="盖云帆")
        actions.write_minutes(wrong, text="安排工作", recorder="", at=AT)
        with pytest.raises(ChairNotPrescribed) as refusal:
            actions.confirm_minutes(wrong, on=ON)
        assert "双拥办主任" in refusal.value.message
        assert handlers.meeting_records(TOWN, YEAR)[0].has == frozenset()
        actions.change(wrong, actions.MeetingDraft(on=ON, chair="覃望舒", chair_post="主任"))
        actions.confirm_minutes(wrong, on=ON)
        assert handlers.meeting_records(TOWN, YEAR)[0].has == {"minutes", "chair"}

        row = next(
            r
            for r in queries.grid(TOWN, 2026, date(2026, 6, 10))
            if r.kind.code == "mutual_support_office"
        )
        assert [c.state for c in row.cells[:7]] == ["missing"] * 4 + ["held", "open", "coming"]


@pytest.mark.requirement("SHR-01")
def test_a_joint_meeting_wants_both_sides_and_its_required_item() -> None:
    with acting(CLERK):
        meeting = held("civil_military_joint", office("mobilisation_office"))
        actions.write_minutes(meeting, text="通报情况", recorder="", at=AT)
        with pytest.raises(SideMissing) as refusal:
            actions.confirm_minutes(meeting, on=ON)
        assert "军队" in refusal.value.message
        soldier = actions.add_attendee(meeting, name="易远航", post="驻军代表", side="military")
        actions.mark(meeting, {soldier.pk: actions.Mark("leave", "military", stand_in="尤知行")})
        item = queries.items_of(meeting).get()
        actions.remove_item(item)
        with pytest.raises(ItemMissing):
            actions.confirm_minutes(meeting, on=ON)
        actions.add_item(meeting, title="通报上次议定事项落实情况", problem="营区道路")
        actions.confirm_minutes(meeting, on=ON)

        assert handlers.meeting_records(TOWN, YEAR)[0].has == {"minutes", "sides"}
        sides = {s.key: s.came for s in queries.sides_of(queries.attendance_of(meeting))}
        assert sides == {"local": 1, "military": 1}


@pytest.mark.requirement("SHR-05")
def test_opinions_of_both_sides_are_kept_with_how_each_was_treated() -> None:
    with acting(CLERK):
        meeting = planned("civil_military_joint", office("mobilisation_office"))
        item = queries.items_of(meeting).get()
        one = actions.add_opinion(item, side="military", given_by="驻军某部", words="先修东门道路")
        actions.add_opinion(item, side="local", given_by="镇政府", words="列入明年计划")
        actions.treat_opinion(one, treatment="partly", note="今年先修一半")

        found = [
            (o.side, o.treatment, o.treated_note)
            for o in queries.items_of(meeting).get().opinions.all()
        ]
        assert found == [("military", "partly", "今年先修一半"), ("local", "open", "")]


@pytest.mark.requirement("GOV-04")
def test_a_hearing_keeps_instruction_and_help_given_and_nothing_its_kind_does_not_know() -> None:
    with acting(CLERK):
        own = {"instruction": "抓紧落实", "help_given": "解决经费两万元", "score": "90"}
        hearing = planned("mutual_support_hearing", details=own)
        committee = planned("mobilisation_committee", details={"instruction": "按预案准备"})

        assert hearing.details == {"instruction": "抓紧落实", "help_given": "解决经费两万元"}
        assert committee.details == {"instruction": "按预案准备"}


@pytest.mark.requirement("GOV-06")
def test_the_county_duty_report_meeting_expects_every_township_live_or_written() -> None:
    chief = actor("county_armed_department", COUNTY)
    with acting(chief):
        party = office(name="中共青溪镇委员会")
        appoint(
            party, post="党委书记", holder_name="盖云帆", since=LONG_AGO, first_responsible=True
        )
        meeting = planned("duty_report", office("armed_forces_department", COUNTY),
                          details={"commended": "青溪镇", "comments": "补短板"})  # fmt: skip
        lines = queries.attendance_of(meeting)
        assert [(a.name, a.post, a.part) for a in lines] == [
            ("盖云帆", "青溪镇党委书记", "live"), ("", "石桥镇党（工）委书记", "live"),
        ]  # fmt: skip
        actions.mark(meeting, {lines[1].pk: actions.Mark("present", part="written", name="甘露")})
        after = {a.part: a.name for a in queries.attendance_of(meeting)}
        assert after == {"live": "盖云帆", "written": "甘露"}
        assert meeting.details["commended"] == "青溪镇"


def test_confirmed_minutes_stand_until_they_are_opened_again() -> None:
    with acting(CLERK):
        meeting = with_minutes(held())
        for step in (
            lambda: actions.write_minutes(meeting, text="改", recorder="", at=AT),
            lambda: actions.add_attendee(meeting, name="甘露"),
            lambda: actions.add_item(meeting, title="新议题"),
            lambda: actions.add_resolution(meeting, words="新决议"),
            lambda: actions.change(meeting, actions.MeetingDraft(on=ON)),
            lambda: actions.take_back_hold(meeting),
            lambda: actions.confirm_minutes(meeting, on=ON),
        ):
            with pytest.raises(MinutesConfirmed):
                step()
        assert actions.reopen_minutes(meeting).minutes_on is None
        with pytest.raises(MeetingState):
            actions.reopen_minutes(meeting)
        assert actions.add_attendee(meeting, name="甘露").name == "甘露"


def test_a_name_stands_once_and_who_came_needs_nobody_to_stand_in() -> None:
    with acting(CLERK):
        meeting = planned()
        line = actions.add_attendee(meeting, name="甘露", post="民政办主任")
        with pytest.raises(AttendeeExists):
            actions.add_attendee(meeting, name="甘露", post="民政办主任")
        actions.mark(meeting, {line.pk: actions.Mark("absent", stand_in="查思远")})
        assert queries.attendance_of(meeting)[0].came
        actions.mark(meeting, {line.pk: actions.Mark("present", stand_in="查思远")})
        assert queries.attendance_of(meeting)[0].stand_in == ""
        assert actions.mark(meeting, {line.pk: actions.Mark("present")}) == 0
        with pytest.raises(ValueError, match="such mark"):
            actions.mark(meeting, {line.pk: actions.Mark("late")})
        actions.remove_attendee(line)
        assert not Attendance.objects.exists()


def test_another_township_sees_nothing_and_readers_write_nothing() -> None:
    with acting(CLERK):
        meeting = held()
    with acting(actor(division=OTHER_TOWN)):
        with pytest.raises(NotInScope):
            queries.meeting(meeting.pk)
        assert not queries.meetings().exists()
        assert handlers.meeting_records(TOWN, YEAR) == []
        assert not any(c.have for r in queries.grid(TOWN, 2026, ON) for c in r.cells)
    with acting(actor("finance", TOWN)), pytest.raises(NotInScope):
        queries.meeting(meeting.pk)
    for reader in (
        actor("audit", TOWN),
        actor("inspector", COUNTY),
        actor("member_department", TOWN),
    ):
        with acting(reader), pytest.raises(MayNotKeepMeetings):
            actions.confirm_minutes(meeting, on=ON)
