"""What a year adds up to: one table a page, to be printed and exported like every list."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from muster.engines.activities import actions, kinds, policies
from muster.engines.activities.forms import BasesForm, year_choices
from muster.engines.activities.problems import MayNotName
from muster.engines.activities.queries import overviews as queries
from muster.engines.activities.queries import reaching
from muster.engines.activities.views.common import actor_of, menu_known, year_asked
from muster.ground.journal.actions import look
from muster.ground.rows.clock import today
from muster.web.filters import Filter, Filters
from muster.web.tables import Column, Table, Tag, respond

VERDICTS = {
    "reached": Tag(gettext_lazy("已达到"), "green"), "missed": Tag(gettext_lazy("没有达到"), "red"),
    "unclear": Tag(gettext_lazy("只按人次，不能确定"), "amber"),
    "unknown": Tag(gettext_lazy("没有应受教育人数或标准"), "grey"),
}  # fmt: skip
YEAR = gettext_lazy("年度（不选即今年）")


@require_GET
def months(request: HttpRequest) -> HttpResponse:
    """Show each unit's months with and without training or study."""
    actor, year = actor_of(request), year_asked(request)
    if not actor.may_see("militia"):
        raise MayNotName(post=actor.post_label)
    rows = queries.unit_years(year, today=today())
    columns = [
        Column("name", _("分队")), Column("size", _("现有"), kind="number"),
        Column("trained", _("今年参加过"), kind="number", phone=False),
        Column("rate", _("参训率"), kind="number", value=_percent("rate")),
        *(Column(f"m{n}", _("{n}月").format(n=n), kind="tag", value=_month(n)) for n in range(1, 13)),
        Column("empty", _("空白月数"), kind="number", value=lambda r: r.empty_months),
    ]  # fmt: skip
    return _table(request, rows, columns, Sheet(
        _("分队每月训练和教育"), _("个分队"),
        _("按姓名登记到场的训练、教育计入；“无”表示这个月没有，还没到的月份不填。"),
    ))  # fmt: skip


def _month(number: int) -> Callable[[Any], Any]:
    def mark(row: Any) -> Any:
        month = row.months[number - 1]
        if month.empty:
            return Tag(_("无"), "red")
        return Tag(str(month.count), "green") if month.count else ""

    return mark


def _percent(name: str) -> Callable[[Any], str]:
    def words(row: Any) -> str:
        value = getattr(row, name)
        return "" if value is None else f"{value}%"

    return words


@require_GET
def coverage(request: HttpRequest) -> HttpResponse:
    """Show how many different people of each class education reached, against the standard."""
    actor, year = actor_of(request), year_asked(request)
    rows = reaching.coverage(year, division=actor.division, on=today(),
                             whole=actor.reach == "division")  # fmt: skip
    columns = [
        Column("name", _("对象"), value=lambda r: kinds.said(r.audience)),
        Column("size", _("应受教育人数"), kind="number"),
        Column("named", _("按姓名（不同的人）"), kind="number", value=lambda r: r.reach.named),
        Column("heads", _("只记人数（人次）"), kind="number", value=lambda r: r.reach.heads),
        Column("least", _("至少（不同的人）"), kind="number", value=lambda r: r.reach.at_least),
        Column("most", _("至多"), kind="number", value=_at_most),
        Column("percent", _("至少覆盖"), kind="number", value=_percent("least_percent")),
        Column("standard", _("标准"), kind="number",
               value=lambda r: r.standard.words if r.standard else _("未配置")),
        Column("verdict", _("结论"), kind="tag", value=lambda r: VERDICTS[r.verdict]),
    ]  # fmt: skip
    return _table(request, rows, columns, Sheet(
        _("国防教育覆盖"), _("类"),
        _("人次不当作人数相加：同一个人可能来过几次。只有人次时，写出至少和至多。"),
        menu="education", row_key="audience.code",
        acts=[("activities:sizes", (), _("填应受教育人数"))],
    ))  # fmt: skip


def _at_most(row: reaching.Coverage) -> int:
    return min(row.reach.at_most, row.size) if row.size else row.reach.at_most


@require_GET
def channels(request: HttpRequest) -> HttpResponse:
    """Show the publicity of a year by channel, over places, months or lines of work."""
    year = year_asked(request)
    lines = [(k.code, kinds.said(k)) for k in kinds.catalogue().kinds.values() if k.channels]
    by = [("place", _("场所")), ("month", _("月份")), ("line", _("工作"))]
    chosen = Filters([Filter("line", _("哪项工作"), lines), Filter("by", _("按什么展开（不选按场所）"), by),
                      Filter("year", YEAR, year_choices(today()))], request.GET)  # fmt: skip
    found = queries.channel_table(year, by=chosen["by"] or "place", line=chosen["line"])
    known = kinds.catalogue().channels
    columns = [
        Column("channel", _("宣传方式"), value=lambda r: kinds.said(known.get(r.channel), r.channel)),
        Column("unit", _("单位"), words=True,
               value=lambda r: getattr(known.get(r.channel), "unit", "")),
        Column("quantity", _("合计"), kind="number"),
        *(Column(f"c{n}", words, kind="number", value=_cell(code))
          for n, (code, words) in enumerate(found.columns)),
        Column("records", _("记录数"), kind="number", phone=False),
    ]  # fmt: skip
    sheet = Sheet(_("宣传情况汇总"), _("种方式"), _("只汇总已举办的；不同方式单位不同，不相加。"),
                  menu="publicity", row_key="channel")  # fmt: skip
    return _table(request, found.rows, columns, sheet, chosen)


def _cell(code: str) -> Callable[[Any], Any]:
    return lambda row: row.columns.get(code)


@require_GET
def uses(request: HttpRequest) -> HttpResponse:
    """Show the use of the militia in a year by task and mode."""
    columns = [
        Column("task", _("任务类型")), Column("mode", _("用兵方式")),
        Column("events", _("次数"), kind="number"), Column("people", _("人次"), kind="number"),
        Column("hours", _("工时（小时）"), kind="number"),
        Column("without_hours", _("没有写小时数的次数"), kind="number", phone=False),
    ]  # fmt: skip
    return _table(request, queries.uses(year_asked(request)), columns, Sheet(
        _("使用民兵统计"), _("类"), _("工时是人均小时数乘到场人数；没有写小时数的不计工时。"),
    ))  # fmt: skip


@require_GET
def parts(request: HttpRequest, menu: str) -> HttpResponse:
    """Show what was held by kind, subject and form, month by month."""
    name = kinds.said(kinds.catalogue().menus[menu_known(menu)])
    columns = [
        Column("kind", _("种类")), Column("name", _("课目、形式")),
        *(Column(f"m{n}", _("{n}月").format(n=n), kind="number", value=_held_in(n))
          for n in range(1, 13)),
        Column("done", _("合计"), kind="number"), Column("people", _("到场人次"), kind="number"),
        Column("rate", _("到场率"), kind="number", value=_percent("rate")),
    ]  # fmt: skip
    return _table(request, queries.parts(menu, year=year_asked(request)), columns, Sheet(
        _("{menu}：按课目和月份").format(menu=name), _("行"),
        _("每种先列合计，再按课目、形式分列；到场率只按姓名登记的算。"), menu=menu,
    ))  # fmt: skip


def _held_in(number: int) -> Callable[[Any], Any]:
    return lambda row: row.months.get(number)


@require_GET
def instructors(request: HttpRequest) -> HttpResponse:
    """Show who instructed where in a year; a list of people, journalled as such."""
    actor = actor_of(request)
    if not (actor.may_see("militia") and actor.may_see("register")):
        raise MayNotName(post=actor.post_label)
    rows = queries.instructors(year_asked(request))
    if rows:
        look("activity.people_listed", kind="activities.participation", count=len(rows))
    columns = [
        Column("name", _("教官")), Column("unit", _("分队"), phone=False),
        Column("title", _("任教的活动"), value=lambda r: r.activity.title, href=_page_of),
        Column("place", _("地点、学校"), value=lambda r: r.activity.place),
        Column("on", _("日期"), kind="date", value=lambda r: r.activity.on),
    ]  # fmt: skip
    return _table(request, rows, columns, Sheet(
        _("教官名册"), _("人次"), _("登记到场时勾了“教官”的人员。"), personal=True,
    ))  # fmt: skip


def _page_of(row: Any) -> str:
    return reverse("activities:page", args=[row.activity.pk])


@require_GET
def programme(request: HttpRequest, menu: str) -> HttpResponse:
    """Show plan and done of a menu's kinds in a year."""
    year, name = year_asked(request), kinds.said(kinds.catalogue().menus[menu_known(menu)])
    listing = reverse(f"activities:{menu}")
    rows = queries.programme(menu, year=year, division=actor_of(request).division)
    columns = [
        Column("name", _("种类"), href=lambda r: f"{listing}?kind={r.pk}&year={year}"),
        Column("planned", _("计划次数"), kind="number"),
        Column("done", _("已举办"), kind="number"), Column("ahead", _("计划中"), kind="number"),
        Column("percent", _("完成率"), kind="number", value=_percent("percent")),
        Column("people", _("到场人次"), kind="number"),
    ]  # fmt: skip
    return _table(request, rows, columns, Sheet(
        _("{menu}计划完成情况").format(menu=name), _("种"), _("没有填计划次数的种类不算完成率。"),
        menu=menu, acts=[("activities:planned", (menu,), _("填计划次数"))],
    ))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands around a table of a year; ``acts`` are (address, its parts, label)."""

    heading: str
    unit: str
    lead: str
    menu: str = "training"
    row_key: str = "pk"
    acts: Sequence[tuple[str, tuple[str, ...], str]] = ()
    personal: bool = False


def _table(request: HttpRequest, rows: Sequence[Any], columns: list[Column], sheet: Sheet,
           filters: Filters | None = None) -> HttpResponse:  # fmt: skip
    year = year_asked(request)
    chosen = filters or Filters([Filter("year", YEAR, year_choices(today()))], request.GET)
    caption = _("{year}年{heading}").format(year=year, heading=sheet.heading)
    table = Table(columns=columns, rows=rows, request=request, name="overview", caption=caption,
                  filters=chosen, unit=sheet.unit, row_key=sheet.row_key, personal=sheet.personal, empty_title=_("还没有可以汇总的记录"),
                  empty_text=_("登记为已举办的活动会汇总到这里。"))  # fmt: skip
    actor = actor_of(request)
    context = {
        "heading": caption, "lead": sheet.lead, "menu": sheet.menu, "year": year,
        "acts": sheet.acts if actor.may_write("education") and actor.reach == "division" else (),
        "sees_units": actor.may_see("militia"),
    }  # fmt: skip
    return respond(request, "activities/overview.html", table=table, context=context)


@require_http_methods(["GET", "POST"])
def sizes(request: HttpRequest) -> HttpResponse:
    """Write down how many people each class has in a year."""
    codes = [(a.code, kinds.said(a)) for a in kinds.catalogue().audiences.values()]
    return _bases(request, "size", codes, heading=_("应受教育人数"), back=("activities:coverage",))


@require_http_methods(["GET", "POST"])
def planned(request: HttpRequest, menu: str) -> HttpResponse:
    """Write down how many sessions of each kind are planned in a year."""
    codes = [(k.code, kinds.said(k)) for k in kinds.catalogue().of_menu(menu_known(menu))]
    return _bases(
        request, "planned", codes, heading=_("计划次数"), back=("activities:programme", menu)
    )


def _bases(request: HttpRequest, purpose: str, codes: list[tuple[str, str]], *, heading: str,
           back: tuple[str, ...]) -> HttpResponse:  # fmt: skip
    actor, year = actor_of(request), year_asked(request)
    policies.check_may_record(actor)
    known = reaching.base_numbers(purpose, year=year, division=actor.division)
    initial: dict[str, Any] = {f"base-{code}": base.number for code, base in known.items()}
    initial |= {"source": next((b.source for b in known.values() if b.source), "")}
    form = BasesForm(request.POST or None, codes=codes, initial=initial)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            for code, number in form.numbers().items():
                actions.set_base(purpose, code, number, year=year, division=actor.division,
                                 source=form.cleaned_data["source"])  # fmt: skip
        messages.success(request, _("已保存。"))
        return redirect(*back)
    context = {
        "form": form,
        "heading": f"{year}{_('年')}{heading}",
        "back_to": back[0],
        "back_menu": back[-1],
    }
    return render(request, "activities/bases.html", context, status=422 if form.errors else 200)
