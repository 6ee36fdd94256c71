"""The main path, clicked: plan, roster, formation, roll call, phase, report, figure."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.overview.browser.conftest import Seat
from tests.overview.browser.small_office import PLAN, roster, work_off

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def payload(name: str, body: bytes, kind: str = "text/plain") -> Any:
    return {"name": name, "mimeType": kind, "buffer": body}


def confirmed_plan(seat: Seat) -> None:
    page = seat.page
    page.get_by_role("link", name="专项工作").click()
    seat.press("读上级方案")
    page.locator("input[type=file]").set_input_files(payload("方案.txt", PLAN.encode()))
    seat.press("上传并读取")
    page.get_by_label("责任单位").select_option(label="青溪镇人民武装部")
    seat.press("确认，生成专项工作")
    seat.press("启动")


def test_a_plan_is_read_beside_its_text_and_closed_with_evidence(
    seat: Seat, page_faults: list[str]
) -> None:
    page = seat.page
    page.get_by_role("link", name="专项工作").click()
    seat.press("读上级方案")
    page.locator("input[type=file]").set_input_files(payload("方案.txt", PLAN.encode()))
    seat.press("上传并读取")

    expect(page.locator("h1")).to_have_text("核对读出的内容")
    assert page.locator("mark", has_text="4月1日").count() >= 1
    expect(page.get_by_label("阶段名称").first).to_have_value("组织准备阶段")
    expect(page.locator("input[name=phase-0-end]")).to_have_value("2026-05-10")
    place = page.get_by_role("link", name="看出处").first
    place.click()
    target = page.locator(f"mark[id='{(place.get_attribute('href') or '')[1:]}']")
    expect(target).to_be_in_viewport()

    page.get_by_label("责任单位").select_option(label="青溪镇人民武装部")
    seat.press("确认，生成专项工作")
    seat.press("启动")
    expect(page.locator(".m-lead")).to_contain_text("进行中")

    campaign = page.url
    for task in page.locator("main td a").all_inner_texts():
        page.goto(campaign)
        page.get_by_role("link", name=task, exact=True).click()
        page.get_by_label("办理情况").fill("已按方案办结。")
        seat.press("办结")
        expect(page.locator("main")).to_contain_text("已按方案办结。")
    page.goto(campaign)
    seat.press("任务与佐证")
    seat.press("结束本阶段")
    assert "佐证" in seat.text(), "a phase without evidence stays open"
    page_faults.clear()  # the refusal was asked for
    page.go_back()
    page.reload()
    rows = page.locator("main tr", has=page.get_by_text("添加佐证"))
    for number in range(rows.count()):
        row = rows.nth(number)
        row.get_by_text("添加佐证").click()
        row.get_by_label("说明").fill("会议记录在档")
        row.get_by_role("button", name="保存").click()
        there = page.locator("main .m-tag-green", has_text=re.compile(r"^有$"))
        expect(there).to_have_count(number + 1)
    seat.press("结束本阶段")
    expect(page.locator("main .m-panel", has_text="组织准备阶段").last).to_contain_text("已结束")


def test_a_roster_is_uploaded_repaired_on_screen_and_written(seat: Seat) -> None:
    page = seat.page
    page.get_by_role("link", name="导入", exact=True).click()
    seat.press("导入文件")
    page.locator("input[type=file]").set_input_files(payload("名册.xlsx", roster(), XLSX))
    seat.press("上传并核对")
    work_off(page)

    stat = page.locator(".m-stat", has_text="有错误")
    expect(stat.locator(".m-stat-value")).to_have_text("1")
    expect(page.locator(".m-stat", has_text="新增").locator(".m-stat-value")).to_have_text("3")
    listing = page.url
    page.locator("main table tbody a").first.click()
    wrong = page.locator("main input.is-invalid")
    expect(wrong).to_have_value("12")
    wrong.fill("13800000304")
    seat.press("保存并核对")
    page.goto(listing)
    expect(stat.locator(".m-stat-value")).to_have_text("0")
    page.locator("main").get_by_role("button", name=re.compile("导入 4 行")).click()
    work_off(page)
    expect(page.locator(".m-lead")).to_contain_text("已导入")

    page.locator("[data-search]").fill("赵三零四")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("柳湾村")


def test_last_years_platoon_is_kept_and_its_gap_filled(seat: Seat) -> None:
    page = seat.page
    page.get_by_role("link", name="编组", exact=True).click()
    seat.press("沿用上年、只补缺")
    seat.press("开始")
    expect(page.locator("main")).to_contain_text("正在编组")
    work_off(page)

    expect(page.locator("main tr", has_text="陈老")).to_contain_text("超过 45 周岁")
    candidate = page.locator("main fieldset label", has_text="吴青")
    candidate.click()
    expect(candidate.locator("input")).to_be_checked()
    seat.press("保存，去看将要办理的变动")
    expect(page.get_by_role("button", name="确认编组：出 1、进 1、转 0")).to_be_visible()
    page.get_by_label("批准人或批准单位").fill("青溪镇党委")
    page.get_by_label("编入应急分队的理由").fill("村里推荐")
    page.get_by_role("button", name="确认编组：出 1、进 1、转 0").click()

    expect(page.locator("main")).to_contain_text("现有 4 人")
    page.get_by_role("link", name="出入转队").click()
    expect(page.locator("main tr", has_text="吴青")).to_have_count(1)
    expect(page.locator("main tr", has_text="陈老").first).to_contain_text("超龄")


def test_a_roll_is_called_and_an_absence_has_its_reason(seat: Seat) -> None:
    page = seat.page
    page.get_by_role("link", name="点验", exact=True).click()
    seat.press("新建点验")
    page.get_by_label("名称").fill("五月点验")
    page.get_by_label("青溪镇应急排").check()
    page.locator("main button.btn-primary").click()

    row = page.locator("main tr", has_text="李明")
    row.get_by_text("未到", exact=True).click()
    row.get_by_label("其他原因").fill("家中有事")
    row.get_by_role("button", name="请假").click()
    expect(page.locator("main tr", has_text="李明").locator(".m-tag")).to_have_text("请假")
    expect(page.locator("main tr", has_text="李明")).to_contain_text("家中有事")
    for name in ("张立", "王强", "陈老"):
        page.get_by_role("button", name=f"{name} 到").click()
        expect(page.locator("main tr", has_text=name).locator(".m-tag")).to_have_text("到")
    expect(page.locator("#counts")).to_contain_text("75")
    page.locator("main summary", has_text="归档").click()
    page.locator(".m-confirm-box").get_by_role("button", name="归档").click()
    expect(page.locator("main, .m-toasts").get_by_text("点验已归档").first).to_be_visible()
    page.get_by_role("link", name="点验报告").first.click()
    expect(page.locator("main h1")).to_contain_text("点验报告")
    expect(page.locator("main tr", has_text="李明")).to_contain_text("家中有事")


def test_a_report_goes_out_and_a_figure_opens_to_its_records(seat: Seat) -> None:
    page = seat.page
    page.get_by_role("link", name="公文", exact=True).click()
    page.locator("main a", has_text="起草").first.click()
    page.get_by_label("文种").select_option("reorganisation_report")
    seat.press("看有哪些记录")
    page.get_by_label("发文机关").fill("青溪镇人民武装部")
    seat.press("生成草稿")
    page.locator("main summary", has_text="印发").click()
    page.get_by_role("button", name="确定印发").click()

    expect(page.locator("main")).to_contain_text("全部数字与现在的记录一致")
    with page.expect_download() as got:
        seat.press("下载 Word")
    assert got.value.suggested_filename.endswith(".docx")
    page.locator("main").get_by_role("link", name="应急排实力").first.click()
    expect(page.locator("main")).to_contain_text("4")
    expect(page.locator("main")).to_contain_text("张立")
