"""Each request runs as one actor in one scope; what was looked at is journalled before it leaves."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from typing import Any, TypeVar

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from muster.ground.accounts import queries
from muster.ground.accounts.actions import end_session
from muster.ground.accounts.actions.sessions import note_seen
from muster.ground.accounts.models import Account, Post, Session
from muster.ground.journal.actions import came_from, looks_collected, pending_looks, write_looks
from muster.ground.rows.actor import Actor
from muster.ground.rows.clock import today
from muster.ground.rows.scope import acting, reading_only

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
Handler = Callable[[HttpRequest], HttpResponse]
View = TypeVar("View", bound=Callable[..., HttpResponse])


def before_work(view: View) -> View:
    """Let a view serve who is signed in but holds no post yet, or must first change the password."""
    view.before_work = True  # type: ignore[attr-defined]
    return view


class OfficeMiddleware:
    """Stands innermost: finds the actor, enters the scope, runs the view, writes the looks."""

    def __init__(self, get_response: Handler) -> None:
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as the actor of the session; without one the view runs with no scope at all."""
        request.actor = None  # type: ignore[attr-defined]
        request.office_session = None  # type: ignore[attr-defined]
        with came_from(request.META.get("REMOTE_ADDR", "")):
            session = self._session(request, at=timezone.now())
            if session is None:
                return _for_htmx(request, self.get_response(request))
            response = self._signed_in(request, session)
            response.headers["Cache-Control"] = "no-store"
            return _for_htmx(request, response)

    def _session(self, request: HttpRequest, *, at: datetime) -> Session | None:
        """Return the session of who is signed in; end it where a limit has passed."""
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        if not key:
            return None
        session = queries.open_session(key)
        why = _over(session, at=at) if session else ""
        known = request.user.is_authenticated and session is not None
        if session and known and session.account_id == request.user.pk and not why:
            note_seen(session, at=at)
            return session
        if session or request.user.is_authenticated:
            messages.info(request, why or _("您已在别处退出，或岗位有变动。请重新登录。"))
            logout(request)
            request.user = AnonymousUser()
        return None

    def _signed_in(self, request: HttpRequest, session: Session) -> HttpResponse:
        account = session.account
        request.office_session = session  # type: ignore[attr-defined]
        posts = queries.posts_of(account, today=today())
        request.posts = posts  # type: ignore[attr-defined]
        if not posts:
            return self.get_response(request)
        actor = _actor(account, session, posts)
        request.actor = actor  # type: ignore[attr-defined]
        return self._within(request, actor)

    def _within(self, request: HttpRequest, actor: Actor) -> HttpResponse:
        with looks_collected():
            try:
                with ExitStack() as stack:
                    if connection.vendor == "postgresql":
                        stack.enter_context(transaction.atomic())
                    stack.enter_context(acting(actor))
                    if actor.read_only and request.method in SAFE:
                        stack.enter_context(reading_only())
                    stack.enter_context(_view_undone_on_error(request))
                    response = self.get_response(request)
            finally:
                # Also after a failure: a look that was taken stands, whatever became of the rest.
                write_looks(pending_looks())
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Send who must first change the password, or holds no post, where that is mended."""
        session = getattr(request, "office_session", None)
        match = request.resolver_match
        free = getattr(view, "before_work", False) or (match and match.app_name == "web")
        if session is None or free:
            return None
        if session.account.must_change_password:
            return HttpResponseRedirect(reverse("accounts:password"))
        if request.actor is None:  # type: ignore[attr-defined]
            return render(request, "accounts/no_post.html", status=403)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Undo what the view wrote before a refusal or error page is made of the exception."""
        undo = getattr(request, "undo_view", None)
        if undo:
            undo()


@contextmanager
def _view_undone_on_error(request: HttpRequest) -> Iterator[None]:
    """Remember where the view began; errors become pages inside this middleware, not exceptions."""
    if connection.vendor != "postgresql":
        yield  # reads need no transaction here, and actions are atomic themselves
        return
    point = transaction.savepoint()

    def undo() -> None:
        transaction.set_rollback(False)
        transaction.savepoint_rollback(point)

    request.undo_view = undo  # type: ignore[attr-defined]
    yield


def _actor(account: Account, session: Session, posts: list[Post]) -> Actor:
    chosen = next((p for p in posts if p.pk == session.post_id), posts[0])
    return queries.actor_for(
        account, chosen, today=today(), session=session.stamp, address=session.address
    )


def _over(session: Session, *, at: datetime) -> str:
    """End a session that is too long or too long idle and return why; "" where it goes on."""
    limit = session.over(at)
    if not limit:
        return ""
    end_session(session, Session.End(limit), at=at)
    if limit == Session.End.EXPIRED:
        return _("登录已满 8 小时，请重新登录。")
    return _("长时间没有操作，已自动退出。请重新登录。")


def _for_htmx(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let htmx load a whole page where the answer leads to sign-in: a fragment would be swapped."""
    if request.headers.get("HX-Request") != "true" or response.status_code != 302:
        return response
    to = response.headers.get("Location", "")
    pages = ("sign-in", "password", "confirm")
    if to.startswith(tuple(reverse(f"accounts:{page}") for page in pages)):
        answer = HttpResponse()
        answer.headers["HX-Redirect"] = to
        return answer
    return response
