"""Refusals in the reader's language."""

from dataclasses import dataclass

from django.utils.translation import gettext

from muster.core.kernel import Problem
from muster.web.said import filled, said


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a refusal page says: title, sentence, the basis it rests on and what to do."""

    code: str
    status: int
    title: str
    sentence: str
    basis: str = ""
    todo: str = ""


def sentence(problem: Problem) -> str:
    """Return the problem's sentence in the active language with its facts filled in."""
    return filled(problem.template, problem.facts)


def refusal(problem: Problem) -> Refusal:
    """Return the words of a refusal page; facts named ``basis`` and ``todo`` get their own lines."""
    return Refusal(
        code=problem.code,
        status=problem.status,
        title=title(problem.status),
        sentence=sentence(problem),
        basis=str(said(str(problem.facts.get("basis", "")))),
        todo=str(said(str(problem.facts.get("todo", "")))),
    )


def title(status: int) -> str:
    """Return the heading for an HTTP status, in words a clerk uses."""
    titles = {
        400: gettext("填的内容没有读懂"),
        403: gettext("这一步不在您的权限内"),
        404: gettext("没有找到这一页"),
        409: gettext("这一步现在不能做"),
        413: gettext("文件太大"),
        422: gettext("有几处要改"),
        429: gettext("操作太频繁，请稍等"),
        500: gettext("系统出了故障"),
        503: gettext("系统正忙"),
    }
    return titles.get(status, gettext("这一步没有完成"))
