"""``muster plan``: reads plan documents; needs no database."""

import json
import re
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from muster.core.kernel import Problem
from muster.core.plans import PlanDocument, read_file

app = typer.Typer(help="方案、计划等文件的读取。", no_args_is_help=True)

_KINDS = {
    "militia_reorganisation": "民兵整组",
    "enlistment": "征兵和兵役登记",
    "mutual_support": "双拥",
    "defence_education": "国防教育",
    "drill": "演练",
    "mobilisation": "国防动员",
    "duty_report": "述职报告",
    "other": "其他",
}
# The file itself is wrong (status 2); anything else is a refusal of what it says (status 1).
_UNREADABLE = (
    "plan.missing",
    "plan.format",
    "plan.damaged",
    "plan.locked",
    "plan.scanned",
    "plan.empty",
)


@app.callback()
def plan() -> None:
    """方案、计划等文件的读取。"""  # noqa: D400, D415 -- Chinese help, ended by 。


@app.command("read")
def read(
    file: Annotated[Path, typer.Argument(help="方案文件：.docx、.txt、.pdf 或 .md")],
    year: Annotated[
        int | None, typer.Option(min=1949, max=2100, help="文中没有年份时用的年份")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出一个 JSON 对象")] = False,  # noqa: FBT002 -- a switch
) -> None:
    """读一份方案，列出阶段、时限、数量、机构和疑点。"""  # noqa: D400, D415 -- Chinese help, ended by 。
    try:
        document = read_file(file, year=year)
    except Problem as problem:
        _refuse(problem, as_json=as_json)
    if as_json:
        typer.echo(json.dumps(document.to_json(), ensure_ascii=False))
    else:
        typer.echo("\n".join(_summary(document)))


def _refuse(problem: Problem, *, as_json: bool) -> NoReturn:
    if as_json:
        typer.echo(json.dumps(problem.as_json(), ensure_ascii=False))
    else:
        typer.echo(problem.message, err=True)
    raise typer.Exit(2 if problem.code in _UNREADABLE else 1)


def _summary(document: PlanDocument) -> list[str]:
    lines = [
        f"标题：{document.title or '（未读到）'}",
        f"类别：{_KINDS[document.kind]}　年度：{document.year or '（未写）'}　发文单位：{document.issuer or '（未写）'}",
        f"起止：{_span(document.period.start, document.period.end)}",
        f"阶段 {len(document.phases)} 个：",
    ]
    for phase in document.phases:
        lines.append(f"  {phase.name}　{_span(phase.start, phase.end)}")
        lines += [f"    · {task}" for task in phase.tasks]
    lines.append(f"时限 {len(document.milestones)} 项：")
    lines += [f"  {one.by or '（日期不明）'} 前　{one.name}" for one in document.milestones]
    lines.append(f"数量 {len(document.quotas)} 项：")
    lines += [f"  {one.of or '（未写明对象）'}　{one.value}{one.unit}" for one in document.quotas]
    for body in document.bodies:
        lines.append(f"机构：{body.name}")
        lines += [f"  {seat.role}：{seat.holder}" for seat in body.seats]
    lines.append(f"疑点 {len(document.warnings)} 处：")
    lines += [
        f"  {one.message}" + (f"（原文：{_short(one.raw)}）" if one.raw else "")
        for one in document.warnings
    ]
    return lines


def _short(raw: str) -> str:
    words = re.sub(r"\s+", " ", raw)
    return words if len(words) <= 40 else words[:39] + "…"


def _span(start: object, end: object) -> str:
    return f"{start or '？'} 至 {end or '？'}" if start or end else "（未写明）"
