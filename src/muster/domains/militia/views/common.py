"""What the militia's pages share."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from muster.core.kernel import Problem
from muster.domains.militia.policies import ORGANISE
from muster.ground.rows.clock import today
from muster.web.wording import sentence


def actor_of(request: HttpRequest) -> Any:
    """Return who acts."""
    return request.actor  # type: ignore[attr-defined]


def day_of(request: HttpRequest, name: str = "day") -> date:
    """Return the day an address asks for, else the business date."""
    return read_day(request.GET.get(name, "")) or today()


def read_day(text: str) -> date | None:
    """Return a date of an address, or None where it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def may(request: HttpRequest) -> dict[str, bool]:
    """Return which buttons this post gets."""
    actor = actor_of(request)
    return {
        "may_write": actor.may(ORGANISE),
        "may_call": actor.may("rollcall.record"),
        "may_register": actor.may("absence.register"),
    }


def attempt(form: Any, work: Callable[[], Any]) -> Any:
    """Return what the work makes, or None with the refusal on the form; other refusals pass."""
    try:
        return work() or True
    except Problem as problem:
        if problem.status not in (409, 422):
            raise
        form.add_error(None, sentence(problem))
        return None


def done(request: HttpRequest, words: str, to: str, *args: Any) -> HttpResponse:
    """Return to a page with a word of success."""
    messages.success(request, words)
    return redirect(to, *args)


def form_page(request: HttpRequest, form: Any, *, heading: str, back: str, lead: str = "",
              submit: str = "", **more: Any) -> HttpResponse:  # fmt: skip
    """Return a page with one form; 422 where it came back with errors or cautions."""
    context = {"form": form, "heading": heading, "back": back, "lead": lead, "submit": submit}
    status = 422 if form.is_bound else 200
    return render(request, "militia/form.html", context | more, status=status)
