"""Views that only tests have: they try what a careless view might do."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.template import engines
from django.template.response import TemplateResponse
from django.urls import path

from muster.config.urls import urlpatterns as office
from muster.core.kernel import Problem
from muster.ground.accounts.models import Account
from muster.ground.accounts.requests import OfficeRequest
from muster.ground.journal.actions import look
from muster.ground.register.models import Person
from muster.ground.rows.scope import current_actor


class Refused(Problem):
    code = "test.refused"
    template = "试验。"


def raw(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM register_person ORDER BY name")
        return HttpResponse(",".join(row[0] for row in cursor.fetchall()))


def orm(request: HttpRequest) -> HttpResponse:
    return HttpResponse(",".join(Person.objects.order_by("name").values_list("name", flat=True)))


def lazily(request: HttpRequest) -> TemplateResponse:
    template = engines["django"].from_string("{% for p in people %}{{ p.name }},{% endfor %}")
    return TemplateResponse(request, template, {"people": Person.objects.order_by("name")})


def streamed(request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(p.name for p in Person.objects.all())


@login_not_required
def open_to_all(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(Person.objects.count()))


@login_not_required
def open_raw(request: HttpRequest) -> HttpResponse:
    return raw(request)


def looks(request: HttpRequest) -> HttpResponse:
    look("person.revealed", kind="register.person", ids=["one"], reason="核对", at_once=True)
    if request.GET.get("then") == "refuse":
        raise Refused
    if request.GET.get("then") == "break":
        raise RuntimeError("a bug")
    return HttpResponse("seen")


def writes(request: HttpRequest) -> HttpResponse:
    with transaction.atomic():
        Account.objects.filter(login="victim").update(name="改")
    if request.GET.get("then") == "refuse":
        raise Refused
    if request.GET.get("then") == "database":
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM no_such_table")
    return HttpResponse("written")


def who(request: OfficeRequest) -> HttpResponse:
    acting_now: Any = current_actor()
    assert acting_now == request.actor
    fields = ("name", "role", "division", "division_name", "post_label", "session", "address")
    return HttpResponse("|".join(str(getattr(acting_now, field)) for field in fields))


urlpatterns = [
    *office,
    path("probe/raw", raw),
    path("probe/orm", orm),
    path("probe/lazily", lazily),
    path("probe/streamed", streamed),
    path("probe/open", open_to_all),
    path("probe/open-raw", open_raw),
    path("probe/looks", looks),
    path("probe/writes", writes),
    path("probe/who", who),
]
