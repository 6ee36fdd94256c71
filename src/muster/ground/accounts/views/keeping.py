"""Keeping accounts: the system administrator makes them, the security administrator gives powers."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from muster.ground.accounts import actions, policies, queries
from muster.ground.accounts.forms import AccountForm, GrantForm
from muster.ground.accounts.requests import OfficeRequest
from muster.ground.accounts.roles import all_roles
from muster.ground.accounts.views.mine import confirmed, typed_before
from muster.ground.rows.clock import today
from muster.web.filters import Filter, Filters
from muster.web.said import listed
from muster.web.tables import Column, Table, Tag, respond

if TYPE_CHECKING:
    from muster.ground.accounts.models import Account

TONES = {"active": "green", "disabled": "amber", "closed": "grey"}
FILTERS = [
    Filter("q", gettext_lazy("查找"), kind="text", hint=gettext_lazy("登录名或姓名")),
    Filter("state", gettext_lazy("状态"), queries.STATES),
]


@require_safe
def accounts(request: OfficeRequest) -> HttpResponse:
    """List the accounts of the county with their state and posts."""
    policies.check_may_administer(request.actor)
    chosen = Filters(FILTERS, request.GET)
    rows = queries.accounts_found(request.actor, words=chosen["q"], state=chosen["state"])
    table = Table(
        columns=_columns(rows), rows=rows, request=request, name="accounts",
        caption=_("账号"), filters=chosen, default_sort="login", unit=_("个"),
        empty_title=_("还没有账号"), empty_text=_("由系统管理员新建，安全管理员启用。"),
    )  # fmt: skip
    context = {"may_create": request.actor.may("account.create")}
    return respond(request, "accounts/list.html", table=table, context=context)


def _columns(rows: "QuerySet[Account]") -> list[Column]:
    held = queries.roles_held(rows, today=today())
    return [
        Column("login", _("登录名"), sort="login", href=_address),
        Column("name", _("姓名"), sort="name"),
        Column("state", _("状态"), kind="tag", sort="state", value=_state),
        Column("posts", _("岗位"), value=lambda a: listed(held.get(a.pk, []))),
        Column("last_login", _("最近登录"), kind="moment", sort="last_login", phone=False),
    ]


def _address(account: "Account") -> str:
    return reverse("accounts:account", args=[account.pk])


def _state(account: "Account") -> Tag:
    return Tag(account.get_state_display(), TONES[account.state])


@require_http_methods(["GET", "POST"])
def new(request: OfficeRequest) -> HttpResponse:
    """Make an account, disabled and without powers."""
    policies.check_may(request.actor, "account.create")
    form = AccountForm(request.POST or None)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        account = form.attempt(
            lambda: actions.create_account(request.actor, login=given["login"], name=given["name"])
        )
        if account:
            messages.success(request, _("账号已建，尚未启用。请安全管理员启用并授予岗位。"))
            return redirect("accounts:account", account.pk)
    status = form.status if form.is_bound else 200
    return render(request, "accounts/new.html", {"form": form}, status=status)


@require_safe
def account(request: OfficeRequest, account: UUID) -> HttpResponse:
    """Show one account: state, posts, what may be done with it."""
    policies.check_may_administer(request.actor)
    found = queries.account_of(request.actor, account)
    context = {
        "account": found,
        "state": _state(found),
        "posts": queries.posts_in_words(queries.all_posts_of(found), today=today()),
        "delays": queries.delays_of(found.login, at=timezone.now()),
        "may": sorted(request.actor.acts),
        "own": request.actor.account == found.pk,
    }
    return render(request, "accounts/account.html", context)


@require_POST
@confirmed
def enable(request: OfficeRequest, account: UUID) -> HttpResponse:
    """Enable an account and show its one-time password, once."""
    found, password = actions.enable_account(request.actor, account, at=timezone.now())
    return _handed_over(request, found, password)


@require_POST
@confirmed
def renew(request: OfficeRequest, account: UUID) -> HttpResponse:
    """Give an account a new one-time password and show it, once."""
    found, password = actions.renew_password(request.actor, account, at=timezone.now())
    return _handed_over(request, found, password)


def _handed_over(request: OfficeRequest, account: "Account", password: str) -> HttpResponse:
    return render(request, "accounts/handed_over.html", {"account": account, "password": password})


@require_POST
def unlock(request: OfficeRequest, account: UUID) -> HttpResponse:
    """Lift the delays that failed sign-ins have put on an account."""
    actions.unlock_account(request.actor, account)
    messages.success(request, _("登录限制已解除。"))
    return redirect("accounts:account", account)


@require_POST
@confirmed
def close(request: OfficeRequest, account: UUID) -> HttpResponse:
    """Close an account for good."""
    actions.close_account(request.actor, account, today=today(), at=timezone.now())
    messages.success(request, _("账号已注销，岗位和登录都已结束。"))
    return redirect("accounts:account", account)


@require_http_methods(["GET", "POST"])
@confirmed
def grant(request: OfficeRequest, account: UUID) -> HttpResponse:
    """Grant a post to an account."""
    policies.check_may(request.actor, "post.grant")
    found = queries.account_of(request.actor, account)
    form = GrantForm(
        request.actor, request.POST or None, initial=typed_before(request), today=today()
    )
    if form.is_bound and form.is_valid():
        granted = form.attempt(
            lambda: actions.grant_post(request.actor, account, form.post(), at=timezone.now())
        )
        if granted:
            messages.success(request, _("岗位已授予。对方重新登录后生效。"))
            return redirect("accounts:account", account)
    status = form.status if form.is_bound else 200
    roles = [role for role in all_roles().roles.values() if role.grantable]
    context = {"form": form, "account": found, "roles": roles}
    return render(request, "accounts/grant.html", context, status=status)


@require_POST
@confirmed
def end_post(request: OfficeRequest, post: UUID) -> HttpResponse:
    """End a post at once."""
    ended = actions.end_post(request.actor, post, today=today(), at=timezone.now())
    messages.success(request, _("岗位已结束。"))
    return redirect("accounts:account", ended.account_id)
