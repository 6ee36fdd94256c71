"""muster demo: the invented county and its year."""

import os
from pathlib import Path
from typing import Annotated, Any

import typer

from muster.config.console import answer, django_ready, note, refuse

HOME = Path("var/demo")


def demo(
    out: Annotated[Path, typer.Option(help="文书和表格写到哪个文件夹")] = Path("out"),
    reset: Annotated[bool, typer.Option(help="删掉原来的演示数据，重新来一遍")] = False,  # noqa: FBT002
    port: Annotated[int, typer.Option(help="演示过程用的端口")] = 8899,
    as_json: Annotated[bool, typer.Option("--json")] = False,  # noqa: FBT002
) -> None:
    """Create the demo county if it is not there and run its year end to end."""
    os.environ.setdefault("MUSTER_HOME", str(HOME))
    home = Path(os.environ["MUSTER_HOME"])
    _prepare(home, reset=reset, as_json=as_json)
    django_ready()
    from muster.config.demonstration import run_demo

    answer(lambda: run_demo(out, port=port, say=note), as_json=as_json, words=_words)


def _prepare(home: Path, *, reset: bool, as_json: bool) -> None:
    """Remove an old demo if asked, and mark the folder; an office of somebody's own is refused."""
    from muster.config.demoguard import holds_own_rows, mark_demo, remove_demo
    from muster.core.kernel import Problem

    try:
        if reset:
            holds_own_rows(home)
            remove_demo(home)
        mark_demo(home)
    except Problem as problem:
        refuse(problem, as_json=as_json)


def _words(result: dict[str, Any]) -> str:
    lines = ["", "演示县已就绪，数字都对得上：", *result["lines"], "", f"文书和表格：{result['folder']}", "",
             "登录名（密码都是 " + result["password"] + "）："]  # fmt: skip
    lines += [f"  {d['login']:<11}{d['name']}（{d['post']}）" for d in result["logins"]]
    return "\n".join([*lines, "", "启动网页：muster serve，然后打开 http://127.0.0.1:8000/"])
