"""muster journal verify|anchors."""

from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from muster.config.console import answer, django_ready

app = typer.Typer(no_args_is_help=True)


@app.command("verify", help="逐条核对操作日志链")
def verify(
    anchors: Annotated[Path | None, typer.Option(help="带出本机的锚点文件")] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,  # noqa: FBT002
) -> None:
    """Walk the chain and compare it with the anchors."""
    django_ready()
    from dataclasses import asdict

    from muster.ground.journal import queries

    def faulty(result: dict[str, Any]) -> bool:
        return bool(result["broken_at"] or result["truncated"] or result["rolled_back"])

    answer(lambda: asdict(queries.verify(anchors)), as_json=as_json, words=_words, faulty=faulty)


def _words(result: dict[str, Any]) -> str:
    if result["broken_at"]:
        return f"日志在第 {result['broken_at']} 条处断裂，请立即保全现场并报告。"
    if result["truncated"] or result["rolled_back"]:
        return "日志被截断或回退：与锚点不符，请立即保全现场并报告。"
    return f"日志完好，共 {result['entries']} 条，最近锚点 {result['last_anchor'] or '无'}。"


@app.command("anchors", help="签一个锚点并导出全部锚点，带出本机保存")
def anchors(
    out: Annotated[Path, typer.Option(help="写到哪个文件")] = Path("anchors.json"),
    as_json: Annotated[bool, typer.Option("--json")] = False,  # noqa: FBT002
) -> None:
    """Sign the head of the chain and write all anchors to a file."""
    django_ready()
    from django.utils import timezone

    from muster.ground.journal import queries
    from muster.ground.journal.actions import anchor

    def work() -> dict[str, Any]:
        anchor(at=timezone.now())
        data = queries.anchors_as_json()
        out.write_bytes(orjson.dumps(data, option=orjson.OPT_INDENT_2))
        return {"anchors": len(data["anchors"]), "file": str(out)}

    answer(work, as_json=as_json, words=lambda r: f"已导出 {r['anchors']} 个锚点到 {r['file']}。")
