"""The last steps: evidence and closed phases, reports out, verified, tampered with and caught."""

import re
import zipfile
from pathlib import Path

from muster.overview.story import county
from muster.overview.story.telling import Stage, expect, must
from muster.overview.story.town import Town

PHASE = re.compile(r'href="(/campaign/phase/[0-9a-f-]+)"')
ITEM = re.compile(r'action="(/campaign/phase/[0-9a-f-]+/item/[0-9a-f-]+)"')
TASK = re.compile(r'href="(/task/[0-9a-f-]+)"')


def close_phases(stage: Stage, _: Town) -> None:
    """Report each task with one line, add the evidence each phase asks for, close the phases."""
    chief = stage.clerk("wuzhuang")
    campaign = must(chief.open(stage.told["campaign_url"]), "打开专项工作")
    phases = list(dict.fromkeys(PHASE.findall(campaign.text)))
    tasks = list(dict.fromkeys(TASK.findall(campaign.text)))
    for task in tasks:
        page = must(chief.open(task), "打开任务")
        must(chief.submit(page, "/report", line="已按方案要求办结。"), "任务办结")
    items = 0
    for address in phases:
        page = must(chief.open(address), "打开阶段")
        for item in dict.fromkeys(ITEM.findall(page.text)):
            must(chief.submit(page, item, note="材料已归入整组档案", on=county.REPORT_DAY.isoformat()),
                 "登记佐证")  # fmt: skip
            items += 1
        must(chief.submit(page, "/close"), "结束阶段")
    stage.tell(
        "phases",
        f"5. 专项收尾：{len(tasks)} 项任务各一句话办结，{items} 项佐证登记齐全，{len(phases)} 个阶段全部结束。",
        tasks=len(tasks), items=items, phases=len(phases),
    )  # fmt: skip


def issue_reports(stage: Stage, _: Town) -> None:
    """Issue the reports by command, verify them, then catch a changed number."""
    made = {}
    for kind in ("reorganisation_report", "duty_report"):
        file = stage.folder / f"{kind}.docx"
        made[kind] = stage.muster(
            "document", "issue", kind, "--division", county.TOWN, "--year", str(county.DEMO_DATE.year),
            "--out", str(file), "--as", "wuzhuang", "--issuer", "青溪镇人民武装部",
            "--addressee", "青禾县人民武装部", "--signer", "仇砚秋",
        )  # fmt: skip
        checked = stage.muster("document", "verify", str(file), "--as", "wuzhuang")
        expect(f"{kind} 核对", (checked["changed"], checked["tampered"]), ([], []))
    caught = _tamper(stage, stage.folder / "reorganisation_report.docx")
    names = "、".join(
        f"《{m['title']}》（{len(m['figures'])} 个数字可核对）" for m in made.values()
    )
    stage.tell(
        "reports",
        f"6. 印发 {names}；核对无误。把副本里的一个数改掉再核对，当场认出 {caught} 处。",
        figures={k: len(m["figures"]) for k, m in made.items()}, caught=caught,
    )  # fmt: skip


def _tamper(stage: Stage, file: Path) -> int:
    """Change 760 to 860 in a copy and return how many tampered figures verifying names."""
    copy = file.with_name("被改过的副本.docx")
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "word/document.xml":
                data = data.replace(b">760<", b">860<", 1)
            new.writestr(entry, data)
    found = stage.muster("document", "verify", str(copy), "--as", "wuzhuang", may_fault=True)
    expect("改过的数字应被认出", bool(found["tampered"]), wanted=True)
    return len(found["tampered"])
