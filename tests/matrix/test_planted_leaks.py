"""The matrix is tested itself: ten leaks are planted, one at a time, and each must be found."""

import io
import random
import zipfile
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.urls import path

from muster.ground.accounts.models import Account, Post
from muster.ground.register.models import Person
from muster.ground.rows.problems import NotInScope
from muster.ground.rows.scope import system_scope
from tests.matrix import routes, test_differential, test_reading, test_writing
from tests.matrix.harvest import Field
from tests.matrix.probing import Prober, Report
from tests.matrix.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_quiet")]
DESKS = ("armed_officer at township", "stranger")


def _unscoped(pk: UUID) -> Person:
    with system_scope("a planted leak"):
        found: Person = Person.objects.get(pk=pk)
    return found


def raw_sql_by_id(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Read a table without scope by hand."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM accounts_account WHERE id = %s",
                       [pk.hex if connection.vendor == "sqlite" else pk])  # fmt: skip
        row = cursor.fetchone()
    if row is None:
        raise NotInScope
    return HttpResponse(row[0])


def reverse_join(request: HttpRequest) -> HttpResponse:
    """List names by way of a table that has no scope."""
    names = Post.objects.values_list("account__name", flat=True)
    return HttpResponse("<br>".join(names))


def misused_system_scope(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open everything for convenience."""
    return HttpResponse(_unscoped(pk).name)


@login_not_required
def no_login(request: HttpRequest) -> HttpResponse:
    """Forget who asks."""
    return HttpResponse("".join(Account.objects.values_list("name", flat=True)))


def name_in_refusal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say in the refusal whom it is about."""
    with system_scope("a planted leak"):
        person = Person.objects.filter(pk=pk).first()
    if person is None:
        raise NotInScope
    return HttpResponseForbidden(f"无权查看{person.name}")


def zip_download(request: HttpRequest) -> HttpResponse:
    """Pack too much."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed, system_scope("a planted leak"):
        packed.writestr("people.txt", "\n".join(Person.objects.values_list("name", flat=True)))
    return HttpResponse(out.getvalue(), content_type="application/zip")


def mass_assignment(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take every posted column."""
    person = Person.objects.fetch(pk)
    if request.method == "POST":
        with system_scope("a planted leak"):
            for name in request.POST.keys() & {"division", "name"}:
                setattr(person, name, request.POST[name])
            person.save()
    return HttpResponse("ok")


def count_only(request: HttpRequest) -> HttpResponse:
    """Count more than may be seen."""
    with system_scope("a planted leak"):
        return HttpResponse(f"全县 {Person.objects.count()} 人")


def header_leak(request: HttpRequest) -> HttpResponse:
    """Put a name into a header."""
    with system_scope("a planted leak"):
        last = Person.objects.order_by("-division").first()
    return HttpResponse(
        "ok", headers={"X-Last": last.name.encode("ascii", "ignore").decode() if last else ""}
    )


def htmx_fragment(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Forget the scope in the fragment only."""
    if request.headers.get("HX-Request") == "true":
        with system_scope("a planted leak"):
            return HttpResponse(Person.objects.fetch(pk).name)
    return HttpResponse(Person.objects.fetch(pk).name)


def _read(prober: Prober) -> None:
    for turn in range(4):
        test_reading.read(prober, random.Random(turn), others=4)


def _write(prober: Prober) -> None:
    prober.forms["leak:leak"] = {
        "division": Field("text", "990101001000"),
        "name": Field("text", "甲"),
    }
    for turn in range(10):  # a move to another county is refused: try more places
        test_writing.write(prober, random.Random(turn), relations=2)


PERSON, ACCOUNT = {"pk": "register.Person"}, {"pk": "accounts.Account"}
# View, parameters, the check that must find it, and what that check must say.
LEAKS: list[tuple[Callable[..., HttpResponse], dict[str, str], Callable[[Prober], None], str]] = [
    (raw_sql_by_id, ACCOUNT, _read, "shows accounts.Account"),
    (reverse_join, {}, _read, "shows accounts.Account"),
    (misused_system_scope, PERSON, _read, "shows register.Person"),
    (no_login, {}, _read, "stranger: leak:leak (own): shows accounts.Account"),
    (name_in_refusal, PERSON, _read, "shows register.Person"),
    (zip_download, {}, _read, "shows register.Person"),
    (mass_assignment, PERSON, _write, "changed register.Person"),
    (count_only, {}, test_differential.compare, "changes when rows are added elsewhere"),
    (header_leak, {}, _read, "shows register.Person"),
    (htmx_fragment, PERSON, _read, "shows register.Person"),
]


Found = tuple[Callable[[Prober], None], str]


class Planted:
    """A list of addresses with one leak, beside the office's own (pages link to those)."""

    def __init__(self, view: Callable[..., HttpResponse], parameters: dict[str, str]) -> None:
        """Make the one address."""
        from muster.config.urls import handler400, handler403, handler404, handler500, urlpatterns

        self.handler400, self.handler403 = handler400, handler403
        self.handler404, self.handler500 = handler404, handler500
        where = "leak/<uuid:pk>" if parameters else "leak"
        self.urlpatterns = [path("", _space(path(where, view, name="leak"))), *urlpatterns]


def _space(route: Any) -> Any:
    from django.urls import include

    return include(([route], "leak"))


@pytest.fixture
def planted(request: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Found:
    """Plant one leak, hide every other route from the matrix, yield the check that must find it."""
    view, parameters, check, says = request.param
    settings.ROOT_URLCONF = Planted(view, parameters)
    monkeypatch.setitem(routes.PARAMETERS, "leak:leak", parameters)
    only = [route for route in routes.known_routes() if route.name == "leak:leak"]
    for module in (test_reading, test_writing, test_differential):
        monkeypatch.setattr(module, "known_routes", lambda: only)
    return check, says


@pytest.mark.parametrize("planted", LEAKS, indirect=True, ids=[leak[0].__name__ for leak in LEAKS])
def test_a_planted_leak_is_found(planted: Found, world: World) -> None:
    check, says = planted
    report = Report()
    for name in DESKS:
        check(Prober(world, world.desks[name], report))

    assert any("leak:leak" in leak and says in leak for leak in report.leaks), report.faults()


def test_a_sound_view_raises_no_alarm(
    world: World, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sound(request: HttpRequest, pk: UUID) -> HttpResponse:
        from muster.ground.register.queries import masked_pair, person

        row = person(pk)
        return HttpResponse(f"{row.name} {masked_pair(row)['phone']}")

    settings.ROOT_URLCONF = Planted(sound, PERSON)
    monkeypatch.setitem(routes.PARAMETERS, "leak:leak", PERSON)
    only = [route for route in routes.known_routes() if route.name == "leak:leak"]
    monkeypatch.setattr(test_reading, "known_routes", lambda: only)
    report = Report()
    for name in list(world.desks)[::6]:
        _read(Prober(world, world.desks[name], report))

    assert report.leaks == []
