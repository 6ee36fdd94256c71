"""muster office init|upgrade and muster doctor."""

from typing import Annotated, Any

import typer

from muster.config.console import answer, django_ready, refuse, say

app = typer.Typer(no_args_is_help=True)
STEPS = (("system_administrator", "系统管理员"), ("security_administrator", "安全保密管理员"),
         ("security_auditor", "安全审计员"))  # fmt: skip


@app.command("init", help="建立本县办公数据：密钥、数据库、三个管理员")
def init(
    county: Annotated[
        str,
        typer.Option(
            help="县级行政区划代码（6 位或 12 位）", prompt="县级行政区划代码（6 位或 12 位）"
        ),
    ],
    name: Annotated[str, typer.Option(help="县名", prompt="县名")],
    administrator: Annotated[
        list[str] | None,
        typer.Option(help="登录名:姓名，依次为系统、安全保密、审计；不给则逐个询问"),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,  # noqa: FBT002
) -> None:
    """Open the office of a county."""
    from muster.config.counties import county_code
    from muster.core.kernel import Problem

    try:
        code = county_code(county)
    except Problem as problem:
        refuse(problem, as_json=as_json)
    django_ready()
    from muster.config.start import init_office

    people = _people(administrator or [])

    def work() -> dict[str, Any]:
        return init_office(code, name, people)

    answer(work, as_json=as_json, words=_words)


def _people(given: list[str]) -> list[tuple[str, str, str]]:
    people = []
    for n, (role, label) in enumerate(STEPS):
        if n < len(given):
            login, _, person = given[n].partition(":")
        else:
            login = typer.prompt(f"第 {n + 1} 步，请{label}本人输入登录名")
            person = typer.prompt("姓名")
        people.append((role, login, person or login))
    return people


def _words(result: dict[str, Any]) -> str:
    lines = [f"{result['name']}的办公数据已建立。一次性密码（首次登录须更改，请分别交给本人）："]
    lines += [f"  {login}：{password}" for login, password in result["passwords"].items()]
    lines.append(f"密钥文件：{result['keys']}。请复制到离线介质封存；丢了密钥，加密内容无法找回。")
    return "\n".join(lines)


@app.command("upgrade", help="升级数据库结构")
def upgrade() -> None:
    """Bring the tables up to date."""
    django_ready()
    from muster.config.start import prepare_office

    prepare_office()
    say("数据库已是最新。")


def doctor(as_json: Annotated[bool, typer.Option("--json")] = False) -> None:  # noqa: FBT002
    """Check whether this installation is sound."""
    django_ready()
    from muster.config.health import examine

    answer(examine, as_json=as_json, words=_findings, faulty=lambda r: not r["sound"])


def _findings(result: dict[str, Any]) -> str:
    marks = {True: "正常", False: "有问题", None: "提醒"}
    lines = [f"{marks[c['ok']]}  {c['what']}：{c['says']}" for c in result["checks"]]
    return "\n".join([*lines, "安装完好。" if result["sound"] else "请按上面的提示处理。"])
