"""The steps of the year: plan, rosters, units, roll call, report."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from muster.overview.story import clerk, county, plan, rosters
from muster.overview.story.forming import call_roll, form_units
from muster.overview.story.reporting import close_phases, issue_reports
from muster.overview.story.telling import Stage, expect, must
from muster.overview.story.town import Town
from muster.overview.story.truth import FileTruth

SEED = 7


def read_plan(stage: Stage, _: Town) -> None:
    """Read the superior's plan by command, upload it, compare, confirm, start the campaign."""
    file = plan.write_plan(stage.folder)
    read = stage.muster("plan", "read", str(file))
    expect("读方案", len(read["phases"]), 5)
    chief = stage.clerk("wuzhuang")
    paper = must(chief.submit(must(chief.open("/campaign/plan/new"), "读上级方案"), files={"file": file}),
                 "上传方案")  # fmt: skip
    owner = _option(paper.text, "青溪镇人民武装部")
    campaign = must(chief.submit(paper, owner=owner), "确认方案")
    must(chief.submit(campaign, "/start"), "启动专项工作")
    stage.told["campaign_url"] = campaign.url
    stage.tell(
        "plan",
        f"1. 读上级方案：《{read['title']}》，{len(read['phases'])} 个阶段，"
        f"{read['period']['start']} 至 {read['period']['end']}，{len(read['warnings'])} 处提醒；核对后生成专项工作。",
        phases=len(read["phases"]), warnings=len(read["warnings"]),
    )  # fmt: skip


def _option(text: str, label: str) -> str:
    """Return the value of the option that shows a label."""
    head = text[: text.index(f">{label}<")]
    return head[head.rindex('value="') + 7 :].split('"')[0]


def import_rosters(stage: Stage, everyone: Town) -> None:
    """Import three dirty rosters, each repaired before the next."""
    total: dict[str, int] = {}
    for number, roster in enumerate(
        rosters.write_rosters(everyone, stage.folder, seed=SEED), start=1
    ):
        result = _import_one(stage, stage.folder / roster.name, roster.truth)
        for key, value in result.items():
            total[key] = total.get(key, 0) + value
        stage.tell(
            f"roster_{number}",
            f"2.{number} 导入 {roster.name}：{result['rows']} 行 = 新增 {result['new']} + 有变化 {result['changed']}"
            f" + 无变化 {result['unchanged']} + 有错误 {result['rejected']} + 待县级核对 {result['held']}；"
            f"改好 {result['repaired']} 行后再导入，全部写入。",
            **result,
        )  # fmt: skip
    stage.told["imports"] = total


def _import_one(stage: Stage, file: Path, truth: FileTruth) -> dict[str, int]:
    first = _import(stage, file)
    parts = sum(first[k] for k in ("new", "changed", "unchanged", "rejected", "held"))
    expect(f"{file.name} 各类相加", parts, first["rows"])
    repaired = 0
    if first["repair_file"]:
        mended = clerk.repair(Path(first["repair_file"]), truth)
        second = _import(stage, mended)
        expect(f"{mended.name} 改好后仍有错误", second["rejected"], 0)
        repaired = second["accepted"]
    keys = ("rows", "new", "changed", "unchanged", "rejected", "held")
    return {k: int(first[k]) for k in keys} | {"repaired": repaired}


def _import(stage: Stage, file: Path) -> dict[str, Any]:
    return stage.muster("import", "people", str(file), "--division", county.TOWN, "--as", "wuzhuang",
                        may_fault=True)  # fmt: skip


Step = Callable[[Stage, Town], None]
STEPS: tuple[Step, ...] = (
    read_plan, import_rosters, form_units, call_roll, close_phases, issue_reports,
)  # fmt: skip
