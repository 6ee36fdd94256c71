"""The console script ``muster``, made of one module a subject."""

import typer

from muster.config.commands import (
    demo,
    documents,
    formation,
    imports,
    indicators,
    journal,
    office,
    plan,
    server,
)

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="Muster 基层武装工作台",
    pretty_exceptions_enable=False,
)
app.command("serve", help="启动网页服务")(server.serve)
app.command("worker", help="单独启动后台工作进程")(server.worker)
app.command("doctor", help="检查安装是否完好")(office.doctor)
app.command("demo", help="建立演示县并走完一年")(demo.demo)
app.add_typer(office.app, name="office", help="建立和升级本单位的数据")
app.add_typer(plan.app, name="plan", help="读上级方案")
app.add_typer(imports.app, name="import", help="导入名册")
app.add_typer(formation.app, name="formation", help="编组求解")
app.add_typer(indicators.app, name="indicators", help="指标")
app.add_typer(documents.app, name="document", help="公文")
app.add_typer(journal.app, name="journal", help="操作日志")


def main() -> None:
    """Run the command line."""
    app()
