"""One's own account: password, posts, sessions, confirming who one is."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from muster.ground.accounts import actions, policies, queries
from muster.ground.accounts.forms import ConfirmForm, PasswordForm
from muster.ground.accounts.middleware import before_work
from muster.ground.accounts.problems import ConfirmFirst
from muster.ground.accounts.requests import OfficeRequest
from muster.ground.accounts.views.signing import safe_next


@require_safe
@before_work
def mine(request: OfficeRequest) -> HttpResponse:
    """Show the posts and sessions of who is signed in."""
    session = request.office_session
    sessions = queries.sessions_of(session.account_id, at=timezone.now())
    context = {
        "account": session.account,
        "posts": queries.posts_in_words(request.posts),
        "session": session,
        "sessions": sessions,
        "others": sum(1 for s in sessions if s.ended_at is None and s.pk != session.pk),
    }
    return render(request, "accounts/mine.html", context)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@before_work
def password(request: OfficeRequest) -> HttpResponse:
    """Change the password; the first sign-in leads here and nowhere else."""
    session = request.office_session
    form = PasswordForm(request.POST or None)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        form.attempt(
            lambda: actions.change_password(
                request, session, present=given["present"], new=given["new"], at=timezone.now()
            )
        )
        if form.is_valid():
            messages.success(request, _("密码已改，其他设备上的登录已结束。"))
            return redirect("accounts:mine")
    forced = session.account.must_change_password
    status = form.status if form.is_bound else 200
    context = {"form": form, "forced": forced}
    return render(request, "accounts/password.html", context, status=status)


@require_POST
@before_work
def switch(request: OfficeRequest) -> HttpResponse:
    """Act in another of one's posts from now on."""
    actions.switch_post(
        request.office_session, _key(request.POST.get("post", "")), at=timezone.now()
    )
    return HttpResponseRedirect(safe_next(request, ""))


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


@require_POST
@before_work
def end_others(request: OfficeRequest) -> HttpResponse:
    """End all sessions of the holder but this one."""
    ended = actions.end_other_sessions(request.office_session, at=timezone.now())
    words = ngettext("已结束其他 {n} 处登录。", "已结束其他 {n} 处登录。", ended)
    messages.success(request, words.format(n=ended))
    return redirect("accounts:mine")


@require_POST
@before_work
def end_one(request: OfficeRequest, session: UUID) -> HttpResponse:
    """End one session of the holder."""
    actions.end_own_session(request.office_session.account_id, session, at=timezone.now())
    return redirect("accounts:mine")


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@before_work
def confirm(request: OfficeRequest) -> HttpResponse:
    """Ask for the password again, then go back to the step that wants it."""
    onward = safe_next(request, request.POST.get("next") or request.GET.get("next", ""))
    form = ConfirmForm(request.POST or None)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data["password"]
        form.attempt(
            lambda: actions.confirm_password(
                request, request.office_session, given, at=timezone.now()
            )
        )
        if form.is_valid():
            return HttpResponseRedirect(onward)
    status = form.status if form.is_bound else 200
    return render(request, "accounts/confirm.html", {"form": form, "next": onward}, status=status)


View = Callable[..., HttpResponse]
TYPED = "typed"


def _keep_typed(request: OfficeRequest) -> None:
    """Keep what was filled in, so that confirming the password loses nothing."""
    fields = {k: v for k, v in request.POST.items() if k != "csrfmiddlewaretoken"}
    request.session[TYPED] = {"path": request.path, "fields": fields}


def typed_before(request: OfficeRequest) -> dict[str, str]:
    """Return what was filled in on this page before the password was asked for; once."""
    kept = request.session.get(TYPED)
    if request.method != "GET" or not kept or kept["path"] != request.path:
        return {}
    del request.session[TYPED]
    return dict(kept["fields"])


def confirmed(view: View) -> View:
    """Let a weighty step through only within five minutes of giving the password."""

    @wraps(view)
    def guarded(request: OfficeRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            policies.check_confirmed(request.office_session.confirmed_at, at=timezone.now())
        except ConfirmFirst:
            back = request.get_full_path()
            if request.method == "POST":
                back = safe_next(request, request.headers.get("Referer", ""))
                _keep_typed(request)
                messages.info(request, _("请先确认密码，然后再点一次。"))
            return HttpResponseRedirect(
                reverse("accounts:confirm") + "?" + urlencode({"next": back})
            )
        return view(request, *args, **kwargs)

    return guarded
