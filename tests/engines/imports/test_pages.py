"""Imports as a clerk meets them: files of three formats over HTTP, repair, giving up, undo."""

import io
import re
from collections.abc import Iterator

import openpyxl
import pytest
from django.http import HttpResponse
from django.test import Client

from muster.engines.imports.models import Import, ImportRow
from muster.ground.jobs.actions import run
from muster.ground.jobs.models import Job
from muster.ground.journal.models import Entry
from muster.ground.register.actions import change_person
from muster.ground.register.models import Person
from muster.ground.rows.scope import system_scope
from tests import factories
from tests.core.sheets.old_xls import xls
from tests.engines.imports.bringing import book, corrected, known, people, person
from tests.factories import TOWN, desk, id_number, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(county: None, client: Client, settings: object) -> Client:
    """Return a client signed in as the first township's officer."""
    settings.MUSTER_TODAY = factories.DAY.isoformat()  # type: ignore[attr-defined]
    signed_in(client, desk())
    return client


@pytest.fixture(autouse=True)
def _everything_seen() -> Iterator[None]:
    """Let the test itself read what the pages have done."""
    with system_scope("a test looks at what the pages did"):
        yield


def worked() -> None:
    """Do the queued work, as the worker would."""
    for job in Job.objects.filter(state="queued"):
        run(job.pk)


def sent(clerk: Client, data: bytes, name: str = "名册.xlsx", **more: str) -> Import:
    """Upload a file and let it be checked."""
    file = io.BytesIO(data)
    file.name = name
    form = {"kind": "people", "division": TOWN, "mode": "good_now", "file": file} | more
    answer = clerk.post("/import/new", form)
    assert answer.status_code == 302, answer.content.decode()
    worked()
    return latest(answer.headers["Location"])


def latest(address: str) -> Import:
    return Import.objects.get(pk=address.rstrip("/").rsplit("/", 1)[-1])  # type: ignore[no-any-return]


def written(clerk: Client, job: Import) -> Import:
    """Press 导入 and let it be written."""
    assert clerk.post(f"/import/{job.pk}/write").status_code == 302
    worked()
    job.refresh_from_db()
    return job


def text(answer: HttpResponse) -> str:
    """Return the page in words, blanks folded."""
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def dirty() -> bytes:
    return book([*people(3), person(4, id="1"), person(5, phone="12"), person(6, name="")])


def only(job: Import, number: int) -> ImportRow:
    return ImportRow.objects.get(of=job, number=number)  # type: ignore[no-any-return]


def test_a_messy_workbook_comes_in_is_mended_and_undone(clerk: Client) -> None:
    job = written(clerk, sent(clerk, dirty()))
    page = text(clerk.get(f"/import/{job.pk}"))
    assert "共 6 行 = 新增 3 + 有变化 0 + 无变化 0 + 有错误 3 + 待县级核对 0。" in page

    back = clerk.get(f"/import/{job.pk}/repair.xlsx").content
    mended = corrected(back, {5: {"身份证号": id_number(4)}, 6: {"联系电话": "13800000005"}})
    again = written(clerk, sent(clerk, mended, "名册（待修正）.xlsx"))

    assert again.follows_id == job.pk
    assert again.counts["new"] == 2
    page = text(clerk.get(f"/import/{job.pk}"))
    assert "有错误 3 行 = 待修正 1 + 已在修正表中处理 2 + 已放弃 0。" in page
    assert Person.objects.count() == 5

    assert "会撤销" in text(clerk.get(f"/import/{again.pk}/undo"))
    clerk.post(f"/import/{again.pk}/undo")
    worked()
    assert Person.objects.exclude(state="withdrawn").count() == 3
    assert "待修正表" in text(clerk.get(f"/import/{job.pk}"))


def test_a_row_is_given_up_counted_and_taken_up_again(clerk: Client) -> None:
    job = written(clerk, sent(clerk, dirty()))
    row = only(job, 5)

    answer = clerk.post(f"/import/{job.pk}/row/{row.pk}/give-up")

    assert answer.headers["Location"].endswith(str(only(job, 6).pk))
    page = text(clerk.get(f"/import/{job.pk}"))
    assert "有错误 3 行 = 待修正 2 + 已在修正表中处理 0 + 已放弃 1。" in page
    assert "已放弃 1 行，不会导入" in page
    assert "已放弃" in text(clerk.get(f"/import/{job.pk}/rows/rejected?state=given_up"))
    assert Entry.objects.filter(action="import.row_given_up").count() == 1

    assert "没有导入" in text(clerk.get(f"/import/{job.pk}/row/{row.pk}"))
    clerk.post(f"/import/{job.pk}/row/{row.pk}/take-up")

    job.refresh_from_db()
    assert job.counts["given_up"] == 0
    assert ImportRow.objects.get(pk=row.pk).state == "plain"
    assert clerk.post(f"/import/{job.pk}/row/{row.pk}/take-up").status_code == 409


def test_ticked_rows_or_all_of_them_are_given_up_together(clerk: Client) -> None:
    job = written(clerk, sent(clerk, dirty()))

    assert clerk.post(f"/import/{job.pk}/give-up", {"row": "x"}).status_code == 422
    clerk.post(f"/import/{job.pk}/give-up", {"row": [str(only(job, 5).pk)]})
    job.refresh_from_db()
    assert job.counts["given_up"] == 1
    clerk.post(f"/import/{job.pk}/give-up", {"everything": "1"})
    job.refresh_from_db()
    assert job.counts["given_up"] == 3
    assert "没有待修正的行" in text(clerk.get(f"/import/{job.pk}"))

    clerk.post(f"/import/{job.pk}/take-up")
    job.refresh_from_db()
    assert (job.counts["given_up"], job.counts["rejected"]) == (0, 3)


def test_rows_given_up_no_longer_stop_all_or_none(clerk: Client) -> None:
    job = sent(clerk, dirty(), mode="all_or_none")
    assert "现在一行也不会写入" in text(clerk.get(f"/import/{job.pk}"))
    clerk.post(f"/import/{job.pk}/give-up", {"everything": "1"})

    job = written(clerk, job)

    assert job.state == "written"
    assert Person.objects.count() == 3


def test_all_or_none_can_be_turned_into_the_good_ones_first(clerk: Client) -> None:
    job = sent(clerk, dirty(), mode="all_or_none")

    written(clerk, job)
    assert Person.objects.count() == 0
    clerk.post(f"/import/{job.pk}/good-now")
    written(clerk, job)

    assert Person.objects.count() == 3


def test_a_row_given_up_that_comes_in_after_all_counts_as_mended(clerk: Client) -> None:
    job = written(clerk, sent(clerk, dirty()))
    back = clerk.get(f"/import/{job.pk}/repair.xlsx").content
    clerk.post(f"/import/{job.pk}/row/{only(job, 5).pk}/give-up")

    mended = corrected(back, {5: {"身份证号": id_number(4)}}, drop=[6, 7])
    written(clerk, sent(clerk, mended))

    job.refresh_from_db()
    assert (job.counts["replaced"], job.counts["given_up"]) == (1, 0)


@pytest.mark.parametrize("format_", ["xls", "gbk"])
def test_old_workbooks_and_gbk_texts_come_in_and_go_back(clerk: Client, format_: str) -> None:
    rows = [["青溪镇民兵花名册", "", ""], ["姓名", "身份证号码", "手机号"],
            ["赵一", id_number(1), "13800000001"], ["钱二", id_number(2), "138 0000 0002"],
            ["孙三", "12", "13800000003"], ["合计", "3 人", ""]]  # fmt: skip
    if format_ == "xls":
        data, name = xls(rows), "名单.xls"
    else:
        data, name = "\r\n".join(",".join(r) for r in rows).encode("gb18030"), "名单.csv"

    job = written(clerk, sent(clerk, data, name))

    assert (job.counts["new"], job.counts["rejected"]) == (2, 1)
    assert "略过" in text(clerk.get(f"/import/{job.pk}"))
    back = clerk.get(f"/import/{job.pk}/repair.xlsx").content
    page = openpyxl.load_workbook(io.BytesIO(back)).active
    assert page is not None
    assert [c.value for c in page[3]][:3] == ["孙三", "12", "13800000003"]
    again = written(clerk, sent(clerk, corrected(back, {5: {"身份证号码": id_number(3)}})))
    assert (again.counts["rows"], again.counts["new"]) == (1, 1)
    assert Person.objects.count() == 3


def test_absent_columns_and_empty_cells_keep_what_is_known_and_clear_clears(clerk: Client) -> None:
    written(clerk, sent(clerk, book(people(3))))
    without = book([["赵零一", id_number(1)]], ("姓名", "身份证号"))
    empty = book([person(2, employer="", phone="")])
    clear = book([person(3, employer="（清空）")])

    assert [sent(clerk, data).counts["unchanged"] for data in (without, empty)] == [1, 1]
    job = sent(clerk, clear)
    assert "青禾农机 → （空）" in text(clerk.get(f"/import/{job.pk}/rows/changed"))
    written(clerk, job)

    assert sorted(Person.objects.values_list("employer", flat=True)) == ["", "青禾农机", "青禾农机"]


def test_columns_left_out_stay_out_when_the_repair_comes_back(clerk: Client) -> None:
    headers = ("姓名", "身份证号", "联系电话", "所属村（社区）", "工作单位")
    job = sent(clerk, book([*people(2), person(3, id="1")], headers))
    page = clerk.get(f"/import/{job.pk}/columns/0").content.decode()
    field = re.search(r'for="(column-\d+)">工作单位<', page)
    assert field
    clerk.post(f"/import/{job.pk}/columns/0", {field[1]: ""})
    worked()
    page = clerk.get(f"/import/{job.pk}/columns/0").content.decode()
    assert ">工作单位</label>" in page  # it can be taken in again

    job = written(clerk, latest(f"/import/{job.pk}"))
    back = clerk.get(f"/import/{job.pk}/repair.xlsx").content
    written(clerk, sent(clerk, corrected(back, {4: {"身份证号": id_number(3)}})))

    assert set(Person.objects.values_list("employer", flat=True)) == {""}


def test_more_faulty_rows_than_a_page_holds_are_all_reached(clerk: Client) -> None:
    job = sent(clerk, book([person(n % 90, id=str(n)) for n in range(1, 621)]))

    assert "共 620 行" in text(clerk.get(f"/import/{job.pk}"))
    seen = set()
    for number in range(1, 8):
        page = clerk.get(f"/import/{job.pk}?page={number}").content.decode()
        seen |= set(re.findall(r"/row/([0-9a-f-]{36})", page))
    assert len(seen) == 620


def test_the_original_is_fetched_and_the_look_is_journalled(clerk: Client) -> None:
    data = book(people(1))
    job = sent(clerk, data)

    assert "下载原件" in text(clerk.get(f"/import/{job.pk}"))
    answer = clerk.get(f"/import/{job.pk}/original")

    assert answer.content == data
    assert Entry.objects.filter(action="import.original_opened").count() == 1


def test_a_held_row_is_reached_from_its_list_and_can_be_given_up(clerk: Client) -> None:
    factories.PersonFactory.create(id_number=id_number(70), division="990101002001")
    job = sent(clerk, book([person(1), person(70)]), mode="all_or_none")
    assert job.counts["held"] == 1
    assert "导入 1 行" not in text(clerk.get(f"/import/{job.pk}"))

    row = only(job, 3)
    assert str(row.pk) in clerk.get(f"/import/{job.pk}/rows/held").content.decode()
    assert "需要县级核对" in text(clerk.get(f"/import/{job.pk}/row/{row.pk}"))
    clerk.post(f"/import/{job.pk}/row/{row.pk}/give-up")

    job.refresh_from_db()
    assert (job.counts["held"], job.counts["held_settled"]) == (1, 1)
    assert "导入 1 行" in text(clerk.get(f"/import/{job.pk}"))
    assert written(clerk, job).state == "written"


def test_what_undoing_keeps_is_listed_with_the_reason(clerk: Client) -> None:
    job = written(clerk, sent(clerk, book(people(2))))
    changed = known(1)
    assert changed is not None
    change_person(changed, revision=changed.revision, employer="后来改的")

    page = text(clerk.get(f"/import/{job.pk}/undo"))

    assert "会保留" in page
    assert "修改过" in page
    clerk.post(f"/import/{job.pk}/undo")
    worked()
    assert "已撤销 1 行；因后来改过或用过而保留 1 行；未能撤销 0 行。" in text(
        clerk.get(f"/import/{job.pk}")
    )
