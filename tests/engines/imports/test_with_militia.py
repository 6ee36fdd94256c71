"""Membership, absence and service come and go with the row that brought them."""

from datetime import timedelta

import pytest

from muster.domains.militia.actions import call_together
from muster.domains.militia.models import Absence, Membership, Transfer, Unit
from muster.domains.militia.queries.figures import strengths
from muster.engines.imports import actions, queries
from muster.ground.register.models import Service
from muster.ground.rows.actor import Actor
from tests.domains.militia import building
from tests.engines.imports.bringing import (
    HEADERS,
    book,
    brought,
    checked,
    counts,
    faults,
    known,
    person,
    row,
)
from tests.factories import DAY, NOON, TOWN

pytestmark = pytest.mark.django_db
HEAD = (*HEADERS, "所属分队", "民兵职务", "在位情况", "外出地点", "入伍时间", "退役时间")


@pytest.fixture
def company(town: Actor) -> Unit:
    made = building.unit("青溪镇民兵连", division=TOWN)
    building.post(made)
    return made


def member(n: int, unit: str = "青溪镇民兵连", *more: str) -> list[object]:
    cells = [*more, *[""] * (5 - len(more))]
    return [*person(n), unit, *cells]


@pytest.mark.requirement("SYS-07")
def test_undo_reverses_transfers_absences_and_service_too(company: Unit) -> None:
    job = brought(
        book(
            [member(1, "青溪镇民兵连", "战士", "外出", "外省某县", "2010-12-01", "2012-12-01")],
            HEAD,
        )
    )
    assert Membership.objects.get(valid_to=None).unit == company
    assert (Absence.objects.count(), Service.objects.count()) == (1, 1)

    assert actions.undo(job, at=NOON)["reversed"] == 1

    assert not Membership.objects.filter(valid_to=None).exists()
    assert (Absence.objects.count(), Service.objects.count()) == (0, 0)
    assert Transfer.objects.filter(reverses=None, reversed_by=None).count() == 0


def test_membership_added_to_a_known_person_is_reversed_and_the_person_stays(
    company: Unit,
) -> None:
    brought(book([person(1)]))
    job = brought(book([member(1)], HEAD))
    assert counts(job) == {"changed": 1}

    assert actions.undo(job, at=NOON)["reversed"] == 1

    assert known(1) is not None
    assert not Membership.objects.filter(valid_to=None).exists()


def test_a_member_on_a_later_roll_call_is_kept_whole(company: Unit) -> None:
    job = brought(book([member(1), member(2, "")], HEAD))
    call_together("五月点验", kind="assembly", on=DAY + timedelta(days=1), units=[company])
    preview = actions.undo_preview(job, at=NOON)

    result = actions.undo(job, at=NOON)

    assert preview == result
    assert (result["reversed"], len(result["kept"])) == (1, 1)
    assert "点验" in result["kept"][0]["why"]
    assert Membership.objects.filter(valid_to=None).count() == 1
    assert known(1) is not None
    assert known(2) is None


def test_somebody_entered_elsewhere_after_the_check_does_not_stop_the_others(
    company: Unit,
) -> None:
    brought(book([person(1)]))
    other = building.unit("青溪镇二连", division=TOWN)
    building.post(other)
    job = checked(book([member(1), member(2)], HEAD))
    brought(book([member(1, "青溪镇二连")], HEAD))

    actions.write(job, at=NOON)

    assert counts(job) == {"new": 1, "rejected": 1}
    assert Membership.objects.filter(valid_to=None).count() == 2


def test_a_sheet_without_militia_columns_touches_no_membership(company: Unit) -> None:
    brought(book([member(1)], HEAD))

    job = brought(book([person(1, employer="新单位")]))

    assert counts(job) == {"changed": 1}
    assert Membership.objects.filter(valid_to=None).count() == 1


def test_the_check_finds_a_unit_that_does_not_exist_yet_on_the_day_of_entering(
    company: Unit,
) -> None:
    head = (*HEADERS, "所属分队", "入队时间")
    early = (company.valid_from - timedelta(days=30)).isoformat()

    job = checked(book([[*person(1), company.name, early]], head))

    assert faults(job) == [(2, "入队时间", "joined.before_unit")]
    item = row(job, 2)
    assert item.faults[0]["value_masked"] == early
    assert company.valid_from.isoformat() in item.faults[0]["message"]


def test_more_people_than_posts_are_announced_and_not_refused(company: Unit) -> None:
    room = strengths([company], DAY)[0].authorised

    job = checked(book([member(n) for n in range(1, room + 3)], HEAD))

    assert counts(job) == {"new": room + 2}
    said = f"青溪镇民兵连 编制 {room}，导入后 {room + 2} 人，超编 2 人。"
    assert said in job.reading["notices"]


def test_what_changes_is_told_in_words_membership_and_absence_too(company: Unit) -> None:
    brought(book([person(1)]))
    job = checked(book([member(1, company.name, "战士", "外出", "外省某县", "2010-12-01")], HEAD))

    lines = queries.changes(job, queries.drafts_beside(job, row(job, 2)))

    found = {what: (old, new) for said in lines.values() for what, old, new in said}
    assert found["所属分队"] == ("（空）", company.name)
    assert found["外出地点"][0] == "在位"
    assert found["入伍时间"] == ("（空）", "2010-12-01")


def test_a_unit_closed_after_the_check_throws_back_under_its_column(company: Unit) -> None:
    job = checked(book([member(1)], HEAD))
    Unit.objects.filter(pk=company.pk).update(valid_from=DAY + timedelta(days=9))

    actions.write(job, at=NOON)

    fault = row(job, 2).faults[0]
    assert (fault["column"], fault["value_masked"]) == ("所属分队", company.name)
