from types import SimpleNamespace

import pytest
from django.http import QueryDict
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from muster.web.filters import Filter, Filters, Selection
from muster.web.tables import Column, Table, Tag, respond

STATES = [("in", "在队"), ("out", "外出")]
FILTERS = [Filter("q", "查找", kind="text"), Filter("state", "状态", STATES)]
COLUMNS = [
    Column("name", "姓名", sort="name"),
    Column("phone", "手机", mask=lambda v: "*" * len(v)),
    Column("state", "状态", value=lambda r: Tag("在队", "green"), print=False),
]


def people(count):
    return [
        SimpleNamespace(pk=n, name=f"人{n:04}", phone="19900000000", state="in")
        for n in range(count)
    ]


def table(rows, query="", **more):
    request = RequestFactory().get(f"/people?{query}")
    return Table(columns=COLUMNS, rows=rows, request=request, **more)


@given(st.integers(0, 350), st.integers(1, 120))
def test_the_pages_together_show_every_row_once(count, page_rows):
    rows = people(count)
    seen = []
    for page in range(1, table(rows, page_rows=page_rows).pages + 1):
        seen += [row.key for row in table(rows, f"page={page}", page_rows=page_rows).drawn()]
    assert seen == [str(n) for n in range(count)]


@pytest.mark.parametrize("asked", ["0", "-3", "x", "99", ""])
def test_a_page_out_of_range_is_pulled_into_range(asked):
    assert 1 <= table(people(150), f"page={asked}").page <= 2


def test_totals_count_all_pages():
    shown = table(people(244), "page=3")
    assert (shown.total, shown.first, shown.last, shown.pages) == (244, 201, 244, 3)


def test_sorting_obeys_only_columns_that_offer_it():
    down = [row.cells[0].value for row in table(people(3), "sort=-name").drawn()]
    ignored = [row.cells[0].value for row in table(people(3), "sort=-phone").drawn()]
    assert down == ["人0002", "人0001", "人0000"] and ignored == down[::-1]


def test_missing_values_can_be_sorted():
    rows = people(2)
    rows[0].name = None
    assert [r.key for r in table(rows, "sort=name").drawn()] == ["0", "1"]


def test_a_second_click_turns_the_order_round():
    heads = table(people(2), "sort=name&q=x").headings()
    assert "sort=-name" in heads[0].href and "q=x" in heads[0].href and heads[0].direction == "asc"


def test_the_workbook_gets_masked_values_and_every_row():
    rows = list(table(people(130)).export())
    assert rows[0] == ["姓名", "手机", "状态"]
    assert len(rows) == 131 and rows[1] == ["人0000", "***********", "在队"]


def test_print_takes_all_rows_and_leaves_screen_columns_out():
    shown = table(people(130), printing=True)
    assert len(list(shown.drawn())) == 130
    assert [c.key for c in shown.shown_columns()] == ["name", "phone"]


def test_htmx_gets_only_the_table(settings):
    request = RequestFactory().get("/people", headers={"HX-Request": "true", "HX-Target": "people"})
    shown = Table(columns=COLUMNS, rows=people(2), request=request, name="people", caption="花名册")
    page = respond(request, "web/base.html", table=shown).content.decode()
    assert page.lstrip().startswith("<section") and "人0001" in page and "<html" not in page


def test_the_print_page_has_title_and_signature_lines():
    request = RequestFactory().get("/people?print=1")
    shown = Table(columns=COLUMNS, rows=people(2), request=request, name="people", caption="花名册")
    page = respond(request, "web/base.html", table=shown).content.decode()
    assert "<h1>花名册</h1>" in page and "审核人" in page and "m-pager" not in page


def test_filters_drop_what_they_do_not_know():
    chosen = Filters(FILTERS, QueryDict("q= 张 &state=gone&evil=1"))
    assert chosen.values == {"q": "张", "state": ""} and chosen.active == {"q": "张"}


def test_filters_are_shown_in_words():
    assert Filters(FILTERS, QueryDict("q=张&state=out")).words == ["“张”", "外出"]


def test_all_that_the_filter_shows_travels_with_the_bulk_form():
    chosen = Filters(FILTERS, QueryDict("q=张&state=out"))
    post = QueryDict(mutable=True)
    post.update({"everything": "1", "filter_query": chosen.encoded(), "row": "1"})
    picked = Selection.read(post, FILTERS)
    assert picked.everything and picked.filters.values == chosen.values


def test_a_selection_of_rows_is_only_those_rows():
    post = QueryDict("row=1&row=7&everything=&filter_query=")
    assert Selection.read(post, FILTERS).keys == ("1", "7")
    assert not Selection.read(post, FILTERS).everything
