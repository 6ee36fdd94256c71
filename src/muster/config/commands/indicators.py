"""muster indicators list|show."""

from typing import Annotated, Any

import typer

from muster.config.console import answer, django_ready

app = typer.Typer(no_args_is_help=True)


@app.command("list", help="列出全部指标及其定义")
def listed(
    as_json: Annotated[bool, typer.Option("--json")] = False,  # noqa: FBT002 - a flag
) -> None:
    """List the definitions; those without records say what they wait for."""
    django_ready()
    from muster.overview.indicators.queries import definitions

    def work() -> dict[str, Any]:
        return {"indicators": [
            {"code": d.code, "version": d.version, "name": d.name, "unit": d.unit,
             "words": d.words, "citation": str(d.citation), "area": d.area,
             "additive": d.additive, "waits_for": d.waits_for or None}
            for d in definitions().values()
        ]}  # fmt: skip

    answer(work, as_json=as_json, words=_list_words)


def _list_words(result: dict[str, Any]) -> str:
    lines = []
    for one in result["indicators"]:
        waits = f"（尚无数据来源：等待{one['waits_for']}）" if one["waits_for"] else ""
        lines.append(f"{one['code']:<16}{one['name']}（{one['unit']}）{waits}")
    return "\n".join(lines)


@app.command("show", help="查一个指标的值，可列出背后的记录")
def show(
    code: Annotated[str, typer.Argument(help="指标代码，如 I-03")],
    division: Annotated[str, typer.Option(help="行政区划（12 位代码）")] = "",
    period: Annotated[str, typer.Option(help="2026、2026-05、2026Q2 或两个日期")] = "",
    rows: Annotated[bool, typer.Option("--rows", help="列出背后的记录编号")] = False,  # noqa: FBT002
    as_login: Annotated[str, typer.Option("--as", help="以哪个登录名查询")] = "",
    as_json: Annotated[bool, typer.Option("--json")] = False,  # noqa: FBT002
) -> None:
    """Show a value and, with --rows, the keys of the records behind it."""
    django_ready()
    from muster.ground.accounts.queries import console_actor
    from muster.ground.journal.actions import look
    from muster.ground.rows.clock import today
    from muster.ground.rows.scope import acting
    from muster.overview.indicators import queries

    def work() -> dict[str, Any]:
        actor, day = console_actor(as_login or None), today()
        with acting(actor):
            given = queries.ask(code, division or actor.division,
                                queries.period_of(period or str(day.year)), on=day)  # fmt: skip
            result = _as_json(given)
            if rows:
                result["rows"] = [r.key for r in queries.behind(given)]
                look("indicator.rows_listed", kind=f"indicator.{code}", count=len(result["rows"]))
        return result

    answer(work, as_json=as_json, words=_show_words)


def _as_json(given: Any) -> dict[str, Any]:
    asked, question = given.definition, given.question
    value = given.value
    return {
        "code": asked.code, "version": asked.version, "name": asked.name, "unit": asked.unit,
        "value": None if value is None else (float(value) if "." in value else int(value)),
        "numerator": given.part if value is not None else None, "denominator": given.whole,
        "basis": given.basis or None, "basis_words": given.basis_words or None,
        "division": question.division, "period": str(question.period),
        "as_of": question.as_of.isoformat(), "no_source": given.why or None,
    }  # fmt: skip


def _show_words(result: dict[str, Any]) -> str:
    if result["value"] is None:
        return f"{result['name']}：尚无数据来源（{result['no_source']}）"
    lines = [f"{result['name']}：{result['value']}{result['unit']}（截至 {result['as_of']}）"]
    if result["basis_words"]:
        lines.append(result["basis_words"])
    if result["denominator"] is not None:
        lines.append(f"{result['numerator']} / {result['denominator']}")
    return "\n".join(lines + result.get("rows", []))
