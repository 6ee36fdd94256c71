"""Signing in and out."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from muster.ground.accounts import actions
from muster.ground.accounts.actions.attempts import DEVICE_COOKIE, DEVICE_DAYS, device_cookie
from muster.ground.accounts.forms import SignInForm
from muster.ground.accounts.middleware import before_work

if TYPE_CHECKING:
    from muster.ground.accounts.models import Account

DAY = 24 * 3600


def safe_next(request: HttpRequest, url: str) -> str:
    """Return where to go on to, if that is a page of this server; else the first page."""
    safe = url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return url if url and safe else settings.LOGIN_REDIRECT_URL


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@before_work
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the sign-in page, or sign in and go on to the page that was asked for."""
    onward = safe_next(request, request.POST.get("next") or request.GET.get("next", ""))
    if request.user.is_authenticated:
        return HttpResponseRedirect(onward)
    form = SignInForm(request.POST or None)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        account = form.attempt(
            lambda: actions.sign_in(request, given["login"], given["password"], at=timezone.now())
        )
        if account:
            return _welcome(account, onward)
    status = form.status if form.is_bound else 200
    return render(request, "accounts/sign_in.html", {"form": form, "next": onward}, status=status)


def _welcome(account: "Account", onward: str) -> HttpResponse:
    response = HttpResponseRedirect(onward)
    kept = {DEVICE_COOKIE: (device_cookie(account.login), DEVICE_DAYS * DAY)}
    if account.language:
        kept[settings.LANGUAGE_COOKIE_NAME] = (account.language, 365 * DAY)
    for name, (value, seconds) in kept.items():
        response.set_cookie(
            name, value, max_age=seconds, httponly=True, samesite="Lax", secure=settings.MUSTER_TLS
        )
    return response


@require_POST
@before_work
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out and forget what the browser holds."""
    actions.sign_out(request, at=timezone.now())
    response = redirect("accounts:sign-in")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
