"""Checking a file: nothing written, five results, every error of every row where it stands."""

from datetime import date

import pytest

from muster.core.sheets.problems import FileClassified, FileParserDied, HeaderNotFound
from muster.engines.imports import actions, queries
from muster.engines.imports.alone import check_file_alone
from muster.engines.imports.models import Import, ImportRow
from muster.engines.imports.repairing import template_file
from muster.ground.files.models import StoredFile
from muster.ground.journal.models import Entry
from muster.ground.register.models import Person
from muster.ground.rows.actor import Actor
from muster.ground.rows.problems import NotInScope
from muster.ground.rows.scope import acting
from tests import factories
from tests.engines.imports.bringing import (
    HEADERS,
    book,
    brought,
    checked,
    counts,
    faults,
    known,
    people,
    person,
    register,
    row,
)
from tests.factories import FAR_VILLAGE, NOON, TOWN, VILLAGE, PersonFactory, id_number

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("SYS-07")
def test_a_check_writes_nothing_to_the_register(town: Actor) -> None:
    PersonFactory.create(id_number=id_number(3), name=person(3)[0])
    before = register()

    job = checked(book([*people(5), person(9, id="123")]))

    assert register() == before
    assert job.state == Import.State.CHECKED
    assert counts(job) == {"new": 4, "changed": 1, "rejected": 1}


@pytest.mark.requirement("SYS-07")
def test_five_results_add_up_to_the_rows_and_absent_is_counted(town: Actor) -> None:
    brought(book(people(4)))
    PersonFactory.create(id_number=id_number(90), division=FAR_VILLAGE)
    PersonFactory.create(id_number=id_number(91), division=VILLAGE)
    rows = [person(1), person(2, employer="新单位"), person(5), person(6, id="1"), person(90)]

    job = checked(book(rows, above=2))

    assert counts(job) == {
        "new": 1, "changed": 1, "unchanged": 1, "rejected": 1, "held": 1, "absent": 3,
    }  # fmt: skip
    assert job.counts["rows"] == 5 == ImportRow.objects.filter(of=job).count()
    assert job.counts["accepted"] == 3


@pytest.mark.requirement("SYS-07")
def test_all_errors_of_all_rows_come_at_once_with_row_column_masked_value_and_allowed(
    town: Actor,
) -> None:
    wrong = person(1, id=id_number(1)[:17], phone="1381234567", village="柳弯村")
    job = checked(book([person(2), wrong, person(3, name="")], above=3))

    assert faults(job) == [
        (6, "身份证号", "id.length"),
        (6, "联系电话", "phone.length"),
        (6, "所属村（社区）", "village.unknown"),
        (7, "姓名", "value.missing"),
    ]
    errors = queries.errors(job)
    assert all(e["message"] and e["allowed"] for e in errors)
    assert errors[0]["value_masked"] == f"000{'*' * 10}{id_number(1)[13:17]}"
    assert errors[1]["value_masked"].endswith("4567")
    assert "柳湾村" in errors[2]["message"]
    assert id_number(1)[:17] not in str(errors)


def test_blank_rows_keep_the_numbers_the_sheet_shows(town: Actor) -> None:
    rows = [person(1), ["", "", "", "", ""], ["", "", "", "", ""], person(2, id="1")]

    job = checked(book(rows, above=1))

    assert job.counts["rows"] == 2
    assert faults(job) == [(6, "身份证号", "id.length")]


def test_columns_are_named_as_the_user_named_them(town: Actor) -> None:
    headers = ("队员姓名", "公民身份号码", "手机号码", "村别", "从业单位")

    job = checked(book([person(1, id="1", phone="2")], headers))

    assert [e["column"] for e in queries.errors(job)] == ["公民身份号码", "手机号码"]


def test_identity_numbers_in_a_wrong_column_are_masked_too(town: Actor) -> None:
    job = checked(book([person(1, village=id_number(8))]))

    (error,) = queries.errors(job)
    assert error["column"] == "所属村（社区）"
    assert id_number(8) not in str(error)


@pytest.mark.requirement("ORG-02")
def test_the_second_row_of_one_number_is_refused_and_says_where_the_first_is(town: Actor) -> None:
    job = brought(book([person(1), person(2), person(1, employer="别处")]))

    assert counts(job) == {"new": 2, "rejected": 1}
    (error,) = queries.errors(job)
    assert (error["row"], error["code"]) == (4, "id.twice")
    assert "第 2 行" in error["message"]


@pytest.mark.requirement("ORG-02")
def test_a_number_under_two_names_is_refused_in_every_row(town: Actor) -> None:
    job = brought(book([person(1), person(2), person(3, id=id_number(1))]))

    assert faults(job) == [(2, "身份证号", "id.two_names"), (4, "身份证号", "id.two_names")]
    assert known(1) is None


@pytest.mark.requirement("ORG-02")
def test_a_registered_number_under_another_name_is_refused(town: Actor) -> None:
    brought(book([person(1)]))

    job = checked(book([person(1, name="钱别人")]))

    assert faults(job) == [(2, "姓名", "name.differs")]
    assert person(1)[0] not in str(queries.errors(job))


def test_people_who_left_are_not_taken_back_by_a_roster(town: Actor) -> None:
    brought(book([person(1)]))
    Person.objects.update(state=Person.State.DECEASED)

    assert faults(checked(book([person(1)]))) == [(2, "姓名", "person.not_active")]


def test_an_absent_column_an_empty_cell_and_the_word_to_clear_are_three_things(
    town: Actor,
) -> None:
    brought(book([person(1), person(2), person(3)]))

    absent = checked(book([[*person(1)[:2]]], HEADERS[:2]))
    empty = checked(book([person(2, phone="", employer="")]))
    clear = brought(book([person(3, phone="清空", employer="（清空）")]))

    assert counts(absent) == {"unchanged": 1, "absent": 2}
    assert counts(empty) == {"unchanged": 1, "absent": 2}
    assert counts(clear) == {"changed": 1, "absent": 2}
    cleared = known(3)
    assert cleared is not None
    assert (cleared.employer, cleared.phone_index) == ("", "")


@pytest.mark.parametrize("column", ["name", "id", "village"])
def test_what_may_not_be_empty_cannot_be_cleared(town: Actor, column: str) -> None:
    job = checked(book([person(1, **{column: "清空"})]))

    assert [code for _, _, code in faults(job)] == ["value.not_clearable"]


def test_a_cell_that_shows_an_error_is_refused_not_stored(town: Actor) -> None:
    assert faults(checked(book([person(1, employer="#N/A")]))) == [(2, "工作单位", "cell.error")]


def test_a_skill_too_long_to_keep_is_refused(town: Actor) -> None:
    job = checked(book([[*person(1)[:2], "驾" * 41]], (*HEADERS[:2], "专业特长")))

    assert faults(job) == [(2, "专业特长", "skill.too_long")]


@pytest.mark.requirement("ORG-02")
def test_held_is_one_constant_answer_whatever_the_row_says(town: Actor) -> None:
    there = PersonFactory.create(id_number=id_number(7), name="钱在外", division=FAR_VILLAGE)
    rows = [
        person(7), person(7, name="钱在外"), person(7, phone="不是电话", village="没有的村"),
    ]  # fmt: skip
    held = [checked(book([one])) for one in rows]

    assert [counts(job) for job in held] == [{"held": 1}] * 3
    stored = [ImportRow.objects.get(of=job) for job in held]
    assert {(r.target, str(r.faults), r.revision) for r in stored} == {(None, "[]", None)}
    assert all(queries.errors(job) == [] for job in held)
    assert str(there.pk) not in str([(j.counts, j.notes, j.reading) for j in held])


def test_held_rows_are_never_written(town: Actor) -> None:
    PersonFactory.create(id_number=id_number(7), division=FAR_VILLAGE)

    job = brought(book([person(7), person(8)]))

    assert counts(job) == {"new": 1, "held": 1}
    with factories.everything():
        assert Person.objects.count() == 2


def test_notes_name_every_row_sheet_and_column_left_out(town: Actor) -> None:
    rows = [person(1), ["合计", "2 人", "", "", ""], person(2), ["备注：以上属实", "", "", "", ""]]
    data = book(
        [[*r, "高个"] for r in rows], (*HEADERS, "体貌"),
        more={"说明": (("填表说明",), [["每村一张"]])},
    )  # fmt: skip

    notes = "\n".join(checked(data).notes)

    assert "“花名册”略过 1 行：合计行（第 3 行）" in notes
    assert "“花名册”略过 1 行：说明行（第 5 行）" in notes
    assert "体貌" in notes
    assert "“说明”" in notes


def test_a_missing_required_column_is_named_once_and_in_every_row(town: Actor) -> None:
    job = checked(book([["赵一", "男"], ["赵二", "男"]], ("姓名", "性别")))

    assert any("身份证号" in note for note in job.notes)
    assert [code for _, _, code in faults(job)] == ["value.missing"] * 2


def test_a_file_without_a_header_is_refused_and_says_what_is_needed(town: Actor) -> None:
    job = actions.take_file(
        "表.xlsx", book([["甲"]], ("乙",)), kind="people", division=TOWN, at=NOON
    )

    with pytest.raises(HeaderNotFound):
        actions.check(job, at=NOON)
    assert job.state == Import.State.REFUSED
    assert "身份证号" in job.notes[0]


def test_a_classified_file_is_refused_before_anything_is_stored(town: Actor) -> None:
    data = book([person(1)], title="秘密★10年")

    with pytest.raises(FileClassified):
        actions.refuse_unreadable("名册.xlsx", data)
    with pytest.raises(FileClassified):
        actions.read_first("名册.xlsx", data)

    with factories.everything():
        assert (StoredFile.objects.count(), Import.objects.count()) == (0, 0)
        assert Entry.objects.filter(action="import.refused", result="refused").count() == 2


def test_a_classified_file_found_at_the_check_is_emptied(town: Actor) -> None:
    data = book([person(1)], title="机密")
    job = actions.take_file("名册.xlsx", data, kind="people", division=TOWN, at=NOON)

    with pytest.raises(FileClassified):
        actions.check(job, at=NOON)

    assert bytes(StoredFile.objects.get().body) == b""


def test_the_death_of_the_parser_is_reported(town: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    from muster.engines.imports.actions import taking

    monkeypatch.setitem(taking.LIMITS, "memory_mb", 8)

    with pytest.raises(FileParserDied):
        actions.refuse_unreadable("名册.xlsx", book(people(3)))


def test_a_place_outside_the_scope_is_refused(town: Actor) -> None:
    for division in (factories.OTHER_TOWN, "990101001999"):
        with pytest.raises(NotInScope):
            actions.take_file("a.xlsx", b"x", kind="people", division=division, at=NOON)


def test_checking_again_gives_the_same_and_doubles_nothing(town: Actor) -> None:
    job = checked(book(people(1200)))
    first = job.counts

    actions.check(job, at=NOON)

    assert job.counts == first
    assert ImportRow.objects.filter(of=job).count() == 1200


def test_a_village_in_the_column_the_sheet_name_or_the_file_gives_the_place(town: Actor) -> None:
    head = HEADERS[:2]
    data = book(
        [person(1)[:2]], head, title="杏坡村", more={"其他": (head, [person(2)[:2]])},
    )  # fmt: skip

    brought(data)

    assert {known(1).division, known(2).division} == {  # type: ignore[union-attr]
        factories.NEXT_VILLAGE, TOWN,
    }  # fmt: skip


def test_a_row_without_a_village_leaves_a_known_person_where_he_is(town: Actor) -> None:
    brought(book([person(1)]))

    job = checked(book([person(1, village="")]))

    assert counts(job) == {"unchanged": 1}


def test_dates_as_cells_and_as_text_say_the_same(town: Actor) -> None:
    head = (*HEADERS[:2], "出生日期")
    born = date(2000, 1, 1)

    for told in (born, "2000-01-01", "2000年1月1日", "20000101", "2000.1"):
        assert counts(checked(book([[*person(1)[:2], told]], head))) == {"new": 1}
    wrong = checked(book([[*person(1)[:2], "2000-01-02"]], head))
    assert faults(wrong) == [(2, "出生日期", "birth.differs")]


def test_the_template_goes_out_and_comes_back(town: Actor) -> None:
    import io

    import openpyxl

    name, data = template_file("people")
    made = openpyxl.load_workbook(io.BytesIO(data))
    page = made["名单"]
    head = [str(c.value).rstrip("*") for c in page[2]]
    for column, value in zip(HEADERS, person(1), strict=True):
        page.cell(4, head.index(column) + 1).value = value
    out = io.BytesIO()
    made.save(out)

    job = brought(out.getvalue(), name)

    assert counts(job) == {"new": 1}
    assert row(job, 4, "名单").outcome == "new"


def test_text_files_of_old_machines_are_read(town: Actor) -> None:
    lines = [HEADERS, *people(3)]
    text = "\r\n".join(",".join(map(str, line)) for line in lines)

    job = checked(text.encode("gb18030"), "名册.csv")

    assert counts(job) == {"new": 3}


def test_without_an_office_the_file_alone_is_tested() -> None:
    rows = [person(1), person(2, id="1"), person(1)]

    result = check_file_alone("people", "名册.xlsx", book(rows))

    unknown = ("job", "new", "changed", "unchanged", "held", "absent", "repair_file")
    assert [result[k] for k in unknown] == [None] * 7
    assert (result["rows"], result["accepted"], result["rejected"]) == (3, 1, 2)
    assert [(e["row"], e["code"]) for e in result["errors"]] == [(3, "id.length"), (4, "id.twice")]


def test_another_desk_does_not_see_the_import(town: Actor) -> None:
    job = checked(book(people(2)))

    with acting(factories.actor(division=factories.OTHER_TOWN)):
        assert list(queries.imports_visible()) == []
        with pytest.raises(NotInScope):
            queries.import_job(job.pk)
