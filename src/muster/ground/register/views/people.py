"""Pages of people: the list, one person, whole numbers after a reason, suspected duplicates."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from muster.ground.register import actions, policies, queries
from muster.ground.register.panels import PANELS
from muster.ground.register.past import past_of
from muster.ground.register.problems import ReasonMissing
from muster.ground.rows.clock import today
from muster.web.filters import Filter, Filters
from muster.web.nav import address
from muster.web.tables import Column, Table, respond


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Show the people of the scope."""
    actor = request.actor  # type: ignore[attr-defined]
    places = [(d.division, d.name) for d in queries.divisions_below(actor.division)]
    chosen = Filters(
        [Filter("q", _("查找"), kind="text", hint=_("姓名、拼音、后四位")), Filter("division", _("村（社区）"), places),
         Filter("sex", _("性别"), queries.SEXES), Filter("veteran", _("退役军人"), [("1", _("退役军人"))])],
        request.GET,
    )  # fmt: skip
    rows = queries.people_listed(words=chosen["q"], code=chosen["division"], sex=chosen["sex"],
                                 veteran=bool(chosen["veteran"]))  # fmt: skip
    names = queries.division_names()
    table = Table(columns=_columns(names), rows=rows, request=request, name="people",
                  caption=_("人员"), personal=True, filters=chosen, unit=_("人"), default_sort="name",
                  empty_title=_("还没有登记人员"), empty_text=_("可以直接导入手头的名册。"))  # fmt: skip
    queries.note_list(table.last - table.first + 1 if table.total else 0)
    context = {"twins": queries.twins_open().count(), "may_write": actor.may_write("register"),
               "may_import": actor.may("import.apply"),
               "import_url": address("imports:upload")}  # fmt: skip
    return respond(request, "register/people.html", table=table, context=context)


def _columns(names: dict[str, str]) -> list[Column]:
    return [
        Column(
            "name", _("姓名"), sort="name", href=lambda p: reverse("register:person", args=[p.pk])
        ),
        Column("sex", _("性别"), value=lambda p: p.get_sex_display(), phone=False),
        Column("birth_date", _("出生日期"), kind="date", sort="birth_date", phone=False),
        Column("id_number", _("身份证号"), kind="masked", value=queries.masked_number, phone=False),
        Column("phone", _("联系电话"), kind="masked", value=queries.masked_phone),
        Column(
            "division",
            _("村（社区）"),
            sort="division",
            value=lambda p: names.get(p.division, p.division),
        ),
        Column(
            "education", _("文化程度"), value=lambda p: p.get_education_display() or "", phone=False
        ),
        Column("skills_text", _("专业特长"), phone=False),
        Column("veteran", _("退役军人"), value=lambda p: _("是") if p.veteran else "", phone=False),
    ]


@require_GET
def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one person as panels, each by the app that knows it."""
    actor = request.actor  # type: ignore[attr-defined]
    found = queries.person(pk)
    panels = [(p, p.context(found)) for p in PANELS if actor.may_see(p.area)]
    context = {
        "person": found, "panels": panels, "place": queries.division_name(found.division),
        "age": queries.age_of(found, today()), "past": past_of(found),
        "services": found.services.all(), "masked": queries.masked_pair(found),
        "twins": queries.twins_of(found), "gone": found.state == "withdrawn",
        "may_keep": policies.may_keep(actor, found.division), "may_reveal": actor.may("person.reveal"),
    }  # fmt: skip
    return render(request, "register/person.html", context)


@require_POST
def reveal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show whole number and phone, after a reason."""
    policies.check_may_reveal(request.actor)  # type: ignore[attr-defined]
    found = queries.person(pk)
    reason = request.POST.get("reason", "").strip()
    if not reason:
        raise ReasonMissing
    values = actions.reveal(found, reason=reason[:200])
    return render(request, "register/revealed.html", {"person": found, "values": values})


@require_GET
def twins(request: HttpRequest) -> HttpResponse:
    """Show pairs of people who may be one, side by side."""
    pairs = [(t, queries.masked_pair(t.first), queries.masked_pair(t.second))
             for t in queries.twins_open().select_related("first", "second")[:200]]  # fmt: skip
    queries.note_list(2 * len(pairs))
    context = {"pairs": pairs, "names": queries.division_names(),
               "may_write": request.actor.may_write("register")}  # type: ignore[attr-defined]  # fmt: skip
    return render(request, "register/twins.html", context)


@require_POST
def decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note whether a pair is one person or two."""
    policies.check_may_write(request.actor)  # type: ignore[attr-defined]
    same = request.POST.get("verdict") == "same"
    actions.decide_twin(queries.twin(pk), same=same, at=timezone.now())
    said = (
        _t("已记为同一人。请撤销多余的那一条登记；处理之前一直列在这里。")
        if same
        else _t("已记为两个人，不再提示。")
    )
    messages.success(request, said)
    return redirect("register:twins")
