"""Pages of plans: what was typed stays, phases are added and dropped, refusals leave nothing."""

import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from muster.engines.campaigns.models import Campaign, PlanPaper
from muster.engines.checklists.models import Evidence
from muster.engines.tasks.models import Task
from muster.ground.files.models import StoredFile
from muster.ground.journal.models import Entry
from tests.factories import COUNTY, OrganisationFactory, desk, everything, signed_in

pytestmark = pytest.mark.usefixtures("county")
PLAN = """石桥镇2025年度民兵整组工作方案
一、工作步骤
（一）组织准备（4月1日至4月10日）
1.成立领导小组。
（二）宣传教育
1.张贴标语。
二、时限要求
4月8日前，上报名单。
"""


@pytest.fixture
def officer(client: Client) -> Client:
    """Return a client signed in as the first township's officer."""
    signed_in(client, desk())
    return client


def upload(client: Client, text: str = PLAN, name: str = "方案.txt") -> Any:
    file = SimpleUploadedFile(name, text.encode())
    return client.post("/campaign/plan/new", {"file": file})


def fields(html: str) -> dict[str, str]:
    """Return what the confirm form would send untouched."""
    found = dict(re.findall(r'name="((?:phase|deadline|target)[^"]*)" value="([^"]*)"', html))
    found.update(re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>([^<]*)<', html))
    found = {k: v for k, v in found.items() if not k.endswith("-drop")}
    return found | {
        "title": "石桥整组",
        "kind": "militia_reorganisation",
        "year": "2025",
        "issuer": "",
    }


def test_a_plan_without_some_dates_is_completed_by_hand_and_typed_values_stay(
    officer: Client,
) -> None:
    owner = OrganisationFactory.create()
    address = upload(officer).url
    page = officer.get(address)
    form = fields(page.content.decode())
    assert (form["phase-0-start"], form["phase-1-start"]) == ("2025-04-01", "")

    form |= {"phase-0-name": "筹备阶段", "title": "改过的名称", "owner": str(owner.pk)}
    refused = officer.post(address, form)
    text = refused.content.decode()
    assert refused.status_code == 422
    assert "缺少开始日期" in text
    assert 'value="筹备阶段"' in text
    assert 'value="改过的名称"' in text

    more = officer.post(address, form | {"more": "1"})
    again = fields(more.content.decode())
    assert more.status_code == 200
    assert again["phase-2-name"] == ""
    assert again["phase-0-name"] == "筹备阶段"

    form |= {"phase-1-start": "2025-04-11", "phase-1-end": "2025-04-20", "phase-2-name": "总结上报",
             "phase-2-start": "2025-04-21", "phase-2-end": "2025-04-30", "phase-2-tasks": "写总结\n报总结"}  # fmt: skip
    done = officer.post(address, form)
    assert done.status_code == 302
    assert officer.get(address).url == done.url
    with everything():
        work = Campaign.objects.get()
        assert [p.name for p in work.phases.all()][::2] == ["筹备阶段", "总结上报"]
        assert set(Task.objects.values_list("owner_id", flat=True)) == {owner.pk}
        assert Task.objects.filter(title__in=("写总结", "报总结")).count() == 2


def test_a_dropped_phase_and_an_unticked_deadline_do_not_come_along(officer: Client) -> None:
    address = upload(officer).url
    form = fields(officer.get(address).content.decode())
    form |= {"phase-1-drop": "1"}
    form.pop("deadline-0-keep", None)
    assert officer.post(address, form).status_code == 302
    with everything():
        assert Campaign.objects.get().phases.count() == 1
        assert not Task.objects.filter(title__contains="上报名单").exists()


def test_a_new_form_shows_no_errors(officer: Client) -> None:
    text = officer.get(upload(officer, PLAN.replace("2025年度", "年度")).url).content.decode()
    assert "has-error" not in text


@pytest.mark.parametrize(
    ("text", "words"),
    [("机密★2年\n" + PLAN, "非涉密系统"), (" ", "没有文字"), ("GIF8 picture", "图片")],
)
def test_a_refused_plan_is_told_on_the_form_and_leaves_nothing(
    officer: Client, text: str, words: str
) -> None:
    answer = upload(officer, text)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    with everything():
        assert PlanPaper.objects.count() == StoredFile.objects.count() == 0
    assert Entry.objects.filter(action="plan.refused").count() == 1


def test_the_way_from_evidence_to_a_closed_phase(officer: Client) -> None:
    owner = OrganisationFactory.create()
    address = upload(officer).url
    form = fields(officer.get(address).content.decode()) | {
        "phase-1-drop": "1",
        "owner": str(owner.pk),
    }
    work = officer.post(address, form).url
    assert officer.post(f"{work}/start").status_code == 302
    phase = re.search(r"/campaign/phase/[0-9a-f-]+", officer.get(work).content.decode())
    assert phase
    refused = officer.post(f"{phase[0]}/close", follow=True)
    assert refused.redirect_chain == [(phase[0], 302)]
    said = [str(message) for message in refused.context["messages"]]
    assert any("领导小组和工作专班已成立" in words for words in said)

    items = set(
        re.findall(
            rf'action="({phase[0]}/item/[0-9a-f-]+)"', officer.get(phase[0]).content.decode()
        )
    )
    for n, item in enumerate(sorted(items)):
        file = {"file": SimpleUploadedFile("佐证.txt", b"proof")} if n == 0 else {}
        assert officer.post(item, {"on": "2025-04-02", "note": "已归档", **file}).status_code == 302
    with everything():
        proof = Evidence.objects.exclude(file=None).get()
    sent = officer.get(f"/campaign/evidence/{proof.pk}/file")
    assert (sent.content, sent["Cache-Control"]) == (b"proof", "no-store")
    assert Entry.objects.filter(action="evidence.opened", object=str(proof.pk)).count() == 1
    assert officer.post(f"{phase[0]}/close").status_code == 302
    with everything():
        assert Campaign.objects.get().state == "closed"


def test_a_task_is_added_and_reported_on_pages(officer: Client) -> None:
    address = upload(officer).url
    form = fields(officer.get(address).content.decode()) | {"phase-1-drop": "1"}
    work = officer.post(address, form).url
    phase = re.search(r"/campaign/phase/[0-9a-f-]+", officer.get(work).content.decode())
    assert phase
    assert officer.post(f"{phase[0]}/task", {"title": ""}).status_code == 422
    assert (
        officer.post(f"{phase[0]}/task", {"title": "本地加的", "due": "2025-04-09"}).status_code
        == 302
    )
    with everything():
        task = Task.objects.get(title="本地加的")
    assert officer.post(f"/task/{task.pk}/report", {"line": ""}).status_code == 422
    assert officer.post(f"/task/{task.pk}/report", {"line": "已办"}).status_code == 302
    assert officer.post(f"/task/{task.pk}/report", {"line": "又办"}).status_code == 409
    assert "已办结" in officer.get("/task/?state=done").content.decode()


def test_the_county_sees_no_button_it_may_not_press_and_others_get_none(client: Client) -> None:
    signed_in(client, desk("inspector", COUNTY, valid_to=date(2099, 1, 1)))
    assert "读上级方案" not in client.get("/campaign/").content.decode()
    assert upload(client).status_code == 403
