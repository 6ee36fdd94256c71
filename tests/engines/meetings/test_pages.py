"""Pages of meetings through the test client: from planning to feedback, lists, papers, refusals."""

import re
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from muster.engines.meetings import actions, queries
from muster.engines.meetings.models import Attendance, Meeting, Opinion, Resolution
from muster.engines.tasks.models import Task
from muster.ground.rows.scope import acting
from tests.engines.meetings.laying import AT, ON, came, group, held, office, planned, with_minutes
from tests.factories import COUNTY, OTHER_TOWN, TOWN, actor, desk, everything, signed_in

pytestmark = pytest.mark.usefixtures("county")


@pytest.fixture(autouse=True)
def _today(settings: Any) -> None:
    settings.MUSTER_TODAY = "2026-05-20"


@pytest.fixture
def officer(client: Client) -> Client:
    """Return a client signed in as the first township's officer."""
    signed_in(client, desk())
    return client


def text(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.mark.requirement("GOV-01")
def test_from_a_plan_to_minutes_tasks_and_feedback_on_the_screen(officer: Client) -> None:
    giver = office(name="中共青溪镇委员会")
    assert "党委议军会" in text(officer.get("/meeting/new"))
    form = text(officer.get("/meeting/new/party_armed_forces"))
    assert "应由党委书记主持" in form
    values = {"organisation": giver.pk, "on": "2026-05-18", "chair": "盖云帆", "place": "会议室",
              "items": ["听取武装工作情况汇报"], "title": "", "body": ""}  # fmt: skip
    address = officer.post("/meeting/new/party_armed_forces", values).url
    pk = address.rsplit("/", 1)[1]

    assert (
        officer.post(
            f"{address}/attendance/add",
            {"name": "覃望舒", "post": "部长", "side": "local", "part": "attend"},
        ).status_code
        == 302
    )
    with everything():
        line = Attendance.objects.get()
    marks = {
        f"presence-{line.pk}": "present",
        f"side-{line.pk}": "local",
        f"part-{line.pk}": "attend",
    }
    officer.post(f"{address}/attendance", marks)
    officer.post(f"{address}/hold")
    refused = officer.post(f"{address}/minutes/confirm")
    assert refused.status_code == 422
    assert "还没有会议记录" in text(refused)
    officer.post(f"{address}/minutes", {"text": "议定修缮仓库。", "recorder": "查思远"})
    officer.post(
        f"{address}/resolution",
        {"words": "修缮仓库", "owner": str(giver.pk), "due": "2026-06-30", "item": ""},
    )
    officer.post(f"{address}/minutes/confirm")
    assert officer.post(f"{address}/resolution/hand-out").status_code == 302
    with everything():
        row, task = Resolution.objects.get(), Task.objects.get()
    officer.post(f"/meeting/resolution/{row.pk}/feedback", {"line": "已完工"})
    officer.post(f"/meeting/resolution/{row.pk}/effect", {"line": "器材入库"})
    page = text(officer.get(address))

    for said in (
        "纪要于2026年5月18日",
        "反馈：已完工",
        "成效：器材入库",
        f"/task/{task.pk}",
        "已办结",
    ):
        assert said.replace("2026年5月18日", "2026年5月20日") in page
    assert "党委议军会" in text(
        officer.get("/meeting/?state=held&kind=party_armed_forces&year=2026")
    )
    assert pk in text(officer.get("/meeting/?q=议军"))


def test_the_list_is_filtered_printed_and_exported(officer: Client) -> None:
    with acting(actor()):
        giver = office()
        with_minutes(held(organisation=giver))
        held(organisation=giver, title="没有纪要的会")
    page = text(officer.get("/meeting/?state=bare"))
    assert "没有纪要的会" in page
    assert (
        "共 1" in re.sub(r"<[^>]+>|\s+", " ", page).replace("  ", " ")
        or page.count("/meeting/0") == 1
    )
    sheet = load_workbook(BytesIO(officer.get("/meeting/?export=xlsx").content)).active
    assert sheet is not None
    cells = [str(c.value) for row in sheet.iter_rows() for c in row]
    assert "没有纪要的会" in cells
    assert "未定稿" in cells
    assert officer.get("/meeting/?print=1").status_code == 200


@pytest.mark.requirement("GOV-03")
def test_the_year_shows_months_held_and_missing_on_screen_and_paper(officer: Client) -> None:
    with acting(actor()):
        held("mutual_support_office", office("mutual_support_office"), on=date(2026, 2, 5))
    page = text(officer.get("/meeting/year?year=2026"))
    row = page.split("双拥办月例会")[1].split("</tr>")[0]

    cells = re.findall(r"m-year-(\w+)", row)
    assert cells == ["missing", "held", "missing", "missing", "open"] + ["coming"] * 7
    assert 'colspan="3"' in page
    assert "会议情况表" in text(officer.get("/meeting/year?print=1"))


def test_papers_are_printed_and_taken_as_word_files(officer: Client) -> None:
    with acting(actor()):
        giver = office("government")
        meeting = held("mutual_support_group", giver, body=group(giver))
        actions.write_minutes(meeting, text="议定事项若干。", recorder="查思远", at=AT)
    address = f"/meeting/{meeting.pk}"

    assert "签到表" in text(officer.get(f"{address}/sheet"))
    assert "关于召开" in text(officer.get(f"{address}/notice"))
    assert "议定事项若干" in text(officer.get(f"{address}/minutes/print"))
    for word in ("notice.docx", "minutes.docx"):
        answer = officer.get(f"{address}/{word}")
        assert answer.content[:2] == b"PK"
        assert "attachment" in answer["Content-Disposition"]
    assert officer.get(f"{address}/minutes/file").status_code == 302


def test_a_record_is_uploaded_and_opened_again(officer: Client) -> None:
    with acting(actor()):
        meeting = held()
    file = SimpleUploadedFile("记录.pdf", b"%PDF-1.4 record", "application/pdf")
    assert (
        officer.post(f"/meeting/{meeting.pk}/minutes", {"text": "", "file": file}).status_code
        == 302
    )

    assert officer.get(f"/meeting/{meeting.pk}/minutes/file").content == b"%PDF-1.4 record"
    assert officer.post(f"/meeting/{meeting.pk}/minutes/confirm").status_code == 302


@pytest.mark.requirement("SHR-05")
def test_opinions_are_written_and_treated_with_a_reason(officer: Client) -> None:
    with acting(actor()):
        meeting = planned("civil_military_joint", office("mobilisation_office"))
        item = queries.items_of(meeting).get()
    said = {"side": "military", "given_by": "驻军某部", "words": "先修东门道路"}
    assert officer.post(f"/meeting/item/{item.pk}/opinion", said).status_code == 302
    with everything():
        opinion = Opinion.objects.get()
    bare = officer.post(f"/meeting/opinion/{opinion.pk}", {"treatment": "not_taken"})
    assert bare.status_code == 422
    assert "请写明理由" in text(bare)
    officer.post(f"/meeting/opinion/{opinion.pk}", {"treatment": "not_taken", "note": "资金未落实"})

    page = text(officer.get(f"/meeting/{meeting.pk}"))
    assert "未采纳（资金未落实）" in page


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"on": "下周"}, "日期没有读懂"),
        ({"on": ""}, "这一项要填"),
        ({"organisation": "00000000-0000-7000-8000-000000000000"}, "请从列出的选项里选一个"),
        ({"body": "nothing"}, "请从列出的选项里选一个"),
    ],
)
def test_what_cannot_be_read_stays_on_the_form(
    officer: Client, values: dict[str, str], said: str
) -> None:
    good = {"organisation": office().pk, "on": "2026-05-18", "chair": "盖云帆的一次会"}
    answer = officer.post("/meeting/new/party_armed_forces", good | values)

    assert answer.status_code == 422
    assert said in text(answer)
    assert "盖云帆的一次会" in text(answer)


def test_a_second_meeting_of_the_day_is_refused_on_the_form(officer: Client) -> None:
    with acting(actor()):
        giver = office()
        planned(organisation=giver)
    answer = officer.post(
        "/meeting/new/party_armed_forces", {"organisation": giver.pk, "on": ON.isoformat()}
    )

    assert answer.status_code == 422
    assert "已经登记过" in text(answer)


def test_a_meeting_is_changed_cancelled_and_restored(officer: Client) -> None:
    with acting(actor()):
        giver = office("party_committee")
        meeting = planned("mutual_support_hearing", giver)
    address = f"/meeting/{meeting.pk}"
    change = {
        "organisation": giver.pk,
        "on": "2026-05-19",
        "own-help_given": "解决经费",
        "title": "听取汇报",
    }
    assert officer.post(f"{address}/edit", change).url == address
    assert "解决经费" in text(officer.get(address))
    officer.post(f"{address}/cancel", {"why": "防汛"})
    assert "原因：防汛" in text(officer.get(address))
    officer.post(f"{address}/restore")
    with everything():
        assert Meeting.objects.get().state == "planned"
    assert "取消会议" in text(officer.get(address))


def test_other_townships_find_nothing_and_auditors_only_read(client: Client) -> None:
    with acting(actor()):
        meeting = held()
    address = f"/meeting/{meeting.pk}"
    signed_in(client, desk(division=OTHER_TOWN))
    assert client.get(address).status_code == 404
    assert str(meeting.pk) not in text(client.get("/meeting/"))
    auditor = Client()
    signed_in(auditor, desk("audit", TOWN))
    page = auditor.get(address)
    assert page.status_code == 200
    assert "登记到会" not in text(page)
    assert auditor.post(f"{address}/take-back").status_code == 403
    assert auditor.get("/meeting/new").status_code == 403


def test_a_county_looks_at_the_year_of_each_township(client: Client) -> None:
    signed_in(client, desk("county_armed_department", COUNTY))
    with acting(actor(division=OTHER_TOWN)):
        held(organisation=office(division=OTHER_TOWN))
    assert "石桥镇 2026 年会议" in text(client.get(f"/meeting/year?place={OTHER_TOWN}"))
    assert "已开 1 次" in text(client.get(f"/meeting/year?place={OTHER_TOWN}"))
    assert "青禾县 2026 年会议" in text(client.get("/meeting/year?place=110101001000"))


def test_the_number_of_questions_does_not_grow_with_the_list(
    officer: Client, django_assert_max_num_queries: Any
) -> None:
    with acting(actor()):
        giver = office()
        held(organisation=giver)
    officer.get("/meeting/")
    with django_assert_max_num_queries(40) as few:
        officer.get("/meeting/")
    with acting(actor()):
        for n in range(3):
            came(planned(organisation=giver, title=f"第{n}次"))
    with django_assert_max_num_queries(40) as many:
        officer.get("/meeting/")
    assert len(many.captured_queries) == len(few.captured_queries)


def test_one_button_marks_the_rest_present_and_leaves_who_is_noted(officer: Client) -> None:
    with acting(actor()):
        meeting = planned()
        lines = [actions.add_attendee(meeting, name=name) for name in ("甘露", "查思远", "易远航")]
    marks = {"rest": "present"}
    for line, presence in zip(lines, ("expected", "leave", "expected"), strict=True):
        marks |= {
            f"presence-{line.pk}": presence,
            f"side-{line.pk}": "local",
            f"part-{line.pk}": "attend",
        }
    marks[f"stand-{lines[2].pk}"] = "尤知行"
    officer.post(f"/meeting/{meeting.pk}/attendance", marks)

    with everything():
        noted = {a.name: a.presence for a in Attendance.objects.all()}
    assert noted == {"甘露": "present", "查思远": "leave", "易远航": "expected"}


def test_the_past_of_a_meeting_tells_each_change_once(officer: Client) -> None:
    with acting(actor()):
        meeting = actions.reopen_minutes(with_minutes(held()))
        told = [what for _who, what, _when in queries.history_of(meeting)]

    assert told == ["已开", "纪要已定稿", "已开", "拟开"]
    page = text(officer.get("/meeting/year"))
    assert 'name="q"' in page
