"""Faulty rows go back in the user's own layout; what comes back touches only those rows."""

import io

import openpyxl
import pytest

from muster.engines.imports import actions, queries
from muster.engines.imports.models import Import, ImportRow, Layout
from muster.engines.imports.problems import ImportNotReady, NoSuchColumn, RowNotFaulty
from muster.engines.imports.repairing import repair_file
from muster.ground.journal.models import Entry
from muster.ground.register.actions import change_person
from muster.ground.register.models import Person
from muster.ground.rows.actor import Actor
from tests.engines.imports.bringing import (
    HEADERS,
    book,
    brought,
    checked,
    corrected,
    counts,
    faults,
    known,
    people,
    person,
    register,
    row,
)
from tests.factories import NOON, PersonFactory, id_number

pytestmark = pytest.mark.django_db


def dirty() -> bytes:
    return book([*people(3), person(4, id="1"), person(5, phone="12")], above=1)


@pytest.mark.requirement("SYS-07")
def test_faulty_rows_return_in_the_own_layout_and_only_they_are_touched_again(
    town: Actor,
) -> None:
    first = brought(dirty())
    change_person(known(1), revision=1, employer="后来改的")  # type: ignore[arg-type]

    name, data = repair_file(first)
    page = openpyxl.load_workbook(io.BytesIO(data)).active
    assert [c.value for c in page[2]] == [*HEADERS, "问题", "原行号"]  # type: ignore[index]
    assert "身份证号" in str(page["F3"].value)  # type: ignore[index]
    assert "1 位" in str(page["F3"].value)  # type: ignore[index]

    fixes = {6: {"身份证号": id_number(4)}, 7: {"联系电话": "13800000005"}}
    again = brought(corrected(data, fixes), name)

    assert again.follows == first
    assert counts(again) == {"new": 2}
    assert again.counts["absent"] is None
    assert len(register()) == 5
    assert known(1).employer == "后来改的"  # type: ignore[union-attr]
    first.refresh_from_db()
    assert counts(first) == {"new": 3, "rejected": 2, "absent": 0, "replaced": 2} or counts(
        first
    ) == {"new": 3, "rejected": 2, "replaced": 2}
    assert not queries.faulty_rows(first).exists()
    assert first not in queries.imports_waiting()


def test_the_same_repair_file_twice_writes_nothing_twice(town: Actor) -> None:
    first = brought(dirty())
    name, data = repair_file(first)
    mended = corrected(data, {6: {"身份证号": id_number(4)}}, drop=[7])

    brought(mended, name)
    again = brought(mended, name)

    assert counts(again) == {"unchanged": 1}
    assert Person.objects.count() == 4
    first.refresh_from_db()
    assert first.counts["replaced"] == 1
    assert [r.number for r in queries.faulty_rows(first)] == [7]


def test_a_row_still_wrong_stays_open_through_several_rounds(town: Actor) -> None:
    first = brought(dirty())
    name, data = repair_file(first)
    second = brought(corrected(data, {6: {"身份证号": id_number(4)}}), name)
    assert counts(second) == {"new": 1, "rejected": 1}

    name, data = repair_file(second)
    third = brought(corrected(data, {4: {"联系电话": ""}}), name)

    assert name == "名册（待修正）.xlsx"
    assert third.follows == second
    assert counts(third) == {"new": 1}
    assert len(register()) == 5


def test_undoing_the_repair_opens_the_rows_again(town: Actor) -> None:
    first = brought(dirty())
    name, data = repair_file(first)
    again = brought(corrected(data, {6: {"身份证号": id_number(4)}}), name)

    actions.undo(again, at=NOON)

    first.refresh_from_db()
    assert sorted(r.number for r in queries.faulty_rows(first)) == [6, 7]
    assert first.counts["replaced"] == 0


@pytest.mark.requirement("SYS-07")
def test_a_row_mended_on_the_screen_before_writing_goes_in_with_the_others(town: Actor) -> None:
    job = checked(dirty())

    actions.repair_row(job, row(job, 6), {"id_number": id_number(4)}, at=NOON)
    assert counts(job) == {"new": 4, "rejected": 1}
    assert register() == {}
    actions.write(job, at=NOON)

    assert len(register()) == 4


@pytest.mark.requirement("SYS-07")
def test_a_row_mended_after_writing_goes_in_at_once_and_is_undone_with_the_rest(
    town: Actor,
) -> None:
    job = brought(dirty())

    actions.repair_row(job, row(job, 6), {"id_number": id_number(4)}, at=NOON)

    assert counts(job) == {"new": 4, "rejected": 1}
    assert known(4) is not None
    assert actions.undo(job, at=NOON)["reversed"] == 4
    assert register() == {}


def test_a_mended_row_is_judged_whole_again(town: Actor) -> None:
    job = checked(dirty())

    mended = actions.repair_row(job, row(job, 6), {"id_number": id_number(1)}, at=NOON)

    assert [f["code"] for f in mended.faults] == ["id.twice"]
    assert counts(job) == {"new": 3, "rejected": 2}


def test_a_mended_row_may_turn_out_held(town: Actor) -> None:
    PersonFactory.create(id_number=id_number(70), division="990101002001")
    job = brought(dirty())

    mended = actions.repair_row(job, row(job, 6), {"id_number": id_number(70)}, at=NOON)

    assert (mended.outcome, mended.faults) == ("held", [])
    assert counts(job) == {"new": 3, "rejected": 1, "held": 1}


def test_a_held_row_can_be_given_its_right_number(town: Actor) -> None:
    PersonFactory.create(id_number=id_number(70), division="990101002001")
    job = brought(book([person(1, id=id_number(70))]))

    actions.repair_row(job, row(job, 2), {"id_number": id_number(1)}, at=NOON)

    assert counts(job) == {"new": 1}


def test_only_faulty_rows_of_a_standing_import_are_mended(town: Actor) -> None:
    job = brought(dirty())
    with pytest.raises(RowNotFaulty):
        actions.repair_row(job, row(job, 3), {"employer": "甲"}, at=NOON)
    actions.undo(job, at=NOON)

    with pytest.raises(ImportNotReady):
        actions.repair_row(job, row(job, 6), {"id_number": id_number(4)}, at=NOON)
    assert register() == {}


def test_opening_a_row_in_clear_is_journalled(town: Actor) -> None:
    job = checked(dirty())

    cells = queries.cells_with_faults(job, row(job, 6))

    assert cells[0]["key"] == "id_number"
    assert cells[0]["value"] == "1"
    assert Entry.objects.filter(action="import.row_opened").count() == 1


ODD = ("姓名", "身份证号", "号码A", "哪里人", "单位")


@pytest.mark.requirement("SYS-07")
def test_columns_matched_by_hand_are_remembered_for_the_form(town: Actor) -> None:
    job = checked(book([person(1)], ODD))
    assert any("号码A" in note for note in job.notes)

    actions.rematch(job, "花名册", {"号码A": "phone", "哪里人": "village"}, at=NOON)
    actions.check(job, at=NOON)
    actions.write(job, at=NOON)
    again = checked(book([person(2, phone="12")], ODD))

    assert known(1).division == "990101001001"  # type: ignore[union-attr]
    assert faults(again) == [(2, "号码A", "phone.length")]
    assert openpyxl.load_workbook(io.BytesIO(repair_file(again)[1]))


def test_a_column_left_out_by_hand_stays_out_in_that_form_only(town: Actor) -> None:
    job = checked(book([person(1)]))
    actions.rematch(job, "花名册", {"工作单位": ""}, at=NOON)

    brought(book([person(1)]))
    other = checked(book([[*person(1)[:2], "丙"]], (*HEADERS[:2], "工作单位")))

    assert known(1).employer == ""  # type: ignore[union-attr]
    assert counts(other) == {"changed": 1}


def test_a_recognised_form_does_not_change_how_another_is_read(town: Actor) -> None:
    checked(book([person(1)[:3]], ("姓名", "身份证号", "电话")))

    job = checked(book([[*person(1)[:3], "66"]], ("姓名", "身份证号", "联系电话", "电话")))

    matched = {m["text"]: m["key"] for m in job.reading["sheets"][0]["matched"]}
    assert matched["联系电话"] == "phone"
    assert Layout.objects.count() == 2


def test_only_columns_of_the_kind_can_be_chosen(town: Actor) -> None:
    job = checked(book([person(1)], ODD))

    with pytest.raises(NoSuchColumn):
        actions.rematch(job, "花名册", {"号码A": "revision"}, at=NOON)
    actions.write(job, at=NOON)
    with pytest.raises(ImportNotReady):
        actions.rematch(job, "花名册", {"号码A": "phone"}, at=NOON)


def test_a_repair_file_of_an_import_i_do_not_see_is_an_import_of_its_own(town: Actor) -> None:
    first = brought(dirty())
    name, data = repair_file(first)
    Import.objects.filter(pk=first.pk).delete()

    again = brought(corrected(data, {6: {"身份证号": id_number(4)}}), name)

    assert again.follows is None
    assert counts(again)["new"] == 1
    assert ImportRow.objects.filter(of=again).count() == 2
