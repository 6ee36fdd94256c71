"""Leading groups: seats from a template, one holder each, any past day, vacancies that age."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.ground.journal.models import Entry
from muster.ground.register import actions, places, queries
from muster.ground.register.models import Body, Organisation, SeatHolding
from muster.ground.register.problems import (
    BodyClosed,
    BodyExists,
    DatesReversed,
    HoldingEnded,
    SeatOverlaps,
    SeatTaken,
)
from muster.ground.rows.problems import MayNotWriteThere
from muster.ground.rows.scope import acting
from tests.factories import COUNTY, TOWN, OrganisationFactory, actor

pytestmark = pytest.mark.usefixtures("county")
FORMED = date(2024, 3, 1)


def day(n: int) -> date:
    return FORMED + timedelta(days=n)


def office(division: str = TOWN) -> Organisation:
    made: Organisation = OrganisationFactory.create(
        division=division, kind="armed_forces_department"
    )
    return made


def group(at: Organisation | None = None) -> Body:
    return actions.form_body(at or office(), "整组领导小组", kind="militia_reorganisation",
                             formed_on=FORMED, seats=[("组长", "书记"), ("成员", "")])  # fmt: skip


def sitting(body: Body, on: date) -> list[str]:
    return [s.holding.holder_name if s.holding else "" for s in places.seats_on(body, on)]


@pytest.mark.requirement("ORG-05")
def test_the_membership_of_every_past_day_can_be_told() -> None:
    with acting(actor()):
        body = group()
        leader, member = body.seats.all()
        first = actions.fill_seat(leader, holder_name="甲", since=day(0))
        actions.fill_seat(member, holder_name="丙", since=day(3))
        actions.vacate_seat(first, on=day(10))
        actions.fill_seat(leader, holder_name="乙", since=day(20))

        told = {n: sitting(body, day(n)) for n in (0, 2, 3, 10, 11, 19, 20, 400)}
        assert told == {0: ["甲", ""], 2: ["甲", ""], 3: ["甲", "丙"], 10: ["甲", "丙"],
                        11: ["", "丙"], 19: ["", "丙"], 20: ["乙", "丙"], 400: ["乙", "丙"]}  # fmt: skip
        assert sitting(body, day(-1)) == ["", ""]


@pytest.mark.requirement("ORG-05")
def test_a_vacated_seat_ages_until_it_is_refilled() -> None:
    with acting(actor()):
        body = group()
        leader = body.seats.first()
        assert leader
        assert [(v.seat.role, v.vacant_days) for v in places.vacancies(day(4))] == [
            ("组长", 5),
            ("成员", 5),
        ]

        held = actions.fill_seat(leader, holder_name="甲", since=day(5))
        actions.vacate_seat(held, on=day(10))
        vacancy = places.vacancies(day(12))[-1]
        assert (vacancy.seat.role, vacancy.vacant_since, vacancy.vacant_days) == (
            "组长",
            day(11),
            2,
        )

        actions.fill_seat(leader, holder_name="乙", since=day(13))
        assert [v.seat.role for v in places.vacancies(day(13))] == ["成员"]
    assert Entry.objects.filter(action="seat.filled").count() == 2
    assert Entry.objects.filter(action="seat.vacated").count() == 1


def test_a_seat_has_one_holder() -> None:
    with acting(actor()):
        body = group()
        leader = body.seats.first()
        assert leader
        held = actions.fill_seat(leader, holder_name="甲", since=day(0))
        with pytest.raises(SeatTaken):
            actions.fill_seat(leader, holder_name="乙", since=day(1))
        actions.vacate_seat(held, on=day(10))
        with pytest.raises(HoldingEnded):
            actions.vacate_seat(held, on=day(11))
        with pytest.raises(SeatOverlaps):
            actions.fill_seat(leader, holder_name="乙", since=day(9))


def test_on_the_day_of_a_handover_the_new_holder_counts() -> None:
    with acting(actor()):
        body = group()
        leader = body.seats.first()
        assert leader
        held = actions.fill_seat(leader, holder_name="甲", since=day(0))
        actions.vacate_seat(held, on=day(10))
        actions.fill_seat(leader, holder_name="乙", since=day(10))
        assert [sitting(body, day(n))[0] for n in (9, 10, 11)] == ["甲", "乙", "乙"]


def test_nobody_sits_before_the_body_stood_or_leaves_before_coming() -> None:
    with acting(actor()):
        leader = group().seats.first()
        assert leader
        with pytest.raises(DatesReversed):
            actions.fill_seat(leader, holder_name="甲", since=day(-1))
        held = actions.fill_seat(leader, holder_name="甲", since=day(5))
        with pytest.raises(DatesReversed):
            actions.vacate_seat(held, on=day(4))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 40), min_size=1, max_size=5, unique=True))
@pytest.mark.django_db
def test_any_row_of_holders_gives_one_per_day(starts: list[int]) -> None:
    starts.sort()
    with acting(actor()):
        body = Body.objects.first() or group()
        leader = body.seats.first()
        assert leader
        SeatHolding.objects.filter(seat=leader).delete()
        for n, (start, following) in enumerate(zip(starts, [*starts[1:], None], strict=True)):
            held = actions.fill_seat(leader, holder_name=str(n), since=day(start))
            if following is not None:
                actions.vacate_seat(
                    held, on=day(following - 1) if following - 1 > start else day(start)
                )
        for n in range(45):
            begun = [i for i, s in enumerate(starts) if s <= n]
            wanted = str(begun[-1]) if begun else ""
            assert sitting(body, day(n))[0] == wanted


@pytest.mark.requirement("ORG-04")
@pytest.mark.parametrize(
    ("code", "leader", "sources"),
    [("mutual_support_a", "乡镇长", ("武装部部长", "民政", "妇联主席", "团委书记", "分管民政")),
     ("mutual_support_b", "书记", ("政府", "武装部", "驻军", "民政", "综治", "工商", "派出所", "司法", "村"))],
)  # fmt: skip
def test_a_mutual_support_group_is_formed_from_a_template_with_its_empty_seats_listed(
    code: str, leader: str, sources: tuple[str, ...]
) -> None:
    with acting(actor()):
        body = actions.form_from_template(office(), code, formed_on=FORMED)
        seats = [
            (s.seat.role, s.seat.source) for s in places.seats_on(body, FORMED) if not s.holding
        ]

        assert seats[0][0] == "组长"
        assert leader in seats[0][1]
        for wanted in sources:
            assert any(wanted in source for _, source in seats[1:]), wanted
        assert len(places.vacancies(FORMED)) == len(seats)
        with pytest.raises(BodyExists):
            actions.form_from_template(office(), code, formed_on=FORMED)


def test_exactly_one_mutual_support_template_is_the_default() -> None:
    defaults = [code for code, t in places.body_templates().items() if t.get("default")]
    assert defaults == ["mutual_support_b"]
    assert all(len(s["role"]) <= 40 for t in places.body_templates().values() for s in t["seats"])


def test_a_dissolved_body_is_still_read_and_no_longer_written() -> None:
    with acting(actor()):
        body = group()
        leader = body.seats.first()
        assert leader
        actions.fill_seat(leader, holder_name="甲", since=day(0))
        with pytest.raises(DatesReversed):
            actions.close_body(body, on=day(-1))
        actions.close_body(body, on=day(30))

        assert [sitting(body, day(n))[0] for n in (30, 31)] == ["甲", ""]
        leader = queries.seat(leader.pk)
        for act in (lambda: actions.close_body(body, on=day(31)), lambda: actions.add_seat(body, "成员"),
                    lambda: actions.fill_seat(leader, holder_name="乙", since=day(40))):  # fmt: skip
            with pytest.raises(BodyClosed):
                act()
        assert places.vacancies(day(40)) == []


def test_a_county_body_is_read_below_and_not_written() -> None:
    above = office(COUNTY)
    with acting(actor("county_armed_department", COUNTY)):
        body = group(above)
    with acting(actor()):
        seat = queries.body(body.pk).seats.first()
        assert seat
        with pytest.raises(MayNotWriteThere):
            actions.fill_seat(seat, holder_name="甲", since=day(0))
        with pytest.raises(MayNotWriteThere):
            actions.add_seat(queries.body(body.pk), "成员")
