"""The county's list of townships and villages: codes in any length, parents first, undone if unused."""

from collections.abc import Iterator

import pytest

from muster.engines.imports import actions
from muster.ground.journal.models import Entry
from muster.ground.register.models import Division
from muster.ground.rows.actor import Actor
from muster.ground.rows.scope import acting
from tests import factories
from tests.engines.imports.bringing import book, brought, checked, counts, faults
from tests.factories import COUNTY, NOON, PersonFactory, everything

pytestmark = pytest.mark.django_db
HEAD = ("统计用区划代码", "名称", "常住人口")
KIND = {"kind": "divisions", "division": COUNTY}
HIGH, ROWS = "990101088000", [
    [990101088, "云台镇", ""],
    ["990101088201", "云台村", 1260],
    [990101088202.0, "下洼村", ""],
]  # fmt: skip


@pytest.fixture(autouse=True)
def county(db: None, settings: object) -> Iterator[Actor]:
    settings.MUSTER_TODAY = factories.DAY.isoformat()  # type: ignore[attr-defined]
    factories.tree()
    with acting(factories.actor("county_armed_department", COUNTY)) as actor:
        yield actor


def names() -> dict[str, str]:
    rows = Division.objects.filter(division__startswith="990101088")
    return dict(rows.values_list("division", "name"))


@pytest.mark.requirement("ORG-01")
def test_a_list_of_codes_becomes_the_tree() -> None:
    job = brought(book(ROWS, HEAD), **KIND)

    assert counts(job)["new"] == 3
    assert names() == {HIGH: "云台镇", "990101088201": "云台村", "990101088202": "下洼村"}
    village = Division.objects.get(division="990101088201")
    assert (village.level, village.population) == ("village", 1260)
    assert Entry.objects.filter(action="division.created").count() >= 3
    again = checked(book(ROWS, HEAD), **KIND)
    assert counts(again)["unchanged"] == 3


def test_what_is_wrong_is_told_by_row_and_nothing_of_it_comes_in() -> None:
    brought(book(ROWS, HEAD), **KIND)
    rows = [
        ["99010108", "短码村", ""],
        ["990102001000", "别县的镇", ""],
        ["990101077201", "没有镇的村", ""],
        [HIGH, "云台乡", ""],
        ["990101088203", "双写村", ""],
        ["990101088203", "双写村", ""],
        ["990101088204", "", "一百"],
        ["990101088201", "云台村", 1300],
    ]
    job = brought(book(rows, HEAD), **KIND)

    assert [(n, code) for n, _, code in faults(job)] == [
        (2, "division.code"),
        (3, "division.outside"),
        (4, "division.parent"),
        (5, "division.named"),
        (7, "division.twice"),
        (8, "value.missing"),
        (8, "number.invalid"),
    ]
    assert (counts(job)["new"], counts(job)["changed"]) == (1, 1)
    assert Division.objects.get(division="990101088201").population == 1300


def test_undo_takes_back_unused_places_and_keeps_those_in_use() -> None:
    job = brought(book(ROWS, HEAD), **KIND)
    with everything():
        PersonFactory.create(division="990101088201")
    undone = actions.undo(job, at=NOON)

    assert names() == {HIGH: "云台镇", "990101088201": "云台村"}
    assert (undone["reversed"], len(undone["kept"])) == (1, 2)


def test_a_township_brings_in_no_places_of_another() -> None:
    with acting(factories.actor()):
        job = checked(book(ROWS, HEAD), kind="divisions")

    assert {code for _, _, code in faults(job)} == {"division.outside"}
