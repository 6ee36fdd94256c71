"""`muster formation`: solve a formation problem from a file, and check an answer. No database."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from muster.core.formation import Instance, check, load, solve
from muster.core.formation.problems import FormationUnreadable
from muster.core.formation.reading import read_object
from muster.core.kernel import Problem

app = typer.Typer(help="编组：求解与核对（不需要数据库）。", no_args_is_help=True)

_UNREADABLE = 2
_REFUSED = 1
_ProblemFile = Annotated[Path, typer.Argument(help="编组问题文件（.json 或 .json.gz）")]
_AsJson = Annotated[bool, typer.Option("--json", help="只在标准输出打印一个 JSON 对象")]


def _print(answer: dict[str, Any], *, as_json: bool, text: str) -> None:
    typer.echo(json.dumps(answer, ensure_ascii=False) if as_json else text)


def _refuse(problem: Problem, *, as_json: bool) -> typer.Exit:
    """Print the refusal; return the exit, 2 for a file that cannot be read and 1 otherwise."""
    _print(problem.as_json(), as_json=as_json, text=problem.message)
    return typer.Exit(_UNREADABLE if isinstance(problem, FormationUnreadable) else _REFUSED)


def _progress(done: float, text: str) -> None:
    sys.stderr.write(f"{done:4.0%} {text}\n")


def _write(path: Path, answer: dict[str, Any]) -> None:
    """Write the answer whole or not at all."""
    part = path.with_name(path.name + ".part")
    try:
        part.write_text(json.dumps(answer, ensure_ascii=False), encoding="utf-8")
        part.replace(path)
    except OSError as error:
        raise FormationUnreadable(file=path.name, why="结果写不进这个位置") from error


@app.command("solve")
def solve_file(
    problem: _ProblemFile,
    out: Annotated[Path, typer.Option(help="结果写到哪个文件")],
    time_limit: Annotated[float, typer.Option(min=0.1, help="最多计算多少秒")] = 60.0,
    as_json: _AsJson = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """按规则编组，写出人选、上界和价格。."""
    try:
        result = solve(load(problem), time_limit=time_limit, progress=_progress)
        _write(out, result.to_json())
    except Problem as refusal:
        raise _refuse(refusal, as_json=as_json) from refusal
    missing = sum(row.missing for row in result.unfilled)
    summary = {
        "instance": result.instance, "result": str(out), "filled": len(result.assignments),
        "missing": missing, "objective": result.objective, "bound": result.bound,
        "gap_pct": result.gap_pct, "quality_gap_pct": result.quality_gap_pct,
        "optimal": result.optimal, "seconds": result.seconds,
    }  # fmt: skip
    best = (
        "已证明是最好的方案" if result.optimal else f"离最好的可能最多差 {result.quality_gap_pct}%"
    )
    text = f"编入 {len(result.assignments)} 人，空缺 {missing} 个；{best}。结果已写到 {out}"
    _print(summary, as_json=as_json, text=text)


@app.command("check")
def check_files(
    problem: _ProblemFile,
    result: Annotated[Path, typer.Argument(help="编组结果文件")],
    as_json: _AsJson = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """独立核对结果：条件、规则、总分，并对全部可能安排重算上界。."""
    try:
        Instance.from_json(read_object(problem))
        report = check(read_object(problem), _result(result))
    except Problem as refusal:
        raise _refuse(refusal, as_json=as_json) from refusal
    text = "\n".join(report.broken) or (
        f"没有违反规则。编入 {report.filled}/{report.posts}，总分 {report.objective}，上界 {report.bound:.2f}"
    )
    _print(report.to_json(), as_json=as_json, text=text)
    if not report.sound:
        raise typer.Exit(_REFUSED)


def _result(path: Path) -> dict[str, Any]:
    """Return the result object; refuses a file that is not one."""
    found = read_object(path)
    keys = ("instance", "assignments", "objective", "bound", "prices")
    if not isinstance(found, dict) or found.get("format") != "formation-result/1":
        raise FormationUnreadable(file=path.name, why="不是编组结果（formation-result/1）")
    missing = [key for key in keys if key not in found]
    if missing:
        raise FormationUnreadable(file=path.name, why=f"缺少 {'、'.join(missing)}")
    return found


if __name__ == "__main__":
    app()
