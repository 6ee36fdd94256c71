"""Pages of the web floor itself: language, refusals, errors, the style page."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from muster.web import showroom
from muster.web.wording import Refusal, title

YEAR_SECONDS = 365 * 24 * 3600

LANGUAGE_KEEPERS: list[Callable[[HttpRequest, str], None]] = []
"""Filled by the roof: stores the chosen language with the account that is signed in."""


def wants_fragment(request: HttpRequest) -> bool:
    """Return whether htmx asked, so that a piece of a page is the right answer."""
    return request.headers.get("HX-Request") == "true"


def wants_json(request: HttpRequest) -> bool:
    """Return whether the caller is a program."""
    accept = request.headers.get("Accept", "")
    return "application/json" in accept and "text/html" not in accept


def refuse(
    request: HttpRequest, refusal: Refusal, *, facts: Mapping[str, Any] | None = None
) -> HttpResponse:
    """Return a refusal in the shape the caller can show, with the refusal's status."""
    if wants_json(request):
        body = {
            "problem": refusal.code,
            "message": refusal.sentence,
            "facts": printable(facts or {}),
        }
        return JsonResponse(body, status=refusal.status, json_dumps_params={"ensure_ascii": False})
    template = "web/problem.html#fragment" if wants_fragment(request) else "web/problem.html"
    shell = "web/base.html" if getattr(request, "actor", None) else "web/plain.html"
    context = {"refusal": refusal, "back": _back(request), "shell": shell}
    return render(request, template, context, status=refusal.status)


def printable(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts as JSON can hold them; what JSON does not know becomes its text."""
    plain = (str, int, float, list, tuple, dict, type(None))
    return {k: v if isinstance(v, plain) else str(v) for k, v in facts.items()}


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language for this machine and, where the roof says how, for the account."""
    code = request.POST.get("language", "")
    response = HttpResponseRedirect(_local(request, request.POST.get("next", "")) or "/")
    if code in dict(settings.LANGUAGES):
        for keep in LANGUAGE_KEEPERS:
            keep(request, code)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, code, max_age=YEAR_SECONDS, httponly=True,
            samesite="Lax", secure=request.is_secure(),
        )  # fmt: skip
    return response


@login_not_required
def style(request: HttpRequest) -> HttpResponse:
    """Show every component with invented data; exists only while DEBUG is on."""
    if not settings.DEBUG:
        raise Http404
    return showroom.show(request)


@login_not_required
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400."""
    return _error(request, 400, gettext("浏览器送来的内容不完整。请返回上一页再试一次。"))


@login_not_required
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403."""
    return _error(request, 403, gettext("您的岗位没有这一项权限。需要时请本单位管理员授权。"))


@login_not_required
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404; the same words whether the record is missing or out of scope."""
    return _error(
        request, 404, gettext("网址可能写错了，或者这条记录不在您的管辖范围内、已被移走。")
    )


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    """Answer 500 with a page that needs nothing that may be broken."""
    words = gettext(
        "您填的内容没有保存。请稍后再试；若再次出现，请把时间告诉管理员，日志里有记录。"
    )
    refusal = Refusal("server.error", 500, title(500), words)
    if wants_json(request):
        return refuse(request, refusal)
    # Without the request: no context processor, so no session, no message, no database.
    return HttpResponse(render_to_string("web/broken.html", {"refusal": refusal}), status=500)


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose security token is missing or old."""
    words = gettext("这一页打开太久，或浏览器关闭了 Cookie。请刷新页面后重新提交。")
    return _error(request, 403, words)


def _error(request: HttpRequest, status: int, words: str) -> HttpResponse:
    return refuse(request, Refusal(f"http.{status}", status, title(status), words))


def _back(request: HttpRequest) -> str:
    return _local(request, request.headers.get("Referer", ""))


def _local(request: HttpRequest, url: str) -> str:
    """Return the address when it leads back to this server, else ""."""
    safe = url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return url if safe else ""
