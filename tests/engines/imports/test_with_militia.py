"""Membership, absence and service come and go with the row that brought them."""

from datetime import timedelta

import pytest

from muster.domains.militia.actions import call_together
from muster.domains.militia.models import Absence, Membership, Transfer, Unit
from muster.engines.imports import actions
from muster.ground.register.models import Service
from muster.ground.rows.actor import Actor
from tests.domains.militia import building
from tests.engines.imports.bringing import HEADERS, book, brought, checked, counts, known, person
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
