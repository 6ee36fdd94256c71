"""muster document issue|verify."""

from pathlib import Path
from typing import Annotated, Any

import typer

from muster.config.commands.imports import read_bytes
from muster.config.console import answer, django_ready, note

app = typer.Typer(no_args_is_help=True)


@app.command("issue", help="从记录生成并印发一份公文")
def issue(
    kind: Annotated[str, typer.Argument(help="文种，如 reorganisation_report、duty_report")],
    year: Annotated[int, typer.Option(min=1949, max=2100, help="年度")],
    out: Annotated[Path, typer.Option(help="写到哪个 .docx 文件")],
    division: Annotated[str, typer.Option(help="行政区划（12 位代码）")] = "",
    agency: Annotated[str, typer.Option(help="机关代字；不填则不编文号")] = "",
    issuer: Annotated[str, typer.Option(help="发文机关；不填用行政区划名称")] = "",
    addressee: Annotated[str, typer.Option(help="主送机关")] = "",
    signer: Annotated[str, typer.Option(help="署名人")] = "",
    post: Annotated[str, typer.Option(help="署名人职务")] = "",
    as_login: Annotated[str, typer.Option("--as", help="以哪个登录名办理")] = "",
    as_json: Annotated[bool, typer.Option("--json")] = False,  # noqa: FBT002 - a flag
) -> None:
    """Fill a report from the records, store its figures, write the file."""
    django_ready()
    from muster.overview.reports.gathering import Texts

    texts = Texts(agency, issuer, addressee, signer, post)

    def work() -> dict[str, Any]:
        return _issue(kind, division, year, texts, out, login=as_login)

    answer(work, as_json=as_json, words=_issue_words)


def _issue(
    kind: str, division: str, year: int, texts: Any, out: Path, *, login: str
) -> dict[str, Any]:
    from django.db import transaction
    from django.utils import timezone

    from muster.engines.documents.queries import body_of, figures_of
    from muster.ground.accounts.queries import console_actor
    from muster.ground.rows.clock import today
    from muster.ground.rows.scope import acting
    from muster.overview.reports import actions

    actor, at, day = console_actor(login or None), timezone.now(), today()
    with acting(actor), transaction.atomic():
        paper = actions.draft(kind, division=division or actor.division, year=year, texts=texts,
                              on=day, at=at)  # fmt: skip
        file = actions.issue(paper, on=day, at=at)
        _write(out, body_of(file))
        figures = [
            {"code": f.figure.code, "figure": str(f.figure.pk), "printed": f.printed,
             "records": f.figure.records}
            for f in figures_of(paper)
        ]  # fmt: skip
    return {
        "document": str(paper.pk), "kind": kind, "title": paper.title,
        "number": paper.number or None, "division": paper.division, "year": year,
        "figures": figures, "absent_sections": paper.absent, "sha256": paper.digest,
        "file": str(out),
    }  # fmt: skip


def _write(out: Path, body: bytes) -> None:
    part = out.with_name(out.name + ".part")
    try:
        part.write_bytes(body)
        part.replace(out)
    except OSError as error:
        note(f"写不了 {out}：{error.strerror}。没有印发。")
        raise typer.Exit(2) from error


def _issue_words(result: dict[str, Any]) -> str:
    lines = [f"已印发《{result['title']}》，{len(result['figures'])} 个指标值可以核对。"]
    if result["absent_sections"]:
        lines.append(f"没有记录、已略去的部分：{len(result['absent_sections'])} 个")
    return "\n".join([*lines, f"文件：{result['file']}"])


@app.command("verify", help="核对一份印发的公文")
def verify(
    file: Annotated[Path, typer.Argument(help="要核对的 .docx 文件")],
    as_login: Annotated[str, typer.Option("--as", help="以哪个登录名核对")] = "",
    as_json: Annotated[bool, typer.Option("--json")] = False,  # noqa: FBT002 - a flag
) -> None:
    """Name the figures of a file that are changed in the records or tampered with."""
    body = read_bytes(file)
    django_ready()
    from muster.ground.accounts.queries import console_actor
    from muster.ground.rows.clock import today
    from muster.ground.rows.scope import acting
    from muster.overview.reports import actions

    def work() -> dict[str, Any]:
        with acting(console_actor(as_login or None)):
            _paper, found = actions.verify(body, on=today())
        return found.as_json()

    answer(work, as_json=as_json, words=_verify_words,
           faulty=lambda r: bool(r["changed"] or r["tampered"]))  # fmt: skip


def _verify_words(result: dict[str, Any]) -> str:
    lines = [f"共 {result['figures']} 个指标值，{result['unchanged']} 个与印发时一致。"]
    lines += [
        f"  {c['code']}：印发时 {c['stored']}，现在按记录是 {c['now'] or '没有来源'}"
        for c in result["changed"]
    ]
    lines += [
        f"  {t['code'] or '不明'}：{t['message']}，文件上是 {t['printed'] or '（没有）'}，印发的是 {t['stored'] or '（没有）'}"
        for t in result["tampered"]
    ]
    return "\n".join(lines)
