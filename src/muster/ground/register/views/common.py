"""What the pages of the register share."""

from collections.abc import Callable
from typing import TypeVar

from django import forms

from muster.core.kernel import Problem
from muster.web.wording import sentence

_Made = TypeVar("_Made")


def attempt(form: forms.Form, work: Callable[[], _Made]) -> _Made | None:
    """Return what the work makes, or None with the refusal shown on the form."""
    try:
        return work()
    except Problem as problem:
        if problem.status not in (409, 422):
            raise
        form.add_error(None, sentence(problem))
        return None


def status_of(form: forms.Form) -> int:
    """Return 422 for a form that comes back with errors, 200 for a fresh one."""
    return 422 if form.is_bound else 200
