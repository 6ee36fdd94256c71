"""The style page: every component once, with invented data. Exists only while DEBUG is on."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from muster.web import nav
from muster.web.board import Board, Span
from muster.web.filters import Filter, Filters
from muster.web.forms import Form
from muster.web.tables import BulkAct, Column, Table, Tag, respond
from muster.web.templatetags.muster import mask
from muster.web.wording import Refusal, title

TODAY = date(2026, 5, 20)
TOWNS = ("青溪镇", "石桥镇", "柳塘乡", "云岭镇")
STATES = (("active", "在队"), ("checking", "待核实"), ("away", "外出"), ("left", "已出队"))
TONES = {"active": "green", "checking": "amber", "away": "blue", "left": "grey"}
SURNAMES = "张王李赵陈周吴徐孙马"
GIVEN = ("建国", "晓明", "志强", "海燕", "文斌", "玉兰", "立新", "春生", "国栋", "小梅", "永福")


class SampleForm(Form):
    """Fields of every kind, some of them wrong."""

    name = forms.CharField(label="姓名", max_length=20)
    identity = forms.CharField(
        label="身份证号", help_text="18 位；最后一位可以是 X。",
        widget=forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"}),
    )  # fmt: skip
    joined = forms.DateField(
        label="入队日期", help_text="可写 20260520、2026.5.20 或 2026年5月20日。", required=False
    )
    town = forms.ChoiceField(label="乡镇", choices=[("", "请选择"), *((t, t) for t in TOWNS)])
    service = forms.ChoiceField(
        label="是否退役军人", choices=[("y", "是"), ("n", "否")], widget=forms.RadioSelect
    )
    consent = forms.BooleanField(label="已当面告知信息用途", required=False)
    note = forms.CharField(label="备注", required=False, widget=forms.Textarea)
    scan = forms.FileField(label="证明材料", required=False, help_text="照片或 PDF，不超过 20 MB。")


def show(request: HttpRequest) -> HttpResponse:
    """Return the style page, its table fragment or its print."""
    filters = Filters(
        [
            Filter("q", "查找", kind="text", hint="姓名、手机后四位"),
            Filter("town", "乡镇", [(t, t) for t in TOWNS]),
            Filter("state", "状态", STATES),
        ],
        request.GET,
    )
    table = Table(
        columns=COLUMNS, rows=_people(filters), request=request, name="people", caption="民兵花名册",
        filters=filters, row_key="id", default_sort="name", unit="人", page_rows=12,
        bulk=[BulkAct("导出 Excel", "?export", "file-spreadsheet"), BulkAct("改状态", "?state", "edit")],
        empty_title="还没有人员", empty_text="先从 Excel 导入名册。",
    )  # fmt: skip
    form = SampleForm({"name": "", "identity": "000000199001011234", "town": "青溪镇"})
    form.is_valid()
    form.add_error("identity", "第 18 位校验码不对：应为 6。请对照身份证原件改。")
    context = {"form": form, **_pieces(), **_frame(request)}
    return respond(request, "web/style.html", table=table, context=context)


COLUMNS = [
    Column("name", "姓名", sort="name", href=lambda r: f"#{r.id}"),
    Column("identity", "身份证号", kind="masked", mask=lambda v: mask(v, "identity"), phone=False),
    Column("phone", "手机", kind="masked", mask=lambda v: mask(v, "phone"), phone=False),
    Column("town", "乡镇", sort="town"),
    Column("unit", "编组单位", sort="unit", phone=False),
    Column("joined", "入队日期", kind="date", sort="joined", phone=False),
    Column("allowance", "误工补助（元）", kind="money", sort="allowance", phone=False),
    Column("state", "状态", kind="tag", value=lambda r: Tag(dict(STATES)[r.state], TONES[r.state])),
]


def _people(filters: Filters) -> list[SimpleNamespace]:
    everyone = [
        SimpleNamespace(
            id=f"p{n}", name=SURNAMES[n % 10] + GIVEN[n % 11], identity=f"00000019{70 + n % 30}0{n % 9 + 1}15{n:04}",
            phone=f"199{n:08}", town=TOWNS[n % 4], unit=("民兵应急连一排", "民兵应急连二排", "通信保障分队")[n % 3],
            joined=date(2019 + n % 7, n % 12 + 1, n % 27 + 1) if n % 9 else None,
            allowance=None if n % 5 == 0 else 20_000 + 1_250 * (n % 40), state=STATES[n % 4][0],
        )
        for n in range(1, 245)
    ]  # fmt: skip
    return [
        p for p in everyone
        if filters["town"] in {"", p.town} and filters["state"] in {"", p.state}
        and filters["q"] in p.name + p.phone[-4:]
    ]  # fmt: skip


def _pieces() -> dict[str, Any]:
    spans = [
        Span("准备部署", date(2026, 4, 1), date(2026, 4, 15), 100, "完成", "green"),
        Span("调查摸底", date(2026, 4, 16), date(2026, 5, 10), 86, "落后", "red"),
        Span("编组配兵", date(2026, 5, 11), date(2026, 5, 31), 40, "进行中", "blue"),
        Span("集合点验", date(2026, 6, 1), date(2026, 6, 12), 0, "未开始", "grey"),
        Span("总结归档", date(2026, 6, 13), date(2026, 6, 30), 0, "未开始", "grey"),
    ]
    refusal = Refusal(
        "formation.locked", 409, title(409), "编组方案已由县人武部确认，不能再改人。",
        basis="本县整组工作方案 第三条第（二）项", todo="先请县人武部退回方案，再改人。",
    )  # fmt: skip
    return {
        "board": Board.of(spans, today=TODAY), "today": TODAY, "refusal": refusal,
        "steps": ["选文件", "核对列", "检查", "入库"], "notice_count": 5,
    }  # fmt: skip


def _frame(request: HttpRequest) -> dict[str, Any]:
    """Return an invented sidebar and person where nobody is signed in."""
    if getattr(request, "actor", None):
        return {}
    lines = [
        ("", [("今日工作台", "home"), ("工作日历", "calendar"), ("提醒", "bell")]),
        ("民兵", [("花名册", "users"), ("编组", "sitemap"), ("点验", "clipboard-check"), ("外出", "map-pin")]),
        ("登记", [("人员", "user"), ("单位", "building"), ("导入 Excel", "file-import")]),
        ("上报", [("专项工作", "flag"), ("公文", "file-text"), ("指标", "chart-bar"), ("操作日志", "history")]),
    ]  # fmt: skip
    groups = [
        nav.NavGroup(
            label,
            tuple(
                nav.NavLink(
                    name, "#", icon, active=name == "花名册", count=3 if icon == "bell" else 0
                )
                for name, icon in items
            ),
        )
        for label, items in lines
    ]
    return {
        "nav": groups, "office_name": "青禾县青溪镇人民武装部", "actor_name": "陈晓",
        "actor_post": "武装干事", "actor_division": "青溪镇",
        "demo_banner": "演示数据：人和事都是编的，今天按 2026年5月20日 算。",
        "places": {"home": "#", "search": "#", "help": "#", "jobs": "#", "account": "#", "sign_out": "#"},
    }  # fmt: skip
