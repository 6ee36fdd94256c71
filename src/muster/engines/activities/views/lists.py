"""The list of a menu: training, education, publicity, co-building, events."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from muster.engines.activities import kinds
from muster.engines.activities.forms import year_choices
from muster.engines.activities.queries import activities as queries
from muster.engines.activities.views.common import TONES, actor_of, year_asked
from muster.ground.rows.clock import today
from muster.web.filters import Filter, Filters
from muster.web.tables import Column, Table, Tag, respond


@require_GET
def menu_list(request: HttpRequest, menu: str) -> HttpResponse:
    """Show the activities of a menu in a year."""
    known, year = kinds.catalogue(), year_asked(request)
    of_menu = known.of_menu(menu)
    chosen = Filters(_filters(of_menu), request.GET)
    rows = queries.listed(menu, year=year, kind=chosen["kind"], state=chosen["state"],
                          words=chosen["q"], from_above=bool(chosen["whose"]))  # fmt: skip
    name = kinds.said(known.menus[menu])
    table = Table(columns=_columns(queries.heads(rows)), rows=rows, request=request,
                  name="activities", caption=name, filters=chosen, unit=_("项"), default_sort="-on",
                  empty_title=_("今年还没有登记"),
                  empty_text=_("点右上角选一种，先写计划，办完以后再登记人数和结果。"))  # fmt: skip
    context = {"menu": menu, "name": name, "kinds": [(k.code, kinds.said(k)) for k in of_menu],
               "year": year, "may_record": actor_of(request).may_write("education"),
               "sees_units": actor_of(request).may_see("militia")}  # fmt: skip
    return respond(request, "activities/list.html", table=table, context=context)


def _filters(of_menu: Any) -> list[Filter]:
    return [
        Filter("q", _("查找"), kind="text", hint=_("名称、地点")),
        Filter("kind", _("种类"), [(k.code, kinds.said(k)) for k in of_menu]),
        Filter("state", _("状态"), queries.STATES),
        Filter("year", _("年度（不选即今年）"), year_choices(today())),
        Filter("whose", _("谁组织的（不选为本级）"), [("above", _("上级组织的"))]),
    ]


def _columns(came: dict[Any, int]) -> list[Column]:
    return [
        Column("title", _("名称"), href=lambda a: reverse("activities:page", args=[a.pk])),
        Column("kind", _("种类"), value=lambda a: kinds.kind_name(a.kind), phone=False),
        Column("on", _("日期"), kind="date", sort="on"),
        Column("organiser", _("组织单位"), value=lambda a: a.organiser.name, phone=False),
        Column("place", _("地点"), phone=False),
        Column("came", _("到场人数"), kind="number", value=lambda a: came.get(a.pk) or None),
        Column("state", _("状态"), kind="tag",
               value=lambda a: Tag(a.get_state_display(), TONES.get(a.state, "grey"))),
    ]  # fmt: skip
