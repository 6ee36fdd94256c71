"""What the pages of activities share."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from muster.core.kernel import Problem
from muster.engines.activities import kinds, policies
from muster.engines.activities.queries import activities as queries
from muster.ground.rows.clock import today
from muster.ground.rows.problems import NotInScope
from muster.web.wording import sentence

TONES = {"planned": "blue", "done": "green", "cancelled": "grey"}


def actor_of(request: HttpRequest) -> Any:
    """Return who acts."""
    return request.actor  # type: ignore[attr-defined]


def year_asked(request: HttpRequest) -> int:
    """Return the year an address asks for, else the present one."""
    text = request.GET.get("year", "")
    year = int(text) if text.isdigit() and len(text) == 4 else today().year
    return year if 2000 <= year <= 2100 else today().year


def menu_known(menu: str) -> str:
    """Return the code of a menu; refuse one that the catalogue does not have."""
    if menu not in kinds.catalogue().menus:
        raise NotInScope
    return menu


def organisers() -> list[tuple[str, str]]:
    """Return the organisations an activity may be organised by."""
    return [(str(o.pk), o.name) for o in queries.possible_organisers()]


def attempt(form: Any, work: Callable[[], Any]) -> bool:
    """Return whether the work was done; its refusal stands on the form, others pass."""
    try:
        work()
    except Problem as problem:
        if problem.status not in (409, 422):
            raise
        form.add_error(None, sentence(problem))
        return False
    return True


def may(request: HttpRequest, row: Any) -> dict[str, bool]:
    """Return which buttons this post gets for an activity."""
    actor = actor_of(request)
    works = policies.may_work_on(actor, row.division, row.organiser_id)
    return {
        "may_work": works, "may_name": works and policies.may_name(actor),
        "may_photo": works and actor.reach == "division", "sees_names": actor.may_see("militia"),
    }  # fmt: skip
