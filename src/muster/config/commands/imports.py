"""muster import KIND FILE and muster import undo JOB."""

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from muster.config.console import answer, django_ready, note


class KindOrUndo(TyperGroup):
    """Lets ``muster import people FILE`` stand beside ``muster import undo JOB``."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Take any first word that is no command as the kind to import."""
        if args and args[0] not in self.commands:
            args = ["file", *args]
        return super().resolve_command(ctx, args)


MOST_LINES = 20
app = typer.Typer(no_args_is_help=True, cls=KindOrUndo)


@app.command("file", hidden=True)
def import_file(
    kind: Annotated[str, typer.Argument(help="people、organisations 或 divisions")],
    file: Annotated[Path, typer.Argument(help="名册文件")],
    division: Annotated[str, typer.Option(help="属于哪个行政区划（12 位代码）")] = "",
    as_login: Annotated[str, typer.Option("--as", help="以哪个登录名办理")] = "",
    check: Annotated[bool, typer.Option(help="只核对，不写入")] = False,  # noqa: FBT002
    all_or_none: Annotated[bool, typer.Option(help="全部正确才写入")] = False,  # noqa: FBT002
    as_json: Annotated[bool, typer.Option("--json")] = False,  # noqa: FBT002
) -> None:
    """Check a file and write its good rows."""
    django_ready()
    from muster.config.importing import check_alone, import_now, office_exists

    def work() -> dict[str, Any]:
        data = read_bytes(file)
        if check and not office_exists():
            return check_alone(kind, file.name, data)
        return import_now(kind, file.name, data, division=division, login=as_login,
                          write=not check, all_or_none=all_or_none, folder=file.parent,
                          tell=lambda share, doing: note(f"{share:4.0%} {doing}"))  # fmt: skip

    answer(work, as_json=as_json, words=_words, faulty=lambda r: bool(r["rejected"]))


def read_bytes(file: Path) -> bytes:
    """Return the bytes of a file; leave with status 2 where it cannot be read."""
    try:
        return file.read_bytes()
    except OSError as error:
        note(f"打不开 {file}：{error.strerror}。请核对路径。")
        raise typer.Exit(2) from error


def _words(result: dict[str, Any]) -> str:
    if result["new"] is None:
        return f"共 {result['rows']} 行，其中 {result['rejected']} 行有错误（未与登记库比对）。"
    lines = [
        f"共 {result['rows']} 行 = 新增 {result['new']} + 有变化 {result['changed']}"
        f" + 无变化 {result['unchanged']} + 有错误 {result['rejected']} + 待县级核对 {result['held']}"
    ]
    if result["absent"]:
        lines.append(f"在册但不在这份表里：{result['absent']}")
    lines += [_line(error) for error in result["errors"][:MOST_LINES]]
    if len(result["errors"]) > MOST_LINES:
        lines.append(
            f"  …… 共 {len(result['errors'])} 处，全部写在待修正表里（--json 也全部列出）。"
        )
    if result["repair_file"]:
        lines.append(f"待修正表：{result['repair_file']}")
    return "\n".join(lines)


def _line(error: dict[str, Any]) -> str:
    where = " ".join(filter(None, (error["sheet"], f"第 {error['row']} 行", error["column"])))
    told = f"（填的是 {error['value_masked']}）" if error["value_masked"] else ""
    return f"  {where}：{error['message']}{told}"


@app.command("undo", help="撤销一次导入")
def undo(
    job: Annotated[str, typer.Argument(help="导入编号")],
    as_login: Annotated[str, typer.Option("--as", help="以哪个登录名办理")] = "",
    preview: Annotated[bool, typer.Option(help="只试算，不改动")] = False,  # noqa: FBT002
    as_json: Annotated[bool, typer.Option("--json")] = False,  # noqa: FBT002
) -> None:
    """Reverse an import in three buckets."""
    django_ready()
    from muster.config.importing import undo_now

    answer(
        lambda: undo_now(job, login=as_login, preview=preview), as_json=as_json, words=_buckets,
        faulty=lambda result: bool(result["failed"]),
    )  # fmt: skip


def _buckets(result: dict[str, Any]) -> str:
    kept, failed = result["kept"], result["failed"]
    lines = [f"撤销 {result['reversed']} 行，保留 {len(kept)} 行，未能撤销 {len(failed)} 行。"]
    lines += [f"  {r['sheet']} 第 {r['row']} 行：{r['why']}" for r in [*kept, *failed]]
    return "\n".join(lines)
