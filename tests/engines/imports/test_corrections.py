"""What was corrected on the screen is kept, spread to rows alike, and handed back."""

import io
import re

import openpyxl
import pytest
from django.http import HttpResponse
from django.test import Client

from muster.core.sheets import cell_text
from muster.engines.imports import actions, queries
from muster.engines.imports.models import Import
from muster.engines.imports.repairing import repair_file
from muster.ground.register.actions import change_person
from muster.ground.rows.actor import Actor
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
    row,
)
from tests.factories import NOON, desk, id_number, signed_in

pytestmark = pytest.mark.django_db


def sent_back(job: Import) -> dict[int, dict[str, str]]:
    """Return original row number → header → text of the repair workbook."""
    page = openpyxl.load_workbook(io.BytesIO(repair_file(job)[1])).active
    assert page is not None
    head, *rows = [[str(c or "") for c in line] for line in page.iter_rows(values_only=True)]
    return {int(line[-1]): dict(zip(head, line, strict=True)) for line in rows}


@pytest.mark.requirement("SYS-07")
def test_a_newer_wrong_value_typed_on_the_screen_is_handed_back(town: Actor) -> None:
    job = checked(book([person(1, id="1"), person(2, id="2", village="没这个村")]))

    actions.repair_row(job, row(job, 2), {"id_number": "12345", "employer": "新厂"}, at=NOON)

    back = sent_back(job)
    assert (back[2]["身份证号"], back[2]["工作单位"]) == ("12345", "新厂")
    assert "5 位" in back[2]["问题"]
    assert back[3]["身份证号"] == "2"


@pytest.mark.requirement("SYS-07")
def test_a_row_mended_on_the_screen_and_thrown_back_while_writing_keeps_the_correction(
    town: Actor,
) -> None:
    brought(book(people(1)))
    job = checked(book([person(1, phone="12", employer="甲厂")]))
    actions.repair_row(job, row(job, 2), {"phone": "13911112222"}, at=NOON)
    someone = known(1)
    assert someone is not None
    change_person(someone, revision=someone.revision, employer="后来改的")

    actions.write(job, at=NOON)

    assert counts(job)["rejected"] == 1
    assert sent_back(job)[2]["联系电话"] == "13911112222"


def test_a_row_thrown_back_while_writing_says_its_column_and_shows_its_cells(town: Actor) -> None:
    brought(book(people(1)))
    job = checked(book([person(1, employer="甲厂"), person(2)]))
    someone = known(1)
    assert someone is not None
    change_person(someone, revision=someone.revision, employer="后来改的")

    actions.write(job, at=NOON)

    item = row(job, 2)
    assert item.faults[0]["column"] == "姓名"
    assert item.faults[0]["value_masked"].startswith("赵")
    found = queries.thrown_back(job)
    assert found is not None
    assert (found["count"], len(found["whys"])) == (1, 1)
    cells = {c["key"]: c["value"] for c in queries.cells_with_faults(job, item)}
    assert (cells["id_number"], cells["employer"]) == (id_number(1), "甲厂")

    actions.repair_row(job, item, {"employer": "甲厂"}, at=NOON)
    assert known(1).employer == "甲厂"  # type: ignore[union-attr]


def test_a_mended_row_can_be_mended_again_until_something_is_written(town: Actor) -> None:
    job = checked(book([person(1, id="1")]))
    actions.repair_row(job, row(job, 2), {"id_number": id_number(2)}, at=NOON)

    actions.repair_row(job, row(job, 2), {"id_number": id_number(3)}, at=NOON)
    actions.write(job, at=NOON)

    assert known(2) is None
    assert known(3) is not None


def test_the_same_wrong_word_is_mended_in_all_rows_and_read_so_next_time(town: Actor) -> None:
    rows = [person(n, village="柳弯儿") for n in range(1, 5)]
    job = checked(book([*rows, person(5, village="别处"), person(6, id="1", village="柳弯儿")]))
    first = row(job, 2)
    assert len(queries.rows_alike(job, first, "village")) == 4

    done = actions.repair_alike(job, first, {"village": "柳湾村"}, ["village"], at=NOON,
                                remember=True)  # fmt: skip

    assert len(done) == 5
    assert counts(job) == {"new": 4, "rejected": 2}
    assert faults(job) == [(6, "所属村（社区）", "village.unknown"), (7, "身份证号", "id.length")]

    again = checked(book([person(7, village="柳弯儿")]))
    assert counts(again) == {"new": 1}
    assert again.reading["read_as"] == [
        {"key": "village", "told": "柳弯儿", "meant": "柳湾村", "rows": 1}
    ]
    actions.forget_word(again, "village", "柳弯儿")
    assert counts(checked(book([person(7, village="柳弯儿")]))) == {"rejected": 1}


def test_numbers_and_names_are_never_mended_alike(town: Actor) -> None:
    job = checked(book([person(1, id="12"), person(2, id="12")]))

    assert queries.rows_alike(job, row(job, 2), "id_number") == []


def test_numbers_stored_as_numbers_are_shown_as_the_sheet_shows_them(town: Actor) -> None:
    job = checked(book([person(1, id=199001011234.0, phone=13800.0), person(2, id=1.1e17)]))

    found = {(e["row"], e["code"]): e for e in queries.errors(job)}
    assert "当数字存了" in found[2, "id.number"]["message"]
    assert "文本" in found[2, "id.number"]["message"]
    assert found[2, "id.number"]["value_masked"].endswith("1234")
    assert "当数字存了" in found[3, "id.scientific"]["message"]
    assert cell_text(13800000001.0) == "13800000001"


def test_what_goes_where_for_want_of_a_column_is_said_before_the_import(town: Actor) -> None:
    job = checked(book([person(1)[:2], person(2)[:2]], HEADERS[:2]))
    assert job.reading["notices"] == ["没有认出村（社区）一列，新增的 2 人都会登记在青溪镇。"]

    job = checked(book([person(3), person(4, village="")]))
    assert job.reading["notices"] == ["有 1 人没有写村（社区），会登记在青溪镇。"]


def words(answer: HttpResponse) -> str:
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.fixture
def clerk(town: Actor, client: Client) -> Client:
    signed_in(client, desk())
    return client


def test_the_page_says_loudly_what_is_left_out_and_how_many_rows_go_in(clerk: Client) -> None:
    brought(book(people(2)))
    rows = [[*person(1, employer="新厂"), "甲"], [*person(2), "乙"], [*person(3), "丙"]]
    job = checked(book(rows, (*HEADERS, "家在哪儿住")))

    page = words(clerk.get(f"/import/{job.pk}"))

    assert "有 1 列没有认出：家在哪儿住。这些内容不会导入。" in page
    assert f"/import/{job.pk}/columns/0" in clerk.get(f"/import/{job.pk}").content.decode()
    assert "导入 2 行" in page
    changed = words(clerk.get(f"/import/{job.pk}/rows/changed"))
    assert "赵零一" in changed
    assert "工作单位：青禾农机 → 新厂" in changed


def test_the_row_page_offers_to_mend_all_alike_and_the_result_page_names_what_came_back(
    clerk: Client,
) -> None:
    job = checked(book([person(n, village="柳弯儿") for n in range(1, 4)]))
    item = row(job, 2)
    page = words(clerk.get(f"/import/{job.pk}/row/{item.pk}"))
    assert "另有 2 行这一格写得一样" in page
    values = {"name": "赵零一", "id_number": id_number(1), "phone": "13800000001",
              "village": "柳湾村", "employer": "青禾农机"}  # fmt: skip

    clerk.post(f"/import/{job.pk}/row/{item.pk}", values | {"alike": "village", "remember": "1"})

    job.refresh_from_db()
    assert counts(job) == {"new": 3}
    again = checked(book([person(9, village="柳弯儿")]))
    assert "“柳弯儿”读作“柳湾村”，1 行" in words(clerk.get(f"/import/{again.pk}"))
    clerk.post(f"/import/{again.pk}/forget-word", {"key": "village", "told": "柳弯儿"})
    assert counts(checked(book([person(9, village="柳弯儿")]))) == {"rejected": 1}

    brought(book(people(1, start=20)))
    late = checked(book([person(20, employer="甲厂")]))
    someone = known(20)
    assert someone is not None
    change_person(someone, revision=someone.revision, employer="后来改的")
    actions.write(late, at=NOON)
    assert "写入时有 1 行被退回，没有导入" in words(clerk.get(f"/import/{late.pk}"))
